package workbook.problems;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.SmtpServer;

/** The email queue of the .NET chapter, 19.9, line by line, with a library that really sends. */
final class DotNetEmails {

  /** What waits in the queue. */
  record Item(String to, String subject, String body) {}

  private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Session session;
  private volatile int done; // these two are written by the worker only
  private volatile int failed;

  DotNetEmails(SmtpServer server) {
    var properties = new Properties();
    properties.put("mail.smtp.host", "localhost");
    properties.put("mail.smtp.port", server.port());
    session = Session.getInstance(properties);
  }

  static void main() throws Exception {
    var busy = busy(1_000);
    System.out.printf(
        "busy:     1000 mails, 4 of 100 replies are 451: sent %d, lost %d%n", busy.sent, busy.lost);
    var silent = silent(20, Duration.ofMinutes(1));
    System.out.printf(
        "silent:   20 mails, no reply to DATA: after a minute sent %d, failed %d, waiting %d%n",
        silent.sent, silent.lost, silent.waiting);
    System.out.println("injected: one registration, recipients " + injected());
  }

  record Outcome(int sent, int lost, int waiting) {}

  static Outcome busy(int mails) throws InterruptedException {
    var random = new Random(19);
    try (var server = SmtpServer.start()) {
      server.script(
          (at, _) ->
              at == At.TEXT || at == At.QUIT || random.nextDouble() > 0.04
                  ? Optional.empty()
                  : Optional.of(new Fault.Reply("451 4.3.0 not now")));
      var emails = new DotNetEmails(server);
      emails.startWith(mails);
      while (emails.done + emails.failed < mails) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return new Outcome(server.mails().size(), emails.failed, emails.queue.size());
    }
  }

  /** Looks so long after the server has fallen silent. */
  static Outcome silent(int mails, Duration after) throws InterruptedException {
    try (var server = SmtpServer.start().at(At.DATA, new Fault.Stall())) {
      var emails = new DotNetEmails(server);
      emails.startWith(mails);
      while (server.transcript().stream().noneMatch(line -> line.contains("DATA"))) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      TimeUnit.NANOSECONDS.sleep(after.toNanos());
      return new Outcome(emails.done, emails.failed, mails - emails.done - emails.failed);
    }
  }

  static List<String> injected() throws MessagingException {
    try (var server = SmtpServer.start()) {
      var emails = new DotNetEmails(server);
      emails.send(new Item("ann@example.com, eve@example.org", "Welcome!", "Hello"));
      return server.mails().getFirst().to();
    }
  }

  private void startWith(int mails) {
    for (int n = 1; n <= mails; n++) {
      queue.add(new Item("u" + n + "@example.com", "Welcome!", "Hello"));
    }
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                execute();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  // region loop
  void execute() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      var item = queue.take();
      try {
        send(item);
        done++;
      } catch (Exception e) {
        failed++; // the chapter logs "Error processing email." here
      }
    }
  }

  private void send(Item item) throws MessagingException {
    var mail = new MimeMessage(session);
    mail.setFrom("workbook@example.com");
    mail.setRecipients(RecipientType.TO, InternetAddress.parse(item.to));
    mail.setSubject(item.subject);
    mail.setText(item.body);
    Transport.send(mail);
  }
  // endregion
}
