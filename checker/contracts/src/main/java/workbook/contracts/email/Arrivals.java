package workbook.contracts.email;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.Mail;
import workbook.email.EmailMessage;
import workbook.email.Mailbox;

/** A mail that arrives as it was made. */
final class Arrivals {

  private Arrivals() {}

  static void asItWasMade(Trial trial, SmtpEmailServiceContract contract)
      throws MessagingException {
    trial.setUp(
        "a server that accepts everything; one mail to Ann and Bob, sent now and an hour later");
    var bench = contract.bench(trial);
    var server = bench.server();
    var message = SmtpBench.mail(new Mailbox("Ann", "ann@example.com"), SmtpBench.BOB);
    var service = bench.service(SmtpBench.plain(server, SmtpBench.LONG));
    for (var time : List.of("first", "second")) {
      int before = server.mails().size();
      var sending = bench.send(server, service, message);
      sending.expectSent("the " + time + " time, send returns");
      var mails = server.mails().subList(before, server.mails().size());
      var got = new ArrayList<String>();
      mails.forEach(mail -> got.addAll(mail.to()));
      got.sort(null);
      sending.expectThat(
          "when send returns, the server has accepted the mail for both, once each",
          got.equals(List.of("ann@example.com", "bob@example.com")),
          "it accepted mail for: " + Trial.describe(got));
      for (var mail : mails) {
        trial.lookAt("mail.smtp.from", "send");
        trial.expect(
            "MAIL FROM names " + SmtpBench.FROM.address(), mail.from(), SmtpBench.FROM.address());
        trial.lookAt();
        trial.expect("the Message-ID is the one given", mail.messageId(), message.messageId());
        expectHeaders(trial, mail);
      }
      trial.time().shiftWallClock(Duration.ofHours(1));
    }
    inManyLines(trial, bench);
    longId(trial, bench);
  }

  private static void inManyLines(Trial trial, SmtpBench bench) {
    trial.setUp("a server whose replies have three lines each, with TLS and a login");
    var server = bench.secureServer().inManyLines();
    var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
    bench
        .send(server, settings, SmtpBench.mail(SmtpBench.ANN))
        .expectSent("each reply has three lines, and send returns");
    trial.expect("the server has accepted one mail", server.mails().size(), 1);
  }

  private static void longId(Trial trial, SmtpBench bench) {
    trial.setUp("a mail with a Message-ID of 900 characters");
    var server = bench.server();
    var id = "<" + "i".repeat(881) + "@workbook.example>";
    var mail = new EmailMessage(id, List.of(SmtpBench.ANN), "Hello", "Hello");
    bench.send(server, mail).expectSent("send returns");
    trial.expectThat(
        "the Message-ID is the one given",
        server.mails().getLast().messageId().equals(id),
        "it is another");
  }

  private static void expectHeaders(Trial trial, Mail mail) throws MessagingException {
    var read = mail.read();
    var from = read.getFrom();
    trial.expect(
        "the From field has the address of the settings' from",
        from == null ? "missing" : String.join(", ", addresses(from)),
        SmtpBench.FROM.address());
    trial.expect(
        "the From field has the name of the settings' from",
        String.valueOf(((InternetAddress) from[0]).getPersonal()),
        SmtpBench.FROM.name());
    var to = read.getRecipients(RecipientType.TO);
    trial.expectThat(
        "the To field names every recipient",
        to != null && addresses(to).containsAll(mail.to()),
        to == null ? "missing" : String.join(", ", addresses(to)));
    var date = read.getSentDate();
    var now = trial.time().now().truncatedTo(ChronoUnit.SECONDS).toString();
    trial.expect(
        "the Date field is the time of the clock, " + now,
        date == null ? "missing" : date.toInstant().toString(),
        now);
  }

  static List<String> addresses(jakarta.mail.Address[] addresses) {
    return Arrays.stream(addresses).map(a -> ((InternetAddress) a).getAddress()).toList();
  }

  static void fromTwoServices(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp("two services: one in the open, one with TLS and a login; two mails each, in turn");
    var bench = contract.bench(trial);
    var first = bench.server();
    var second = bench.secureServer();
    var one = bench.service(SmtpBench.from(first.port(), Mailbox.of("one@example.com")));
    var other = bench.service(SmtpBench.secure(second, Optional.of(SmtpBench.LOGIN)));
    for (int n = 1; n <= 2; n++) {
      bench
          .send(first, one, SmtpBench.mail(SmtpBench.ANN))
          .expectSent("mail " + n + " of the first service is sent");
      bench
          .send(second, other, SmtpBench.mail(SmtpBench.ANN))
          .expectSent("mail " + n + " of the second is sent");
    }
    var froms = new ArrayList<String>();
    first.mails().forEach(mail -> froms.add("first from " + mail.from()));
    second.mails().forEach(mail -> froms.add("second from " + mail.from()));
    trial.expect(
        "each server gets two mails, from its own sender",
        froms,
        List.of(
            "first from one@example.com",
            "first from one@example.com",
            "second from workbook@example.com",
            "second from workbook@example.com"));
    trial.expect(
        "how often the first server hears AUTH or STARTTLS: 0",
        first.transcript().stream().filter(line -> line.matches("C: (AUTH|STARTTLS).*")).count(),
        0L);
    trial.setUp("a server that says nothing at MAIL; meanwhile, another service sends a mail");
    var silent = bench.server().at(At.MAIL, new Fault.Stall());
    var timeouts = SmtpBench.timeouts(60_000, 60_000, 60_000);
    var waiting =
        bench.send(silent, SmtpBench.plain(silent, timeouts), SmtpBench.mail(SmtpBench.ANN));
    trial.expectSoon(
        "the silent server hears MAIL",
        () -> silent.transcript().stream().anyMatch(line -> line.startsWith("C: MAIL")),
        () -> "it does not");
    trial.lookAt("send");
    bench
        .send(first, one, SmtpBench.mail(SmtpBench.ANN))
        .expectSent("a mail over another server is sent meanwhile");
    silent.close();
    waiting.outcome("send ends when the silent server goes away");
  }
}
