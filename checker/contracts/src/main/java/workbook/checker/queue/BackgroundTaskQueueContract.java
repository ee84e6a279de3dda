package workbook.checker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import workbook.checker.Actor;
import workbook.checker.Contract;
import workbook.checker.Module;
import workbook.checker.Patience;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.checker.interleaving.Restless;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** The rules of a bounded queue between those who have work and those who do it. */
@Tag("step-1")
@Step(module = Module.QUEUE, number = 1, type = "BoundedTaskQueue")
public abstract class BackgroundTaskQueueContract extends Contract {

  // Enough for a queue with one lock; one with many small steps is tried in its simpler orders.
  private static final int MOST_SCHEDULES = 1_000;

  /** A contract is stateless. */
  protected BackgroundTaskQueueContract() {}

  /**
   * Makes the queue under test.
   *
   * @param capacity how many items it holds at most
   * @return a new queue
   */
  protected abstract BackgroundTaskQueue create(int capacity);

  private BackgroundTaskQueue queue(Trial trial, int capacity) {
    var queue = trial.subject(create(capacity));
    trial.afterwards(queue::close);
    return queue;
  }

  private static WorkItem item(String name) {
    return WorkItem.of(name, _ -> {});
  }

  private static boolean put(Trial trial, BackgroundTaskQueue queue, String name) {
    return put(trial, queue, item(name));
  }

  private static boolean put(Trial trial, BackgroundTaskQueue queue, WorkItem item) {
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

  private static void close(Trial trial, BackgroundTaskQueue queue) {
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

  private static Actor<String> taker(Trial trial, BackgroundTaskQueue queue, String name) {
    return taker(trial, queue, name, CancellationToken.none());
  }

  private static Actor<String> taker(
      Trial trial, BackgroundTaskQueue queue, String name, CancellationToken token) {
    return trial.start(
        name,
        () -> {
          var taken = queue.dequeue(token).map(WorkItem::name).orElse("nothing");
          trial.note(name + " got " + taken);
          return taken;
        });
  }

  private static String take(Trial trial, BackgroundTaskQueue queue, String expected) {
    return trial.expectReturn(expected, taker(trial, queue, "taker"));
  }

  /**
   * First in, first out.
   *
   * <p>If this fails, check: at which end items are put and at which they are taken; that an item
   * is not compared with those that are in: the same one may be put in twice.
   */
  @Rule(
      number = "2.1",
      says = "Items MUST come out in the order in which they went in.",
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

  /**
   * The capacity is a promise, to the item.
   *
   * <p>If this fails, check: the comparison (one too many, one too few); that taking an item makes
   * room for exactly one; that a full queue answers and does not wait.
   */
  @Rule(
      number = "2.2",
      says = "The queue MUST accept as many items as its capacity and refuse the next at once.",
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

  /**
   * Taking waits, and whoever puts an item in wakes the one who waits.
   *
   * <p>If this fails, check: that an empty queue waits on a condition, a semaphore or the like;
   * that every item that is put in wakes a taker; that there is no loop with a sleep or a time
   * limit.
   */
  @Rule(
      number = "2.4",
      says = "Taking from an empty queue MUST wait for an item, without polling.",
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

  /**
   * Cancelling ends one wait and takes nothing with it.
   *
   * <p>If this fails, check: that the token wakes the taker ({@link CancellationToken#onCancel});
   * that a token cancelled beforehand is looked at before the items; that close or an interrupt of
   * somebody else is not what wakes; that the registration with the token is closed, however the
   * wait ends: the token may live as long as the application.
   */
  @Rule(
      number = "2.5",
      says =
          "Cancelling MUST wake its taker with nothing, wake no other, and lose no item; a wait"
              + " that is over MUST leave nothing with its token.",
      lookAt = "dequeue")
  void cancel(Trial trial) {
    trial.setUp("capacity 10; two takers wait; the token of the second is cancelled; then a and b");
    var queue = queue(trial, 10);
    var source = new CancellationSource();
    var other = taker(trial, queue, "taker 1");
    trial.expectWaiting("the first taker waits", other);
    var cancelled = taker(trial, queue, "taker 2", source.token());
    trial.expectWaiting("the second taker waits", cancelled);
    trial.note("cancel taker 2");
    source.cancel();
    trial.expect(
        "the cancelled taker got nothing",
        trial.expectReturn("the cancelled taker returns", cancelled),
        "nothing");
    trial.expectWaiting("the other taker still waits", other);
    put(trial, queue, "a");
    trial.expect(
        "the other taker got a", trial.expectReturn("the other taker gets an item", other), "a");
    put(trial, queue, "b");
    var beforehand = taker(trial, queue, "taker 3", source.token());
    trial.expect(
        "a taker whose token was cancelled beforehand got nothing",
        trial.expectReturn("a taker whose token was cancelled beforehand returns", beforehand),
        "nothing");
    trial.expect("b is still there", take(trial, queue, "b is taken"), "b");
    put(trial, queue, "c");
    var token = new CountingToken();
    trial.expectReturn("c is taken", taker(trial, queue, "taker 4", token));
    var waiting = taker(trial, queue, "taker 5", token);
    trial.expectWaiting("a taker waits with the same token", waiting);
    put(trial, queue, "d");
    trial.expectReturn("d is taken", waiting);
    trial.expectThat(
        "the token has forgotten takers that are gone",
        token.registrations() == 0,
        "actions still registered with it: " + token.registrations());
  }

  /** Never cancelled, and counts who would be told. */
  private static final class CountingToken implements CancellationToken {

    private final AtomicInteger registrations = new AtomicInteger();

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Registration onCancel(Runnable wake) {
      registrations.incrementAndGet();
      var open = new AtomicBoolean(true);
      return () -> {
        if (open.getAndSet(false)) {
          registrations.decrementAndGet();
        }
      };
    }

    int registrations() {
      return registrations.get();
    }
  }

  /**
   * An interrupt ends a wait with InterruptedException and takes nothing with it.
   *
   * <p>If this fails, check: that InterruptedException is neither caught nor wrapped; that the flag
   * is not set again beside it; that an item is not taken before the interrupt is noticed.
   */
  @Rule(
      number = "2.6",
      says =
          "A taker interrupted before or while waiting MUST get InterruptedException, with the flag"
              + " cleared and no item lost.",
      lookAt = "dequeue")
  void interrupt(Trial trial) {
    trial.setUp("capacity 10; takers interrupted beforehand and while waiting; then a is put in");
    var queue = queue(trial, 10);
    var flags = Collections.synchronizedList(new ArrayList<Boolean>());
    var before =
        trial.start(
            "interrupted before",
            () -> {
              Thread.currentThread().interrupt();
              return takeAndReadFlag(queue, flags);
            });
    trial.expectThrow(
        "the taker interrupted beforehand gets InterruptedException",
        before,
        InterruptedException.class);
    var during = trial.start("interrupted during", () -> takeAndReadFlag(queue, flags));
    trial.expectWaiting("the taker waits", during);
    during.thread().interrupt();
    trial.expectThrow(
        "the taker interrupted while waiting gets InterruptedException",
        during,
        InterruptedException.class);
    trial.expect("the interrupt flag is clear afterwards", flags, List.of(false, false));
    put(trial, queue, "a");
    trial.expect("a is there for the next", take(trial, queue, "a is taken"), "a");
    trial.setUp(
        "capacity 2; a put in while its taker is interrupted, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there",
        race(trial, 2)
            .actor("taker", Race::takeUnlessInterrupted)
            .actor("producer", race -> race.put("a"))
            .actor("interrupter", race -> race.interrupt())
            .check(Race::expectAllTakenOnce)
            .atMost(1, MOST_SCHEDULES));
  }

  private static Optional<WorkItem> takeAndReadFlag(BackgroundTaskQueue queue, List<Boolean> flags)
      throws InterruptedException {
    try {
      return queue.dequeue(CancellationToken.none());
    } finally {
      flags.add(Thread.currentThread().isInterrupted());
    }
  }

  /**
   * After close nothing goes in, what is in comes out, then it is over.
   *
   * <p>If this fails, check: that enqueue looks whether the queue is closed; that dequeue looks for
   * an item first and for closed then; that close wakes every taker, not one.
   */
  @Rule(
      number = "2.7",
      says =
          "After close nothing MUST be accepted, what is in MUST still be taken, then takers are"
              + " told that nothing will come.",
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

  /**
   * Whoever waits when the queue is closed waits in vain and is told so.
   *
   * <p>If this fails, check: that close wakes all takers (signalAll, not signal).
   */
  @Rule(
      number = "2.8",
      says = "Close MUST wake every taker that waits, with nothing.",
      lookAt = "close")
  void closeWakesAll(Trial trial) {
    trial.setUp("capacity 10; three takers wait at an empty queue; close");
    var queue = queue(trial, 10);
    var takers = new ArrayList<Actor<String>>();
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

  /**
   * Null is refused, whatever the state of the queue.
   *
   * <p>If this fails, check: {@code Objects.requireNonNull} with the argument's name as the first
   * line of enqueue; {@link workbook.hosting.Arguments#atLeast} in the constructor.
   */
  @Rule(
      number = "2.9",
      says = "An item that is null and a capacity below 1 MUST be refused.",
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

  /**
   * Only dequeue waits, so only there an interrupt has something to end.
   *
   * <p>If this fails, check: lockInterruptibly and other methods that can throw
   * InterruptedException, in enqueue and close; what is done when they do.
   */
  @Rule(
      number = "2.54",
      says =
          "An interrupt of the thread that puts an item in or closes MUST change nothing and MUST"
              + " NOT be lost.",
      lookAt = "enqueue")
  void interruptOfOthers(Trial trial) {
    trial.setUp("capacity 10; a put in, and the queue closed, by a thread that is interrupted");
    var queue = queue(trial, 10);
    var producer =
        trial.start(
            "producer",
            () -> {
              Thread.currentThread().interrupt();
              boolean accepted = queue.enqueue(item("a"));
              trial.note(accepted ? "a accepted" : "a refused");
              return accepted
                  ? "accepted" + flag(Thread.currentThread().isInterrupted())
                  : "refused";
            });
    trial.expect(
        "a is accepted, and the flag is still set",
        trial.expectReturn("enqueue answers", producer),
        "accepted, flag set");
    trial.expect("a is there", take(trial, queue, "a is taken"), "a");
    var closer =
        trial.start(
            "closer",
            () -> {
              Thread.currentThread().interrupt();
              trial.note("close");
              queue.close();
              return "closed" + flag(Thread.currentThread().isInterrupted());
            });
    trial.expect(
        "close returns, and the flag is still set",
        trial.expectReturn("close returns", closer),
        "closed, flag set");
    trial.expect("b is refused, since the queue is closed", put(trial, queue, "b"), false);
  }

  private static String flag(boolean isSet) {
    return isSet ? ", flag set" : ", flag clear";
  }

  /**
   * Many on both sides: what is accepted is taken once, and the bound holds.
   *
   * <p>If this fails, check first what 2.10 to 2.13 say: they name the steps between which it
   * happens.
   */
  @Rule(
      number = "2.3",
      says =
          "With 8 producers and 8 consumers every accepted item MUST be taken once; of 50 racing"
              + " producers as many MUST be accepted as fit.",
      lookAt = "enqueue")
  void manyOnBothSides(Trial trial) {
    trial.setUp("50 producers at capacity 10; then 8 producers of 50 items and 8 consumers");
    var restless = InstrumentingLoader.twin(this, trial.subject(create(10)).getClass());
    var small = trial.subject(restless.create(10));
    trial.afterwards(small::close);
    var offers = new ArrayList<Callable<Boolean>>();
    for (int n = 0; n < 50; n++) {
      var racer = item("racer " + n);
      offers.add(() -> small.enqueue(racer));
    }
    var racers = new ArrayList<Actor<Boolean>>();
    Restless.inStep(offers).forEach(offer -> racers.add(trial.start("producer", offer)));
    long accepted = 0;
    for (var racer : racers) {
      accepted += trial.expectReturn("every producer is answered", racer) ? 1 : 0;
    }
    trial.expectThat(
        "10 of the 50 are accepted",
        accepted == 10,
        accepted > 10 ? "more than 10 were accepted" : "fewer than 10 were accepted");

    manyTakers(trial, trial.subject(restless.create(5)));
  }

  private static void manyTakers(Trial trial, BackgroundTaskQueue queue) {
    var over = new AtomicBoolean();
    trial.afterwards(queue::close);
    trial.afterwards(() -> over.set(true));
    var refused = new AtomicInteger();
    var taken = new CopyOnWriteArrayList<String>();
    var wanted = new ArrayList<String>();
    for (int n = 1; n <= 8; n++) {
      produce(trial, queue, names(n, 1, 49), wanted, refused, over);
    }
    trial.expectSoon(
        "a full queue refuses", () -> refused.get() > 0, () -> "all were accepted, or had to wait");
    for (int n = 1; n <= 8; n++) {
      trial.start(
          "consumer",
          Restless.call(
              () -> {
                while (!over.get()) {
                  queue.dequeue(CancellationToken.none()).map(WorkItem::name).ifPresent(taken::add);
                }
                return "at the end";
              }));
    }
    expectTaken(trial, taken, wanted);
    trial.settle(); // so all consumers wait when the last items come
    for (int n = 1; n <= 8; n++) {
      produce(trial, queue, names(n, 50, 50), wanted, refused, over);
    }
    expectTaken(trial, taken, wanted);
  }

  private static List<String> names(int producer, int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(n -> producer + "/" + n).toList();
  }

  private static void produce(
      Trial trial,
      BackgroundTaskQueue queue,
      List<String> names,
      List<String> wanted,
      AtomicInteger refused,
      AtomicBoolean over) {
    wanted.addAll(names);
    trial.start(
        "producer",
        Restless.call(
            () -> {
              for (var name : names) {
                while (!queue.enqueue(item(name)) && !over.get()) {
                  refused.incrementAndGet();
                  Thread.yield(); // full: let the consumers have a turn
                }
              }
              return "all in";
            }));
  }

  private static void expectTaken(Trial trial, List<String> taken, List<String> wanted) {
    trial.expectSoon(
        "all items are taken, each once",
        () -> taken.size() >= wanted.size(),
        () -> "some were not: they are lost, or left while all takers wait");
    trial.expectThat(
        "all items are taken, each once",
        Set.copyOf(taken).equals(Set.copyOf(wanted)) && taken.size() == wanted.size(),
        "one of them was taken twice");
  }

  /** What a few threads did with a queue, in one order of their steps. */
  private static final class Race {

    final BackgroundTaskQueue queue;
    final CancellationSource source = new CancellationSource();
    final List<String> accepted = new ArrayList<>();
    final List<String> taken = new CopyOnWriteArrayList<>();
    @Nullable Thread taker;
    boolean toInterrupt;

    Race(BackgroundTaskQueue queue) {
      this.queue = queue;
    }

    void put(String name) {
      if (queue.enqueue(item(name))) {
        accepted.add(name);
      }
    }

    void interrupt() {
      toInterrupt = true;
      if (taker != null) {
        taker.interrupt();
      }
    }

    void takeUnlessInterrupted() {
      taker = Thread.currentThread();
      if (toInterrupt) {
        taker.interrupt();
      }
      try {
        take(CancellationToken.none());
      } catch (InterruptedException e) {
        // what it was interrupted for; the item must be left for another
      }
    }

    void takeOne() throws InterruptedException {
      if (!take(CancellationToken.none())) {
        throw new AssertionError(
            "a taker was told that nothing will come, but nobody has closed the queue");
      }
    }

    /** A taker that may be cancelled, and goes on to other things then. */
    void takeUnlessCancelled() throws InterruptedException {
      take(source.token());
      if (Thread.interrupted()) {
        throw new AssertionError("an interrupt that nobody asked for, after dequeue has returned");
      }
    }

    boolean take(CancellationToken token) throws InterruptedException {
      var item = queue.dequeue(token);
      item.map(WorkItem::name).ifPresent(taken::add);
      return item.isPresent();
    }

    void expect(boolean holds) {
      if (!holds) {
        throw new AssertionError(
            "accepted: %s; taken: %s".formatted(Trial.describe(accepted), Trial.describe(taken)));
      }
    }

    void expectTakerGotAll() {
      expect(taken.equals(accepted));
    }

    /** Takes what must be left: all that was accepted must by then have been taken, once. */
    void expectAllTakenOnce() throws Exception {
      int left = accepted.size() - taken.size();
      if (left > 0) {
        var rest =
            new FutureTask<>(
                Restless.call(
                    () -> {
                      for (int n = 0; n < left; n++) {
                        take(CancellationToken.none());
                      }
                      return taken;
                    }));
        var taker = Thread.ofVirtual().start(rest);
        try {
          rest.get(Patience.SIGNAL.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          taker.interrupt(); // what it waits for does not come: it is missing below
        }
      }
      // region once
      assertThat(taken)
          .as("taken, when " + Trial.describe(accepted) + " was accepted")
          .containsExactlyInAnyOrderElementsOf(accepted);
      // endregion
    }
  }

  /**
   * The same race in every order of its steps; the learner's class is loaded a second time for it.
   */
  private Interleavings<Race> race(Trial trial, int capacity) {
    var twin = InstrumentingLoader.twin(this, trial.subject(create(capacity)).getClass());
    return Interleavings.from(() -> new Race(twin.create(capacity)));
  }

  /**
   * Two who offer at the same time cannot both get the last place.
   *
   * <p>If this fails, check: that looking for room and putting the item in are one step, under one
   * lock; the journal shows between which two lines another thread came in.
   */
  @Rule(
      number = "2.10",
      says =
          "The capacity MUST hold when two offer at the same time, in every order of their steps.",
      lookAt = "enqueue")
  void capacityUnderARace(Trial trial) {
    trial.setUp("capacity 1; a and b offered by two threads, in every order of their steps");
    // region race
    trial.expectInEveryOrder(
        "one of the two is accepted",
        race(trial, 1)
            .actor("producer a", race -> race.put("a"))
            .actor("producer b", race -> race.put("b"))
            .check(race -> assertThat(race.accepted).as("accepted").hasSize(1)));
    // endregion
  }

  /**
   * Nobody gets what another has got, and nothing falls between two threads.
   *
   * <p>If this fails, check: that taking the item and removing it are one step, under the lock that
   * putting holds too.
   */
  @Rule(
      number = "2.11",
      says = "Every accepted item MUST be taken once, in every order of putting and taking.",
      lookAt = "dequeue")
  void takenOnce(Trial trial) {
    trial.setUp(
        "capacity 2; a and b put in and taken by two takers, in every order of their steps");
    trial.expectInEveryOrder(
        "a and b are taken, each once",
        race(trial, 2)
            .actor(
                "producer",
                race -> {
                  race.put("a");
                  race.put("b");
                })
            .actor("taker 1", Race::takeOne)
            .actor("taker 2", Race::takeOne)
            .check(Race::expectAllTakenOnce)
            .atMost(2, MOST_SCHEDULES));
    trial.setUp(
        "capacity 2; a and b put in by two producers and taken by two takers, in every order of"
            + " their steps");
    trial.expectInEveryOrder(
        "a and b are taken, each once",
        race(trial, 2)
            .actor("taker 1", Race::takeOne)
            .actor("taker 2", Race::takeOne)
            .actor("producer a", race -> race.put("a"))
            .actor("producer b", race -> race.put("b"))
            .check(Race::expectAllTakenOnce)
            .atMost(1, MOST_SCHEDULES));
  }

  /**
   * A cancelled taker takes nothing with it, however close the item comes to it.
   *
   * <p>If this fails, check: what happens to an item, or to the signal for it, when its taker has
   * just been cancelled: it must go to the next one. If an interrupt is how you wake the taker, it
   * may come when the taker has gone on to other things.
   */
  @Rule(
      number = "2.12",
      says = "Cancelling MUST wake its taker and lose no item, in every order with a producer.",
      lookAt = "dequeue")
  void cancelUnderARace(Trial trial) {
    trial.setUp("capacity 2; a put in while its taker is cancelled, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there, and the taker returns",
        race(trial, 2)
            .actor("taker", Race::takeUnlessCancelled)
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(Race::expectAllTakenOnce)
            .atMost(2, MOST_SCHEDULES));
    trial.setUp(
        "capacity 2; two takers; a put in while the first is cancelled, in every order of their"
            + " steps");
    trial.expectInEveryOrder(
        "the first taker returns, and a is not left while the second waits",
        race(trial, 2)
            .actor("taker 1", Race::takeUnlessCancelled)
            .actor("taker 2", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(
                (race, waiting) -> {
                  if (waiting.containsKey("taker 1")) {
                    throw new AssertionError("taker 1 was cancelled and still waits: " + waiting);
                  }
                  race.expect(waiting.isEmpty() || race.taken.equals(race.accepted));
                })
            .cleanUp(race -> race.queue.close())
            .atMost(1, MOST_SCHEDULES));
  }

  /**
   * What was accepted before close is taken after it, and nobody is left waiting.
   *
   * <p>If this fails, check: that closing and waking are under the same lock as waiting, so that a
   * taker cannot fall asleep between its look and the close; that enqueue looks whether the queue
   * is closed and puts the item in as one step, or an item is accepted that nobody will take.
   */
  @Rule(
      number = "2.13",
      says =
          "Close MUST end every taker, and what was accepted MUST be taken, in every order of their"
              + " steps.",
      lookAt = "close")
  void closeUnderARace(Trial trial) {
    trial.setUp(
        "capacity 2; a put in, closed, and taken until the end, in every order of their steps");
    trial.expectInEveryOrder(
        "the taker comes to its end, with a if it was accepted",
        race(trial, 2)
            .actor(
                "taker",
                race -> {
                  while (race.take(CancellationToken.none())) {
                    // on to the next
                  }
                })
            .actor("producer", race -> race.put("a"))
            .actor("closer", race -> race.queue.close())
            .check(Race::expectTakerGotAll)
            .atMost(2, MOST_SCHEDULES));
  }
}
