package workbook.contracts.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceStarts;
import workbook.contracts.shared.Stopper;
import workbook.hosting.CancellationToken;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** A service under test, its queue, and what its items did. */
final class QueuedServiceBench {

  static final String NAME = "thumbnails";

  final Trial trial;
  final RecordingQueue queue;
  final HostedService service;
  final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  final List<String> done = Collections.synchronizedList(new ArrayList<>());

  QueuedServiceBench(Trial trial, Function<BackgroundTaskQueue, HostedService> service) {
    this.trial = trial;
    this.queue = new RecordingQueue(trial);
    this.service = trial.subject(service.apply(queue));
    trial.afterwards(queue::abandon);
  }

  QueuedServiceBench start() {
    ServiceStarts.first(trial, service);
    expectWorker();
    return this;
  }

  void expectWorker() {
    trial.expectSoon(
        "a worker waits at the queue", queue::wasWaitedFor, () -> "nobody takes from the queue");
    trial.settle();
  }

  void enqueue(String name, Work work) {
    queue.enqueue(
        new WorkItem() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public void run(CancellationToken token) throws Exception {
            begun.add(name);
            trial.note("run " + name);
            work.run(token);
            done.add(name);
            trial.note(name + " done");
          }

          @Override
          public String toString() {
            return "an item's toString(), which nobody promised to be its name";
          }
        });
  }

  void enqueue(String name) {
    enqueue(name, _ -> {});
  }

  void expectDone(String expected, String... names) {
    var wanted = List.of(names);
    trial.expectSoon(
        expected,
        () -> done.size() >= wanted.size(),
        () -> "done: " + Trial.describe(List.copyOf(done)));
    trial.settle();
    trial.expect(expected, List.copyOf(done), wanted);
  }

  void expectBegun(String expected, String name) {
    trial.expectSoon(
        expected, () -> begun.contains(name), () -> "begun: " + Trial.describe(List.copyOf(begun)));
    trial.settle();
  }

  Caller<Object> stop() {
    return new Stopper(trial, service).stop();
  }
}
