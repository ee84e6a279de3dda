package workbook.proof.timed;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Timers with a fixed delay that are wrong. */
public final class BrokenFixedDelayTimers {

  static final Table TIMER = new Table(WorkbookModule.TIMED, "FixedDelayTimer");

  private static final String SLEEP =
      "return time.sleep(delay, CancellationToken.anyOf(cancel, closed.token()));";
  private static final String ANY_OF = "CancellationToken.anyOf(cancel, closed.token())";
  private static final String REFUSAL =
      "throw new IllegalStateException(\"another thread is waiting for this timer's next tick\");";
  private static final String CLOSE = "    closed.cancel();";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          TIMER
              .broken("nanoseconds-part-only")
              .why("Of the delay, only what is below a second is waited for.")
              .change("time.sleep(delay,", "time.sleep(Duration.ofNanos(delay.getNano()),")
              .fails("1.1"),
          TIMER
              .broken("first-delay-from-creation")
              .why("The first tick is counted from when the timer was made.")
              .change(
                  "  private final AtomicBoolean waiting",
                  "  private boolean first = true;\n"
                      + "  private final long made;\n"
                      + "  private final AtomicBoolean waiting")
              .change(
                  "    this.time = Objects.requireNonNull(time, \"time\");",
                  "    this.time = Objects.requireNonNull(time, \"time\");\n"
                      + "    this.made = time.nanoTime();")
              .change(
                  SLEEP,
                  "var late = Duration.ofNanos(first ? time.nanoTime() - made : 0);\n"
                      + "      first = false;\n"
                      + "      return time.sleep(delay.minus(late), "
                      + ANY_OF
                      + ");")
              .fails("1.13"),
          TIMER
              .broken("registration-kept")
              .why("Each wait leaves an action with the caller's token, for as long as it lives.")
              .change(
                  SLEEP,
                  "var woken = new CancellationSource();\n"
                      + "      cancel.onCancel(woken::cancel);\n"
                      + "      return time.sleep(delay, CancellationToken.anyOf(woken.token(),"
                      + " closed.token()));")
              .fails("1.29"),
          TIMER
              .broken("first-tick-at-once")
              .why("The first wait returns before it has waited.")
              .change(
                  SLEEP,
                  "if (first) {\n        first = false;\n        return true;\n      }\n      "
                      + SLEEP)
              .change(
                  "private final Duration delay;",
                  "private final Duration delay;\n  private boolean first = true;")
              .fails("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.13"),
          TIMER
              .broken("fixed-rate")
              .why("Keeps a grid: a late tick comes at once.")
              .change(
                  "private final Duration delay;",
                  "private final Duration delay;\n  private long next = Long.MIN_VALUE;")
              .change(
                  SLEEP,
                  "if (next == Long.MIN_VALUE) {\n"
                      + "        next = time.nanoTime() + delay.toNanos();\n"
                      + "      }\n"
                      + "      boolean ticked = time.sleep(Duration.ofNanos(next -"
                      + " time.nanoTime()), "
                      + ANY_OF
                      + ");\n"
                      + "      next += ticked ? delay.toNanos() : 0;\n"
                      + "      return ticked;")
              .fails("1.13"),
          TIMER
              .broken("counts-from-the-last-tick")
              .why("The delay counts from the end of the last tick, so that work eats it up.")
              .change(
                  "private final Duration delay;",
                  "private final Duration delay;\n  private long last = Long.MIN_VALUE;")
              .change(
                  SLEEP,
                  "if (last == Long.MIN_VALUE) {\n"
                      + "        last = time.nanoTime();\n"
                      + "      }\n"
                      + "      long left = last + delay.toNanos() - time.nanoTime();\n"
                      + "      boolean ticked = time.sleep(Duration.ofNanos(left), "
                      + ANY_OF
                      + ");\n"
                      + "      last = time.nanoTime();\n"
                      + "      return ticked;")
              .fails("1.13"),
          TIMER
              .broken("wall-clock")
              .why("Looks at the wall clock to know whether it has waited long enough.")
              .change(
                  SLEEP,
                  "var end = time.now().plus(delay);\n"
                      + "      boolean ticked = time.sleep(delay, "
                      + ANY_OF
                      + ");\n"
                      + "      while (ticked && time.now().isBefore(end)) {\n"
                      + "        ticked = time.sleep(Duration.between(time.now(), end), "
                      + ANY_OF
                      + ");\n"
                      + "      }\n"
                      + "      return ticked;")
              .fails("1.7"),
          TIMER
              .broken("token-not-handed-on")
              .why("The sleep knows nothing of the caller's token.")
              .change(ANY_OF, "closed.token()")
              .hangs()
              .fails("1.2", "1.3"),
          TIMER
              .broken("cancel-returns-true")
              .why("What sleep returns is not looked at.")
              .change(SLEEP, SLEEP.replace("return ", "") + "\n      return true;")
              .hangs()
              .fails("1.2", "1.3", "1.4", "1.9"),
          TIMER
              .broken("cancel-closes")
              .why("Cancelling one wait ends the timer.")
              .change(SLEEP, "cancel.onCancel(this::close);\n      " + SLEEP)
              .fails("1.2", "1.3", "1.29"),
          TIMER
              .broken("close-wakes-nobody")
              .why("Only the next wait finds out that the timer is closed.")
              .change(ANY_OF, "closed.token().isCancelled() ? closed.token() : cancel")
              .hangs()
              .fails("1.4", "1.9"),
          TIMER
              .broken("waits-after-close")
              .why("Close ends the pending wait, and the next one waits again.")
              .change(
                  "private final CancellationSource closed",
                  "private volatile CancellationSource closed")
              .change(
                  CLOSE,
                  "    var pending = closed;\n"
                      + "    closed = new CancellationSource();\n"
                      + "    pending.cancel();")
              .hangs()
              .fails("1.4"),
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
              .broken("busy-mark-stays")
              .why("The mark that somebody waits is never cleared.")
              .change("      waiting.set(false);", "      // done")
              .fails("1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.9", "1.13", "1.29"),
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
              .broken("delay-of-zero-taken")
              .why("Zero and less are taken; the loop would spin.")
              .change(
                  "Arguments.positive(delay, \"delay\")",
                  "Objects.requireNonNull(delay, \"delay\")")
              .fails("1.8"),
          TIMER
              .broken("null-not-refused")
              .why("A time of null is found out by the first wait, far from its cause.")
              .change("Objects.requireNonNull(time, \"time\")", "time")
              .fails("1.8"),
          TIMER
              .broken("helper-left-waiting")
              .why("Each wait starts a helper that nobody ends.")
              .change(
                  SLEEP,
                  "Thread.ofVirtual().name(\"helper\").start(java.util.concurrent.locks.LockSupport::park);\n"
                      + "      "
                      + SLEEP)
              .hangs()
              .fails("1.9"));

  private BrokenFixedDelayTimers() {}
}
