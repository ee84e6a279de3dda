package workbook.contracts.email;

import java.time.Duration;
import java.util.List;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.hosting.CancellationToken;

/** A queue under test, and threads that put mails in and take them out. */
final class EmailQueueBench {

  final EmailQueue subject;
  private final Trial trial;

  EmailQueueBench(Trial trial, EmailQueue queue) {
    this.trial = trial;
    this.subject = trial.subject(queue);
    trial.afterwards(queue::shutDown);
  }

  static EmailMessage mail(String name) {
    return new EmailMessage(
        "<" + name + "@workbook.example>", List.of(Mailbox.of("ann@example.com")), name, "");
  }

  static String name(QueuedEmail email) {
    return email.message().subject() + " after " + email.attempts();
  }

  boolean put(String name) {
    var producer =
        trial.start(
            "producer",
            () -> {
              boolean accepted = subject.enqueue(mail(name));
              trial.note("enqueue " + name + (accepted ? ": accepted" : ": refused"));
              return accepted;
            });
    return trial.expectReturn("enqueue answers at once, true or false", producer);
  }

  boolean again(String name, int attempts, long delayMillis) {
    return retry(name, attempts, Duration.ofMillis(delayMillis));
  }

  boolean retry(String name, int attempts, Duration delay) {
    var worker =
        trial.start(
            "worker",
            () -> {
              boolean accepted = subject.retry(new QueuedEmail(mail(name), attempts), delay);
              trial.note(
                  "retry " + name + " in " + delay + (accepted ? ": accepted" : ": refused"));
              return accepted;
            });
    return trial.expectReturn("retry answers at once, true or false", worker);
  }

  Caller<String> taker(String name, CancellationToken token) {
    return trial.start(
        name,
        () -> {
          var taken = subject.dequeue(token).map(EmailQueueBench::name).orElse("nothing");
          trial.note(name + " got " + taken);
          return taken;
        });
  }

  String take(String expected) {
    return trial.expectReturn(expected, taker("taker", CancellationToken.none()));
  }

  List<String> shutDown() {
    var caller =
        trial.start(
            "caller",
            () -> {
              trial.note("shut down");
              return subject.shutDown().stream().map(EmailQueueBench::name).toList();
            });
    return trial.expectReturn("shutDown returns", caller);
  }
}
