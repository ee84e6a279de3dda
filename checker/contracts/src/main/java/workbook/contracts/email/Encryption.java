package workbook.contracts.email;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.Fault;
import workbook.email.SmtpSettings.Credentials;

/** TLS, and credentials, which go over TLS only. */
final class Encryption {

  private Encryption() {}

  static void startTlsRequired(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp(
        "settings with STARTTLS, with a login and without; a server that does not offer STARTTLS,"
            + " or refuses it");
    var bench = contract.bench(trial);
    var without = bench.server().loginInTheOpen(SmtpBench.LOGIN.user(), SmtpBench.LOGIN.password());
    var refusing =
        bench
            .server()
            .startTls(Certificates.GOOD)
            .loginInTheOpen(SmtpBench.LOGIN.user(), SmtpBench.LOGIN.password())
            .at(At.STARTTLS, new Fault.Reply("454 4.7.0 TLS is not available"));
    for (var login : List.of(Optional.of(SmtpBench.LOGIN), Optional.<Credentials>empty())) {
      for (var server : List.of(without, refusing)) {
        var settings = SmtpBench.secure(server, login);
        var sending = bench.send(server, settings, SmtpBench.mail(SmtpBench.ANN));
        sending.expectRetry(
            (server == without ? "STARTTLS is not offered" : "STARTTLS is answered 454")
                + (login.isPresent() ? "" : ", and there is no login"));
        expectNotHeard(sending, "AUTH", "MAIL");
      }
    }
  }

  private static void expectNotHeard(SmtpBench.Sending sending, String... commands) {
    for (var command : commands) {
      sending.expectThat(
          "the server hears no " + command,
          sending.transcript.get().stream()
              .noneMatch(line -> line.toUpperCase(Locale.ROOT).startsWith("C: " + command)),
          "it hears one");
    }
  }

  static void certificate(Trial trial, SmtpEmailServiceContract contract) throws Exception {
    trial.setUp(
        "certificates: a good one, an expired one, one of another host, one of an unknown issuer");
    var bench = contract.bench(trial);
    var good = bench.server().startTls(Certificates.GOOD);
    var sent =
        bench.send(good, SmtpBench.secure(good, Optional.empty()), SmtpBench.mail(SmtpBench.ANN));
    sent.expectSent("a good certificate, and send returns");
    sent.expectThat(
        "the mail comes over TLS",
        good.mails().size() == 1 && good.mails().getFirst().encrypted(),
        "it comes in the open");
    for (var certificate : List.of(Certificates.EXPIRED, Certificates.OTHER_NAME)) {
      var server = bench.server().startTls(certificate).login("mailer", "open sesame 7");
      var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
      var sending = bench.send(server, settings, SmtpBench.mail(SmtpBench.ANN));
      sending.expectRetry(
          certificate == Certificates.EXPIRED
              ? "the certificate has expired"
              : "the certificate is made out to mail.example.org");
      expectNotHeard(sending, "AUTH", "MAIL");
    }
    var server = bench.secureServer();
    var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
    var trusting = SmtpBench.with(settings, SSLContext.getDefault());
    var sending = bench.send(server, trusting, SmtpBench.mail(SmtpBench.ANN));
    sending.expectRetry("nobody trusts the certificate's issuer");
    expectNotHeard(sending, "AUTH", "MAIL");
  }

  static void credentials(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp(
        "a login; servers that require, do not offer and refuse it; then settings without TLS");
    var bench = contract.bench(trial);
    var wanting =
        bench
            .server()
            .startTls(Certificates.GOOD)
            .loginInTheOpen(SmtpBench.LOGIN.user(), SmtpBench.LOGIN.password());
    var login = Optional.of(SmtpBench.LOGIN);
    var sent = bench.send(wanting, SmtpBench.secure(wanting, login), SmtpBench.mail(SmtpBench.ANN));
    sent.expectSent("the login is right, and send returns");
    var user = wanting.mails().getFirst().user().orElse("nobody");
    trial.expect("the user who is logged in", user, SmtpBench.LOGIN.user());
    sent.expectThat(
        "the password comes over TLS", !wanting.passwordInTheOpen(), "it comes in the open");
    var without = bench.server().startTls(Certificates.GOOD);
    var unsent =
        bench.send(without, SmtpBench.secure(without, login), SmtpBench.mail(SmtpBench.ANN));
    unsent.expectRetry("AUTH is not offered");
    expectNotHeard(unsent, "MAIL");
    var refusing = bench.server().startTls(Certificates.GOOD).login("mailer", "another password");
    var refused =
        bench.send(refusing, SmtpBench.secure(refusing, login), SmtpBench.mail(SmtpBench.ANN));
    refused.expectRefused("the login is answered 535");
    expectNotHeard(refused, "MAIL");
    var open = bench.server();
    var settings = SmtpBench.plain(open, SmtpBench.LONG);
    trial.lookAt("<init>");
    trial.expectRefused(
        "credentials with security NONE",
        () -> contract.create(SmtpBench.with(settings, SmtpBench.LOGIN), trial.time()),
        "credentials");
  }
}
