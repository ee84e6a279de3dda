package workbook.checker.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import workbook.checker.Module;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.SmtpServer;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings;
import workbook.email.SmtpSettings.Credentials;

/** The rules of a service that sends over SMTP: security, privacy, and what it leaves behind. */
@Tag("step-1")
@Step(module = Module.EMAIL, number = 1, type = "SmtpEmailService")
public abstract class SmtpEmailServiceContract extends ServerFaultRules {

  /** A contract is stateless. */
  protected SmtpEmailServiceContract() {}

  /**
   * An interrupt asks to come to an end, and is not for this class alone.
   *
   * <p>If this fails, check: a catch of InterruptedException: the flag is set again; that what is
   * still under way is ended, and not left behind.
   */
  @Rule(
      number = "5.14",
      says =
          "An interrupt while sending MUST end the wait no later than the time-outs, MUST be one to"
              + " try again, and MUST NOT be lost.",
      lookAt = "send")
  void interrupt(Trial trial) {
    trial.setUp("a server that says nothing at MAIL; 400 ms overall; the sender is interrupted");
    var bench = bench(trial);
    var server = bench.server().at(At.MAIL, new Fault.Stall());
    var timeouts = SmtpBench.timeouts(8_000, 8_000, 400);
    var message = SmtpBench.mail(SmtpBench.ANN);
    var sending = bench.send(server, SmtpBench.plain(server, timeouts), message);
    trial.expectSoon(
        "the server is told MAIL",
        () -> server.transcript().stream().anyMatch(line -> line.startsWith("C: MAIL")),
        () -> "it is not");
    sending.actor.thread().interrupt();
    sending.expectRetry("the sender is interrupted");
    var outcome = sending.outcome("send ends");
    sending.expectThat(
        "the interrupt flag is set when send ends", outcome.interrupted(), "it is clear");
    trial.expectSoon(
        "no connection is left open", () -> server.open() == 0, () -> server.open() + " left open");
  }

  /**
   * Encryption that was asked for is not given up because somebody says that there is none.
   *
   * <p>If this fails, check: {@code mail.smtp.starttls.required}; enable alone means: if it is
   * offered.
   */
  @Rule(
      number = "5.15",
      says =
          "With STARTTLS, a server that does not offer it or refuses it MUST hear neither AUTH nor"
              + " MAIL.",
      lookAt = "send")
  void startTlsRequired(Trial trial) {
    trial.setUp(
        "settings with STARTTLS and a login; a server that does not offer it, or refuses it");
    var bench = bench(trial);
    var without = bench.server().loginInTheOpen(SmtpBench.LOGIN.user(), SmtpBench.LOGIN.password());
    var refusing =
        bench
            .server()
            .startTls(Certificates.GOOD)
            .loginInTheOpen(SmtpBench.LOGIN.user(), SmtpBench.LOGIN.password())
            .at(At.STARTTLS, new Fault.Reply("454 4.7.0 TLS is not available"));
    for (var server : List.of(without, refusing)) {
      var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
      var sending = bench.send(server, settings, SmtpBench.mail(SmtpBench.ANN));
      sending.expectRetry(
          server == without ? "STARTTLS is not offered" : "STARTTLS is answered 454");
      expectNotHeard(sending, "AUTH", "MAIL");
    }
  }

  private static void expectNotHeard(SmtpBench.Sending sending, String... commands) {
    for (var command : commands) {
      sending.expectThat(
          "the server hears no " + command,
          sending.server.transcript().stream()
              .noneMatch(line -> line.toUpperCase(Locale.ROOT).startsWith("C: " + command)),
          "it does");
    }
  }

  /**
   * Encrypted means nothing while it is not known to whom.
   *
   * <p>If this fails, check: that the factory of the settings' tls is what the session uses, {@code
   * mail.smtp.ssl.socketFactory}; {@code mail.smtp.ssl.checkserveridentity}; no {@code
   * mail.smtp.ssl.trust}.
   */
  @Rule(
      number = "5.16",
      says =
          "A certificate that is not trusted, has expired or is made out to another host MUST be"
              + " refused before AUTH and MAIL; a good one MUST be taken.",
      lookAt = "send")
  void certificate(Trial trial) throws Exception {
    trial.setUp("STARTTLS with a certificate that is good, expired, another's, of unknown issuer");
    var bench = bench(trial);
    var good = bench.server().startTls(Certificates.GOOD);
    var sent = bench.send(good, SmtpBench.secure(good, Optional.empty()), mail());
    sent.expectSent("a good certificate, and send returns");
    sent.expectThat(
        "the mail comes over TLS",
        good.mails().size() == 1 && good.mails().getFirst().encrypted(),
        "it comes in the open");
    for (var certificate : List.of(Certificates.EXPIRED, Certificates.OTHER_NAME)) {
      var server = bench.server().startTls(certificate).login("mailer", "open sesame 7");
      var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
      var sending = bench.send(server, settings, mail());
      sending.expectRetry(
          certificate == Certificates.EXPIRED
              ? "the certificate has expired"
              : "the certificate is made out to mail.example.org");
      expectNotHeard(sending, "AUTH", "MAIL");
    }
    var server = bench.server().startTls(Certificates.GOOD).login("mailer", "open sesame 7");
    var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
    var trusting = SmtpBench.with(settings, SSLContext.getDefault());
    var sending = bench.send(server, trusting, mail());
    sending.expectRetry("nobody trusts the certificate's issuer");
    expectNotHeard(sending, "AUTH", "MAIL");
  }

  private static workbook.email.EmailMessage mail() {
    return SmtpBench.mail(SmtpBench.ANN);
  }

  /**
   * A password is for one server, and for nobody on the way.
   *
   * <p>If this fails, check: the constructor, which refuses credentials without TLS; that the login
   * is what was given; what happens when a server offers no AUTH: the library then sends without.
   */
  @Rule(
      number = "5.17",
      says =
          "Credentials MUST be sent over TLS only, and be refused without it; a server that offers"
              + " no login or refuses it MUST get no mail.",
      lookAt = "send")
  void credentials(Trial trial) {
    trial.setUp("a login; servers that want it, do not offer it, refuse it; settings without TLS");
    var bench = bench(trial);
    var wanting =
        bench
            .server()
            .startTls(Certificates.GOOD)
            .loginInTheOpen(SmtpBench.LOGIN.user(), SmtpBench.LOGIN.password());
    var login = Optional.of(SmtpBench.LOGIN);
    var sent = bench.send(wanting, SmtpBench.secure(wanting, login), mail());
    sent.expectSent("the login is right, and send returns");
    var user = wanting.mails().getFirst().user().orElse("nobody");
    trial.expect("logged in is", user, SmtpBench.LOGIN.user());
    sent.expectThat(
        "the password comes over TLS", !wanting.passwordInTheOpen(), "it comes in the open");
    var without = bench.server().startTls(Certificates.GOOD);
    var unsent = bench.send(without, SmtpBench.secure(without, login), mail());
    unsent.expectRetry("AUTH is not offered");
    expectNotHeard(unsent, "MAIL");
    var refusing = bench.server().startTls(Certificates.GOOD).login("mailer", "another password");
    var refused = bench.send(refusing, SmtpBench.secure(refusing, login), mail());
    refused.expectRefused("the login is answered 535");
    expectNotHeard(refused, "MAIL");
    var open = bench.server();
    var settings = SmtpBench.plain(open, SmtpBench.LONG);
    trial.expectRefused(
        "credentials with security NONE",
        () -> create(SmtpBench.with(settings, SmtpBench.LOGIN), trial.time()),
        "credentials");
  }

  /**
   * Settings are one service's own.
   *
   * <p>If this fails, check: {@code Session.getDefaultInstance}, which gives everyone the session
   * of whoever came first; static fields; system properties.
   */
  @Rule(
      number = "5.18",
      says = "Two services with different settings MUST NOT mix, side by side or in turn.",
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

  /**
   * A log is read by many.
   *
   * <p>If this fails, check: {@code setDebug(true)}, which prints whole mails; the message of the
   * EmailException: servers like to repeat the address in their reply; log lines with the message,
   * the settings or a cause.
   */
  @Rule(
      number = "5.19",
      says =
          "No address, no name, no text and no password MUST get into the log, the output or the"
              + " message of the exception.",
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

  /**
   * Whoever reads the message must know where to look.
   *
   * <p>If this fails, check: the message of the EmailException: host and port, and the code of the
   * reply if there was one; that the exception that was caught is its cause.
   */
  @Rule(
      number = "5.20",
      says =
          "An EmailException MUST name the server as host:port and the code of its reply, if there"
              + " was one, and MUST have a cause where something was thrown.",
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
      expectWords(bench, server, settings, fault.reply.substring(0, 3));
    }
    var gone = SmtpServer.start();
    gone.close();
    expectWords(bench, gone, SmtpBench.plain(gone, SmtpBench.LONG), "");
  }

  private static void expectWords(
      SmtpBench bench, SmtpServer server, SmtpSettings settings, String code) {
    var words = code.isEmpty() ? "host:port" : "host:port and " + code;
    var sending = bench.send(server, settings, mail());
    var e = sending.expectFailed("an EmailException whose message has " + words);
    var text = String.valueOf(e.getMessage());
    sending.expectThat(
        "the message has " + words,
        text.contains("localhost:" + server.port())
            && text.replace(String.valueOf(server.port()), "").contains(code),
        "it is: " + text.replace(":" + server.port(), ":PORT"));
    sending.expectThat("the exception has a cause", e.getCause() != null, "it has none");
  }

  /**
   * What is missing is said so at once.
   *
   * <p>If this fails, check: {@code Objects.requireNonNull} with the argument's name as the first
   * lines of the constructor and of send.
   */
  @Rule(
      number = "5.21",
      says =
          "Settings, a clock and a message that are null MUST be refused with a message that names"
              + " the argument.",
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
