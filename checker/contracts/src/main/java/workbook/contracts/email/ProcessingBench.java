package workbook.contracts.email;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceStarts;
import workbook.contracts.shared.Stopper;
import workbook.email.DeadLetter;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailService;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;
import workbook.email.Undelivered;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScope;
import workbook.hosting.ServiceScopeFactory;

/** A processing service under test, with a queue, scopes and a sender that do as a rule says. */
final class ProcessingBench implements ServiceScopeFactory, Undelivered {

  static final String NAME = "emails";

  /** Five attempts: after 1, 2, 4 and then 5 s. */
  static final RetryPolicy POLICY =
      new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(5), 0);

  /** What the sender does with a mail. */
  @FunctionalInterface
  interface Sender {

    void send(EmailMessage message, int attempt) throws EmailException;
  }

  final Trial trial;
  final RecordingEmailQueue queue;
  final HostedService service;
  final List<EmailMessage> sent = new CopyOnWriteArrayList<>();
  final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
  final List<QueuedEmail> unsent = new CopyOnWriteArrayList<>();
  final List<String> scopes = Collections.synchronizedList(new ArrayList<>());
  final List<EmailMessage> tried = new CopyOnWriteArrayList<>();

  private final Map<String, Integer> warningsBefore = new ConcurrentHashMap<>();
  private final Sender sender;
  private final AtomicInteger opened = new AtomicInteger();
  private volatile Runnable atCreate = () -> {};
  private volatile Runnable atClose = () -> {};
  private volatile Runnable atReport = () -> {};
  private volatile int withoutSender; // the number of a scope; 0 for none

  ProcessingBench(Trial trial, Sender sender, Function<ProcessingBench, HostedService> factory) {
    this.trial = trial;
    this.sender = sender;
    this.queue = new RecordingEmailQueue(trial);
    this.service = trial.subject(factory.apply(this));
    trial.afterwards(queue::shutDown);
  }

  /**
   * Does something when a scope is to be opened, when one is closed, when something is reported.
   */
  ProcessingBench failing(Runnable atCreate, Runnable atClose, Runnable atReport) {
    this.atCreate = atCreate;
    this.atClose = atClose;
    this.atReport = atReport;
    return this;
  }

  /** Lets one scope know no EmailService. */
  ProcessingBench withoutSender(int scope) {
    withoutSender = scope;
    return this;
  }

  static EmailMessage mail(String name, Mailbox... to) {
    var all = to.length == 0 ? List.of(SmtpBench.ANN) : Arrays.asList(to);
    return new EmailMessage(
        "<" + name + "@workbook.example>", all, "a delicate subject", "a delicate text");
  }

  static String name(EmailMessage message) {
    return message.messageId().replaceAll("^<|@.*", "");
  }

  static EmailException notNow(Mailbox... to) {
    return new EmailException(
        "mx replied 451", List.of(to), List.of(), new IllegalStateException("451 ann@example.com"));
  }

  static EmailException never(Mailbox... to) {
    return new EmailException(
        "mx replied 550", List.of(), List.of(to), new IllegalStateException("550 ann@example.com"));
  }

  ProcessingBench start() {
    ServiceStarts.first(trial, service);
    trial.expectSoon(
        "somebody takes from the queue", queue::wasWaitedFor, () -> "nobody takes from it");
    trial.settle();
    return this;
  }

  void enqueue(String... names) {
    enqueue(Arrays.stream(names).map(name -> mail(name)).toArray(EmailMessage[]::new));
  }

  void enqueue(EmailMessage... messages) {
    queue.enqueue(List.of(messages));
    trial.settle();
  }

  Caller<Object> stop() {
    return new Stopper(trial, service).stop();
  }

  /** Expects which mails were sent, given up, and left, each in order. */
  void expectEnds(String when, List<String> sent, List<String> dead, List<String> unsent) {
    trial.settle();
    trial.expect(when + ", sent: " + Trial.describe(sent), names(this.sent), sent);
    trial.expect(
        when + ", dead letters: " + Trial.describe(dead),
        this.dead.stream().map(d -> name(d.message()) + " after " + d.attempts()).toList(),
        dead);
    trial.expect(
        when + ", reported as unsent: " + Trial.describe(unsent),
        this.unsent.stream().map(u -> name(u.message()) + " after " + u.attempts()).toList(),
        unsent);
  }

  void expectTried(String when, String... names) {
    var wanted = List.of(names);
    var expected = when + ", tried: " + String.join(", ", names);
    trial.expectSoon(
        expected, () -> tried.size() >= wanted.size(), () -> Trial.describe(names(tried)));
    trial.settle();
    trial.expect(expected, names(tried), wanted);
  }

  /** The names of those to whom a mail is. */
  static String to(List<Mailbox> mailboxes) {
    return String.join(
        " ", mailboxes.stream().map(m -> m.address().replaceAll("@.*", "")).toList());
  }

  static List<String> names(List<EmailMessage> messages) {
    return messages.stream().map(ProcessingBench::name).toList();
  }

  @Override
  public ServiceScope createScope() {
    atCreate.run();
    return new Scope(opened.incrementAndGet());
  }

  @Override
  public void dead(DeadLetter letter) {
    trial.note(name(letter.message()) + " is a dead letter");
    dead.add(letter);
    report(letter.message());
  }

  @Override
  public void unsent(QueuedEmail email) {
    trial.note(name(email.message()) + " is reported as unsent");
    unsent.add(email);
    report(email.message());
  }

  private void report(EmailMessage message) {
    warningsBefore.put(name(message), trial.log().at(Level.WARN).size());
    atReport.run();
  }

  /** The warnings and errors that were logged after a mail was reported. */
  List<String> warningsAfterReport(String name) {
    var warnings = trial.log().at(Level.WARN);
    return warnings.subList(warningsBefore.getOrDefault(name, warnings.size()), warnings.size());
  }

  /** A scope that writes down what is done with it. */
  private final class Scope implements ServiceScope {

    private final int number;
    private volatile boolean closed;

    Scope(int number) {
      this.number = number;
      scopes.add("open " + number);
    }

    @Override
    public <T> T get(Class<T> type) {
      if (closed) {
        throw new IllegalStateException("the scope is closed");
      }
      if (type != EmailService.class || number == withoutSender) {
        throw new IllegalArgumentException("no service is registered as " + type.getName());
      }
      return type.cast((EmailService) this::send);
    }

    private void send(EmailMessage message) throws EmailException {
      scopes.add("send " + name(message) + " in " + number + (closed ? ", which is closed" : ""));
      trial.note("send " + name(message));
      tried.add(message);
      int attempt = (int) tried.stream().filter(m -> name(m).equals(name(message))).count();
      sender.send(message, attempt);
      sent.add(message);
      trial.note(name(message) + " sent");
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        scopes.add("close " + number);
        atClose.run();
      }
    }
  }
}
