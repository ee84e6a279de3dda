package workbook.proof.email;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;

/**
 * Right: a platform thread of its own instead of the base class, an outcome that is computed first
 * and acted upon afterwards, delays in decimals, a dead letter for each recipient.
 */
public final class ThreadProcessingService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(ThreadProcessingService.class);

  private final String name;
  private final EmailQueue queue;
  private final ServiceScopeFactory scopes;
  private final RetryPolicy policy;
  private final Undelivered undelivered;
  private final RandomGenerator random;
  private final CancellationSource stopping = new CancellationSource();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private @Nullable Thread thread; // guarded by this

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
  public ThreadProcessingService(
      String name,
      EmailQueue queue,
      ServiceScopeFactory scopes,
      RetryPolicy policy,
      Undelivered undelivered,
      RandomGenerator random) {
    this.name = Objects.requireNonNull(name, "name");
    this.queue = Objects.requireNonNull(queue, "queue");
    this.scopes = Objects.requireNonNull(scopes, "scopes");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.undelivered = Objects.requireNonNull(undelivered, "undelivered");
    this.random = Objects.requireNonNull(random, "random");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException(name + " runs already");
    }
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running == null) {
      return;
    }
    stopping.cancel();
    if (!deadline.join(running)) {
      running.interrupt();
      throw new TimeoutException(name + " was interrupted at its deadline");
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion;
  }

  private void run() {
    @Nullable QueuedEmail inHand = null;
    Throwable fault = null;
    try {
      while (true) {
        var next = queue.dequeue(stopping.token());
        if (next.isEmpty()) {
          break;
        }
        inHand = next.get();
        attempt(inHand);
        inHand = null;
      }
    } catch (InterruptedException e) {
      log.debug("{} was interrupted while it had nothing to do", name);
    } catch (Throwable e) {
      fault = e;
    }
    var left = new ArrayList<QueuedEmail>();
    if (inHand != null) {
      left.add(inHand);
    }
    left.addAll(queue.shutDown());
    left.forEach(email -> report(email.message(), () -> undelivered.unsent(email)));
    if (fault == null) {
      completion.complete(null);
    } else {
      log.error("{} ends: {}", name, fault.getClass().getName());
      completion.completeExceptionally(fault);
    }
  }

  private void attempt(QueuedEmail email) {
    var message = email.message();
    int attempts = email.attempts() + 1;
    var failure = send(message);
    if (failure == null) {
      log.info("{}: sent", message.messageId());
      return;
    }
    log.warn("{}: attempt {} failed", message.messageId(), attempts);
    var again = new ArrayList<Mailbox>();
    var dead = new ArrayList<Mailbox>();
    if (failure instanceof EmailException e) {
      (attempts >= policy.attempts() ? dead : again).addAll(e.retry());
      dead.addAll(e.refused());
    } else {
      dead.addAll(message.to());
    }
    for (var mailbox : dead) {
      log.error("{}: a recipient will not get it", message.messageId());
      var letter = new DeadLetter(message.only(List.of(mailbox)), attempts, failure);
      report(message, () -> undelivered.dead(letter));
    }
    if (!again.isEmpty()) {
      var next = new QueuedEmail(message.only(again), attempts);
      if (!queue.retry(next, delay(attempts))) {
        report(message, () -> undelivered.unsent(next));
      }
    }
  }

  private @Nullable Exception send(EmailMessage message) {
    try {
      var scope = scopes.createScope();
      try {
        scope.get(EmailService.class).send(message);
        return null;
      } catch (Exception e) {
        return e;
      } finally {
        try {
          scope.close();
        } catch (RuntimeException e) {
          log.error("cannot close: {}", e.getClass().getName()); // its words may hold an address
        }
      }
    } catch (RuntimeException e) {
      return e;
    }
  }

  private Duration delay(int attempts) {
    var doubled = BigDecimal.TWO.pow(attempts - 1).multiply(nanos(policy.first()));
    var full = doubled.min(nanos(policy.longest()));
    double kept = 1 - random.nextDouble(0, 1) * policy.jitter();
    var delay = full.multiply(BigDecimal.valueOf(kept)).setScale(0, RoundingMode.DOWN);
    return Duration.ofNanos(delay.longValueExact());
  }

  private static BigDecimal nanos(Duration duration) {
    return BigDecimal.valueOf(TimeUnit.NANOSECONDS.convert(duration));
  }

  private static void report(EmailMessage message, Runnable report) {
    log.warn("{}: reported", message.messageId());
    try {
      report.run();
    } catch (RuntimeException e) {
      log.error("{}: the report failed with {}", message.messageId(), e.getClass());
    }
  }
}
