package workbook.proof.email;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.email.DeadLetter;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.EmailService;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;
import workbook.email.Undelivered;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.ServiceScopeFactory;

/** Right: each attempt has a platform thread of its own, which nobody has told the checker of. */
public final class AttemptThreadService extends BackgroundService {

  private static final Logger log = LoggerFactory.getLogger(AttemptThreadService.class);

  private final EmailQueue queue;
  private final ServiceScopeFactory scopes;
  private final RetryPolicy policy;
  private final Undelivered undelivered;
  private final RandomGenerator random;

  /**
   * A service.
   *
   * @param name its name
   * @param queue where the mails come from
   * @param scopes where each attempt gets its sender
   * @param policy how often to try
   * @param undelivered told of what is not sent
   * @param random for the jitter
   */
  public AttemptThreadService(
      String name,
      EmailQueue queue,
      ServiceScopeFactory scopes,
      RetryPolicy policy,
      Undelivered undelivered,
      RandomGenerator random) {
    super(Objects.requireNonNull(name, "name"));
    this.queue = Objects.requireNonNull(queue, "queue");
    this.scopes = Objects.requireNonNull(scopes, "scopes");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.undelivered = Objects.requireNonNull(undelivered, "undelivered");
    this.random = Objects.requireNonNull(random, "random");
  }

  @Override
  protected void execute(CancellationToken stopping) throws InterruptedException {
    var threads = Thread.ofPlatform().name("attempt-", 1).factory();
    try (var attempts = Executors.newThreadPerTaskExecutor(threads)) {
      for (var next = queue.dequeue(stopping); next.isPresent(); next = queue.dequeue(stopping)) {
        handle(next.get(), attempts);
      }
    } finally {
      queue.shutDown().forEach(this::unsent);
    }
  }

  private void handle(QueuedEmail email, ExecutorService attempts) throws InterruptedException {
    var message = email.message();
    int n = email.attempts() + 1;
    var attempt =
        attempts.submit(
            () -> {
              send(message);
              return message;
            });
    try {
      attempt.get();
      log.info("{} sent", message);
    } catch (InterruptedException e) {
      attempt.cancel(true);
      unsent(new QueuedEmail(message, n));
      throw e;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Error error -> {
          unsent(new QueuedEmail(message, n));
          throw error;
        }
        case EmailException failure ->
            failed(message, n, failure, failure.retry(), failure.refused());
        case Exception failure -> failed(message, n, failure, List.of(), message.to());
        case null, default -> throw new AssertionError(e);
      }
    }
  }

  private void send(EmailMessage message) throws Exception {
    var scope = scopes.createScope();
    try {
      scope.get(EmailService.class).send(message);
    } finally {
      try {
        scope.close();
      } catch (Exception e) {
        log.warn("{}: its scope did not close", message);
      }
    }
  }

  private void failed(
      EmailMessage message, int n, Exception cause, List<Mailbox> retry, List<Mailbox> refused) {
    log.warn("{} was not sent at attempt {}", message, n);
    boolean last = n == policy.attempts();
    Set<Mailbox> lost = new HashSet<>(refused);
    if (last) {
      lost.addAll(retry);
    }
    if (!lost.isEmpty()) {
      var to = message.to().stream().filter(lost::contains).toList();
      dead(new DeadLetter(message.only(to), n, cause));
    }
    if (!last && !retry.isEmpty()) {
      var again = new QueuedEmail(message.only(retry), n);
      if (!queue.retry(again, delay(n))) {
        unsent(again);
      }
    }
  }

  private void dead(DeadLetter letter) {
    log.error("{} is given up", letter.message());
    try {
      undelivered.dead(letter);
    } catch (RuntimeException e) {
      log.error("{} could not be reported: {}", letter.message(), e.getClass());
    }
  }

  private void unsent(QueuedEmail email) {
    try {
      undelivered.unsent(email);
    } catch (RuntimeException e) {
      log.error("{} could not be reported: {}", email.message(), e.getClass());
    }
  }

  private Duration delay(int n) {
    var full =
        Stream.iterate(policy.first(), this::doubled)
            .skip(n - 1)
            .findFirst()
            .map(d -> shorter(d, policy.longest()))
            .orElseThrow();
    long most = Math.min(TimeUnit.NANOSECONDS.convert(full), Long.MAX_VALUE - 1);
    long least = (long) (most * (1 - policy.jitter()));
    return Duration.ofNanos(least >= most ? most : random.nextLong(least, most + 1));
  }

  private Duration doubled(Duration delay) {
    var half = policy.longest().dividedBy(2);
    return delay.compareTo(half) > 0 ? policy.longest() : delay.plus(delay);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
