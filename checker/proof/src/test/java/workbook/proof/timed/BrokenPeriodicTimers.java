package workbook.proof.timed;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Periodic timers that are wrong. */
public final class BrokenPeriodicTimers {

  static final Table TIMER = new Table(WorkbookModule.TIMED, "PeriodicTimer");

  private static final String ADVANCE = "nextTick += (late / period + 1) * period;";
  private static final String SLEEP = "if (wake.isCancelled() || !time.sleep(untilTick, wake)) {";
  private static final String WAKE = "CancellationToken.anyOf(cancel, closed.token())";
  private static final String REFUSAL =
      "throw new IllegalStateException(\"another thread is waiting for this timer's next tick\");";
  private static final String FIRST_TICK = "this.nextTick = time.nanoTime() + this.period;";
  private static final String CLOSE = "    closed.cancel();";
  private static final String POSITIVE = "Arguments.positive(period, \"period\").toNanos()";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // when a tick comes
          TIMER
              .broken("whole-milliseconds")
              .why("What the period has below a millisecond is lost.")
              .change(".toNanos()", ".toMillis() * 1_000_000")
              .fails("1.1"),
          TIMER
              .broken("grid-of-the-clock")
              .why("The grid begins where the clock does, not when the timer is made.")
              .change(
                  FIRST_TICK, "this.nextTick = (time.nanoTime() / this.period + 1) * this.period;")
              .fails("1.1", "1.12"),
          TIMER
              .broken("first-tick-at-once")
              .why("The grid begins with a tick at 0.")
              .change(FIRST_TICK, "this.nextTick = time.nanoTime();")
              .fails("1.1", "1.2", "1.4", "1.5", "1.6", "1.7", "1.10", "1.12", "1.29"),
          TIMER
              .broken("wrong-unit")
              .why("The period is taken in milliseconds and used as nanoseconds.")
              .change(".toNanos();", ".toMillis();")
              .fails(
                  "1.1", "1.2", "1.4", "1.5", "1.6", "1.7", "1.9", "1.10", "1.11", "1.12", "1.29"),
          TIMER
              .broken("never-ticks")
              .why("The wait is for ever; only cancelling ends it.")
              .change("time.sleep(untilTick, wake)", "time.sleep(Duration.ofDays(1000), wake)")
              .hangs()
              .fails("1.1", "1.2", "1.3", "1.5", "1.6", "1.7", "1.10", "1.11", "1.12", "1.29"),
          TIMER
              .broken("burst")
              .why("Each missed tick is made up for, as scheduleAtFixedRate does.")
              .change(ADVANCE, "nextTick += period;")
              .fails("1.10", "1.11"),
          TIMER
              .broken("late-tick-skipped")
              .why("A tick that nobody waited for is dropped: the wait is for the next one.")
              .change(
                  "var untilTick =",
                  "while (nextTick < time.nanoTime()) { nextTick += period; }\n"
                      + "      var untilTick =")
              .fails("1.10", "1.11", "1.12"),
          TIMER
              .broken("grid-moves")
              .why("After a late tick the grid begins anew, at the late tick.")
              .change(ADVANCE, "nextTick = time.nanoTime() + period;")
              .fails("1.10", "1.11"),
          TIMER
              .broken("fixed-delay")
              .why("Counts a whole period from the call, whatever the grid says.")
              .change("Duration.ofNanos(nextTick - time.nanoTime())", "Duration.ofNanos(period)")
              .fails("1.10", "1.11", "1.12"),
          TIMER
              .broken("one-late-tick-too-many")
              .why("Rounds the wrong way: the last missed tick is made up for as well.")
              .change(ADVANCE, "nextTick += Math.max(1, late / period) * period;")
              .fails("1.10", "1.11"),
          TIMER
              .broken("grid-begins-with-the-first-wait")
              .why("The first tick is counted from the first wait, not from creation.")
              .change(FIRST_TICK, "")
              .change("private long nextTick;", "private boolean begun; private long nextTick;")
              .change(
                  "var wake =",
                  "if (!begun) {\n"
                      + "        begun = true;\n"
                      + "        nextTick = time.nanoTime() + period;\n"
                      + "      }\n"
                      + "      var wake =")
              .fails("1.11", "1.12"),
          TIMER
              .broken("cancelled-wait-takes-a-tick")
              .why("The grid moves on also when the wait ends without a tick.")
              .change("        return false;", "        nextTick += period;\n        return false;")
              .fails("1.12"),
          TIMER
              .broken("wall-clock")
              .why("Measures on the wall clock.")
              .is(WallClockTimer.class)
              .fails("1.7"),
          TIMER
              .broken("sleeps")
              .why("Thread.sleep: the real clock, and nobody can wake it.")
              .is(SleepingTimer.class)
              .hangs()
              .fails(
                  "1.1", "1.2", "1.4", "1.5", "1.6", "1.7", "1.9", "1.10", "1.11", "1.12", "1.29"),
          TIMER
              .broken("spins")
              .why("Asks the clock again and again instead of waiting.")
              .change(
                  SLEEP,
                  "while (!wake.isCancelled() && time.nanoTime() < nextTick) {\n"
                      + "        if (Thread.interrupted()) {\n"
                      + "          throw new InterruptedException();\n"
                      + "        }\n"
                      + "        Thread.onSpinWait();\n"
                      + "      }\n"
                      + "      if (wake.isCancelled()) {")
              .hangs()
              .fails(
                  "1.1", "1.2", "1.4", "1.5", "1.6", "1.7", "1.9", "1.10", "1.11", "1.12", "1.29"),

          // how a wait ends
          TIMER
              .broken("token-not-handed-on")
              .why("The sleep knows nothing of the caller's token.")
              .change(WAKE, "closed.token()")
              .hangs()
              .fails("1.2", "1.3"),
          TIMER
              .broken("cancel-returns-true")
              .why("What sleep returns is not looked at: a cancelled wait looks like a tick.")
              .change(SLEEP, "time.sleep(untilTick, wake);\n      if (false) {")
              .hangs()
              .fails("1.2", "1.3", "1.4", "1.9"),
          TIMER
              .broken("cancel-closes")
              .why("Cancelling one wait ends the timer.")
              .change("        return false;", "        close();\n        return false;")
              .fails("1.2", "1.3", "1.12"),
          TIMER
              .broken("cancel-throws")
              .why("A cancelled wait throws, as in .NET, where it should return false.")
              .change(
                  "        return false;",
                  "        throw new java.util.concurrent.CancellationException(\"cancelled\");")
              .fails("1.2", "1.3", "1.4", "1.9", "1.12"),
          TIMER
              .broken("due-tick-wins-over-cancel")
              .why("A tick that is due is handed out before the token is looked at.")
              .change(SLEEP, "if (untilTick.isPositive() && !time.sleep(untilTick, wake)) {")
              .fails("1.3", "1.4", "1.6"),
          TIMER
              .broken("busy-mark-stays-after-cancel")
              .why("Only a tick clears the mark that somebody waits.")
              .change("        return false;", "        done = false;\n        return false;")
              .change("      waiting.set(false);", "      waiting.set(!done);")
              .change("    try {", "    boolean done = true;\n    try {")
              .fails("1.2", "1.3", "1.4", "1.12"),
          TIMER
              .broken("due-tick-hides-an-interrupt")
              .why("With a tick due the wait returns at once and never looks at the interrupt.")
              .change(
                  SLEEP,
                  "if (wake.isCancelled()\n"
                      + "          || untilTick.isPositive() && !time.sleep(untilTick, wake)) {")
              .fails("1.6"),

          // close
          TIMER
              .broken("close-does-nothing")
              .why("Close sets nothing and wakes nobody.")
              .change(CLOSE, "    // nothing to do")
              .hangs()
              .fails("1.4", "1.9"),
          TIMER
              .broken("close-wakes-nobody")
              .why("Whoever waits when the timer is closed waits on until the next tick.")
              .change(WAKE, "closed.token().isCancelled() ? closed.token() : cancel")
              .hangs()
              .fails("1.4", "1.9"),
          TIMER
              .broken("due-tick-wins-over-close")
              .why("A tick that is due is handed out although the timer is closed.")
              .change(
                  SLEEP,
                  "if (cancel.isCancelled()\n"
                      + "          || untilTick.isPositive() && !time.sleep(untilTick, wake)) {")
              .fails("1.4", "1.6"),
          TIMER
              .broken("waits-after-close-throw")
              .why("A wait after close throws, where it should return false.")
              .change(
                  "    try {",
                  "    if (closed.token().isCancelled()) {\n"
                      + "      throw new IllegalStateException(\"closed\");\n"
                      + "    }\n"
                      + "    try {")
              .fails("1.4"),
          TIMER
              .broken("second-close-throws")
              .why("Close is not idempotent.")
              .change(
                  CLOSE,
                  "    if (closed.token().isCancelled()) {\n"
                      + "      throw new IllegalStateException(\"already closed\");\n"
                      + "    }\n"
                      + CLOSE)
              .fails("1.4"),
          TIMER
              .broken("close-waits-for-the-waiter")
              .why("Close blocks until the wait in progress has ended by itself.")
              .change(
                  CLOSE,
                  "    while (waiting.get() && !Thread.currentThread().isInterrupted()) {\n"
                      + "      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);\n"
                      + "    }\n"
                      + CLOSE)
              .hangs()
              .fails("1.4", "1.9"),

          // a second wait
          TIMER
              .broken("second-wait-allowed")
              .why("Nobody looks whether somebody waits already.")
              .change("!waiting.compareAndSet(false, true)", "false")
              .fails("1.5"),
          TIMER
              .broken("refusal-clears-the-mark")
              .why("The second wait is refused, and on its way out clears the mark of the first.")
              .change(REFUSAL, "waiting.set(false);\n      " + REFUSAL)
              .fails("1.5"),
          TIMER
              .broken("refusal-closes")
              .why("A second wait ends the timer for the first.")
              .change(REFUSAL, "close();\n      " + REFUSAL)
              .fails("1.5"),
          TIMER
              .broken("refused-with-false")
              .why("The second wait returns false, as if the timer were closed.")
              .change(REFUSAL, "return false;")
              .fails("1.5"),
          TIMER
              .broken("refused-with-another-exception")
              .why("The second wait is refused with an exception that says something else.")
              .change(REFUSAL, "throw new UnsupportedOperationException(\"one thread only\");")
              .fails("1.5"),
          TIMER
              .broken("second-wait-queues")
              .why("The method is synchronized: the second wait stands in line for the monitor.")
              .change(
                  "public boolean waitForNextTick", "public synchronized boolean waitForNextTick")
              .hangs()
              .fails("1.5"),
          TIMER
              .broken("busy-mark-stays")
              .why("The mark that somebody waits is never cleared.")
              .change("      waiting.set(false);", "      // done")
              .fails(
                  "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.9", "1.10", "1.11", "1.12", "1.29"),

          // interrupts
          TIMER
              .broken("interrupt-returns-false")
              .why("InterruptedException is caught and taken for a cancellation.")
              .change(
                  "    } finally {",
                  "    } catch (InterruptedException e) {\n"
                      + "      return false;\n"
                      + "    } finally {")
              .fails("1.6", "1.29"),
          TIMER
              .broken("interrupt-flag-set-again")
              .why("The flag is set beside the exception: the next wait ends at once.")
              .change(
                  "    } finally {",
                  "    } catch (InterruptedException e) {\n"
                      + "      Thread.currentThread().interrupt();\n"
                      + "      throw e;\n"
                      + "    } finally {")
              .fails("1.6"),
          TIMER
              .broken("interrupt-wrapped")
              .why("InterruptedException is wrapped in an unchecked exception.")
              .change(
                  "    } finally {",
                  "    } catch (InterruptedException e) {\n"
                      + "      throw new IllegalStateException(\"interrupted\", e);\n"
                      + "    } finally {")
              .fails("1.6", "1.29"),
          TIMER
              .broken("interrupt-ignored")
              .why("InterruptedException is swallowed, and the wait begins again.")
              .change(
                  "    } finally {",
                  "    } catch (InterruptedException e) {\n"
                      + "      waiting.set(false);\n"
                      + "      return waitForNextTick(cancel);\n"
                      + "    } finally {")
              .hangs()
              .fails("1.6", "1.29"),
          TIMER
              .broken("interrupt-closes")
              .why("An interrupt ends the timer instead of the wait.")
              .change(
                  "    } finally {",
                  "    } catch (InterruptedException e) {\n"
                      + "      close();\n"
                      + "      throw e;\n"
                      + "    } finally {")
              .fails("1.6"),
          TIMER
              .broken("earlier-interrupt-lost")
              .why("The flag is cleared on entry and forgotten.")
              .change("    try {", "    Thread.interrupted();\n    try {")
              .hangs()
              .fails("1.6"),

          // arguments
          TIMER
              .broken("period-of-zero-taken")
              .why("Zero and less are taken; the loop would spin.")
              .change(POSITIVE, "Objects.requireNonNull(period, \"period\").toNanos()")
              .fails("1.8"),
          TIMER
              .broken("negative-period-taken")
              .why("Only zero is refused.")
              .change(
                  POSITIVE,
                  "(period.isZero() ? Arguments.positive(period, \"period\") : period).toNanos()")
              .fails("1.8"),
          // what is left
          TIMER
              .broken("registration-kept")
              .why("Each wait leaves an action with the caller's token, for as long as it lives.")
              .change(
                  "var wake = CancellationToken.anyOf(cancel, closed.token());",
                  "var woken = new CancellationSource();\n"
                      + "      cancel.onCancel(woken::cancel);\n"
                      + "      var wake = CancellationToken.anyOf(woken.token(), closed.token());")
              .fails("1.29"),
          TIMER
              .broken("ticker-left-running")
              .why("A thread that the constructor starts does not end when the timer is closed.")
              .change(
                  FIRST_TICK,
                  FIRST_TICK
                      + "\n"
                      + "    Thread.ofVirtual()\n"
                      + "        .name(\"ticker\")\n"
                      + "        .start(\n"
                      + "            () -> {\n"
                      + "              try {\n"
                      + "                time.sleep(Duration.ofDays(1000),"
                      + " CancellationToken.none());\n"
                      + "              } catch (InterruptedException e) {\n"
                      + "                // never\n"
                      + "              }\n"
                      + "            });")
              .hangs()
              .fails("1.9"));

  private BrokenPeriodicTimers() {}
}
