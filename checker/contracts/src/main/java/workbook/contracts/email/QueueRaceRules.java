package workbook.contracts.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import workbook.checker.Caller;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** The rules of an email queue that are tried in every order of the steps of those who use it. */
abstract class QueueRaceRules {

  private static final int MOST_SCHEDULES = 600;

  /** For the subclass in this package. */
  QueueRaceRules() {}

  /**
   * Makes the queue under test.
   *
   * @param capacity how many mails it holds before it refuses new ones
   * @param time its clock, which it also waits on
   * @return a new queue
   */
  protected abstract EmailQueue create(int capacity, TimeSource time);

  final EmailQueue queue(Trial trial, int capacity) {
    var queue = trial.subject(create(capacity, trial.time()));
    trial.afterwards(queue::shutDown);
    return queue;
  }

  static EmailMessage mail(String name) {
    return new EmailMessage(
        "<" + name + "@workbook.example>", List.of(Mailbox.of("ann@example.com")), name, "");
  }

  static String name(QueuedEmail email) {
    return email.message().subject() + " after " + email.attempts();
  }

  static boolean put(Trial trial, EmailQueue queue, String name) {
    var producer =
        trial.start(
            "producer",
            () -> {
              boolean accepted = queue.enqueue(mail(name));
              trial.note(name + (accepted ? " accepted" : " refused"));
              return accepted;
            });
    return trial.expectReturn("enqueue answers at once, true or false", producer);
  }

  static boolean again(Trial trial, EmailQueue queue, String name, int attempts, long delayMillis) {
    return retry(trial, queue, name, attempts, Duration.ofMillis(delayMillis));
  }

  static boolean retry(Trial trial, EmailQueue queue, String name, int attempts, Duration delay) {
    var worker =
        trial.start(
            "worker",
            () -> {
              boolean accepted = queue.retry(new QueuedEmail(mail(name), attempts), delay);
              trial.note(name + " again in " + delay + (accepted ? ": accepted" : ": refused"));
              return accepted;
            });
    return trial.expectReturn("retry answers at once, true or false", worker);
  }

  static Caller<String> taker(Trial trial, EmailQueue queue, String name, CancellationToken token) {
    return trial.start(
        name,
        () -> {
          var taken = queue.dequeue(token).map(QueueRaceRules::name).orElse("nothing");
          trial.note(name + " got " + taken);
          return taken;
        });
  }

  static String take(Trial trial, EmailQueue queue, String expected) {
    return trial.expectReturn(expected, taker(trial, queue, "taker", CancellationToken.none()));
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

    Race(EmailQueue queue) {
      this.queue = queue;
    }

    void put(String name) {
      if (queue.enqueue(mail(name))) {
        accepted.add(name + " after 0");
      }
    }

    void again(String name, Duration delay) {
      if (queue.retry(new QueuedEmail(mail(name), 1), delay)) {
        accepted.add(name + " after 1");
      }
    }

    void take(CancellationToken token) throws InterruptedException {
      queue.dequeue(token).ifPresent(email -> taken.add(name(email)));
    }

    void shutDown() {
      queue.shutDown().forEach(email -> taken.add(name(email)));
    }

    void expectAllTakenOnce() {
      shutDown(); // hands over what nobody has taken
      expectNothingLost();
    }

    void expectNothingLost() {
      assertThat(taken)
          .as("taken or handed over, when " + Trial.describe(accepted) + " was accepted")
          .containsExactlyInAnyOrderElementsOf(accepted);
    }
  }

  private Interleavings<Race> race(Trial trial, int capacity) {
    var time = new StandingTime();
    var twin = InstrumentingLoader.twin(this, trial.subject(create(capacity, time)).getClass());
    return Interleavings.from(() -> new Race(twin.create(capacity, time)));
  }

  /**
   * Whatever two threads do between each other's lines, no mail is lost, doubled, or one too many.
   */
  @Rule(
      number = "5.31",
      says =
          "The capacity MUST hold, every accepted mail MUST be taken once and wake its taker, in"
              + " every order of putting and taking.",
      check =
          "that looking and acting are one step, under one lock; that a taker cannot fall asleep"
              + " between its look and the change that should wake it; the journal shows between"
              + " which lines another thread came in",
      lookAt = "dequeue")
  void puttingAndTaking(Trial trial) {
    trial.setUp("capacity 1; a and b put in by two threads, in every order of their steps");
    trial.expectInEveryOrder(
        "one of the two is accepted",
        race(trial, 1)
            .actor("producer a", race -> race.put("a"))
            .actor("producer b", race -> race.put("b"))
            .check(race -> assertThat(race.accepted).as("accepted").hasSize(1)));
    trial.setUp("a new and b again at once, taken by two, in every order of their steps");
    trial.expectInEveryOrder(
        "a and b are taken, each once, and nobody waits",
        race(trial, 2)
            .actor("taker 1", race -> race.take(CancellationToken.none()))
            .actor("taker 2", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("worker", race -> race.again("b", Duration.ZERO))
            .check(Race::expectAllTakenOnce)
            .atMost(1, MOST_SCHEDULES));
    trial.setUp("a again in an hour, then b new, and a taker, in every order of their steps");
    trial.expectInEveryOrder(
        "b is taken, although a waits",
        race(trial, 2)
            .actor("taker", race -> race.take(CancellationToken.none()))
            .actor("worker", race -> race.again("a", Duration.ofHours(1)))
            .actor("producer", race -> race.put("b"))
            .check(race -> assertThat(race.taken).as("taken").containsExactly("b after 0"))
            .cleanUp(Race::shutDown)
            .atMost(2, MOST_SCHEDULES));
  }

  /** The end is an end for all. */
  @Rule(
      number = "5.32",
      says =
          "A cancellation or a shutdown MUST end its takers, and no accepted mail MUST be lost by"
              + " it, in every order of their steps.",
      check =
          "that shutting down and handing over are one step, so that what is put in meanwhile is"
              + " either refused or handed over; that whoever waits is woken; that a cancelled"
              + " taker takes nothing with it",
      lookAt = "shutDown")
  void endings(Trial trial) {
    trial.setUp("a put in while its taker is cancelled, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there, and the taker returns",
        race(trial, 2)
            .actor("taker", race -> race.take(race.source.token()))
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(Race::expectAllTakenOnce)
            .atMost(2, MOST_SCHEDULES));
    trial.setUp("a new and b again, a taker, and a shutdown, in every order of their steps");
    trial.expectInEveryOrder(
        "what was accepted is taken or handed over, once, and nobody waits",
        race(trial, 2)
            .actor("taker", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("worker", race -> race.again("b", Duration.ZERO))
            .actor("stopper", Race::shutDown)
            .check(Race::expectNothingLost)
            .atMost(1, MOST_SCHEDULES));
  }
}
