package workbook.proof.email;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Queues with delays that are wrong. */
public final class BrokenDelayedEmailQueues {

  static final Table QUEUE = new Table(WorkbookModule.EMAIL, "DelayedEmailQueue");

  private static final String ENTER =
      "entries.add(new Entry(email, time.nanoTime() + nanos, number++));";
  private static final String SLEEP =
      "time.sleep(untilDue, CancellationToken.anyOf(cancel, change));";
  private static final String LOOK = "if (shutDown || cancel.isCancelled()) {";
  private static final String INTERRUPTED =
      "      if (Thread.interrupted()) {\n        throw new InterruptedException();\n      }\n";
  private static final String LEFT = "left.add(entries.remove().email);";
  private static final String WAKE = "    before.cancel();\n    return left;\n";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          QUEUE
              .broken("last-in-first-out")
              .why("Of those due at the same time, the last one is taken first.")
              .change("Long.compare(number, other.number)", "Long.compare(other.number, number)")
              .fails("5.22", "5.23", "5.25", "5.30"),
          QUEUE
              .broken("heap-order")
              .why("Of those due at the same time, whichever the heap has on top is taken first.")
              .change("Long.compare(number, other.number)", "0")
              .fails("5.22", "5.23", "5.25"),
          QUEUE
              .broken("counts-from-one")
              .why("A new mail counts as tried once.")
              .change("new QueuedEmail(message, 0)", "new QueuedEmail(message, 1)")
              .fails(
                  "5.22", "5.23", "5.24", "5.26", "5.27", "5.28", "5.29", "5.30", "5.31", "5.32"),
          QUEUE
              .broken("one-too-many")
              .why("One mail more than the capacity is accepted.")
              .change("entries.size() >= most", "entries.size() > most")
              .fails("5.23", "5.31"),
          QUEUE
              .broken("retry-refused-when-full")
              .why("A mail that was accepted before is refused because the queue is full.")
              .change(
                  "return put(email, delay, Integer.MAX_VALUE);",
                  "return put(email, delay, capacity);")
              .fails("5.23"),
          QUEUE
              .broken("waiting-not-counted")
              .why("Mails that wait for their next attempt do not count.")
              .change(
                  "entries.size() >= most",
                  "entries.stream().filter(e -> e.due <= time.nanoTime()).count() >= most")
              .fails("5.23"),
          QUEUE
              .broken("sleeps-until-due")
              .why("A taker that waits for the hour of one mail hears of no other.")
              .change(SLEEP, "time.sleep(untilDue, cancel);")
              .hangs()
              .fails("5.24", "5.26", "5.27", "5.29", "5.30", "5.31", "5.32"),
          QUEUE
              .broken("retry-wakes-nobody")
              .why("A mail that is put back does not wake a taker that waits for a later one.")
              .change(
                  "    before.cancel();\n    return true;\n",
                  "    if (email.attempts() == 0) {\n"
                      + "      before.cancel();\n"
                      + "    }\n"
                      + "    return true;\n")
              .hangs()
              .fails("5.24", "5.31", "5.32"),
          QUEUE
              .broken("due-too-early")
              .why("A mail is taken a millisecond before it is due.")
              .change(
                  "time.nanoTime() + nanos, number++",
                  "time.nanoTime() + nanos - 1_000_000, number++")
              .fails("5.24", "5.26"),
          QUEUE
              .broken("part-of-a-millisecond-cut-off")
              .why("A delay is cut off to whole milliseconds: the mail comes before its time.")
              .change(
                  "TimeUnit.NANOSECONDS.convert(delay)",
                  "TimeUnit.MILLISECONDS.toNanos(TimeUnit.MILLISECONDS.convert(delay))")
              .fails("5.24"),
          QUEUE
              .broken("polls")
              .why("A taker wakes each second to look.")
              .change(
                  SLEEP,
                  "var second = Duration.ofSeconds(1);\n"
                      + "      time.sleep(\n"
                      + "          untilDue.compareTo(second) < 0 ? untilDue : second,\n"
                      + "          CancellationToken.anyOf(cancel, change));")
              .fails("5.24"),
          QUEUE
              .broken("one-of-a-message-id")
              .why("A mail that is put in takes the place of one with the same Message-ID.")
              .change(
                  ENTER,
                  "var id = email.message().messageId();\n"
                      + "      entries.removeIf(e -> e.email.message().messageId().equals(id));\n"
                      + "      "
                      + ENTER)
              .fails("5.30"),
          QUEUE
              .broken("no-delay-goes-first")
              .why("A mail put back without a delay goes before those that are due already.")
              .change(
                  "time.nanoTime() + nanos, number++",
                  "time.nanoTime() + (nanos == 0 && most > capacity ? -1L << 42 : nanos), number++")
              .fails("5.25"),
          QUEUE
              .broken("by-delay")
              .why("The shortest delay goes first, whenever it began.")
              .change(ENTER, "entries.add(new Entry(email, nanos, number++));")
              .change(
                  "Duration.ofNanos(first.due - time.nanoTime())",
                  "Duration.ofNanos(first.due - (time.nanoTime() + 3_600_000_000_000L))")
              .fails("5.24", "5.25", "5.31"),
          QUEUE
              .broken("wall-clock")
              .why("Due times are those of the wall clock.")
              .change(ENTER, "entries.add(new Entry(email, wall() + nanos, number++));")
              .change(
                  "Duration.ofNanos(first.due - time.nanoTime())",
                  "Duration.ofNanos(first.due - wall())")
              .change(
                  "  private CancellationSource change() {",
                  "  private long wall() {\n"
                      + "    return Duration.between(java.time.Instant.EPOCH,"
                      + " time.now()).toNanos();\n"
                      + "  }\n\n"
                      + "  private CancellationSource change() {")
              .fails("5.26"),
          QUEUE
              .broken("overflow")
              .why("A very long delay overflows, and the mail is due at once.")
              .change(
                  "Math.min(TimeUnit.NANOSECONDS.convert(delay), Long.MAX_VALUE / 2)",
                  "(int) delay.toMillis() * 1_000_000L")
              .fails("5.24", "5.25"),
          QUEUE
              .broken("cancel-not-heard")
              .why("A wait does not end when its token is cancelled.")
              .change(SLEEP, "time.sleep(untilDue, change);")
              .hangs()
              .fails("5.27"),
          QUEUE
              .broken("mail-before-token")
              .why("A token cancelled beforehand does not keep a mail from being taken.")
              .change(LOOK, "if (shutDown || (cancel.isCancelled() && entries.isEmpty())) {")
              .fails("5.27"),
          QUEUE
              .broken("registration-kept")
              .why("Each wait leaves something with its token.")
              .change(SLEEP, "cancel.onCancel(before()::cancel);\n      " + SLEEP)
              .change(
                  "  private CancellationSource change() {",
                  "  private CancellationSource before() {\n"
                      + "    return new CancellationSource();\n"
                      + "  }\n\n"
                      + "  private CancellationSource change() {")
              .fails("5.27"),
          QUEUE
              .broken("cancel-shuts-down")
              .why("A cancelled taker closes the queue for all.")
              .change(LOOK, "shutDown |= cancel.isCancelled();\n        if (shutDown) {")
              .fails("5.27"),
          QUEUE
              .broken("due-mail-hides-an-interrupt")
              .why("Whoever was interrupted beforehand gets a mail that is due.")
              .change(INTERRUPTED, "")
              .fails("5.28"),
          QUEUE
              .broken("interrupt-is-the-end")
              .why("An interrupted taker gets nothing, as if it had been cancelled.")
              .change(
                  SLEEP,
                  "try {\n"
                      + "        "
                      + SLEEP
                      + "\n      } catch (InterruptedException e) {\n"
                      + "        return Optional.empty();\n"
                      + "      }")
              .fails("5.28"),
          QUEUE
              .broken("interrupt-flag-set-again")
              .why("The flag is set beside the exception.")
              .change(
                  SLEEP,
                  "try {\n"
                      + "        "
                      + SLEEP
                      + "\n      } catch (InterruptedException e) {\n"
                      + "        Thread.currentThread().interrupt();\n"
                      + "        throw e;\n"
                      + "      }")
              .fails("5.28"),
          QUEUE
              .broken("waiting-ones-forgotten")
              .why("Only what is due is handed over.")
              .change(
                  LEFT,
                  "var entry = entries.remove();\n"
                      + "        if (entry.due <= time.nanoTime()) {\n"
                      + "          left.add(entry.email);\n"
                      + "        }")
              .fails("5.29"),
          QUEUE
              .broken("handed-over-in-heap-order")
              .why("What is left is handed over in the order of the heap's array.")
              .change(
                  "      while (!entries.isEmpty()) {\n"
                      + "        left.add(entries.remove().email);\n"
                      + "      }\n",
                  "      entries.stream().sorted((a, b) -> Long.compare(a.number,"
                      + " b.number)).forEach(e -> left.add(e.email));\n"
                      + "      entries.clear();\n")
              .fails("5.29"),
          QUEUE
              .broken("handed-over-twice")
              .why("What is left stays in the queue.")
              .change(LEFT, LEFT.replace("entries.remove()", "entries.peek()") + "\n        break;")
              .fails("5.29", "5.32"),
          QUEUE
              .broken("retry-after-shutdown")
              .why("A mail that is put back after the end is accepted, and lost.")
              .change(
                  "if (shutDown || entries.size() >= most) {",
                  "if ((shutDown && email.attempts() == 0) || entries.size() >= most) {")
              .fails("5.29", "5.32"),
          QUEUE
              .broken("shutdown-wakes-nobody")
              .why("Takers are not told of the end.")
              .change(WAKE, "    return left;\n")
              .hangs()
              .fails("5.29", "5.32"),
          QUEUE
              .broken("forgets-after-a-hundred")
              .why("The hundred and first mail and all after it are accepted and dropped.")
              .change(
                  ENTER,
                  "if (number++ < 100) {\n"
                      + "        entries.add(new Entry(email, time.nanoTime() + nanos, number));\n"
                      + "      }")
              .hangs()
              .fails("5.30"),
          QUEUE
              .broken("check-then-act")
              .why("Looking for room and putting in are two steps.")
              .change(
                  "    CancellationSource before;\n"
                      + "    synchronized (this) {\n"
                      + "      if (shutDown || entries.size() >= most) {\n"
                      + "        return false;\n"
                      + "      }\n",
                  "    CancellationSource before;\n"
                      + "    synchronized (this) {\n"
                      + "      if (shutDown || entries.size() >= most) {\n"
                      + "        return false;\n"
                      + "      }\n"
                      + "    }\n"
                      + "    synchronized (this) {\n")
              .fails("5.31", "5.32"),
          QUEUE
              .broken("looks-and-then-sleeps")
              .why("A change between the look and the sleep is slept through.")
              .change(
                  "        change = changed.token();\n      }\n",
                  "      }\n"
                      + "      synchronized (this) {\n"
                      + "        change = changed.token();\n"
                      + "      }\n")
              .fails("5.31", "5.32"),
          QUEUE
              .broken("hands-over-what-was-there")
              .why(
                  "What is put in while the queue is shut down is neither refused nor handed over.")
              .change(
                  "      shutDown = true;\n"
                      + "      while (!entries.isEmpty()) {\n"
                      + "        left.add(entries.remove().email);\n"
                      + "      }\n"
                      + "      before = change();\n",
                  "      while (!entries.isEmpty()) {\n"
                      + "        left.add(entries.remove().email);\n"
                      + "      }\n"
                      + "    }\n"
                      + "    synchronized (this) {\n"
                      + "      shutDown = true;\n"
                      + "      entries.clear();\n"
                      + "      before = change();\n")
              .fails("5.32"),
          QUEUE
              .broken("null-email")
              .why("Null is stumbled over.")
              .change("    Objects.requireNonNull(email, \"email\");\n", "")
              .fails("5.33"),
          QUEUE
              .broken("negative-delay")
              .why("A negative delay is taken for none.")
              .change("if (delay.isNegative()) {", "if (capacity < 0) {")
              .fails("5.33"),
          QUEUE
              .broken("capacity-of-0")
              .why("Any capacity is taken.")
              .change("Arguments.atLeast(capacity, 1, \"capacity\")", "Math.max(capacity, 1)")
              .fails("5.33"));

  private BrokenDelayedEmailQueues() {}
}
