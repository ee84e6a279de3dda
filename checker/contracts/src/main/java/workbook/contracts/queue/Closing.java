package workbook.contracts.queue;

import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.contracts.shared.QueueWaits;

/** What closing a queue leaves, and whom it wakes. */
final class Closing {

  private Closing() {}

  static void remainingItems(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; a and b put in; closed, twice; c offered; three takers");
    var queue = contract.calls(trial, 10);
    queue.put("a");
    queue.put("b");
    queue.close();
    queue.close();
    trial.lookAt("enqueue");
    trial.expect("c, after close", queue.put("c"), "refused");
    trial.lookAt();
    var taken = new ArrayList<String>();
    for (int n = 0; n < 3; n++) {
      taken.add(queue.take("a taker of a closed queue returns"));
    }
    trial.expect("the takers got a, b and nothing", taken, List.of("a", "b", "nothing"));
  }

  static void waitingTakers(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; three takers wait at an empty queue; close");
    trial.lookAt("close");
    QueueWaits.closed(trial, contract.calls(trial, 10));
  }
}
