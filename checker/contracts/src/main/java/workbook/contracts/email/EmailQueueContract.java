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
    return new EmailQueueBench(trial, create(capacity, trial.time()));
  }

  @Rule(
      number = "5.22",
      says = "New mails MUST be due at once, and come out in the order in which they went in.",
      check =
          "what decides between mails that are due at the same time: the order in which they were"
              + " put in; the number of attempts of a new mail, 0",
      lookAt = "dequeue")
  void firstInFirstOut(Trial trial) {
    DueTimes.firstInFirstOut(trial, this);
  }

  @Rule(
      number = "5.23",
      says =
          "A new mail MUST be refused while as many as the capacity are in the queue, due or not;"
              + " one that is tried again MUST always have a place.",
      check =
          "that a mail that waits for its next attempt takes a place; that retry does not look at"
              + " the capacity; the comparison",
      lookAt = "enqueue")
  void capacity(Trial trial) {
    DueTimes.capacity(trial, this);
  }

  @Rule(
      number = "5.24",
      says =
          "A mail that waits for its next attempt MUST come at its due time, not before, and MUST"
              + " NOT hold up others, whenever they come; its taker MUST wait without polling.",
      check =
          "that a taker that waits for the hour of one mail is woken by another that is due"
              + " earlier; that the wait is TimeSource.sleep with a token, and not a poll",
      lookAt = "dequeue")
  void delays(Trial trial) {
    DueTimes.delays(trial, this);
  }

  @Rule(
      number = "5.25",
      says =
          "Whoever is due first MUST be taken first, and of those due at the same time the one that"
              + " was put in first.",
      check =
          "the order by due time, not by delay; differences of nanoTime, which may be negative,"
              + " instead of its values; a delay of 0; a very long one, which must not overflow",
      lookAt = "dequeue")
  void dueOrder(Trial trial) {
    DueTimes.order(trial, this);
  }

  @Rule(
      number = "5.26",
      says = "A change of the wall clock MUST NOT change when a mail is due.",
      check = "that due times come from nanoTime() and not from now()",
      lookAt = "dequeue")
  void wallClock(Trial trial) {
    DueTimes.wallClock(trial, this);
  }

  @Rule(
      number = "5.27",
      says =
          "Cancelling MUST wake its taker with nothing, wake no other, and lose no mail; a wait"
              + " that is over MUST leave nothing with its token.",
      check =
          "that the token given to TimeSource.sleep is, or contains, the taker's; a token cancelled"
              + " beforehand, which is looked at before the mails; registrations that stay with the"
              + " token",
      lookAt = "dequeue")
  void cancel(Trial trial) {
    Waits.cancel(trial, this);
  }

  @Rule(
      number = "5.28",
      says =
          "A taker interrupted before or while waiting MUST get InterruptedException, with the flag"
              + " cleared and no mail lost.",
      check =
          "that InterruptedException is neither caught nor wrapped, and the flag not set again"
              + " beside it; that it is looked for even when a mail is due",
      lookAt = "dequeue")
  void interrupt(Trial trial) {
    Waits.interrupt(trial, this);
  }

  @Rule(
      number = "5.29",
      says =
          "Shutting down MUST hand over once what is in the queue, due or not, in due order, wake"
              + " every taker with nothing, and let nothing in any more.",
      check =
          "that shutDown hands over what is not due as well; that both enqueue and retry look"
              + " whether the queue is shut down; that every taker is woken; the second call",
      lookAt = "shutDown")
  void shutDown(Trial trial) {
    Waits.shutDown(trial, this);
  }

  @Rule(
      number = "5.30",
      says =
          "With many on both sides and mails that come back, each mail MUST be taken exactly once"
              + " each time it was put in.",
      check = "first what 5.31 says: it names the steps between which it happens",
      lookAt = "dequeue")
  void manyOnBothSides(Trial trial) {
    Races.manyOnBothSides(trial, this);
  }

  @Rule(
      number = "5.31",
      says =
          "The capacity MUST hold, every accepted mail MUST be taken once and wake its taker, in"
              + " every order of putting and taking.",
      check =
          "that looking and acting are one step, under one lock; that a taker cannot fall asleep"
              + " between its look and the change that should wake it; the journal shows between"
              + " which lines another thread came in",
      lookAt = "dequeue")
  void puttingAndTaking(Trial trial) {
    Races.puttingAndTaking(trial, this);
  }

  @Rule(
      number = "5.32",
      says =
          "A cancellation or a shutdown MUST end its takers, and no accepted mail MUST be lost by"
              + " it, in every order of their steps.",
      check =
          "that shutting down and handing over are one step, so that what is put in meanwhile is"
              + " either refused or handed over; that whoever waits is woken; that a cancelled"
              + " taker takes nothing with it",
      lookAt = "shutDown")
  void endings(Trial trial) {
    Races.endings(trial, this);
  }

  @Rule(
      number = "5.33",
      says =
          "A mail, a delay, or a clock that is null, a negative delay and a capacity below 1 MUST"
              + " be refused with a message that names the argument.",
      check =
          "Objects.requireNonNull with the argument's name, as the first lines; Arguments.atLeast"
              + " in the constructor",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheQueue(trial, this);
  }
}
