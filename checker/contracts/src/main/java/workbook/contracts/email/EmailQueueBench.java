package workbook.contracts.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.contracts.shared.QueueCalls;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;

/** A queue under test, and threads that put mails in and take them out. */
final class EmailQueueBench {

  final EmailQueue subject;
  final QueueCalls calls;
  private final Trial trial;

  EmailQueueBench(Trial trial, EmailQueue queue) {
    this.trial = trial;
    this.subject = trial.subject(queue);
    this.calls =
        new QueueCalls(
            trial,
            name -> queue.enqueue(mail(name)),
            cancel -> queue.dequeue(cancel).map(EmailQueueBench::name),
            queue::shutDown);
    trial.afterwards(queue::shutDown);
  }

  static EmailMessage mail(String name) {
    return new EmailMessage(
        "<" + name + "@workbook.example>", List.of(Mailbox.of("ann@example.com")), name, "");
  }

  /** A mail as findings show it: with the number of its attempts, if it was tried. */
  static String name(QueuedEmail email) {
    var subject = email.message().subject();
    return email.attempts() == 0 ? subject : subject + " after " + email.attempts();
  }

  String again(String name, int attempts, long delayMillis) {
    return retry(name, attempts, Duration.ofMillis(delayMillis));
  }

  String retry(String name, int attempts, Duration delay) {
    var worker =
        trial.start(
            "worker",
            () -> {
              boolean accepted = subject.retry(new QueuedEmail(mail(name), attempts), delay);
              var answer = accepted ? "accepted" : "refused";
              trial.note("retry " + name + " in " + delay + ": " + answer);
              return answer;
            });
    return trial.expectReturn("retry answers at once, true or false", worker);
  }

  List<String> shutDown() {
    var caller =
        trial.start(
            "caller",
            () -> {
              trial.note("shut down");
              return new ArrayList<>(
                  subject.shutDown().stream().map(EmailQueueBench::name).toList());
            });
    return trial.expectReturn("shutDown returns", caller);
  }
}
