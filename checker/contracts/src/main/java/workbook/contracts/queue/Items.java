package workbook.contracts.queue;

import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;

/** What goes into a queue, and what comes out of it. */
final class Items {

  private Items() {}

  static void order(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; a, b, c put in; two taken; d put in; two taken; e, the same, twice");
    var bench = contract.bench(trial, 10);
    var taken = new ArrayList<String>();
    for (var name : List.of("a", "b", "c")) {
      bench.put(name);
    }
    taken.add(bench.take("the first item is taken"));
    taken.add(bench.take("the second item is taken"));
    bench.put("d");
    taken.add(bench.take("the third item is taken"));
    taken.add(bench.take("the fourth item is taken"));
    trial.expect("a, b, c, d", taken, List.of("a", "b", "c", "d"));
    var same = QueueBench.item("e");
    trial.expect("e is accepted", bench.put(same), true);
    trial.expect("e is accepted a second time", bench.put(same), true);
    for (var which : List.of("e is taken", "e is taken a second time")) {
      trial.expect(which, bench.take(which), "e");
    }
  }

  static void capacity(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 3; four items offered, one taken, two offered");
    var bench = contract.bench(trial, 3);
    var answers = new ArrayList<Boolean>();
    offer(bench, answers, "a", "b", "c", "d");
    trial.expect(
        "accepted three and refused the fourth", answers, List.of(true, true, true, false));
    bench.take("an item is taken");
    offer(bench, answers, "e", "f");
    trial.expect(
        "then accepted one and refused the next", answers.subList(4, 6), List.of(true, false));
    var left = new ArrayList<String>();
    for (int n = 0; n < 3; n++) {
      left.add(bench.take("an item is taken"));
    }
    trial.expect("what was refused is not in the queue", left, List.of("b", "c", "e"));
  }

  private static void offer(QueueBench bench, List<Boolean> answers, String... names) {
    for (var name : names) {
      answers.add(bench.put(name));
    }
  }
}
