package workbook.contracts.email;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.Fault;

/** The rules of TLS and of credentials, and of an interrupt. */
abstract class SecurityRules extends ServerFaultRules {

  /** A contract is stateless. */
  SecurityRules() {}

  /** An interrupt asks to come to an end, and is not for this class alone. */
  @Rule(
      number = "5.14",
      says =
          "An interrupt while sending MUST end the wait no later than the time-outs, MUST be one to"
              + " try again, and MUST NOT be lost.",
      check =
          "a catch of InterruptedException: the flag is set again; that what is still under way is"
              + " ended, and not left behind",
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

  /** Encryption that was asked for is not given up because somebody says that there is none. */
  @Rule(
      number = "5.15",
      says =
          "With STARTTLS, a server that does not offer it or refuses it MUST hear neither AUTH nor"
              + " MAIL.",
      check = "mail.smtp.starttls.required; enable alone means: if it is offered",
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
          sending.transcript.get().stream()
              .noneMatch(line -> line.toUpperCase(Locale.ROOT).startsWith("C: " + command)),
          "it does");
    }
  }

  /** Encrypted means nothing while it is not known to whom. */
  @Rule(
      number = "5.16",
      says =
          "A certificate that is not trusted, has expired or is made out to another host MUST be"
              + " refused before AUTH and MAIL; a good one MUST be taken.",
      check =
          "that the factory of the settings' tls is what the session uses,"
              + " mail.smtp.ssl.socketFactory; mail.smtp.ssl.checkserveridentity; no"
              + " mail.smtp.ssl.trust",
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

  static workbook.email.EmailMessage mail() {
    return SmtpBench.mail(SmtpBench.ANN);
  }

  /** A password is for one server, and for nobody on the way. */
  @Rule(
      number = "5.17",
      says =
          "Credentials MUST be sent over TLS only, and be refused without it; a server that offers"
              + " no login or refuses it MUST get no mail.",
      check =
          "the constructor, which refuses credentials without TLS; that the login is what was"
              + " given; what happens when a server offers no AUTH: the library then sends without",
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
}
