package workbook.contracts.email;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;

/**
 * A right queue without a bound, so that the service can be graded before the learner's queue is.
 * It writes down what is put back; whoever waits at it takes part in the virtual time.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class RecordingEmailQueue implements EmailQueue {

  private static final Duration FOR_EVER = Duration.ofDays(100_000);
  private static final long MOST = Long.MAX_VALUE / 2;

  /** What was put back, after how many attempts, and with what delay. */
  record Retry(QueuedEmail email, Duration delay) {}

  private record Entry(QueuedEmail email, long due) {}

  private final Trial trial;
  private final List<Entry> entries = new ArrayList<>(); // these four guarded by this
  private final Set<CancellationSource> waiters = new HashSet<>();
  private boolean shutDown;
  private boolean wasWaitedFor;
  private final List<Retry> retries = new CopyOnWriteArrayList<>();
  private volatile Gate delivery;

  RecordingEmailQueue(Trial trial) {
    this.trial = trial;
    this.delivery = trial.gate();
    delivery.open();
  }

  /** What is taken from now on is on its way until the gate is open. */
  void deliverThrough(Gate gate) {
    delivery = gate;
  }

  @Override
  public boolean enqueue(EmailMessage message) {
    return enqueue(List.of(message));
  }

  /** Puts several in at once: nobody takes the first before the last is there. */
  boolean enqueue(List<EmailMessage> messages) {
    return put(
        messages.stream().map(message -> new QueuedEmail(message, 0)).toList(), Duration.ZERO);
  }

  @Override
  public boolean retry(QueuedEmail email, Duration delay) {
    trial.note(
        ProcessingBench.name(email.message())
            + " again in "
            + TimeUnit.MILLISECONDS.convert(delay)
            + " ms");
    retries.add(new Retry(email, delay));
    return put(List.of(email), delay);
  }

  private boolean put(List<QueuedEmail> emails, Duration delay) {
    return change(
        () -> {
          if (shutDown) {
            return false;
          }
          // a longer time than the checker's clock can measure is as good as for ever
          long due = trial.time().nanoTime() + Math.min(NANOSECONDS.convert(delay), MOST);
          emails.forEach(email -> entries.add(new Entry(email, due)));
          entries.sort(Comparator.comparingLong(Entry::due));
          return true;
        });
  }

  @Override
  public Optional<QueuedEmail> dequeue(CancellationToken cancel) throws InterruptedException {
    trial.time().enroll(Thread.currentThread());
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var changed = new CancellationSource();
      var wait = FOR_EVER;
      var taken = Optional.<QueuedEmail>empty();
      synchronized (this) {
        wasWaitedFor = true;
        if (cancel.isCancelled() || shutDown) {
          return Optional.empty();
        }
        if (!entries.isEmpty()) {
          wait = Duration.ofNanos(entries.getFirst().due - trial.time().nanoTime());
        }
        if (!wait.isPositive()) {
          taken = Optional.of(entries.removeFirst().email);
        } else {
          waiters.add(changed);
        }
      }
      if (taken.isPresent()) {
        trial.note("take " + ProcessingBench.name(taken.get().message()));
        delivery.pass();
        return taken;
      }
      try {
        trial.time().sleep(wait, CancellationToken.anyOf(cancel, changed.token()));
      } finally {
        synchronized (this) {
          waiters.remove(changed);
        }
      }
    }
  }

  @Override
  public List<QueuedEmail> shutDown() {
    return change(
        () -> {
          shutDown = true;
          var left = entries.stream().map(Entry::email).toList();
          entries.clear();
          return left;
        });
  }

  /** What was put back so far. */
  List<Retry> retries() {
    return List.copyOf(retries);
  }

  synchronized boolean wasWaitedFor() {
    return wasWaitedFor;
  }

  synchronized int size() {
    return entries.size();
  }

  private <T> T change(Supplier<T> change) {
    T result;
    Set<CancellationSource> toWake;
    synchronized (this) {
      result = change.get();
      toWake = Set.copyOf(waiters);
    }
    toWake.forEach(CancellationSource::cancel);
    return result;
  }
}
