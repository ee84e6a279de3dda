package workbook.contracts.queue;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.contracts.shared.QueueCalls;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** The rules of a bounded queue between those who have work and those who do it. */
@Tag("step-1")
@Step(module = WorkbookModule.QUEUE, number = 1, type = "BoundedTaskQueue")
public abstract class BackgroundTaskQueueContract {

  /**
   * Makes the queue under test.
   *
   * @param capacity how many items it holds at most
   * @return a new queue
   */
  protected abstract BackgroundTaskQueue create(int capacity);

  final BackgroundTaskQueue queue(Trial trial, int capacity) {
    var queue = trial.subject(create(capacity));
    trial.afterwards(queue::close);
    return queue;
  }

  final QueueCalls calls(Trial trial, int capacity) {
    return calls(trial, queue(trial, capacity));
  }

  static QueueCalls calls(Trial trial, BackgroundTaskQueue queue) {
    return new QueueCalls(
        trial,
        name -> queue.enqueue(WorkItem.of(name, _ -> {})),
        cancel -> queue.dequeue(cancel).map(WorkItem::name),
        queue::close);
  }

  @Rule(
      number = "2.1",
      says = "Items MUST come out in the order in which they went in.",
      check =
          "at which end items are put and at which they are taken; that an item is not compared"
              + " with those that are in: the same one may be put in twice",
      lookAt = "dequeue")
  void order(Trial trial) {
    Items.order(trial, this);
  }

  @Rule(
      number = "2.2",
      says = "The queue MUST accept as many items as its capacity and refuse the next at once.",
      check =
          "the comparison (one too many, one too few); that taking an item makes room for exactly"
              + " one; that a full queue answers and does not wait",
      lookAt = "enqueue")
  void capacity(Trial trial) {
    Items.capacity(trial, this);
  }

  @Rule(
      number = "2.3",
      says =
          "With 8 producers and 8 consumers every accepted item MUST be taken once; of 50 racing"
              + " producers as many MUST be accepted as fit.",
      check = "first what 2.10 to 2.13 say: they name the steps between which it happens",
      lookAt = "enqueue")
  void manyOnBothSides(Trial trial) {
    Crowd.onBothSides(trial, this);
  }

  @Rule(
      number = "2.4",
      says = "Taking from an empty queue MUST wait for an item, without polling.",
      check =
          "that an empty queue waits on a condition, a semaphore or the like; that every item that"
              + " is put in wakes a taker; that there is no loop with a sleep or a time limit",
      lookAt = "dequeue")
  void takingWaits(Trial trial) {
    Waits.forAnItem(trial, this);
  }

  @Rule(
      number = "2.5",
      says =
          "Cancelling MUST wake its taker with nothing, wake no other, and lose no item; a wait"
              + " that is over MUST leave nothing with its token.",
      check =
          "that the token wakes the taker (CancellationToken.onCancel); that a token cancelled"
              + " beforehand is looked at before the items; that close or an interrupt of somebody"
              + " else is not what wakes; that the registration with the token is closed, however"
              + " the wait ends: the token may live as long as the application",
      lookAt = "dequeue")
  void cancel(Trial trial) {
    Waits.cancelled(trial, this);
  }

  @Rule(
      number = "2.6",
      says =
          "A taker interrupted before or while waiting MUST get InterruptedException, with the flag"
              + " cleared and no item lost.",
      check =
          "that InterruptedException is neither caught nor wrapped; that the flag is not set again"
              + " beside it; that an item is not taken before the interrupt is noticed",
      lookAt = "dequeue")
  void interrupt(Trial trial) {
    Waits.interrupted(trial, this);
  }

  @Rule(
      number = "2.7",
      says =
          "After close nothing MUST be accepted, what is in MUST still be taken, then takers are"
              + " told that nothing will come.",
      check =
          "that enqueue looks whether the queue is closed; that dequeue looks for an item first and"
              + " for closed then; that close wakes every taker, not one",
      lookAt = "close")
  void close(Trial trial) {
    Closing.remainingItems(trial, this);
  }

  @Rule(
      number = "2.8",
      says = "Close MUST wake every taker that waits, with nothing.",
      check = "that close wakes all takers (signalAll, not signal)",
      lookAt = "close")
  void closeWakesAll(Trial trial) {
    Closing.waitingTakers(trial, this);
  }

  @Rule(
      number = "2.9",
      says = "An item that is null and a capacity below 1 MUST be refused.",
      check =
          "Objects.requireNonNull with the argument's name as the first line of enqueue;"
              + " Arguments.atLeast in the constructor",
      lookAt = "enqueue")
  void arguments(Trial trial) {
    BadArguments.ofTheQueue(trial, this);
  }

  @Rule(
      number = "2.10",
      says =
          "The capacity MUST hold when two offer at the same time, in every order of their steps.",
      check =
          "that looking for room and putting the item in are one step, under one lock; the journal"
              + " shows between which two lines another thread came in",
      lookAt = "enqueue")
  void capacityUnderARace(Trial trial) {
    Races.capacity(trial, this);
  }

  @Rule(
      number = "2.11",
      says = "Every accepted item MUST be taken once, in every order of putting and taking.",
      check =
          "that taking the item and removing it are one step, under the lock that putting holds"
              + " too",
      lookAt = "dequeue")
  void takenOnce(Trial trial) {
    Races.takenOnce(trial, this);
  }

  @Rule(
      number = "2.12",
      says = "Cancelling MUST wake its taker and lose no item, in every order with a producer.",
      check =
          "what happens to an item, or to the signal for it, when its taker has just been"
              + " cancelled: it must go to the next one. If an interrupt is how you wake the taker,"
              + " it may come when the taker has gone on to other things",
      lookAt = "dequeue")
  void cancelUnderARace(Trial trial) {
    Races.cancel(trial, this);
  }

  @Rule(
      number = "2.13",
      says =
          "Close MUST end every taker, and what was accepted MUST be taken, in every order of their"
              + " steps.",
      check =
          "that closing and waking are under the same lock as waiting, so that a taker cannot fall"
              + " asleep between its look and the close; that enqueue looks whether the queue is"
              + " closed and puts the item in as one step, or an item is accepted that nobody will"
              + " take",
      lookAt = "close")
  void closeUnderARace(Trial trial) {
    Races.close(trial, this);
  }

  @Rule(
      number = "2.54",
      says =
          "An interrupt of the thread that puts an item in or closes MUST change nothing and MUST"
              + " NOT be lost.",
      check =
          "lockInterruptibly and other methods that can throw InterruptedException, in enqueue and"
              + " close; what is done when they do",
      lookAt = "enqueue")
  void interruptOfOthers(Trial trial) {
    Waits.interruptOfOthers(trial, this);
  }
}
