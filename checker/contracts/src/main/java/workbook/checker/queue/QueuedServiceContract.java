package workbook.checker.queue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import workbook.checker.Actor;
import workbook.checker.Contract;
import workbook.checker.Gate;
import workbook.checker.Module;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** The rules of a service that runs what is queued. */
@Tag("step-2")
@Step(module = Module.QUEUE, number = 2, type = "QueuedService")
public abstract class QueuedServiceContract extends Contract {

  private static final String NAME = "thumbnails";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** A contract is stateless. */
  protected QueuedServiceContract() {}

  /**
   * Makes the service under test. It is not started.
   *
   * @param name its name
   * @param queue where its items come from
   * @param workers how many items run at a time
   * @return a new service
   */
  protected abstract HostedService create(String name, BackgroundTaskQueue queue, int workers);

  /** Two workers may say the same, in any order. */
  private static void expectQuietLog(Trial trial) {
    var said = trial.log().at(Level.WARN).stream().distinct().sorted().toList();
    trial.expect("no warning, no error in the log", said, List.of());
  }

  /** A service under test, its queue, and what its items did. */
  private final class Bench {

    final Trial trial;
    final RecordingQueue queue;
    final HostedService service;
    final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    final List<String> done = Collections.synchronizedList(new ArrayList<>());

    Bench(Trial trial, int workers) {
      this.trial = trial;
      this.queue = new RecordingQueue(trial);
      this.service = trial.subject(create(NAME, queue, workers));
      trial.afterwards(queue::abandon);
    }

    Bench start() {
      var start = trial.start("starter", this::callStart);
      trial.expectReturn("start returns", start);
      expectWorker();
      return this;
    }

    void expectWorker() {
      trial.expectSoon(
          "a worker waits at the queue", queue::wasWaitedFor, () -> "nobody takes from the queue");
      trial.settle();
    }

    Object callStart() throws Exception {
      service.start();
      return "normally";
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
          expected,
          () -> begun.contains(name),
          () -> "begun: " + Trial.describe(List.copyOf(begun)));
      trial.settle();
    }

    Actor<Object> stop() {
      return trial.start(
          "stopper",
          () -> {
            trial.note("stop");
            service.stop(Deadline.after(LIMIT, trial.time()));
            trial.note("stop returned");
            return "normally";
          });
    }
  }

  /**
   * Start makes the workers and does not work itself.
   *
   * <p>If this fails, check: that the loop runs on threads of its own; their names; that the
   * constructor starts none of them; that a second start is refused before it makes more.
   */
  @Rule(
      number = "2.14",
      says =
          "Start MUST return at once, begin workers named after the service, and be refused twice.",
      lookAt = "start")
  void start(Trial trial) {
    trial.setUp("an item that is queued before the start; start, start again, then an item");
    var early = new Bench(trial, 1);
    early.enqueue("early");
    trial.settle();
    trial.expectThat(
        "nothing is taken from the queue before start",
        !early.queue.wasWaitedFor(),
        "the constructor has begun a worker");
    early.start();
    early.expectDone("it runs after start", "early");
    var bench = new Bench(trial, 1);
    var start = trial.start("starter", bench::callStart);
    trial.expectReturn("start returns while the queue is empty", start);
    bench.expectWorker();
    trial.watchThreads();
    var again = trial.start("second starter", bench::callStart);
    trial.expectThrow("the second start is refused", again, IllegalStateException.class);
    trial.expectNoNewThread("the refused start has begun no more workers");
    var thread = new AtomicReference<@Nullable String>();
    bench.enqueue("one", _ -> thread.set(Thread.currentThread().getName()));
    bench.expectDone("the item ran", "one");
    var name = String.valueOf(thread.get());
    trial.expectThat(
        "its thread is named after the service, '" + NAME + "'",
        name.contains(NAME),
        "its name is '" + name + "'");
    trial.expect("the service's name is '" + NAME + "'", bench.service.name(), NAME);
  }

  /**
   * One worker keeps the order of the queue and runs each item once.
   *
   * <p>If this fails, check: that the worker runs the item itself before it takes the next.
   */
  @Rule(
      number = "2.15",
      says = "One worker MUST run the items one after the other, in the order of the queue.",
      lookAt = "start")
  void firstInFirstOut(Trial trial) {
    trial.setUp("one worker; three items, the first waits at a gate");
    var gate = new Gate(trial.time());
    var bench = new Bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.enqueue("two");
    bench.enqueue("three");
    bench.expectBegun("the first item begins", "one");
    trial.expectThat(
        "the others wait in the queue, or one of them when the other has been taken ahead",
        bench.queue.size() >= 1,
        "both have been taken out of the queue");
    trial.expect("the others wait for it", List.copyOf(bench.begun), List.of("one"));
    gate.open();
    bench.expectDone("all run once, in order", "one", "two", "three");
  }

  /**
   * All workers work, and no more than there are.
   *
   * <p>If this fails, check: how many threads take from the queue; that an item is run by the
   * thread that took it and not handed on to a thread of its own; a lock held while an item runs.
   */
  @Rule(
      number = "2.16",
      says =
          "As many items MUST run at a time as there are workers, no more, and the rest MUST wait"
              + " in the queue.",
      lookAt = "start")
  void workers(Trial trial) {
    trial.setUp("three workers; eight items that wait at a gate");
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var gate = new Gate(trial.time());
    var bench = new Bench(trial, 3).start();
    for (int n = 1; n <= 8; n++) {
      bench.enqueue(
          "item " + n,
          _ -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            gate.pass();
            running.decrementAndGet();
          });
    }
    trial.expectSoon(
        "three items run at a time", () -> running.get() >= 3, () -> running.get() + " at a time");
    trial.settle();
    trial.expect("three items run at a time, no more", running.get() + " at a time", "3 at a time");
    int waiting = bench.queue.size();
    trial.expectThat(
        "the other five wait in the queue, or four when one has been taken ahead",
        waiting == 5 || waiting == 4,
        waiting + " wait in the queue");
    gate.open();
    trial.expectSoon(
        "all eight are done",
        () -> bench.done.size() == 8,
        () -> "done: " + Trial.describe(List.copyOf(bench.done)));
    trial.expect("never more than three at a time", most.get(), 3);
  }

  /**
   * A failing item is no failing service.
   *
   * <p>If this fails, check: that the exception is caught around one item, inside the loop; that
   * the exception itself is the logger's last argument; that Exception is caught, checked ones too.
   * An Error is no exception of an item's own: it says that the program itself is broken.
   */
  @Rule(
      number = "2.17",
      says =
          "An item that throws MUST be logged with its cause, and the next one MUST run; an Error"
              + " MUST be what the completion fails with.",
      lookAt = "start")
  void itemThrows(Trial trial) {
    trial.setUp("one worker; three items: the first throws, the second throws a checked exception");
    var unchecked = new IllegalStateException("no such image");
    var checked = new IOException("disk full");
    var bench = new Bench(trial, 1).start();
    bench.enqueue(
        "one",
        _ -> {
          throw unchecked;
        });
    bench.enqueue(
        "two",
        _ -> {
          throw checked;
        });
    bench.enqueue("three");
    bench.expectDone("the third item runs", "three");
    for (var exception : List.of(unchecked, checked)) {
      trial.expectThat(
          "a warning or an error is logged with the "
              + exception.getClass().getSimpleName()
              + " attached",
          trial.log().hasWarningWith(exception),
          "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    }
    trial.setUp("one worker; an item throws an Error");
    var error = new NoClassDefFoundError("Thumbnails");
    var another = new Bench(trial, 1).start();
    another.enqueue(
        "four",
        _ -> {
          throw error;
        });
    var completion = another.service.completion().toCompletableFuture();
    var watcher = trial.start("watcher", () -> String.valueOf(completion.get()));
    var failure = trial.expectThrow("the completion fails", watcher, ExecutionException.class);
    trial.expect("the completion fails with the Error", failure.getCause(), error);
  }

  /**
   * What looks like a cancellation is the item's own affair while nobody has cancelled.
   *
   * <p>If this fails, check: catch blocks that leave the loop; whether the loop asks its own token,
   * and not the type of an exception, if it should end; the interrupt flag that an item leaves
   * behind.
   */
  @Rule(
      number = "2.18",
      says = "A timeout, a cancellation or an interrupt of an item's own MUST NOT end the worker.",
      lookAt = "start")
  void itemCancelsItself(Trial trial) {
    trial.setUp(
        "one worker; items that throw TimeoutException, CancellationException,"
            + " InterruptedException, one that leaves the interrupt flag set, and one more");
    var bench = new Bench(trial, 1).start();
    bench.enqueue(
        "times out",
        _ -> {
          throw new TimeoutException("the item's own");
        });
    bench.enqueue(
        "cancels",
        _ -> {
          throw new CancellationException("the item's own");
        });
    bench.enqueue(
        "interrupted",
        _ -> {
          throw new InterruptedException("the item's own");
        });
    bench.enqueue("sets the flag", _ -> Thread.currentThread().interrupt());
    bench.enqueue("last");
    trial.expectSoon(
        "the worker goes on to the last item",
        () -> bench.done.contains("last"),
        () -> "begun: " + Trial.describe(List.copyOf(bench.begun)));
  }

  /**
   * A stop without work to do is quiet and quick.
   *
   * <p>If this fails, check: that closing the queue or cancelling a token wakes the workers; that
   * the end of a worker is not logged as an error.
   */
  @Rule(
      number = "2.19",
      says = "A stop of an idle service MUST end it at once, and a normal stop MUST log no error.",
      lookAt = "stop")
  void stopWhenIdle(Trial trial) {
    trial.setUp("two workers wait at an empty queue; one item was done; stop with 10 s to go");
    var bench = new Bench(trial, 2);
    var early = bench.service.completion().toCompletableFuture();
    bench.start();
    bench.enqueue("one");
    bench.expectDone("the item ran", "one");
    trial.expectReturn("stop returns at the same time, 0 ms", bench.stop());
    trial.expect("no time has passed", trial.time().millis(), 0L);
    expectQuietLog(trial);
    var completion = bench.service.completion().toCompletableFuture();
    var watcher = trial.start("watcher", () -> String.valueOf(completion.get()));
    trial.expectReturn("the completion completes normally", watcher);
    var earlyWatcher = trial.start("early watcher", () -> String.valueOf(early.get()));
    trial.expectReturn("the completion that was got before start completes, too", earlyWatcher);
  }

  /**
   * What runs when stop begins is finished.
   *
   * <p>If this fails, check: that stop waits for the workers; that it neither interrupts them nor
   * cancels the token of their items before the deadline: the token that ends the taking is not the
   * one that ends an item.
   */
  @Rule(
      number = "2.20",
      says =
          "Stop MUST let the running items finish: no interrupt and no cancelled token before the"
              + " deadline.",
      lookAt = "stop")
  void runningItemsFinish(Trial trial) {
    trial.setUp(
        "two workers, two items in progress; stop with 10 s to go; one item ends at 4 s, the other"
            + " at 8 s");
    for (int first : List.of(0, 1)) { // each worker once, in case stop waits for only one of them
      oneAfterTheOther(trial, first);
    }
    expectQuietLog(trial);
  }

  private void oneAfterTheOther(Trial trial, int first) {
    record Running(Thread thread, Gate gate, CancellationToken token) {}
    var running = new CopyOnWriteArrayList<Running>();
    var bench = new Bench(trial, 2).start();
    for (var name : List.of("one", "two")) {
      bench.enqueue(
          name,
          token -> {
            var gate = new Gate(trial.time());
            trial.afterwards(gate::open);
            running.add(new Running(Thread.currentThread(), gate, token));
            gate.pass(token);
          });
    }
    trial.expectSoon("both items run", () -> running.size() == 2, () -> running.size() + " run");
    long begin = trial.time().millis();
    var stop = bench.stop();
    trial.expectWaiting("stop waits while the items are in progress", stop);
    trial.advanceTo(begin + 4_000);
    trial.expectWaiting("stop waits while the items are in progress, at 4 s", stop);
    running.sort(Comparator.comparing(item -> item.thread().threadId()));
    running.get(first).gate().open();
    trial.advanceTo(begin + 8_000);
    trial.expectWaiting("stop waits while one of the items is in progress, at 8 s", stop);
    trial.expect(
        "the items' token is not cancelled before the deadline",
        running.stream().map(item -> item.token().isCancelled() ? "cancelled" : "open").toList(),
        List.of("open", "open"));
    trial.expect(
        "the service's completion is open while an item runs",
        bench.service.completion().toCompletableFuture().isDone() ? "completed" : "open",
        "open");
    running.get(1 - first).gate().open();
    trial.expectReturn("stop returns when the items have ended", stop);
    trial.expectThat(
        "both items came to their end",
        bench.done.containsAll(List.of("one", "two")),
        "one of them did not");
  }

  /**
   * What was accepted is done.
   *
   * <p>If this fails, check: the loop's condition: it ends when the queue says that nothing will
   * come, not when stop begins.
   */
  @Rule(
      number = "2.21",
      says = "Within the deadline, stop MUST drain what was accepted before it returns.",
      lookAt = "stop")
  void drain(Trial trial) {
    trial.setUp("one worker, one item in progress and two queued; stop with 10 s to go");
    var gate = new Gate(trial.time());
    var bench = new Bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.enqueue("two");
    bench.enqueue("three");
    bench.expectBegun("the first item begins", "one");
    var stop = bench.stop();
    trial.expectWaiting("stop waits while items are left", stop);
    gate.open();
    trial.expectReturn("stop returns when all is done", stop);
    trial.expect(
        "all that was accepted is done", List.copyOf(bench.done), List.of("one", "two", "three"));
  }

  /**
   * Who accepts work that nobody will do lies.
   *
   * <p>If this fails, check: that closing the queue is the first thing that stop does.
   */
  @Rule(number = "2.22", says = "Nothing MUST be accepted once stop has begun.", lookAt = "stop")
  void nothingAcceptedWhileStopping(Trial trial) {
    trial.setUp("one worker, one item in progress; stop; then an item is offered");
    var gate = new Gate(trial.time());
    var bench = new Bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.expectBegun("the item begins", "one");
    var stop = bench.stop();
    trial.expectWaiting("stop waits while the item is in progress", stop);
    trial.expectThat(
        "the queue is closed when stop begins",
        bench.queue.isClosed(),
        "it is open: what is offered now is accepted");
    gate.open();
    trial.expectReturn("stop returns", stop);
  }

  /**
   * At the deadline patience ends: first the token, then the interrupt.
   *
   * <p>If this fails, check: that the wait in stop is {@link Deadline#join}; what happens when it
   * returns false: the items' token is cancelled, every worker is interrupted, stop throws. After
   * the deadline stop waits for nobody: an item may not care about interrupts.
   */
  @Rule(
      number = "2.23",
      says =
          "At the deadline the running items MUST see their token cancelled and be interrupted, and"
              + " stop MUST throw a TimeoutException that names the service.",
      lookAt = "stop")
  void deadline(Trial trial) {
    trial.setUp(
        "two workers, each with an item that never ends by itself, one not even when interrupted;"
            + " stop with 10 s to go");
    var interrupted = new AtomicInteger();
    var tokens = Collections.synchronizedList(new ArrayList<CancellationToken>());
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = new Bench(trial, 2).start();
    bench.enqueue(
        "one",
        token -> {
          tokens.add(token);
          try {
            gate.pass();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            trial.note("one interrupted");
            throw e;
          }
        });
    bench.enqueue(
        "two",
        token -> {
          tokens.add(token);
          for (boolean passed = false; !passed; ) {
            try {
              gate.pass();
              passed = true;
            } catch (InterruptedException e) {
              interrupted.incrementAndGet();
              trial.note("two interrupted, goes on");
            }
          }
        });
    bench.expectBegun("the first item begins", "one");
    bench.expectBegun("the second item begins", "two");
    var stop = bench.stop();
    trial.advanceTo(9_999);
    trial.expectWaiting("stop waits at 9,999 ms", stop);
    trial.expectThat(
        "no interrupt before the deadline",
        interrupted.get() == 0,
        interrupted.get() + " of 2 were interrupted");
    trial.advanceTo(10_000);
    var timeout = trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    trial.expectSoon(
        "both items are interrupted",
        () -> interrupted.get() >= 2,
        () -> interrupted.get() + " of 2 were interrupted");
    trial.expectSoon(
        "the items' tokens are cancelled",
        () -> tokens.stream().allMatch(CancellationToken::isCancelled),
        () -> tokens.stream().filter(token -> !token.isCancelled()).count() + " of 2 are not");
    var message = String.valueOf(timeout.getMessage());
    trial.expectThat(
        "the message names the service '" + NAME + "'",
        message.contains(NAME),
        "it says: " + message);
  }

  /**
   * What is not done is said.
   *
   * <p>If this fails, check: that the items that run and the items that are left in the queue are
   * both in the message, by name; that what was done is not; that an item cannot be in neither
   * place for a moment, between taking it and running it.
   */
  @Rule(
      number = "2.24",
      says = "What is not done at the deadline MUST be reported by name, and nothing else.",
      lookAt = "stop")
  void leftoversAreNamed(Trial trial) {
    trial.setUp("one worker: 'alpha' done, 'bravo' never ends, 'charlie' and 'delta' queued; stop");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = new Bench(trial, 1).start();
    bench.enqueue("alpha");
    bench.enqueue("bravo", _ -> gate.pass());
    bench.enqueue("charlie");
    bench.enqueue("delta");
    bench.expectBegun("bravo begins", "bravo");
    var another = new Bench(trial, 1).start();
    another.enqueue("zulu", _ -> gate.pass());
    another.expectBegun("zulu, an item of another service, begins", "zulu");
    var stop = bench.stop();
    trial.advanceTo(10_000);
    var timeout = trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    var message = String.valueOf(timeout.getMessage());
    trial.expectThat(
        "the message names bravo, charlie and delta, not alpha, and not zulu of another service",
        List.of("bravo", "charlie", "delta").stream().allMatch(message::contains)
            && !message.contains("alpha")
            && !message.contains("zulu"),
        "the message is: " + message);
    onItsWay(trial);
  }

  private void onItsWay(Trial trial) {
    trial.setUp(
        "one worker: 'echo' leaves the queue before the deadline and reaches its worker after it");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = new Bench(trial, 1).start();
    bench.queue.holdNext();
    bench.enqueue("echo", _ -> gate.pass());
    trial.expectSoon("echo is taken", bench.queue::holdsOne, () -> "it is still in the queue");
    var stop =
        trial.start(
            "stopper",
            () -> {
              trial.note("stop");
              try {
                bench.service.stop(Deadline.after(LIMIT, trial.time()));
                return "stop returned normally";
              } catch (TimeoutException e) {
                return String.valueOf(e.getMessage());
              }
            });
    trial.advanceTo(20_000);
    bench.queue.release();
    trial.expectSoon(
        "echo reaches its worker", bench.queue::hasHandedOver, () -> "it is on its way");
    var message = trial.expectReturn("stop ends when echo has reached its worker", stop);
    trial.settle();
    boolean leftAndLogged =
        !bench.begun.contains("echo")
            && String.join(" ", trial.log().at(Level.WARN)).contains("echo");
    trial.expectThat(
        "echo is named by stop, or left alone and named in the log",
        message.contains("echo") || leftAndLogged,
        "it is lost; what stop said: " + message);
  }

  /**
   * After the deadline nothing new is begun.
   *
   * <p>If this fails, check: that a worker that comes back from an interrupted item looks whether
   * time is up before it takes the next one.
   */
  @Rule(
      number = "2.25",
      says = "After the deadline no further item MUST be begun.",
      lookAt = "stop")
  void nothingBegunAfterTheDeadline(Trial trial) {
    trial.setUp("one worker, one item that never ends and two queued; stop with 10 s to go");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = new Bench(trial, 1).start();
    trial.watchThreads();
    bench.enqueue("one", _ -> gate.pass());
    bench.enqueue("two");
    bench.enqueue("three");
    bench.expectBegun("the first item begins", "one");
    var stop = bench.stop();
    trial.advanceTo(10_000);
    trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    trial.settle();
    trial.expectThat(
        "nothing else was begun",
        bench.begun.equals(List.of("one")),
        "one that was queued was begun");
  }

  /**
   * No worker outlives the service.
   *
   * <p>If this fails, check: that every worker is joined, not the first one only; that an
   * interrupted worker ends; executors that you started.
   */
  @Rule(
      number = "2.26",
      says = "After stop no worker MUST be left, in time or at the deadline.",
      lookAt = "stop")
  void everyWorkerEnds(Trial trial) {
    trial.setUp(
        "four workers and a normal stop; then two workers, two items and a stop at the deadline");
    trial.watchThreads();
    var first = new Bench(trial, 4).start();
    first.enqueue("one");
    first.expectDone("the item ran", "one");
    trial.expectReturn("stop returns", first.stop());
    trial.expectNoNewThread("no worker is left after a normal stop");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var second = new Bench(trial, 2).start();
    for (var name : List.of("two", "three")) {
      second.enqueue(name, _ -> gate.pass());
      second.expectBegun("the item begins", name);
    }
    var stop = second.stop();
    trial.advanceTo(10_000);
    trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    trial.expectNoNewThread("no worker is left after the deadline");
  }

  /**
   * Stop can be called at any time.
   *
   * <p>If this fails, check: what stop does when there are no threads yet, and when they have
   * ended.
   */
  @Rule(
      number = "2.27",
      says = "Stop before start, twice, and from two threads at once MUST be harmless.",
      lookAt = "stop")
  void stopAtAnyTime(Trial trial) {
    trial.setUp("stop; start; stop from two threads while an item is in progress; stop again");
    var never = new Bench(trial, 1);
    trial.expectReturn("stop before start returns", never.stop());
    var gate = new Gate(trial.time());
    var bench = new Bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.expectBegun("the item begins", "one");
    var first = bench.stop();
    trial.expectWaiting("the first stop waits for the item", first);
    var second = bench.stop();
    // It may well stand at a monitor that the first one holds.
    var waits = Set.of(Thread.State.WAITING, Thread.State.BLOCKED, Thread.State.TERMINATED);
    trial.expectSoon(
        "the second stop waits for the same end",
        () -> waits.contains(second.thread().getState()),
        () -> "it is " + second.thread().getState());
    trial.expectThat(
        "the second stop waits for the same end", !second.isDone(), "it ended while the item runs");
    gate.open();
    trial.expectReturn("the first stop returns", first);
    trial.expectReturn("the second stop returns", second);
    trial.expectReturn("a stop after the end returns", bench.stop());
    stopAfterTheDeadline(trial);
  }

  private void stopAfterTheDeadline(Trial trial) {
    trial.setUp("an item in progress; a stop that runs into its deadline; stop again");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = new Bench(trial, 1).start();
    bench.enqueue("two", _ -> gate.pass());
    bench.expectBegun("the item begins", "two");
    bench.stop();
    trial.advanceTo(10_000);
    trial.settle();
    gate.open(); // if the interrupt has not, this ends it
    trial.settle();
    trial.expectReturn("a stop after the end that was forced returns", bench.stop());
  }

  /**
   * Whoever calls stop can be interrupted, and the interrupt is not lost.
   *
   * <p>If this fails, check: catch blocks for InterruptedException: throw it on, or set the flag
   * again; no {@code Thread.interrupted()} in stop.
   */
  @Rule(
      number = "2.28",
      says = "An interrupt of the thread that calls stop MUST NOT be lost.",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    for (boolean beforehand : List.of(false, true)) {
      interruptOfTheCaller(trial, beforehand);
    }
  }

  private void interruptOfTheCaller(Trial trial, boolean beforehand) {
    trial.setUp(
        beforehand
            ? "an item in progress; stop is called by a thread that is interrupted already"
            : "stop waits for an item in progress; the thread that called it is interrupted");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var flag = new AtomicBoolean();
    var bench = new Bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.expectBegun("the item begins", "one");
    var stop =
        trial.start(
            "stopper",
            () -> {
              if (beforehand) {
                Thread.currentThread().interrupt();
              }
              try {
                bench.service.stop(Deadline.after(LIMIT, trial.time()));
                flag.set(Thread.currentThread().isInterrupted());
              } catch (Exception e) {
                flag.set(
                    e instanceof InterruptedException || Thread.currentThread().isInterrupted());
              }
              return "in some way";
            });
    trial.settle();
    if (!beforehand) {
      trial.note("interrupt the caller of stop");
      stop.thread().interrupt();
      trial.settle();
    }
    gate.open();
    trial.expectReturn("stop ends", stop);
    trial.expectThat(
        "stop throws InterruptedException or leaves the flag set",
        flag.get(),
        "neither: whoever interrupted will wait in vain");
  }

  /**
   * Bad arguments are refused where they are handed in.
   *
   * <p>If this fails, check: the constructor, {@code Objects.requireNonNull} with the argument's
   * name, {@link workbook.hosting.Arguments#atLeast}.
   */
  @Rule(
      number = "2.29",
      says = "A name or a queue that is null and fewer than one worker MUST be refused.",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var queue = new RecordingQueue(trial);
    trial.subject(create(NAME, queue, 1));
    trial.expectRefused("a name of null", () -> create(Trial.noValue(), queue, 1));
    trial.expectRefused("a queue of null", () -> create(NAME, Trial.noValue(), 1));
    for (int workers : List.of(0, -3)) {
      trial.expectThrow(
          workers + " workers are refused with IllegalArgumentException",
          () -> create(NAME, queue, workers),
          IllegalArgumentException.class);
    }
  }
}
