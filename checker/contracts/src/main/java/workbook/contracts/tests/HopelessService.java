package workbook.contracts.tests;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/**
 * A service with which nothing is right: a test that asserts something fails with one of its kinds.
 */
final class HopelessService implements HostedService {

  /** What it does instead. */
  enum Kind {
    IDLE("does nothing at all"),
    RESTLESS("works ten times a period, has failed from the start, and does not stop"),
    THROWS("throws an exception at each call");

    private final String why;

    Kind(String why) {
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  private static final List<Subject> ALL =
      Arrays.stream(Kind.values())
          .map(
              kind ->
                  new Subject(
                      "a service that " + kind.why(),
                      () -> new HandedServices(plan -> new HopelessService(kind, plan))))
          .toList();

  private final Kind kind;
  private final ServicePlan plan;

  HopelessService(Kind kind, ServicePlan plan) {
    this.kind = kind;
    this.plan = plan;
  }

  /** One kind of services for each. */
  static List<Subject> all() {
    return ALL;
  }

  @Override
  public String name() {
    throwIfItDoes();
    return "nobody";
  }

  @Override
  public void start() {
    throwIfItDoes();
    if (kind == Kind.RESTLESS) {
      Thread.ofVirtual().name("restless").start(this::work);
    }
  }

  private void work() {
    try {
      do {
        plan.runOnce(CancellationToken.none());
      } while (plan.time().sleep(plan.period().dividedBy(10), CancellationToken.none()));
    } catch (Throwable e) {
      return; // the tests are over
    }
  }

  @Override
  public void stop(Deadline deadline) {
    throwIfItDoes();
  }

  @Override
  public CompletionStage<Void> completion() {
    throwIfItDoes();
    return kind == Kind.RESTLESS
        ? CompletableFuture.failedStage(new IllegalStateException("failed from the start"))
        : new CompletableFuture<>();
  }

  private void throwIfItDoes() {
    if (kind == Kind.THROWS) {
      throw new UnsupportedOperationException("each call of this service throws");
    }
  }
}
