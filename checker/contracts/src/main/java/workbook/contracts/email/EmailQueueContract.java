package workbook.contracts.email;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.email.EmailQueue;
import workbook.hosting.TimeSource;

/** The rules of a queue in which a mail can wait for its next attempt. */
@Tag("step-2")
@Step(module = WorkbookModule.EMAIL, number = 2, type = "DelayedEmailQueue")
public abstract class EmailQueueContract {

  /**
   * Makes the queue under test.
   *
   * @param capacity how many mails it holds before it refuses new ones
   * @param time its clock, which it also waits on
   * @return a new queue
   */
  protected abstract EmailQueue create(int capacity, TimeSource time);

  final EmailQueueBench bench(Trial trial, int capacity) {
    return bench(trial, capacity, trial.time());
  }

  final EmailQueueBench bench(Trial trial, int capacity, TimeSource time) {
    return new EmailQueueBench(trial, create(capacity, time));
  }

  @Rule(
      number = "5.22",
      says =
          "New mails MUST be due at once, and MUST come out in the order in which they were put"
              + " in.",
      check =
          "that mails that are due at the same time keep the order in which they were put in;"
              + " that a new mail has 0 attempts",
      lookAt = {"compareTo", "dequeue"})
  void firstInFirstOut(Trial trial) {
    DueTimes.firstInFirstOut(trial, this);
  }

  @Rule(
      number = "5.23",
      says =
          "enqueue MUST refuse a mail while the queue holds as many as its capacity, due or not;"
              + " retry MUST accept one even then.",
      check =
          "that a mail that waits for its next attempt takes a place; that retry does not look at"
              + " the capacity; that the comparison is not off by one",
      lookAt = {"nanoTime", "enqueue"})
  void capacity(Trial trial) {
    DueTimes.capacity(trial, this);
  }

  @Rule(
      number = "5.24",
      says =
          "A mail that waits for its next attempt MUST come out at its due time and not before, and"
              + " MUST NOT hold up others, whenever they come; dequeue MUST wait without polling.",
      check =
          "that a taker that waits for one mail is woken by another that is due earlier; that it"
              + " waits with TimeSource.sleep and a token, and does not poll",
      lookAt = {"nanoTime", "dequeue"})
  void delays(Trial trial) {
    DueTimes.delays(trial, this);
  }

  @Rule(
      number = "5.25",
      says =
          "dequeue MUST return the mail that is due first, and of those due at the same time the"
              + " one that was put in first.",
      check =
          "that the order is by due time, not by delay; that values of nanoTime are compared by"
              + " their difference, since they may be negative, and one may have overflowed; that a"
              + " very long delay does not overflow, nor Duration.toNanos() throw",
      lookAt = "dequeue")
  void dueOrder(Trial trial) {
    DueTimes.order(trial, this);
  }

  @Rule(
      number = "5.26",
      says = "A change of the wall clock MUST NOT change when a mail is due.",
      check = "that due times are computed with nanoTime() and not with now()",
      lookAt = "dequeue")
  void wallClock(Trial trial) {
    DueTimes.wallClock(trial, this);
  }

  @Rule(
      number = "5.27",
      says =
          "Cancelling a token MUST make its own taker return empty, and MUST NOT wake another or"
              + " lose a mail; a wait that is over MUST remove its registration with the token.",
      check =
          "that the token given to TimeSource.sleep is the taker's or contains it; that dequeue"
              + " looks at its token before it looks at the mails; that the registration with the"
              + " token is closed when the wait ends; that, where one taker waits for the due time"
              + " and others for it, one of them takes over when it leaves",
      lookAt = "dequeue")
  void cancel(Trial trial) {
    Waits.cancelled(trial, this);
  }

  @Rule(
      number = "5.28",
      says =
          "An interrupt before or during a wait MUST make dequeue throw InterruptedException,"
              + " with the flag cleared, and MUST NOT lose a mail.",
      check =
          "that InterruptedException is neither caught nor wrapped, and the flag is not set"
              + " again; that dequeue looks for an interrupt even when a mail is due; that a taker"
              + " that is interrupted leaves nothing undone that others wait for",
      lookAt = "dequeue")
  void interrupt(Trial trial) {
    Waits.interrupted(trial, this);
  }

  @Rule(
      number = "5.29",
      says =
          "shutDown MUST hand over what is in the queue, due or not, once and in due order, and"
              + " MUST make every taker return empty; from then on the queue MUST NOT accept"
              + " anything.",
      check =
          "that shutDown hands over what is not due as well, and nothing the second time; that"
              + " both enqueue and retry look whether the queue is shut down; that every taker is"
              + " woken",
      lookAt = "shutDown")
  void shutDown(Trial trial) {
    Waits.shutDown(trial, this);
  }

  @Rule(
      number = "5.30",
      says =
          "With many producers and takers and mails that are put back, each mail MUST be taken"
              + " exactly once for each time it was put in.",
      check = "that 5.31 holds: it names the steps between which a mail is lost or taken twice",
      lookAt = {"nanoTime", "dequeue"})
  void manyOnBothSides(Trial trial) {
    Races.manyOnBothSides(trial, this);
  }

  @Rule(
      number = "5.31",
      says =
          "In every order of putting and taking, the capacity MUST hold, and every accepted mail"
              + " MUST wake a taker and be taken once.",
      check =
          "that looking and acting are one step, under one lock; that a taker cannot fall asleep"
              + " between its look and the change that should wake it",
      lookAt = "dequeue")
  void puttingAndTaking(Trial trial) {
    Races.puttingAndTaking(trial, this);
  }

  @Rule(
      number = "5.32",
      says =
          "In every order of steps, a cancellation or a shutdown MUST end its takers, and MUST"
              + " NOT lose an accepted mail.",
      check =
          "that shutting down and handing over are one step, so that a mail put in meanwhile is"
              + " either refused or handed over; that every waiting taker is woken; that a"
              + " cancelled taker takes no mail with it, nor the only wake-up for one",
      lookAt = "shutDown")
  void endings(Trial trial) {
    Races.endings(trial, this);
  }

  @Rule(
      number = "5.33",
      says =
          "A null mail, delay or clock, a negative delay and a capacity below 1 MUST be refused"
              + " with a message that names the argument.",
      check =
          "that each method begins with Objects.requireNonNull and the argument's name, whatever"
              + " the state of the queue; that the constructor calls Arguments.atLeast",
      lookAt = {"IllegalArgumentException", "<init>"})
  void arguments(Trial trial) {
    BadArguments.ofTheQueue(trial, this);
  }
}
