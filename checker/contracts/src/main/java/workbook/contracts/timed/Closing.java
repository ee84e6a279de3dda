package workbook.contracts.timed;

import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
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
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    Waits.expectResult(
        trial,
        "a wait after close returns false",
        trial.expectReturn("a wait after close returns at once", later),
        false);
    close(trial, timer, "a second close returns, and does nothing");
    trial.advanceTo(250);
    var last = trial.start("last wait", () -> timer.waitForNextTick(CancellationToken.none()));
    Waits.expectResult(
        trial,
        "a wait after close returns false, also when a tick would be due",
        trial.expectReturn("a wait after close returns at once", last),
        false);
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

  private static void close(Trial trial, TickSource timer, String expected) {
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
