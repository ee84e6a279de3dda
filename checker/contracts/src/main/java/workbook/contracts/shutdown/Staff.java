package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Trial;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/** Services that do what a rule tells them, and keep a common list of what they did. */
final class Staff {

  private final Trial trial;
  private final List<String> events = new CopyOnWriteArrayList<>();

  Staff(Trial trial) {
    this.trial = trial;
  }

  /** What has happened so far, such as {@code a starts}. */
  List<String> events() {
    return List.copyOf(events);
  }

  void happens(String event) {
    events.add(event);
    trial.note(event);
  }

  void fail(String event, Throwable cause) throws Exception {
    happens(event);
    fail(cause);
  }

  static void fail(Throwable cause) throws Exception {
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }

  /** Expects that exactly this has happened once all have come to rest. */
  void expect(String expected, String... wanted) {
    var all = List.of(wanted);
    var text = expected + ": " + Trial.describe(all);
    trial.expectSoon(text, () -> events.size() >= all.size(), () -> Trial.describe(events()));
    trial.settle();
    trial.expect(text, events(), all);
  }

  /** Expects that this happens, whatever happens at the same time. */
  void expectAmong(String expected, String wanted) {
    trial.expectSoon(
        expected + ": " + wanted, () -> events.contains(wanted), () -> Trial.describe(events()));
    trial.settle();
  }

  /** Part of a service's start or stop. */
  interface Part {
    void run(Deadline deadline) throws Exception;
  }

  Member member(String name) {
    return new Member(name);
  }

  /** A service. Its work is whatever completes {@link #work}. */
  final class Member implements HostedService {

    final CompletableFuture<Void> work = new CompletableFuture<>();
    final AtomicBoolean stopInterrupted = new AtomicBoolean();
    volatile long remainingAtStop = -1; // in ms
    private final String name;
    private volatile Part atStart = _ -> {};
    private volatile Part atStop = _ -> {};
    private volatile boolean itself;

    private Member(String name) {
      this.name = name;
    }

    /** Its completion is the work itself: a stage that depends on it would wrap how it fails. */
    Member completesItself() {
      itself = true;
      return this;
    }

    Member atStart(Part part) {
      atStart = part;
      return this;
    }

    Member atStop(Part part) {
      atStop = part;
      return this;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() throws Exception {
      trial.time().enroll(Thread.currentThread());
      happens(name + " starts");
      atStart.run(Deadline.after(Duration.ZERO, trial.time()));
      happens(name + " started");
    }

    @Override
    public void stop(Deadline deadline) throws Exception {
      trial.time().enroll(Thread.currentThread());
      remainingAtStop = deadline.remaining().toMillis();
      happens(name + " stops");
      try {
        atStop.run(deadline);
      } catch (InterruptedException e) {
        stopInterrupted.set(true);
        happens(name + " interrupted");
        throw e;
      } catch (Exception | Error e) {
        happens(name + " fails");
        throw e;
      }
      happens(name + " stopped");
    }

    @Override
    public CompletionStage<Void> completion() {
      return itself ? work : work.minimalCompletionStage();
    }
  }
}
