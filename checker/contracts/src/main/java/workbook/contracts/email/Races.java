package workbook.contracts.email;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** A queue that many use at the same time. */
final class Races {

  private Races() {}

  static void manyOnBothSides(Trial trial, EmailQueueContract contract) {
    trial.setUp("8 producers of 25 mails, 8 takers that put each mail back once, due after 1 s");
    var queue = contract.bench(trial, 500);
    var taken = Collections.synchronizedList(new ArrayList<String>());
    for (int n = 1; n <= 8; n++) {
      trial.start(
          "taker " + n,
          () -> {
            for (var email = next(queue.subject); email.isPresent(); email = next(queue.subject)) {
              taken.add(EmailQueueBench.name(email.get()));
              if (email.get().attempts() == 0) {
                queue.subject.retry(
                    new QueuedEmail(email.get().message(), 1), Duration.ofSeconds(1));
              }
            }
            return "normally";
          });
    }
    trial.settle();
    var wanted = new ArrayList<String>();
    var producers = new ArrayList<Caller<String>>();
    for (int n = 1; n <= 8; n++) {
      var prefix = "p" + n + "x";
      for (int i = 1; i <= 25; i++) {
        wanted.add(prefix + i + "");
        wanted.add(prefix + i + " after 1");
      }
      producers.add(
          trial.start(
              "producer " + n,
              () -> {
                for (int i = 1; i <= 25; i++) {
                  queue.subject.enqueue(EmailQueueBench.mail(prefix + i));
                }
                return "normally";
              }));
    }
    producers.forEach(producer -> trial.expectReturn("every producer returns", producer));
    trial.advanceTo(1_000);
    trial.expectSoon(
        "400 mails are taken", () -> taken.size() >= 400, () -> taken.size() + " are taken");
    trial.settle();
    var all = List.copyOf(taken);
    trial.expectThat(
        "each mail is taken once for each time it was put in",
        all.size() == wanted.size() && all.containsAll(wanted),
        all.size() + " were taken, of " + wanted.size());
    trial.setUp("a mail to two, of which each is put back on its own, with the same Message-ID");
    trial.lookAt("nanoTime", "enqueue");
    var another = contract.bench(trial, 10);
    another.again("a", 1, 0);
    another.again("a", 2, 0);
    trial.expect(
        "both are taken",
        List.of(
            another.calls.take("the first is taken"), another.calls.take("the second is taken")),
        List.of("a after 1", "a after 2"));
  }

  private static Optional<QueuedEmail> next(EmailQueue queue) throws InterruptedException {
    return queue.dequeue(CancellationToken.none());
  }

  static void puttingAndTaking(Trial trial, EmailQueueContract contract) {
    trial.setUp("capacity 1; two threads enqueue a and b, in every order of their steps");
    trial.expectInEveryOrder(
        "one of the two is accepted",
        race(trial, contract, 1)
            .actor("producer a", race -> race.put("a"))
            .actor("producer b", race -> race.put("b"))
            .check(race -> race.expect(race.accepted.size() == 1)));
    trial.setUp("enqueue a, retry b in 0 s, two takers, in every order of their steps");
    trial.expectInEveryOrder(
        "a and b are taken, each once, and nobody waits",
        race(trial, contract, 2)
            .actor("taker 1", race -> race.take(CancellationToken.none()))
            .actor("taker 2", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("worker", race -> race.again("b", Duration.ZERO))
            .check(Race::expectAllTakenOnce)
            .preemptions(1));
    trial.setUp("retry a in an hour, enqueue b, a taker, in every order of their steps");
    trial.expectInEveryOrder(
        "b is taken, although a waits",
        race(trial, contract, 2)
            .actor("taker", race -> race.take(CancellationToken.none()))
            .actor("worker", race -> race.again("a", Duration.ofHours(1)))
            .actor("producer", race -> race.put("b"))
            .check(race -> race.expect(race.taken.equals(List.of("b"))))
            .cleanUp(Race::shutDown));
  }

  static void endings(Trial trial, EmailQueueContract contract) {
    trial.setUp("enqueue a while its taker is cancelled, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there, and the taker returns",
        race(trial, contract, 2)
            .actor("taker", race -> race.take(race.source.token()))
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(Race::expectAllTakenOnce));
    trial.setUp("two takers, of which one is cancelled; enqueue a; in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken by one of the two, and the cancelled one returns",
        race(trial, contract, 2)
            .actor("taker 1", race -> race.take(race.source.token()))
            .actor("taker 2", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(Race::expectTaken)
            .cleanUp(Race::shutDown)
            .preemptions(1));
    trial.setUp(
        "two takers, of which one is interrupted; enqueue a; in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken by one of the two, and the interrupted one returns",
        race(trial, contract, 2)
            .actor("taker 1", Race::takeUnlessInterrupted)
            .actor("taker 2", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("interrupter", Race::interrupt)
            .check(Race::expectTaken)
            .cleanUp(Race::shutDown)
            .preemptions(1));
    trial.setUp("enqueue a, retry b in 0 s, a taker, a shutdown, in every order of their steps");
    trial.expectInEveryOrder(
        "what was accepted is taken or handed over, once, and nobody waits",
        race(trial, contract, 2)
            .actor("taker", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("worker", race -> race.again("b", Duration.ZERO))
            .actor("stopper", Race::shutDown)
            .check(Race::expectNothingLost)
            .preemptions(1));
  }

  private static Interleavings<Race> race(Trial trial, EmailQueueContract contract, int capacity) {
    var time = new StandingTime();
    var twin =
        InstrumentingLoader.twin(
            contract, trial.subject(contract.create(capacity, time)).getClass());
    return Interleavings.from(() -> new Race(twin.create(capacity, time)));
  }

  /** A clock that stands still: whoever sleeps is woken by a token, or never. */
  private static final class StandingTime implements TimeSource {

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
      var woken = new CountDownLatch(1);
      try (var _ = wake.onCancel(woken::countDown)) {
        if (!wake.isCancelled() && !time.isPositive()) {
          return true;
        }
        woken.await();
        return false;
      }
    }

    @Override
    public boolean join(Thread thread, Duration limit) {
      throw new UnsupportedOperationException("a queue has no thread to join");
    }
  }

  /** A queue that several use at the same time, and what came of it. */
  private static final class Race {

    final EmailQueue queue;
    final CancellationSource source = new CancellationSource();
    final List<String> accepted = new ArrayList<>();
    final List<String> taken = new ArrayList<>();
    private @Nullable Thread interruptible;

    Race(EmailQueue queue) {
      this.queue = queue;
    }

    void put(String name) {
      if (queue.enqueue(EmailQueueBench.mail(name))) {
        accepted.add(name + "");
      }
    }

    void again(String name, Duration delay) {
      if (queue.retry(new QueuedEmail(EmailQueueBench.mail(name), 1), delay)) {
        accepted.add(name + " after 1");
      }
    }

    void take(CancellationToken token) throws InterruptedException {
      queue.dequeue(token).ifPresent(email -> taken.add(EmailQueueBench.name(email)));
    }

    void takeUnlessInterrupted() {
      interruptible = Thread.currentThread();
      try {
        take(CancellationToken.none());
      } catch (InterruptedException e) {
        // it takes nothing
      } finally {
        interruptible = null;
        Thread.interrupted();
      }
    }

    void interrupt() {
      if (interruptible != null) {
        interruptible.interrupt();
      }
    }

    /** Who has got nothing may wait on, unless its token is cancelled. */
    void expectTaken(Map<String, String> waiting) {
      if (source.token().isCancelled() && waiting.containsKey("taker 1")) {
        throw new AssertionError("taker 1 still waits, at " + waiting.get("taker 1"));
      }
      if (taken.isEmpty() && waiting.containsKey("taker 2")) {
        throw new AssertionError("a is in the queue, and taker 2 waits");
      }
      expectNothingLost();
    }

    void shutDown() {
      queue.shutDown().forEach(email -> taken.add(EmailQueueBench.name(email)));
    }

    void expectAllTakenOnce() {
      shutDown(); // hands over what nobody has taken
      expectNothingLost();
    }

    void expectNothingLost() {
      expect(sorted(taken).equals(sorted(accepted)));
    }

    void expect(boolean holds) {
      if (!holds) {
        throw new AssertionError(
            "accepted: %s; taken or handed over: %s".formatted(names(accepted), names(taken)));
      }
    }

    private static List<String> sorted(List<String> mails) {
      return mails.stream().sorted().toList();
    }

    private static String names(List<String> mails) {
      return mails.isEmpty() ? "none" : String.join(", ", mails);
    }
  }
}
