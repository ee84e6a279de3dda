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
          "at which end items go in and at which they come out; that an item is not compared with"
              + " those that are there: the same one may be put in twice",
      lookAt = "dequeue")
  void order(Trial trial) {
    Items.order(trial, this);
  }

  @Rule(
      number = "2.2",
      says = "The queue MUST accept as many items as its capacity and refuse the next one at once.",
      check =
          "that the comparison is not off by one, and nothing overflows; that taking an item makes"
              + " room for exactly one; that a full queue answers and does not wait",
      lookAt = "enqueue")
  void capacity(Trial trial) {
    Items.capacity(trial, this);
  }

  @Rule(
      number = "2.3",
      says =
          "With 8 producers and 8 consumers, every accepted item MUST be taken exactly once; of 50"
              + " racing offers, the queue MUST accept exactly as many as fit.",
      check = "what 2.10 to 2.13 say first: they name the steps between which it happens",
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
          "Cancelling MUST make its own taker return empty, wake no other taker and lose no item; a"
              + " wait that is over MUST remove its registration with the token.",
      check =
          "that the token wakes the taker (CancellationToken.onCancel), and nothing else does; that"
              + " the token is looked at before the items; that the registration is closed, however"
              + " the wait ends: the token may live as long as the application",
      lookAt = "dequeue")
  void cancel(Trial trial) {
    Waits.cancelled(trial, this);
  }

  @Rule(
      number = "2.6",
      says =
          "A taker that is interrupted before it asks or while it waits MUST throw"
              + " InterruptedException with the flag cleared, even if there is an item, and lose"
              + " none.",
      check =
          "that InterruptedException is neither caught nor wrapped; that the flag is not set again"
              + " beside it; that no item is taken before the interrupt is noticed: lock() and a"
              + " monitor do not notice one, lockInterruptibly() and Thread.interrupted() do; that"
              + " the signal for an item goes to the next taker",
      lookAt = "dequeue")
  void interrupt(Trial trial) {
    Waits.interrupted(trial, this);
  }

  @Rule(
      number = "2.7",
      says =
          "After close, the queue MUST NOT accept anything, MUST still hand over what is in it, and"
              + " MUST then tell takers that nothing will come.",
      check =
          "that enqueue looks whether the queue is closed; that dequeue looks for an item first,"
              + " then whether the queue is closed; that close wakes every taker, not one",
      lookAt = "close")
  void close(Trial trial) {
    Closing.remainingItems(trial, this);
  }

  @Rule(
      number = "2.8",
      says = "Close MUST make every waiting taker return empty.",
      check = "that close wakes all takers (signalAll, not signal)",
      lookAt = "close")
  void closeWakesAll(Trial trial) {
    Closing.waitingTakers(trial, this);
  }

  @Rule(
      number = "2.9",
      says = "The queue MUST refuse a null item and a capacity below 1.",
      check =
          "that enqueue begins with Objects.requireNonNull and the argument's name; that the"
              + " constructor calls Arguments.atLeast",
      lookAt = "enqueue")
  void arguments(Trial trial) {
    BadArguments.ofTheQueue(trial, this);
  }

  @Rule(
      number = "2.10",
      says =
          "The capacity MUST hold when two offer at the same time, in every order of their steps.",
      check =
          "that looking for room and putting the item in are one step, under one lock; that what is"
              + " taken is counted under the same lock; between which two lines the other thread"
              + " came in: the journal shows them",
      lookAt = "enqueue")
  void capacityUnderARace(Trial trial) {
    Races.capacity(trial, this);
  }

  @Rule(
      number = "2.11",
      says =
          "Every accepted item MUST be taken exactly once, in every order of putting and taking.",
      check =
          "that finding the item and removing it are one step, under the lock that enqueue holds,"
              + " too",
      lookAt = "dequeue")
  void takenOnce(Trial trial) {
    Races.takenOnce(trial, this);
  }

  @Rule(
      number = "2.12",
      says =
          "Cancelling MUST wake its taker and MUST NOT lose an item, in every order of their steps"
              + " and a producer's.",
      check =
          "what becomes of an item, or of the signal for it, when its taker has just been"
              + " cancelled: it must go to the next one; whether an interrupt that wakes the taker"
              + " can come after the taker has gone on to other things",
      lookAt = "dequeue")
  void cancelUnderARace(Trial trial) {
    Races.cancel(trial, this);
  }

  @Rule(
      number = "2.13",
      says =
          "Close MUST end the wait of every taker, and takers MUST still get what was accepted, in"
              + " every order of their steps.",
      check =
          "that closing and waking are under the lock that the takers wait with: a taker must not"
              + " fall asleep between its look and the close; that enqueue looks whether the queue"
              + " is closed and puts the item in as one step",
      lookAt = "close")
  void closeUnderARace(Trial trial) {
    Races.close(trial, this);
  }

  @Rule(
      number = "2.54",
      says =
          "An interrupt of a thread that calls enqueue or close MUST NOT change the outcome and"
              + " MUST NOT be lost.",
      check =
          "that enqueue and close call nothing that throws InterruptedException, such as"
              + " lockInterruptibly; what they do if they must",
      lookAt = "enqueue")
  void interruptOfOthers(Trial trial) {
    Waits.interruptOfOthers(trial, this);
  }
}
