package workbook.contracts.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.Fault;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings.Credentials;

/** The rules of a service that sends over SMTP: here what it does not mix, tell or take. */
@Tag("step-1")
@Step(module = WorkbookModule.EMAIL, number = 1, type = "SmtpEmailService")
public abstract class SmtpEmailServiceContract extends SecurityRules {

  /** A contract is stateless. */
  protected SmtpEmailServiceContract() {}

  /** Settings are one service's own. */
  @Rule(
      number = "5.18",
      says = "Two services with different settings MUST NOT mix, side by side or in turn.",
      check =
          "Session.getDefaultInstance, which gives everyone the session of whoever came first;"
              + " static fields; system properties",
      lookAt = "<init>")
  void settings(Trial trial) {
    trial.setUp("two services: one in the open, one with TLS and a login; two mails each, in turn");
    var bench = bench(trial);
    var first = bench.server();
    var second =
        bench
            .server()
            .startTls(Certificates.GOOD)
            .login(SmtpBench.LOGIN.user(), SmtpBench.LOGIN.password());
    var one = bench.service(from(first.port(), Mailbox.of("one@example.com")));
    var other = bench.service(SmtpBench.secure(second, Optional.of(SmtpBench.LOGIN)));
    for (int n = 1; n <= 2; n++) {
      bench.send(first, one, mail()).expectSent("mail " + n + " of the first service is sent");
      bench.send(second, other, mail()).expectSent("mail " + n + " of the second is sent");
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
    trial.expectThat(
        "the first server hears of no login and no TLS",
        first.transcript().stream().noneMatch(line -> line.matches("C: (AUTH|STARTTLS).*")),
        "it does");
    trial.setUp("a server that says nothing at MAIL; meanwhile, another service sends a mail");
    var silent = bench.server().at(At.MAIL, new Fault.Stall());
    var timeouts = SmtpBench.timeouts(60_000, 60_000, 60_000);
    var waiting = bench.send(silent, SmtpBench.plain(silent, timeouts), mail());
    trial.expectSoon(
        "the silent server is told MAIL",
        () -> silent.transcript().stream().anyMatch(line -> line.startsWith("C: MAIL")),
        () -> "it is not");
    bench.send(first, one, mail()).expectSent("a mail over another server is sent meanwhile");
    silent.close();
    waiting.outcome("send ends when the silent server goes away");
  }

  /** A log is read by many. */
  @Rule(
      number = "5.19",
      says =
          "No address, no name, no text and no password MUST get into the log, the output or the"
              + " message of the exception.",
      check =
          "setDebug(true), which prints whole mails; the message of the EmailException: servers"
              + " like to repeat the address in their reply; log lines with the message, the"
              + " settings or a cause",
      lookAt = "send")
  void privacy(Trial trial) {
    trial.setUp(
        "a mail with telling parts, sent with a login: taken, refused at RCPT, login wrong");
    var bench = bench(trial);
    var login = new Credentials("mailer-4711", "open sesame 7");
    var to = new Mailbox("Anneliese", "anneliese@example.com");
    var message = SmtpBench.mail(List.of(to), "a delicate subject", "a delicate text");
    var messages = new ArrayList<String>();
    var printed = new ByteArrayOutputStream();
    var out = System.out;
    var err = System.err;
    var both = new PrintStream(printed, true, UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      var server = bench.server().startTls(Certificates.GOOD).login("mailer-4711", "open sesame 7");
      var settings = SmtpBench.secure(server, Optional.of(login));
      bench.send(server, settings, message).expectSent("send returns");
      server.at(At.RCPT, new Fault.Reply("550 5.1.1 <anneliese@example.com> is not known here"));
      var refused = bench.send(server, settings, message).expectRefused("RCPT is answered 550");
      messages.add(String.valueOf(refused.getMessage()));
      var wrong = bench.server().startTls(Certificates.GOOD).login("mailer-4711", "changed");
      var failed =
          bench
              .send(wrong, SmtpBench.secure(wrong, Optional.of(login)), message)
              .expectRefused("the login is answered 535");
      messages.add(String.valueOf(failed.getMessage()));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    var plain = "\0mailer-4711\0open sesame 7".getBytes(UTF_8);
    var secrets =
        List.of(
            "anneliese",
            "delicate",
            "open sesame",
            "b3BlbiBzZXNhbWUgNw",
            Base64.getEncoder().encodeToString(plain).substring(0, 30));
    expectNone(trial, "the log", String.join("\n", trial.log().everything(Level.TRACE)), secrets);
    expectNone(trial, "what is printed", printed.toString(UTF_8), secrets);
    var user = List.of("mailer-4711");
    expectNone(trial, "the message of the exception", String.join("\n", messages), secrets);
    expectNone(trial, "the message of the exception", String.join("\n", messages), user);
  }

  private static void expectNone(Trial trial, String where, String text, List<String> secrets) {
    for (var secret : secrets) {
      trial.expectThat(
          where + " has no address, no name, no text and no password",
          !text.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT)),
          "it has: " + secret);
    }
  }

  /** Whoever reads the message must know where to look. */
  @Rule(
      number = "5.20",
      says =
          "An EmailException MUST name the server as host:port and the code of its reply, if there"
              + " was one, and MUST have a cause where something was thrown.",
      check =
          "the message of the EmailException: host and port, and the code of the reply if there was"
              + " one; that the exception that was caught is its cause",
      lookAt = "send")
  void message(Trial trial) {
    trial.setUp("451 at the greeting, 535 at the login, 550 at RCPT, 552 at the dot; no server");
    var bench = bench(trial);
    record Case(At at, String reply) {}
    for (var fault :
        List.of(
            new Case(At.GREETING, "451 4.3.0 not now"),
            new Case(At.AUTH, "535 5.7.8 wrong"),
            new Case(At.RCPT, "550 5.1.1 unknown"),
            new Case(At.DOT, "552 5.3.4 too large"))) {
      var server = bench.server().startTls(Certificates.GOOD).login("mailer", "open sesame 7");
      server.at(fault.at, new Fault.Reply(fault.reply));
      var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
      var sending = bench.send(server, settings, mail());
      expectWords(sending, server.port(), fault.reply.substring(0, 3));
    }
    var nobody = bench.nobody();
    expectWords(bench.send(nobody, mail()), nobody.port(), "");
  }

  private static void expectWords(SmtpBench.Sending sending, int port, String code) {
    var words = code.isEmpty() ? "host:port" : "host:port and " + code;
    var e = sending.expectFailed("an EmailException whose message has " + words);
    var text = String.valueOf(e.getMessage());
    sending.expectThat(
        "the message has " + words,
        text.contains("localhost:" + port) && text.replace(String.valueOf(port), "").contains(code),
        "it is: " + text.replace(":" + port, ":PORT"));
    sending.expectThat("the exception has a cause", e.getCause() != null, "it has none");
  }

  /** What is missing is said so at once. */
  @Rule(
      number = "5.21",
      says =
          "Settings, a clock and a message that are null MUST be refused with a message that names"
              + " the argument.",
      check =
          "Objects.requireNonNull with the argument's name as the first lines of the constructor"
              + " and of send",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var bench = bench(trial);
    var server = bench.server();
    var settings = SmtpBench.plain(server, SmtpBench.LONG);
    var service = bench.service(settings);
    trial.expectRefused(
        "settings of null", () -> create(Trial.noValue(), trial.time()), "settings");
    trial.expectRefused("a clock of null", () -> create(settings, Trial.noValue()), "time");
    trial.expectRefused("a message of null", () -> service.send(Trial.noValue()), "message");
    trial.expect("connections made", server.connections(), 0);
  }
}
