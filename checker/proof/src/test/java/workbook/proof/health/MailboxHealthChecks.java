package workbook.proof.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.health.HealthCheck;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.hosting.TimeSource;

/**
 * Right: an actor without a thread. What changes its state is a message; whoever puts one into an
 * empty mailbox works off all that come meanwhile, so no two are at work at a time.
 */
public final class MailboxHealthChecks implements HealthReporter {

  private static final Logger log = LoggerFactory.getLogger(MailboxHealthChecks.class);

  private final List<HealthCheck.Named> checks;
  private final TimeSource time;
  private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unread = new AtomicInteger();
  private final Map<String, Run> running = new HashMap<>(); // seen by messages alone

  private record Run(Thread thread, CompletableFuture<HealthReport.Entry> outcome) {}

  /** As the reference's. */
  public MailboxHealthChecks(List<HealthCheck.Named> checks, TimeSource time) {
    this.checks = List.copyOf(Objects.requireNonNull(checks, "checks"));
    this.time = Objects.requireNonNull(time, "time");
    var names = this.checks.stream().map(HealthCheck.Named::name).toList();
    for (var name : names) {
      if (Collections.frequency(names, name) > 1) {
        throw new IllegalArgumentException("more than one check is called " + name);
      }
    }
  }

  @Override
  public HealthReport report() throws InterruptedException {
    var asked = new CompletableFuture<List<Run>>();
    post(() -> asked.complete(checks.stream().map(this::runningOrNew).toList()));
    var entries = new ArrayList<HealthReport.Entry>();
    for (var run : get(asked)) {
      entries.add(get(run.outcome));
    }
    int worst =
        entries.stream().mapToInt(entry -> entry.result().status().ordinal()).max().orElse(0);
    return new HealthReport(HealthStatus.values()[worst], entries);
  }

  private static <T> T get(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void post(Runnable message) {
    mailbox.add(message);
    if (unread.getAndIncrement() == 0) {
      do {
        mailbox.remove().run();
      } while (unread.decrementAndGet() > 0);
    }
  }

  private Run runningOrNew(HealthCheck.Named check) {
    var known = running.get(check.name());
    if (known != null) {
      return known;
    }
    var outcome = new CompletableFuture<HealthReport.Entry>();
    long start = time.nanoTime();
    var thread =
        Thread.ofVirtual()
            .name("check-", 0)
            .name("check " + check.name())
            .unstarted(
                () -> {
                  var result = ask(check);
                  var took = Duration.ofNanos(time.nanoTime() - start);
                  post(() -> ended(check, result, took));
                });
    var run = new Run(thread, outcome);
    running.put(check.name(), run);
    thread.start();
    Thread.startVirtualThread(() -> watch(check, run));
    return run;
  }

  private void watch(HealthCheck.Named check, Run run) {
    try {
      if (!time.join(run.thread, check.limit())) {
        post(() -> expired(check, run));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ended(HealthCheck.Named check, HealthResult result, Duration took) {
    var run = Objects.requireNonNull(running.remove(check.name()));
    run.outcome.complete(new HealthReport.Entry(check.name(), result, took));
  }

  private void expired(HealthCheck.Named check, Run run) {
    var result = HealthResult.unhealthy("cut off after " + check.limit());
    if (run.outcome.complete(new HealthReport.Entry(check.name(), result, check.limit()))) {
      run.thread.interrupt();
    }
  }

  private static HealthResult ask(HealthCheck.Named check) {
    try {
      var result = check.check().check();
      if (result != null) {
        return result;
      }
      log.error("check {} returned null", check.name());
    } catch (Throwable e) {
      log.error("check {} threw", check.name(), e);
    }
    return HealthResult.unhealthy("it could not be found out");
  }
}
