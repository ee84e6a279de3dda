package workbook.contracts.timed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import workbook.checker.Trial;
import workbook.checker.fakes.CountingToken;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.timed.TickSource;

/** How a wait for a tick ends, and that there is one at a time. */
final class Waits {

  private Waits() {}

  static void cancelled(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; a wait cancelled at 50 ms, then another wait");
    var timer = contract.timer(trial);
    var source = new CancellationSource();
    var first = trial.start("first wait", () -> timer.waitForNextTick(source.token()));
    trial.advanceTo(50);
    trial.note("cancel");
    source.cancel();
    expectResult(
        trial,
        "the cancelled wait returns false",
        trial.expectReturn("the cancelled wait returns at 50 ms", first),
        false);
    var second = trial.start("second wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(250);
    expectResult(
        trial,
        "the second wait returns true, at a tick",
        trial.expectReturn("the second wait gets the next tick", second),
        true);
    cancelledTooLate(trial, contract);
    TimerRaces.cancelAgainstAWait(trial, contract);
  }

  private static void cancelledTooLate(Trial trial, TickSourceContract contract) {
    trial.setUp(
        "a period of 100 ms; two waits; during the second the first one's token is cancelled");
    long begin = trial.time().millis();
    var timer = contract.timer(trial);
    var source = new CancellationSource();
    var first = trial.start("first wait", () -> timer.waitForNextTick(source.token()));
    trial.advanceTo(begin + 100);
    trial.expectReturn("the first wait gets its tick", first);
    var second = trial.start("second wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(begin + 150);
    trial.note("cancel the token of the first wait");
    source.cancel();
    trial.expectWaiting("the second wait goes on", second);
  }

  static void cancelledBeforehand(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; at 250 ms a wait with a token that is cancelled already");
    var timer = contract.timer(trial);
    trial.advanceTo(250);
    var source = new CancellationSource();
    source.cancel();
    var wait = trial.start("wait", () -> timer.waitForNextTick(source.token()));
    expectResult(
        trial,
        "the wait returns false",
        trial.expectReturn("the wait returns at once", wait),
        false);
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(400);
    expectResult(
        trial,
        "a later wait returns true",
        trial.expectReturn("a later wait gets a tick", later),
        true);
  }

  // A tick belongs to one loop.
  static void secondWait(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; a wait begun at 0 ms, two more tried at 50 ms");
    var timer = contract.timer(trial);
    var first = trial.start("first wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(50);
    for (var name : List.of("second wait", "third wait")) {
      var refused = trial.start(name, () -> timer.waitForNextTick(CancellationToken.none()));
      trial.settle();
      trial.expectThat(
          "the " + name + " is refused at once",
          refused.isDone(),
          "the " + name + " is waiting beside the first");
      trial.expectThrow("the " + name + " is refused", refused, IllegalStateException.class);
    }
    trial.advanceTo(150);
    expectResult(
        trial,
        "the first wait returns true at its tick",
        trial.expectReturn("the first wait gets its tick", first),
        true);
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(300);
    expectResult(
        trial,
        "a wait after the first has ended returns true",
        trial.expectReturn("a wait after the first has ended gets a tick", later),
        true);
    TimerRaces.twoWaits(trial, contract);
  }

  static void interrupted(Trial trial, TickSourceContract contract) {
    trial.setUp(
        "a period of 100 ms; one wait interrupted beforehand, one at 50 ms, then another; at 450 ms"
            + " one interrupted beforehand although a tick may be due");
    var timer = contract.timer(trial);
    var flags = Collections.synchronizedList(new ArrayList<Boolean>());
    var before = trial.start("interrupted before", () -> interruptAndWait(timer, flags));
    trial.expectThrow(
        "the wait interrupted beforehand throws InterruptedException",
        before,
        InterruptedException.class);
    var during = trial.start("interrupted during", () -> waitAndReadFlag(timer, flags));
    trial.advanceTo(50);
    trial.note("interrupt");
    during.thread().interrupt();
    trial.expectThrow(
        "the wait interrupted at 50 ms throws InterruptedException",
        during,
        InterruptedException.class);
    trial.expectThat(
        "the interrupt flag is clear beside the exception",
        !flags.contains(true),
        "the flag is still set");
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(250);
    expectResult(
        trial,
        "a later wait returns true",
        trial.expectReturn("a later wait gets a tick", later),
        true);
    trial.advanceTo(450);
    var due = trial.start("interrupted before a due tick", () -> interruptAndWait(timer, flags));
    trial.expectThrow(
        "the wait interrupted beforehand throws InterruptedException, also when a tick is due",
        due,
        InterruptedException.class);
    trial.expectThat(
        "the interrupt flag is clear beside the exception",
        !flags.contains(true),
        "the flag is still set");
    interruptedBesides(trial, contract);
  }

  // Whoever interrupts a thread wants it to notice, whatever else ends its wait.
  private static void interruptedBesides(Trial trial, TickSourceContract contract) {
    trial.setUp("waits of an interrupted thread: one cancelled, one refused, one after close");
    var source = new CancellationSource();
    source.cancel();
    var timer = contract.timer(trial);
    expectKept(trial, timer, "cancelled wait", source.token());
    var first = trial.start("first wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.settle();
    expectKept(trial, timer, "second wait", CancellationToken.none());
    Closing.close(trial, timer, "close returns at once");
    trial.expectReturn("the first wait ends when the timer is closed", first);
    expectKept(trial, timer, "wait after close", CancellationToken.none());
  }

  private static void expectKept(
      Trial trial, TickSource timer, String which, CancellationToken token) {
    var kept =
        trial.start(
            which,
            () -> {
              Thread.currentThread().interrupt();
              try {
                timer.waitForNextTick(token);
              } catch (IllegalStateException e) {
                trial.note("the " + which + " is refused");
              } catch (InterruptedException e) {
                return true;
              }
              return Thread.currentThread().isInterrupted();
            });
    trial.expectThat(
        "the " + which + " throws InterruptedException or leaves the flag set",
        trial.expectReturn("the " + which + " ends at once", kept),
        "it did neither, so the interrupt is lost");
  }

  // The token may live as long as the application, and each wait registers with it.
  static void registrationWithTheToken(Trial trial, TickSourceContract contract) {
    trial.setUp(
        "a period of 100 ms; waits with the same token: three, one of them interrupted, one that is"
            + " refused, and one after close");
    var timer = contract.timer(trial);
    var token = new CountingToken();
    var first = trial.start("first wait", () -> timer.waitForNextTick(token));
    trial.advanceTo(150);
    trial.expectReturn("the first wait gets its tick", first);
    var second = trial.start("interrupted wait", () -> timer.waitForNextTick(token));
    trial.settle();
    second.thread().interrupt();
    trial.expectThrow("the wait is interrupted", second, InterruptedException.class);
    var third = trial.start("third wait", () -> timer.waitForNextTick(token));
    trial.advanceTo(250);
    trial.expectReturn("the third wait gets its tick", third);
    expectNothingRegistered(trial, token, "after waits that got a tick or were interrupted");
    var last = trial.start("last wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.settle();
    var refused = trial.start("refused wait", () -> timer.waitForNextTick(token));
    trial.expectThrow("a second wait is refused", refused, IllegalStateException.class);
    expectNothingRegistered(trial, token, "after a wait that was refused");
    Closing.close(trial, timer, "close returns at once");
    trial.expectReturn("the last wait ends when the timer is closed", last);
    var late = trial.start("wait after close", () -> timer.waitForNextTick(token));
    trial.expectReturn("a wait after close returns at once", late);
    expectNothingRegistered(trial, token, "after a wait on a closed timer");
  }

  private static void expectNothingRegistered(Trial trial, CountingToken token, String when) {
    trial.expectThat(
        when + ", no action is registered with the token",
        token.registrations() == 0,
        token.registrations() + " are");
  }

  private static boolean interruptAndWait(TickSource timer, List<Boolean> flags)
      throws InterruptedException {
    Thread.currentThread().interrupt();
    return waitAndReadFlag(timer, flags);
  }

  private static boolean waitAndReadFlag(TickSource timer, List<Boolean> flags)
      throws InterruptedException {
    try {
      return timer.waitForNextTick(CancellationToken.none());
    } finally {
      flags.add(Thread.currentThread().isInterrupted());
    }
  }

  static void expectResult(Trial trial, String expected, boolean result, boolean wanted) {
    trial.expectThat(expected, result == wanted, "it returned " + result);
  }
}
