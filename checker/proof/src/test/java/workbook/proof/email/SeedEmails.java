package workbook.proof.email;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.SmtpServer;

/** The email queue of the .NET chapter, line by line, with a library that really sends. */
final class SeedEmails {

  /** What waits in the queue. */
  record Item(String to, String subject, String body) {}

  private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Session session;
  private volatile int done; // these two are written by the worker only
  private volatile int failed;

  SeedEmails(SmtpServer server) {
    var properties = new Properties();
    properties.put("mail.smtp.host", "localhost");
    properties.put("mail.smtp.port", server.port());
    session = Session.getInstance(properties);
  }

  static void main() throws Exception {
    flaky();
    silent();
    injected();
    System.exit(0); // a worker waits for ever
  }

  private static void flaky() throws Exception {
    var random = new Random(19);
    try (var server = SmtpServer.start()) {
      server.script(
          (at, _) ->
              at == At.TEXT || at == At.QUIT || random.nextDouble() > 0.04
                  ? Optional.empty()
                  : Optional.of(new Fault.Reply("451 4.3.0 not now")));
      var seed = new SeedEmails(server);
      start(seed);
      for (int n = 1; n <= 1_000; n++) {
        seed.queue.add(new Item("u" + n + "@example.com", "Welcome!", "Hello"));
      }
      while (seed.done + seed.failed < 1_000) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      System.out.printf(
          "busy:     1000 mails, 4 of 100 replies are 451: sent %d, lost %d%n",
          server.mails().size(), seed.failed);
    }
  }

  private static void silent() throws Exception {
    var server = SmtpServer.start().at(At.DATA, new Fault.Stall());
    var seed = new SeedEmails(server);
    start(seed);
    for (int n = 1; n <= 20; n++) {
      seed.queue.add(new Item("u" + n + "@example.com", "Welcome!", "Hello"));
    }
    TimeUnit.SECONDS.sleep(60);
    System.out.printf(
        "silent:   20 mails, no reply to DATA: after a minute sent %d, failed %d, waiting %d%n",
        seed.done, seed.failed, 1 + seed.queue.size());
  }

  private static void injected() throws Exception {
    try (var server = SmtpServer.start()) {
      var seed = new SeedEmails(server);
      seed.send(new Item("ann@example.com, eve@example.org", "Welcome!", "Hello"));
      System.out.println(
          "injected: one registration, recipients " + server.mails().getFirst().to());
    }
  }

  private static void start(SeedEmails seed) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                seed.execute();
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
