package workbook.contracts.email;

import java.util.List;
import workbook.checker.Trial;
import workbook.contracts.shared.QueueWaits;

/** How a wait at the queue ends, and the queue itself. */
final class Waits {

  private Waits() {}

  static void cancelled(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "two takers wait; the token of the second is cancelled; enqueue a and b, take both");
    QueueWaits.cancelled(trial, contract.bench(trial, 10).calls);
  }

  static void interrupted(Trial trial, EmailQueueContract contract) {
    trial.setUp("a is due; a taker is interrupted beforehand; another while it waits for b");
    var queue = contract.bench(trial, 10).calls;
    queue.put("a");
    QueueWaits.interruptedBeforehand(trial, queue);
    trial.expect("a is still there", queue.take("a is taken"), "a");
    QueueWaits.interruptedWhileWaiting(trial, queue);
    queue.put("b");
    trial.expect("b is there for the next", queue.take("b is taken"), "b");
  }

  static void shutDown(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "retry a in 9 s, b in 3 s, enqueue c; shut down, twice; enqueue d, retry d; a taker");
    var queue = contract.bench(trial, 10);
    queue.again("a", 2, 9_000);
    queue.again("b", 1, 3_000);
    queue.calls.put("c");
    trial.expect(
        "handed over: c, b after 1, a after 2",
        queue.shutDown(),
        List.of("c", "b after 1", "a after 2"));
    trial.expect("nothing the second time", queue.shutDown(), List.of());
    trial.expect("a new mail is refused", queue.calls.put("d"), "refused");
    trial.expect("one that is tried again is refused, too", queue.again("d", 1, 0), "refused");
    trial.advanceTo(10_000);
    trial.expect("a taker gets nothing", queue.calls.take("a taker returns"), "nothing");
    trial.setUp("three takers wait, one of them until its token is cancelled; shut down");
    QueueWaits.closed(trial, contract.bench(trial, 10).calls);
  }
}
