package workbook.contracts.shared;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.hosting.Deadline;

/** What the contracts ask of the stop of every hosted service. */
public final class ServiceStops {

  private ServiceStops() {}

  /**
   * Stops a busy service from two threads, and expects that both calls wait for its end, and not
   * the second for the first.
   *
   * @param trial the trial
   * @param busy the service
   * @return the two calls
   */
  public static List<Caller<Object>> fromTwoThreads(Trial trial, BusyService busy) {
    var stopper = new Stopper(trial, busy.service());
    var first = stopper.stop();
    trial.expectWaiting("the first stop waits for the work in progress", first);
    var second = stopper.stop();
    trial.expectWaiting("the second stop waits for the same end, and at no monitor", second);
    return List.of(first, second);
  }

  /**
   * Lets the work end, and expects that the calls of stop return, and one more as well.
   *
   * @param trial the trial
   * @param busy the service
   * @param stops calls that wait
   */
  public static void expectEnd(Trial trial, BusyService busy, List<Caller<Object>> stops) {
    busy.gate().open();
    stops.forEach(stop -> trial.expectReturn("each stop returns when the work has ended", stop));
    trial.expectReturn("a stop after the end returns", new Stopper(trial, busy.service()).stop());
  }

  /**
   * Stops a busy service twice, the second time with less time to go, and expects that the second
   * call gives up at its own deadline, and that one more returns after the end.
   *
   * @param trial the trial
   * @param busy makes the service
   */
  public static void afterTheDeadline(Trial trial, Supplier<BusyService> busy) {
    trial.setUp("work in progress; a stop with 20 s to go, a second one with 10 s; stop again");
    var forced = busy.get();
    var stopper = new Stopper(trial, forced.service());
    var first = stopper.stop(Stopper.LIMIT.multipliedBy(2), "the first stop");
    trial.expectWaiting("the first stop waits for the work in progress", first);
    var second = stopper.stop(Stopper.LIMIT, "the second stop");
    trial.expectWaiting("the second stop waits for the same end, and at no monitor", second);
    trial.advanceTo(trial.time().millis() + Stopper.LIMIT.toMillis());
    trial.expectSoon(
        "the second stop ends at its own deadline", second::isDone, () -> "it goes on waiting");
    forced.gate().open(); // ends the work if the interrupt has not
    trial.expectSoon(
        "the first stop ends with the work", first::isDone, () -> "it goes on waiting");
    trial.expectReturn("a stop after the end that was forced returns", stopper.stop());
  }

  /**
   * Interrupts the thread that calls stop, before the call and during it, and expects that the
   * interrupt is not lost.
   *
   * @param trial the trial
   * @param busy makes the service
   */
  public static void interruptOfTheCaller(Trial trial, Supplier<BusyService> busy) {
    for (boolean beforehand : List.of(false, true)) {
      trial.setUp(
          beforehand
              ? "work in progress; stop is called by a thread that is interrupted already"
              : "stop waits for work in progress; the thread that called it is interrupted");
      interruptOfTheCaller(trial, busy.get(), beforehand);
    }
  }

  private static void interruptOfTheCaller(Trial trial, BusyService busy, boolean beforehand) {
    var kept = new AtomicBoolean();
    var stop =
        trial.start(
            "stopper",
            () -> {
              if (beforehand) {
                Thread.currentThread().interrupt();
              }
              try {
                busy.service().stop(Deadline.after(Stopper.LIMIT, trial.time()));
                kept.set(Thread.currentThread().isInterrupted());
              } catch (Exception e) {
                kept.set(
                    e instanceof InterruptedException || Thread.currentThread().isInterrupted());
              }
              return "in some way";
            });
    trial.settle();
    if (!beforehand) {
      trial.note("interrupt the caller of stop");
      stop.thread().interrupt();
      trial.settle();
    }
    busy.gate().open();
    trial.expectReturn("stop ends", stop);
    trial.expectThat(
        "stop throws InterruptedException or leaves the flag set",
        kept.get(),
        "it did neither, so the interrupt is lost");
  }

  /**
   * Expects that a stop has run into its deadline and names the service that has not ended.
   *
   * @param trial the trial
   * @param stop the call
   * @param name the service's name
   * @return the message of the TimeoutException
   */
  public static String expectTimeout(Trial trial, Caller<?> stop, String name) {
    var timeout = trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    var message = String.valueOf(timeout.getMessage());
    trial.expectThat(
        "the message names the service '" + name + "'",
        message.contains(name),
        "it says: " + message);
    return message;
  }
}
