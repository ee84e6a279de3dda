package workbook.contracts.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workbook.checker.Trial;
import workbook.contracts.shared.QueueCalls;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** What goes into a queue, and what comes out of it. */
final class Items {

  private Items() {}

  static void order(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; a, b, c put in; two taken; d put in; two taken; e, the same, twice");
    var queue = contract.queue(trial, 10);
    var calls = BackgroundTaskQueueContract.calls(trial, queue);
    var taken = new ArrayList<String>();
    for (var name : List.of("a", "b", "c")) {
      calls.put(name);
    }
    taken.add(calls.take("the first item is taken"));
    taken.add(calls.take("the second item is taken"));
    calls.put("d");
    taken.add(calls.take("the third item is taken"));
    taken.add(calls.take("the fourth item is taken"));
    trial.expect("a, b, c, d", taken, List.of("a", "b", "c", "d"));
    var same = WorkItem.of("e", _ -> {});
    trial.lookAt("enqueue");
    for (var which : List.of("e is accepted", "e is accepted a second time")) {
      trial.expectThat(
          which, trial.expectReturn(which, () -> queue.enqueue(same)), "it is refused");
    }
    trial.lookAt();
    for (var which : List.of("e is taken", "e is taken a second time")) {
      trial.expect(which, calls.take(which), "e");
    }
  }

  static void capacity(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 3; four items offered, one taken, two offered");
    var queue = contract.calls(trial, 3);
    var answers = new ArrayList<String>();
    offer(queue, answers, "a", "b", "c", "d");
    trial.expect(
        "three accepted and the fourth refused",
        answers,
        List.of("accepted", "accepted", "accepted", "refused"));
    queue.take("an item is taken");
    offer(queue, answers, "e", "f");
    trial.expect(
        "one more accepted and the next refused",
        answers.subList(4, 6),
        List.of("accepted", "refused"));
    var left = new ArrayList<String>();
    for (int n = 0; n < 3; n++) {
      left.add(queue.take("an item is taken"));
    }
    trial.expect(
        "b, c and e are left: what was refused is not in the queue", left, List.of("b", "c", "e"));
    largest(trial, contract);
  }

  /**
   * A large capacity is a number like any other. Who makes the array beforehand may lack memory.
   */
  private static void largest(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity " + Integer.MAX_VALUE + "; an item put in and taken");
    var made =
        trial.expectReturn("the constructor returns", () -> orNothing(contract, Integer.MAX_VALUE));
    if (made.isEmpty()) {
      return;
    }
    trial.afterwards(made.get()::close);
    var calls = BackgroundTaskQueueContract.calls(trial, trial.subject(made.get()));
    trial.expect("a is accepted", calls.put("a"), "accepted");
    trial.expect("a is taken", calls.take("a is taken"), "a");
  }

  private static Optional<BackgroundTaskQueue> orNothing(
      BackgroundTaskQueueContract contract, int capacity) {
    try {
      return Optional.of(contract.create(capacity));
    } catch (OutOfMemoryError e) {
      return Optional.empty();
    }
  }

  private static void offer(QueueCalls queue, List<String> answers, String... names) {
    for (var name : names) {
      answers.add(queue.put(name));
    }
  }
}
