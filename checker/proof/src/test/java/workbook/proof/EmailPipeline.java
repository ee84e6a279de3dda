package workbook.proof;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.SmtpServer;
import workbook.email.DeadLetter;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.EmailScopes;
import workbook.email.EmailService;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;
import workbook.email.SmtpSettings;
import workbook.email.SmtpSettings.Credentials;
import workbook.email.SmtpSettings.Security;
import workbook.email.SmtpSettings.Timeouts;
import workbook.email.Undelivered;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

/** The three parts of module 05's solution, put together over real SMTP and in real time. */
final class EmailPipeline implements Undelivered {

  static final Credentials LOGIN = new Credentials("mailer", "open sesame 7");

  private static final Class<?> SENDER = type("SmtpEmailService");
  private static final Class<?> QUEUE = type("DelayedEmailQueue");
  private static final Class<?> SERVICE = type("EmailProcessingService");

  final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
  final List<QueuedEmail> unsent = new CopyOnWriteArrayList<>();
  final AtomicInteger attempts = new AtomicInteger();
  private final EmailQueue queue;
  private final HostedService service;
  private final CountDownLatch open;

  /** Each attempt is made with the settings for its number, which begins with 1. */
  EmailPipeline(IntFunction<SmtpSettings> settings, RetryPolicy policy, int mails)
      throws Exception {
    var time = TimeSource.system();
    open = new CountDownLatch(mails);
    queue = (EmailQueue) QUEUE.getConstructor(int.class, TimeSource.class).newInstance(mails, time);
    var scopes =
        new EmailScopes(
            () -> {
              var sender = sender(settings.apply(attempts.incrementAndGet()));
              return message -> {
                sender.send(message);
                open.countDown();
              };
            });
    service =
        (HostedService)
            SERVICE
                .getConstructor(
                    String.class,
                    EmailQueue.class,
                    ServiceScopeFactory.class,
                    RetryPolicy.class,
                    Undelivered.class,
                    RandomGenerator.class)
                .newInstance("emails", queue, scopes, policy, this, new Random(5));
    service.start();
  }

  private static Class<?> type(String name) {
    return Loaded.CLASSES.stream()
        .filter(type -> type.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** All from one loader. */
  private static final class Loaded {

    static final List<Class<?>> CLASSES = Workshop.of("solutions/05-email").compile().all();
  }

  static EmailService sender(SmtpSettings settings) {
    try {
      return (EmailService)
          SENDER
              .getConstructor(SmtpSettings.class, TimeSource.class)
              .newInstance(settings, TimeSource.system());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  static SmtpSettings settings(SmtpServer server, boolean secure, Timeouts timeouts) {
    return new SmtpSettings(
        "localhost",
        server.port(),
        secure ? Security.STARTTLS : Security.NONE,
        secure ? Optional.of(LOGIN) : Optional.empty(),
        Mailbox.of("workbook@example.com"),
        timeouts,
        Certificates.trusted());
  }

  void send(EmailMessage message) {
    if (!queue.enqueue(message)) {
      throw new AssertionError("the queue is full");
    }
  }

  /** Waits until each mail is sent or dead, and stops. */
  void finish() throws Exception {
    boolean done = open.await(60, TimeUnit.SECONDS);
    service.stop(Deadline.after(Duration.ofSeconds(10), TimeSource.system()));
    if (!done) {
      throw new AssertionError(open.getCount() + " mails have had no end");
    }
  }

  @Override
  public void dead(DeadLetter letter) {
    dead.add(letter);
    open.countDown();
  }

  @Override
  public void unsent(QueuedEmail email) {
    unsent.add(email);
  }
}
