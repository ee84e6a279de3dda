package workbook.contracts.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import workbook.checker.Caller;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** The rules of what goes into a queue and what comes out of it. */
abstract class PutAndTakeRules {

  /** A contract is stateless. */
  PutAndTakeRules() {}

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

  static WorkItem item(String name) {
    return WorkItem.of(name, _ -> {});
  }

  static boolean put(Trial trial, BackgroundTaskQueue queue, String name) {
    return put(trial, queue, item(name));
  }

  static boolean put(Trial trial, BackgroundTaskQueue queue, WorkItem item) {
    var producer =
        trial.start(
            "producer",
            () -> {
              boolean accepted = queue.enqueue(item);
              trial.note(item.name() + (accepted ? " accepted" : " refused"));
              return accepted;
            });
    return trial.expectReturn("enqueue answers at once, true or false", producer);
  }

  static void close(Trial trial, BackgroundTaskQueue queue) {
    var closer =
        trial.start(
            "closer",
            () -> {
              trial.note("close");
              queue.close();
              return "normally";
            });
    trial.expectReturn("close returns, the first time and again", closer);
  }

  static Caller<String> taker(Trial trial, BackgroundTaskQueue queue, String name) {
    return taker(trial, queue, name, CancellationToken.none());
  }

  static Caller<String> taker(
      Trial trial, BackgroundTaskQueue queue, String name, CancellationToken token) {
    return trial.start(
        name,
        () -> {
          var taken = queue.dequeue(token).map(WorkItem::name).orElse("nothing");
          trial.note(name + " got " + taken);
          return taken;
        });
  }

  static String take(Trial trial, BackgroundTaskQueue queue, String expected) {
    return trial.expectReturn(expected, taker(trial, queue, "taker"));
  }

  /**
   * The same race in every order of its steps; the learner's class is loaded a second time for it.
   */
  final Interleavings<QueueRace> race(Trial trial, int capacity) {
    var twin = InstrumentingLoader.twin(this, trial.subject(create(capacity)).getClass());
    return Interleavings.from(() -> new QueueRace(twin.create(capacity)));
  }

  /** First in, first out. */
  @Rule(
      number = "2.1",
      says = "Items MUST come out in the order in which they went in.",
      check =
          "at which end items are put and at which they are taken; that an item is not compared"
              + " with those that are in: the same one may be put in twice",
      lookAt = "dequeue")
  void order(Trial trial) {
    trial.setUp("capacity 10; a, b, c put in; two taken; d put in; two taken; e, the same, twice");
    var queue = queue(trial, 10);
    var taken = new ArrayList<String>();
    for (var name : List.of("a", "b", "c")) {
      put(trial, queue, name);
    }
    taken.add(take(trial, queue, "the first item is taken"));
    taken.add(take(trial, queue, "the second item is taken"));
    put(trial, queue, "d");
    taken.add(take(trial, queue, "the third item is taken"));
    taken.add(take(trial, queue, "the fourth item is taken"));
    trial.expect("a, b, c, d", taken, List.of("a", "b", "c", "d"));
    var same = item("e");
    trial.expect("e is accepted", put(trial, queue, same), true);
    trial.expect("e is accepted a second time", put(trial, queue, same), true);
    for (var which : List.of("e is taken", "e is taken a second time")) {
      trial.expect(which, take(trial, queue, which), "e");
    }
  }

  /** The capacity is a promise, to the item. */
  @Rule(
      number = "2.2",
      says = "The queue MUST accept as many items as its capacity and refuse the next at once.",
      check =
          "the comparison (one too many, one too few); that taking an item makes room for exactly"
              + " one; that a full queue answers and does not wait",
      lookAt = "enqueue")
  void capacity(Trial trial) {
    trial.setUp("capacity 3; four items offered, one taken, two offered");
    var queue = queue(trial, 3);
    var answers = new ArrayList<Boolean>();
    offer(trial, queue, answers, "a", "b", "c", "d");
    trial.expect(
        "accepted three and refused the fourth", answers, List.of(true, true, true, false));
    take(trial, queue, "an item is taken");
    offer(trial, queue, answers, "e", "f");
    trial.expect(
        "then accepted one and refused the next", answers.subList(4, 6), List.of(true, false));
    var left = new ArrayList<String>();
    for (int n = 0; n < 3; n++) {
      left.add(take(trial, queue, "an item is taken"));
    }
    trial.expect("what was refused is not in the queue", left, List.of("b", "c", "e"));
  }

  private static void offer(
      Trial trial, BackgroundTaskQueue queue, List<Boolean> answers, String... names) {
    for (var name : names) {
      answers.add(put(trial, queue, name));
    }
  }

  /** Taking waits, and whoever puts an item in wakes the one who waits. */
  @Rule(
      number = "2.4",
      says = "Taking from an empty queue MUST wait for an item, without polling.",
      check =
          "that an empty queue waits on a condition, a semaphore or the like; that every item that"
              + " is put in wakes a taker; that there is no loop with a sleep or a time limit",
      lookAt = "dequeue")
  void takingWaits(Trial trial) {
    trial.setUp("capacity 10; two takers wait at an empty queue; two items are put in");
    var queue = queue(trial, 10);
    var first = taker(trial, queue, "taker 1");
    trial.expectWaiting("the first taker waits", first);
    var second = taker(trial, queue, "taker 2");
    trial.expectWaiting("the second taker waits", second);
    put(trial, queue, "a");
    trial.settle(); // in one order only; all the others are tried in 2.11
    trial.expectThat(
        "the first item wakes a taker", first.isDone() || second.isDone(), "both still wait");
    put(trial, queue, "b");
    var taken =
        List.of(
            trial.expectReturn("both takers get an item", first),
            trial.expectReturn("both takers get an item", second));
    trial.expect(
        "the takers got a and b",
        taken,
        names -> assertThat(names).containsExactlyInAnyOrder("a", "b"));
  }

  /** After close nothing goes in, what is in comes out, then it is over. */
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
    trial.setUp("capacity 10; a and b put in; closed, twice; c offered; three takers");
    var queue = queue(trial, 10);
    put(trial, queue, "a");
    put(trial, queue, "b");
    close(trial, queue);
    close(trial, queue);
    trial.expect("c is refused", put(trial, queue, "c"), false);
    var taken = new ArrayList<String>();
    for (int n = 0; n < 3; n++) {
      taken.add(take(trial, queue, "a taker of a closed queue returns"));
    }
    trial.expect("the takers got a, b and nothing", taken, List.of("a", "b", "nothing"));
  }

  /** Whoever waits when the queue is closed waits in vain and is told so. */
  @Rule(
      number = "2.8",
      says = "Close MUST wake every taker that waits, with nothing.",
      check = "that close wakes all takers (signalAll, not signal)",
      lookAt = "close")
  void closeWakesAll(Trial trial) {
    trial.setUp("capacity 10; three takers wait at an empty queue; close");
    var queue = queue(trial, 10);
    var takers = new ArrayList<Caller<String>>();
    for (int n = 1; n <= 3; n++) {
      takers.add(taker(trial, queue, "taker"));
    }
    takers.forEach(taker -> trial.expectWaiting("every taker waits", taker));
    close(trial, queue);
    for (var taker : takers) {
      trial.expect(
          "every taker got nothing", trial.expectReturn("every taker returns", taker), "nothing");
    }
  }

  /** Null is refused, whatever the state of the queue. */
  @Rule(
      number = "2.9",
      says = "An item that is null and a capacity below 1 MUST be refused.",
      check =
          "Objects.requireNonNull with the argument's name as the first line of enqueue;"
              + " Arguments.atLeast in the constructor",
      lookAt = "enqueue")
  void arguments(Trial trial) {
    var queue = queue(trial, 1);
    trial.expectRefused("null, while there is room", () -> queue.enqueue(Trial.noValue()), "item");
    put(trial, queue, "a");
    trial.expectRefused("null, while full", () -> queue.enqueue(Trial.noValue()), "item");
    close(trial, queue);
    trial.expectRefused("null, when closed", () -> queue.enqueue(Trial.noValue()), "item");
    for (int capacity : List.of(0, -2)) {
      trial.expectThrow(
          "a capacity of " + capacity + " is refused with IllegalArgumentException",
          () -> create(capacity),
          IllegalArgumentException.class);
    }
  }
}
