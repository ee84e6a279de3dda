package workbook.email;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.ServiceScope;
import workbook.hosting.ServiceScopeFactory;

/**
 * A service that takes mails from a queue and sends them, one after the other, each attempt with an
 * {@link EmailService} from a scope of its own.
 *
 * <p><b>Failures.</b> For the recipients who may be tried again, the mail goes back into the queue
 * with the delay that the policy says; meanwhile the next mail goes ahead. For those who are
 * refused for good, or were tried as often as the policy allows, it becomes a dead letter. So does,
 * after one attempt, a mail whose attempt throws an exception other than {@link EmailException}. A
 * failure to close a scope is logged and does not change the outcome of the mail. An exception of
 * {@link Undelivered} is logged, too. An Error ends the service; its mail counts as unsent.
 *
 * <p><b>Stopping.</b> The attempt in progress comes to its end, and no other begins. When the
 * service ends, for whatever reason, it shuts the queue down and reports every mail that is left as
 * unsent. At the deadline the attempt is interrupted; its mail is left, too.
 *
 * <p><b>Every accepted mail</b> ends in exactly one way for each recipient: sent, dead, or unsent.
 *
 * <p><b>Log.</b> Each attempt is logged with the Message-ID: a sent mail at INFO, a failure at
 * WARN, a dead letter at ERROR. No address, subject or text is logged, nor a part of one, nor any
 * exception that might contain one: the cause is in the dead letter.
 */
public final class EmailProcessingService extends BackgroundService {

  private static final Logger log = LoggerFactory.getLogger(EmailProcessingService.class);

  private final EmailQueue queue;
  private final ServiceScopeFactory scopes;
  private final RetryPolicy policy;
  private final Undelivered undelivered;
  private final RandomGenerator random;

  /**
   * A service that has not been started.
   *
   * @param name the name of the service
   * @param queue where the mails come from; shut down when the service ends
   * @param scopes where each attempt gets its {@link EmailService}
   * @param policy how often to try, and how long to wait in between
   * @param undelivered told of what is not sent
   * @param random where the jitter comes from
   * @throws NullPointerException if an argument is null; the message names it
   */
  public EmailProcessingService(
      String name,
      EmailQueue queue,
      ServiceScopeFactory scopes,
      RetryPolicy policy,
      Undelivered undelivered,
      RandomGenerator random) {
    super(name);
    this.queue = Objects.requireNonNull(queue, "queue");
    this.scopes = Objects.requireNonNull(scopes, "scopes");
    this.policy = measurable(Objects.requireNonNull(policy, "policy"));
    this.undelivered = Objects.requireNonNull(undelivered, "undelivered");
    this.random = Objects.requireNonNull(random, "random");
  }

  @Override
  protected void execute(CancellationToken stopping) throws InterruptedException {
    try {
      for (var email = queue.dequeue(stopping);
          email.isPresent();
          email = queue.dequeue(stopping)) {
        attempt(email.get());
      }
    } finally {
      queue.shutDown().forEach(this::unsent);
    }
  }

  private void attempt(QueuedEmail email) {
    var message = email.message();
    int attempts = email.attempts() + 1;
    try {
      sendInScope(message);
      log.info("{} sent, attempt {}", message, attempts);
    } catch (EmailException e) {
      log.warn("{} not sent, attempt {}: {}", message, attempts, e.getMessage());
      failed(message, attempts, e);
    } catch (Exception e) {
      log.warn("{} not sent, attempt {}: {}", message, attempts, e.getClass().getName());
      dead(message, attempts, e);
    } catch (Error e) {
      unsent(email);
      throw e;
    }
  }

  private void sendInScope(EmailMessage message) throws EmailException {
    var scope = scopes.createScope();
    try {
      scope.get(EmailService.class).send(message);
    } finally {
      close(scope); // not by try-with-resources: a failure here must not become the mail's
    }
  }

  private static void close(ServiceScope scope) {
    try {
      scope.close();
    } catch (RuntimeException e) {
      log.warn("a scope could not be closed: {}", e.getClass().getName()); // no words of others
    }
  }

  private void failed(EmailMessage message, int attempts, EmailException e) {
    boolean again = attempts < policy.attempts();
    if (again && !e.retry().isEmpty()) {
      var email = new QueuedEmail(message.only(e.retry()), attempts);
      if (!queue.retry(email, delay(attempts))) {
        unsent(email);
      }
    }
    var given = again ? e.refused() : message.to().stream().filter(to -> has(e, to)).toList();
    if (!given.isEmpty()) {
      dead(message.only(given), attempts, e);
    }
  }

  private static boolean has(EmailException e, Mailbox to) {
    return e.retry().contains(to) || e.refused().contains(to);
  }

  // What a policy may say can be more than nanoseconds, or twice a Duration, can hold.
  private static RetryPolicy measurable(RetryPolicy policy) {
    var most = Duration.ofDays(36_500);
    var first = Collections.min(List.of(policy.first(), most));
    var longest = Collections.min(List.of(policy.longest(), most));
    return new RetryPolicy(policy.attempts(), first, longest, policy.jitter());
  }

  private Duration delay(int attempts) {
    var full = policy.first();
    for (int n = 1; n < attempts && full.compareTo(policy.longest()) < 0; n++) {
      full = full.multipliedBy(2);
    }
    full = full.compareTo(policy.longest()) < 0 ? full : policy.longest();
    return full.minusNanos((long) (full.toNanos() * policy.jitter() * random.nextDouble()));
  }

  private void dead(EmailMessage message, int attempts, Exception cause) {
    log.error("{} given up after {} attempt(s)", message, attempts);
    tell(message, () -> undelivered.dead(new DeadLetter(message, attempts, cause)));
  }

  private void unsent(QueuedEmail email) {
    log.warn("{} is left unsent after {} attempt(s)", email.message(), email.attempts());
    tell(email.message(), () -> undelivered.unsent(email));
  }

  private static void tell(EmailMessage message, Runnable report) {
    try {
      report.run();
    } catch (RuntimeException e) {
      log.error("{} could not be reported: {}", message, e.getClass().getName());
    }
  }
}
