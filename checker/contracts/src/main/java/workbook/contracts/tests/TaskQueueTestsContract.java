package workbook.contracts.tests;

import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.tests.Queues;

/** The rules of tests of a queue: what they catch. The queues are in {@link FaultyQueue}. */
@Tag("step-1")
@Step(module = WorkbookModule.TESTS, number = 1, type = "TaskQueueTests")
public abstract class TaskQueueTestsContract extends TestsContract {

  /**
   * Makes the tests.
   *
   * @param queues makes the queues under test
   * @return an object of the class of tests
   */
  protected abstract Object create(Queues queues);

  @Override
  final Object tests() {
    return create(new HandedQueues(RightQueues.OfALock::new));
  }

  @Override
  final List<Subject> right() {
    return RightOnes.queues();
  }

  @Override
  final List<Subject> wrong() {
    return FaultyQueue.all();
  }

  @Override
  final List<Subject> hopeless() {
    return HopelessQueue.all();
  }

  private void caught(Trial trial, QueueFault fault) {
    Caught.each(trial, this, FaultyQueue.with(fault));
  }

  @Rule(
      number = "8.20",
      says = "The tests MUST catch a queue that gives the last item first.",
      check = "a test that takes several items and compares the list of their names",
      lookAt = "<init>")
  void lastFirst(Trial trial) {
    caught(trial, QueueFault.LAST_FIRST);
  }

  @Rule(
      number = "8.21",
      says = "The tests MUST catch a queue that gives its items in the order of their names.",
      check =
          "the names of the items: a, b, c come out right from a queue that sorts; b, a, c do not",
      lookAt = "<init>")
  void sorted(Trial trial) {
    caught(trial, QueueFault.SORTED);
  }

  @Rule(
      number = "8.22",
      says = "The tests MUST catch a queue that accepts every second item and loses it.",
      check = "that as many items are taken as were accepted, two or more",
      lookAt = "<init>")
  void secondLost(Trial trial) {
    caught(trial, QueueFault.SECOND_LOST);
  }

  @Rule(
      number = "8.23",
      says = "The tests MUST catch a queue that gives an item and keeps it.",
      check = "that a second take gives the second item; that an item is taken once",
      lookAt = "<init>")
  void keepsWhatItGives(Trial trial) {
    caught(trial, QueueFault.KEEPS_WHAT_IT_GIVES);
  }

  @Rule(
      number = "8.24",
      says = "The tests MUST catch a queue that accepts one item more than its capacity.",
      check = "that one item more than fits is offered, and refused",
      lookAt = "<init>")
  void oneTooMany(Trial trial) {
    caught(trial, QueueFault.ONE_TOO_MANY);
  }

  @Rule(
      number = "8.25",
      says = "The tests MUST catch a queue that accepts one item less than its capacity.",
      check = "that every offer up to the capacity is looked at, the last one above all",
      lookAt = "<init>")
  void oneTooFew(Trial trial) {
    caught(trial, QueueFault.ONE_TOO_FEW);
  }

  @Rule(
      number = "8.26",
      says = "The tests MUST catch a queue that drops the oldest item to make room.",
      check = "that the answer to the offer that does not fit is false, and the others are there",
      lookAt = "<init>")
  void dropsTheOldest(Trial trial) {
    caught(trial, QueueFault.DROPS_THE_OLDEST);
  }

  @Rule(
      number = "8.27",
      says =
          "The tests MUST catch a queue that says yes to an item that does not fit, and drops it.",
      check = "the answer to the offer that does not fit, and not only what comes out",
      lookAt = "<init>")
  void acceptsAndDrops(Trial trial) {
    caught(trial, QueueFault.ACCEPTS_AND_DROPS);
  }

  @Rule(
      number = "8.28",
      says = "The tests MUST catch a queue that waits for room instead of refusing.",
      check = "the offer that does not fit, made with bench.start: it is not to wait",
      lookAt = "<init>")
  void waitsWhenFull(Trial trial) {
    caught(trial, QueueFault.WAITS_WHEN_FULL);
  }

  @Rule(
      number = "8.29",
      says = "The tests MUST catch a queue that throws an exception when it is full.",
      check = "the answer to the offer that does not fit: it is false, and no exception",
      lookAt = "<init>")
  void throwsWhenFull(Trial trial) {
    caught(trial, QueueFault.THROWS_WHEN_FULL);
  }

  @Rule(
      number = "8.30",
      says =
          "The tests MUST catch a queue that counts what ever came, so that taking an item makes no"
              + " room.",
      check = "that a full queue accepts again once an item was taken",
      lookAt = "<init>")
  void neverHasRoomAgain(Trial trial) {
    caught(trial, QueueFault.NEVER_HAS_ROOM_AGAIN);
  }

  @Rule(
      number = "8.31",
      says = "The tests MUST catch a queue that answers a taker at once that it is empty.",
      check = "that a taker of an empty queue waits: call.isWaiting()",
      lookAt = "<init>")
  void doesNotWait(Trial trial) {
    caught(trial, QueueFault.DOES_NOT_WAIT);
  }

  @Rule(
      number = "8.32",
      says = "The tests MUST catch a queue that does not wake a taker when an item comes.",
      check = "that the taker comes first and the item second",
      lookAt = "<init>")
  void wakesNobody(Trial trial) {
    caught(trial, QueueFault.WAKES_NOBODY);
  }

  @Rule(
      number = "8.33",
      says = "The tests MUST catch a queue that wakes a taker for its first item only.",
      check = "a taker that waits for a second item, after it has got the first",
      lookAt = "<init>")
  void wakesOnce(Trial trial) {
    caught(trial, QueueFault.WAKES_ONCE);
  }

  @Rule(
      number = "8.34",
      says = "The tests MUST catch a queue that does not wake a taker that is cancelled.",
      check = "a taker that waits already when its token is cancelled",
      lookAt = "<init>")
  void cancelNotHeard(Trial trial) {
    caught(trial, QueueFault.CANCEL_NOT_HEARD);
  }

  @Rule(
      number = "8.35",
      says =
          "The tests MUST catch a queue that ends the wait of every taker when one is cancelled.",
      check = "a second taker, with a token of its own, that still waits after the cancel",
      lookAt = "<init>")
  void cancelEndsAll(Trial trial) {
    caught(trial, QueueFault.CANCEL_ENDS_ALL);
  }

  @Rule(
      number = "8.36",
      says = "The tests MUST catch a queue that is closed by a cancelled taker.",
      check = "that the queue accepts an item after a taker was cancelled",
      lookAt = "<init>")
  void cancelCloses(Trial trial) {
    caught(trial, QueueFault.CANCEL_CLOSES);
  }

  @Rule(
      number = "8.37",
      says =
          "The tests MUST catch a queue that gives an item to a taker that was cancelled before it"
              + " asked.",
      check = "a token that is cancelled before the call, and an item that is there",
      lookAt = "<init>")
  void itemWins(Trial trial) {
    caught(trial, QueueFault.ITEM_WINS);
  }

  @Rule(
      number = "8.38",
      says = "The tests MUST catch a queue that goes on waiting when its taker is interrupted.",
      check = "a taker that is interrupted while it waits",
      lookAt = "<init>")
  void interruptIgnored(Trial trial) {
    caught(trial, QueueFault.INTERRUPT_IGNORED);
  }

  @Rule(
      number = "8.39",
      says =
          "The tests MUST catch a queue that answers an interrupted taker that nothing will come.",
      check = "what an interrupted taker ends with: InterruptedException",
      lookAt = "<init>")
  void interruptIsTheEnd(Trial trial) {
    caught(trial, QueueFault.INTERRUPT_IS_THE_END);
  }

  @Rule(
      number = "8.40",
      says = "The tests MUST catch a queue that leaves the flag of an interrupted taker set.",
      check = "the flag of the taker's thread, looked at in the catch of its InterruptedException",
      lookAt = "<init>")
  void interruptFlagSet(Trial trial) {
    caught(trial, QueueFault.INTERRUPT_FLAG_SET);
  }

  @Rule(
      number = "8.41",
      says =
          "The tests MUST catch a queue that does not notice an earlier interrupt when there is an"
              + " item.",
      check = "a taker that is interrupted before it asks, with an item there",
      lookAt = "<init>")
  void interruptHidden(Trial trial) {
    caught(trial, QueueFault.INTERRUPT_HIDDEN);
  }

  @Rule(
      number = "8.42",
      says = "The tests MUST catch a queue that refuses an item of a thread that is interrupted.",
      check = "an offer of a thread whose flag is set: it is accepted",
      lookAt = "<init>")
  void producerRefused(Trial trial) {
    caught(trial, QueueFault.PRODUCER_REFUSED);
  }

  @Rule(
      number = "8.43",
      says = "The tests MUST catch a queue that drops what is in it when it is closed.",
      check = "that what was accepted before the close can be taken after it",
      lookAt = "<init>")
  void closeClears(Trial trial) {
    caught(trial, QueueFault.CLOSE_CLEARS);
  }

  @Rule(
      number = "8.44",
      says = "The tests MUST catch a queue that accepts an item after it was closed.",
      check = "the answer to an offer after the close",
      lookAt = "<init>")
  void acceptsAfterClose(Trial trial) {
    caught(trial, QueueFault.ACCEPTS_AFTER_CLOSE);
  }

  @Rule(
      number = "8.45",
      says = "The tests MUST catch a queue that does not wake its takers when it is closed.",
      check = "a taker that waits already when the queue is closed",
      lookAt = "<init>")
  void closeWakesNobody(Trial trial) {
    caught(trial, QueueFault.CLOSE_WAKES_NOBODY);
  }

  @Rule(
      number = "8.46",
      says = "The tests MUST catch a queue that wakes one of its takers when it is closed.",
      check = "two takers that wait when the queue is closed",
      lookAt = "<init>")
  void closeWakesOne(Trial trial) {
    caught(trial, QueueFault.CLOSE_WAKES_ONE);
  }

  @Rule(
      number = "8.47",
      says = "The tests MUST catch a queue that throws an exception when it is closed twice.",
      check = "a second close, in assertThatCode",
      lookAt = "<init>")
  void closeTwiceThrows(Trial trial) {
    caught(trial, QueueFault.CLOSE_TWICE_THROWS);
  }

  @Rule(
      number = "8.48",
      says = "The tests MUST catch a queue that answers false to a null item instead of throwing.",
      check = "that a null item is refused with NullPointerException",
      lookAt = "<init>")
  void nullIsRefused(Trial trial) {
    caught(trial, QueueFault.NULL_IS_REFUSED);
  }

  @Rule(
      number = "8.49",
      says = "The tests MUST catch a queue that takes a capacity of 0.",
      check = "that a capacity of 0 is refused with IllegalArgumentException",
      lookAt = "<init>")
  void anyCapacity(Trial trial) {
    caught(trial, QueueFault.ANY_CAPACITY);
  }
}
