package workbook.contracts.timed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceStarts;
import workbook.contracts.shared.Stopper;
import workbook.hosting.CancellationToken;
import workbook.timed.TickSource;

/** Timers that cannot be made, or that fail. */
final class BrokenTimers {

  private BrokenTimers() {}

  /** Throws from its wait, or when it is closed; without either it waits until it is cancelled. */
  private static final class Broken implements TickSource {

    private final Trial trial;
    private final @Nullable Throwable whenWaiting;
    private final @Nullable RuntimeException whenClosed;
    volatile boolean closed;

    Broken(Trial trial, @Nullable Throwable whenWaiting, @Nullable RuntimeException whenClosed) {
      this.trial = trial;
      this.whenWaiting = whenWaiting;
      this.whenClosed = whenClosed;
    }

    @Override
    public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
      if (whenWaiting != null) {
        trial.note("the timer throws");
        throw BrokenTimers.<RuntimeException>sneak(whenWaiting);
      }
      return trial.time().sleep(Duration.ofMillis(100), cancel);
    }

    @Override
    public void close() {
      closed = true;
      if (whenClosed != null) {
        trial.note("the timer throws when it is closed");
        throw whenClosed;
      }
    }
  }

  static void all(Trial trial, TimedServiceContract contract) {
    trial.subject(
        contract.create(TimedServiceBench.NAME, () -> new Broken(trial, null, null), _ -> {}));
    var exception = new IllegalStateException("no clock");
    var error = new AssertionError("no clock at all");
    for (var cause : List.of(exception, error)) {
      fails(
          trial,
          contract,
          "throws " + cause.getClass().getSimpleName(),
          cause,
          () -> {
            throw BrokenTimers.<RuntimeException>sneak(cause);
          });
      var timer = new Broken(trial, cause, null);
      fails(
          trial,
          contract,
          "makes one whose wait throws " + cause.getClass().getSimpleName(),
          cause,
          () -> timer);
      trial.expectThat("the timer is closed", timer.closed, "nobody has closed the timer");
    }
    fails(trial, contract, "gives null", null, Trial::noValue);
    closeThrows(trial, contract);
  }

  private static void closeThrows(Trial trial, TimedServiceContract contract) {
    var whenClosed = new IllegalStateException("still in use");
    trial.setUp("a timer that throws when it is closed; start, then stop");
    var stopped =
        new TimedServiceBench(
            trial,
            _ ->
                contract.create(
                    TimedServiceBench.NAME, () -> new Broken(trial, null, whenClosed), _ -> {}));
    ServiceStarts.first(trial, stopped.service);
    trial.settle();
    var stop = stopped.stop();
    trial.expectSoon("stop ends", stop::isDone, () -> "it goes on");
    var end = stopped.service.completion().toCompletableFuture();
    trial.expectSoon("the completion completes", end::isDone, () -> "it is still open");
  }

  private static void fails(
      Trial trial,
      TimedServiceContract contract,
      String what,
      @Nullable Throwable cause,
      Supplier<TickSource> timer) {
    trial.setUp("a supplier of timers that " + what + "; start, then stop");
    trial.watchThreads();
    var service =
        trial.expectReturn(
            "the service is made, and no timer yet",
            () -> contract.create(TimedServiceBench.NAME, timer, _ -> {}));
    trial.subject(service);
    var thrown = new AtomicReference<@Nullable Throwable>();
    var start =
        trial.start(
            "starter",
            () -> {
              try {
                service.start();
              } catch (Exception | Error e) {
                thrown.set(e);
              }
              return "in some way";
            });
    trial.expectReturn("start returns or throws", start);
    var end = service.completion().toCompletableFuture();
    if (thrown.get() == null) {
      trial.expectSoon(
          "start throws, or the completion fails",
          end::isDone,
          () -> "start returned, and the completion is still open");
      end.whenComplete((_, failure) -> thrown.set(failure));
    }
    trial.expectThat(
        "start throws, or the completion fails",
        thrown.get() != null,
        "start returned, and the completion is a normal one");
    trial.expectThat(
        "with what the timer's supplier or the timer has thrown",
        cause == null || isIn(cause, thrown.get()),
        "with " + Trial.describe(thrown.get()));
    trial.expectReturn("a stop after that returns", new Stopper(trial, service).stop());
    trial.expectNoNewThread("no thread is left");
  }

  private static boolean isIn(Throwable cause, @Nullable Throwable thrown) {
    for (var each = thrown; each != null; each = each.getCause()) {
      if (each == cause) {
        return true;
      }
    }
    return false;
  }

  private static <T extends Throwable> T sneak(Throwable failure) throws T {
    @SuppressWarnings("unchecked") // erased: whatever it is, it is thrown as it is
    var thrown = (T) failure;
    throw thrown;
  }
}
