package workbook.proof.email;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.email.DeadLetter;
import workbook.email.EmailException;
import workbook.email.EmailQueue;
import workbook.email.EmailService;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;
import workbook.email.Undelivered;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.ServiceScopeFactory;

/**
 * Right: outcomes as values of a sealed type, the scope closed by try-with-resources around a
 * wrapper that cannot fail, delays from a table made beforehand.
 */
public final class OutcomeProcessingService extends BackgroundService {

  private static final Logger log = LoggerFactory.getLogger(OutcomeProcessingService.class);

  private final EmailQueue queue;
  private final ServiceScopeFactory scopes;
  private final RetryPolicy policy;
  private final Undelivered undelivered;
  private final RandomGenerator random;
  private final long[] delays;

  private sealed interface Outcome {}

  private record Sent() implements Outcome {}

  private record Failed(EmailException cause) implements Outcome {}

  private record Impossible(Exception cause) implements Outcome {}

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
  public OutcomeProcessingService(
      String name,
      EmailQueue queue,
      ServiceScopeFactory scopes,
      RetryPolicy policy,
      Undelivered undelivered,
      RandomGenerator random) {
    super(name);
    this.queue = Objects.requireNonNull(queue, "queue");
    this.scopes = Objects.requireNonNull(scopes, "scopes");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.undelivered = Objects.requireNonNull(undelivered, "undelivered");
    this.random = Objects.requireNonNull(random, "random");
    delays = new long[policy.attempts()];
    long longest = nanos(policy.longest());
    long delay = nanos(policy.first());
    for (int n = 0; n < delays.length; n++) {
      delays[n] = delay;
      delay = delay > longest / 2 ? longest : delay * 2;
    }
  }

  private static long nanos(Duration delay) {
    return Math.min(TimeUnit.NANOSECONDS.convert(delay), Long.MAX_VALUE / 2);
  }

  @Override
  protected void execute(CancellationToken stopping) throws Exception {
    Optional<QueuedEmail> next = Optional.empty();
    try {
      do {
        next = queue.dequeue(stopping);
        next.ifPresent(this::handle);
      } while (next.isPresent());
    } catch (Error e) {
      next.ifPresent(this::unsent);
      throw e;
    } finally {
      for (var left : queue.shutDown()) {
        unsent(left);
      }
    }
  }

  private void handle(QueuedEmail email) {
    var id = email.message().messageId();
    int attempts = email.attempts() + 1;
    switch (outcome(email)) {
      case Sent() -> log.info("{} is on its way", id);
      case Impossible(var cause) -> {
        log.warn("{} is impossible", id);
        dead(email, email.message().to(), attempts, cause);
      }
      case Failed(var cause) -> {
        log.warn("{} failed, for {} of {}", id, count(cause), email.message().to().size());
        dead(email, cause.refused(), attempts, cause);
        if (attempts == policy.attempts()) {
          dead(email, cause.retry(), attempts, cause);
        } else if (!cause.retry().isEmpty()) {
          again(new QueuedEmail(email.message().only(cause.retry()), attempts));
        }
      }
    }
  }

  private static int count(EmailException cause) {
    return cause.retry().size() + cause.refused().size();
  }

  private Outcome outcome(QueuedEmail email) {
    try {
      var scope = scopes.createScope();
      AutoCloseable quietly =
          () -> {
            try {
              scope.close();
            } catch (RuntimeException e) {
              log.warn("scope", e);
            }
          };
      try (quietly) {
        scope.get(EmailService.class).send(email.message());
        return new Sent();
      }
    } catch (EmailException e) {
      return new Failed(e);
    } catch (Exception e) {
      return new Impossible(e);
    }
  }

  private void again(QueuedEmail email) {
    long full = delays[email.attempts() - 1];
    long least = full - (long) (policy.jitter() * full);
    long nanos = least == full ? full : random.nextLong(least, full + 1);
    if (!queue.retry(email, Duration.ofNanos(nanos))) {
      unsent(email);
    }
  }

  private void dead(QueuedEmail email, List<Mailbox> to, int attempts, Exception cause) {
    if (to.isEmpty()) {
      return;
    }
    try {
      undelivered.dead(new DeadLetter(email.message().only(to), attempts, cause));
    } catch (RuntimeException e) {
      log.error("{} cannot be reported", email.message().messageId());
    }
    log.error("{} is dead", email.message().messageId());
  }

  private void unsent(QueuedEmail email) {
    try {
      undelivered.unsent(email);
    } catch (RuntimeException e) {
      log.error("{} cannot be reported", email.message().messageId());
    }
  }
}
