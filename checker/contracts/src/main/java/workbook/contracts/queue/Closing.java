package workbook.contracts.queue;

import java.util.ArrayList;
import java.util.List;
import workbook.checker.Caller;
import workbook.checker.Trial;

/** What closing a queue leaves, and whom it wakes. */
final class Closing {

  private Closing() {}

  static void remainingItems(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; a and b put in; closed, twice; c offered; three takers");
    var bench = contract.bench(trial, 10);
    bench.put("a");
    bench.put("b");
    bench.close();
    bench.close();
    trial.expect("c is refused", bench.put("c"), false);
    var taken = new ArrayList<String>();
    for (int n = 0; n < 3; n++) {
      taken.add(bench.take("a taker of a closed queue returns"));
    }
    trial.expect("the takers got a, b and nothing", taken, List.of("a", "b", "nothing"));
  }

  static void waitingTakers(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; three takers wait at an empty queue; close");
    var bench = contract.bench(trial, 10);
    var takers = new ArrayList<Caller<String>>();
    for (int n = 1; n <= 3; n++) {
      takers.add(bench.taker("taker"));
    }
    takers.forEach(taker -> trial.expectWaiting("every taker waits", taker));
    bench.close();
    for (var taker : takers) {
      trial.expect(
          "every taker got nothing", trial.expectReturn("every taker returns", taker), "nothing");
    }
  }
}
