package workbook.contracts.queue;

import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** A queue under test, and calls of it from threads of their own. */
final class QueueBench {

  final Trial trial;
  final BackgroundTaskQueue queue;

  QueueBench(Trial trial, BackgroundTaskQueue queue) {
    this.trial = trial;
    this.queue = trial.subject(queue);
    trial.afterwards(queue::close);
  }

  static WorkItem item(String name) {
    return WorkItem.of(name, _ -> {});
  }

  boolean put(String name) {
    return put(item(name));
  }

  boolean put(WorkItem item) {
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

  void close() {
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

  Caller<String> taker(String name) {
    return taker(name, CancellationToken.none());
  }

  Caller<String> taker(String name, CancellationToken token) {
    return trial.start(
        name,
        () -> {
          var taken = queue.dequeue(token).map(WorkItem::name).orElse("nothing");
          trial.note(name + " got " + taken);
          return taken;
        });
  }

  String take(String expected) {
    return trial.expectReturn(expected, taker("taker"));
  }
}
