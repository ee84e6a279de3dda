package workbook.contracts.timed;

import java.time.Duration;
import java.time.Instant;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** What closing a timer ends. */
final class Closing {

  private Closing() {}

  static void pendingAndLaterWaits(Trial trial, TickSourceContract contract) {
    trial.setUp(
        "a period of 100 ms; closed at 50 ms during a wait; a wait at 50 and one at 250 ms");
    var timer = contract.timer(trial);
    var pending =
        trial.start("pending wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(50);
    close(trial, timer, "close returns at once");
    Waits.expectResult(
        trial,
        "the pending wait returns false",
        trial.expectReturn("the pending wait returns when the timer is closed", pending),
        false);
    trial.lookAt("close");
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    Waits.expectResult(
        trial,
        "a wait after close returns false",
        trial.expectReturn("a wait after close returns at once", later),
        false);
    close(trial, timer, "a second close returns, and does nothing");
    trial.lookAt("waitForNextTick");
    trial.advanceTo(250);
    var last = trial.start("last wait", () -> timer.waitForNextTick(CancellationToken.none()));
    Waits.expectResult(
        trial,
        "a wait after close returns false, also when a tick would be due",
        trial.expectReturn("a wait after close returns at once", last),
        false);
    waiterIsSlow(trial, contract);
    TimerRaces.closeAgainstAWait(trial, contract);
  }

  private static void waiterIsSlow(Trial trial, TickSourceContract contract) {
    trial.setUp("closed during a wait that takes its time to end, once it is woken");
    var gate = trial.gate();
    var timer =
        trial.subject(
            contract.create(TickSourceContract.PERIOD, new SlowToWake(trial.time(), gate)));
    var waiter = trial.start("waiter", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.settle();
    close(trial, timer, "close returns at once, and not when the wait has ended");
    gate.open();
    trial.expectReturn("the wait ends", waiter);
  }

  /** A time whose sleepers, once woken by a token, go on only when a gate is open. */
  private record SlowToWake(TimeSource time, Gate gate) implements TimeSource {

    @Override
    public boolean sleep(Duration duration, CancellationToken wake) throws InterruptedException {
      boolean passed = time.sleep(duration, wake);
      if (!passed) {
        gate.pass();
      }
      return passed;
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      return time.join(thread, limit);
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }
  }

  static void threads(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; two ticks, then close");
    trial.watchThreads();
    var timer = contract.timer(trial);
    var ticks = new Ticks(trial);
    var loop = trial.start("loop", () -> ticks.loop(timer));
    trial.advanceTo(250);
    close(trial, timer, "close returns at once");
    trial.expectReturn("the loop ends when the timer is closed", loop);
    trial.expectNoNewThread("no thread is left after close");
  }

  static void close(Trial trial, TickSource timer, String expected) {
    trial.note("close");
    var closer =
        trial.start(
            "closer",
            () -> {
              timer.close();
              return "normally";
            });
    trial.expectReturn(expected, closer);
  }
}
