package workbook.contracts.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.checker.interleaving.Halt;
import workbook.contracts.shared.ServiceStarts;
import workbook.contracts.shared.Stopper;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** A service under test, its queue, and what its items did. */
final class QueuedServiceBench {

  static final String NAME = "thumbnails";
  static final String RETURNED = "normally";

  final Trial trial;
  final RecordingQueue queue;
  final HostedService service;
  final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  final List<String> done = Collections.synchronizedList(new ArrayList<>());

  private volatile boolean quiet;

  QueuedServiceBench(Trial trial, Function<BackgroundTaskQueue, HostedService> service) {
    this.trial = trial;
    this.queue = new RecordingQueue(trial, this::note);
    this.service = trial.subject(service.apply(queue));
    trial.afterwards(queue::abandon);
  }

  /** For a scenario that is tried again and again: the set-up says what has happened. */
  QueuedServiceBench quiet() {
    quiet = true;
    return this;
  }

  private void note(String what) {
    if (!quiet) {
      trial.note(what);
    }
  }

  QueuedServiceBench start() {
    if (quiet) {
      trial.expectReturn("start returns", startAndSay());
    } else {
      ServiceStarts.first(trial, service);
    }
    expectWorker();
    return this;
  }

  void expectWorker() {
    trial.expectSoon(
        "a worker waits at the queue", queue::wasWaitedFor, () -> "nobody takes from the queue");
    trial.settle();
  }

  void enqueue(String name, Work work) {
    queue.enqueue(item(name, work));
  }

  WorkItem item(String name, Work work) {
    return new WorkItem() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void run(CancellationToken token) throws Exception {
        Halt.countNoMore();
        begun.add(name);
        note("run " + name);
        work.run(token);
        done.add(name);
        note(name + " done");
      }

      @Override
      public String toString() {
        return "an item's toString(), which nobody promised to be its name";
      }
    };
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

  /** Calls start, and gives whether it was refused. */
  Caller<String> startAndSay() {
    return startAndSay(() -> {});
  }

  Caller<String> startAndSay(Runnable before) {
    return trial.start(
        "starter",
        () -> {
          before.run();
          try {
            service.start();
            return RETURNED;
          } catch (IllegalStateException e) {
            return "refused";
          }
        });
  }

  Caller<Object> stop() {
    return new Stopper(trial, service).stop();
  }

  /** Calls stop, and gives what it says if it ends in one of the two ways that are right. */
  Caller<String> stopAndSay() {
    return stopAndSay(deadline());
  }

  /** The same; the stopper is stopped at a line of the learner's once the deadline has passed. */
  Caller<String> stopAndSay(Halt late) {
    return stopAndSay(Deadline.after(Stopper.LIMIT, new AfterTheDeadline(trial.time(), late)));
  }

  Caller<String> stopAndSay(Deadline deadline) {
    return stopAndSay(deadline, TimeoutException.class);
  }

  /** The same; it may throw what is told. */
  Caller<String> stopAndSay(Deadline deadline, Class<? extends Exception> right) {
    return trial.start(
        "stopper",
        () -> {
          note("stop");
          try {
            service.stop(deadline);
            return RETURNED;
          } catch (Exception e) {
            if (right.isInstance(e)) {
              return String.valueOf(e.getMessage());
            }
            throw e;
          }
        });
  }

  Deadline deadline() {
    return Deadline.after(Stopper.LIMIT, trial.time());
  }

  String said(Caller<String> stop) {
    return trial.expectReturn("stop returns or throws a TimeoutException", stop);
  }

  /** Moves the time to the deadline of a stop that was called now. */
  void advanceToTheDeadline() {
    trial.advanceTo(trial.time().millis() + Stopper.LIMIT.toMillis());
    trial.settle();
  }

  /** Of the items that were accepted, none may be neither done nor named by stop. */
  void expectNoneLost(String said, String... accepted) {
    var lost =
        Stream.of(accepted).filter(name -> !done.contains(name) && !said.contains(name)).toList();
    trial.expectThat(
        "every item is done or named by stop",
        lost.isEmpty(),
        String.join(", ", lost)
            + ": neither done nor named; "
            + (said.equals(RETURNED) ? "stop returned normally" : "stop says: " + said));
  }

  /** Time that tells a thread from where on it may be stopped: when it has waited in vain. */
  private record AfterTheDeadline(TimeSource time, Halt late) implements TimeSource {

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public boolean sleep(Duration limit, CancellationToken wake) throws InterruptedException {
      return time.sleep(limit, wake);
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      boolean ended = time.join(thread, limit);
      if (!ended) {
        late.countFromHere();
      }
      return ended;
    }
  }
}
