package workbook.contracts.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.Fault;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings.Credentials;

/** What gets into a log, an exception or an answer. */
final class Privacy {

  private Privacy() {}

  static void ofTheSender(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp(
        "a mail with secrets, sent with a login: accepted; refused at RCPT; the login refused");
    var bench = contract.bench(trial);
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
          where + " contains no address, no name, no text and no password",
          !text.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT)),
          "it contains: " + secret);
    }
  }

  static void ofTheLog(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 gets 451 and is then sent; m2 gets 550; m3 hits a bug; stop while m4 waits");
    var bench =
        contract.bench(
            trial,
            (message, attempt) -> {
              switch (ProcessingBench.name(message) + " " + attempt) {
                case "m1 1", "m4 1" -> throw ProcessingBench.notNow(SmtpBench.ANN);
                case "m2 1" -> throw ProcessingBench.never(SmtpBench.ANN);
                case "m3 1" -> throw new IllegalStateException("a bug, with ann@example.com");
                default -> {}
              }
            });
    bench.start();
    bench.enqueue("m1", "m2", "m3");
    trial.advanceTo(60_000);
    bench.enqueue("m4");
    trial.expectReturn("stop returns", bench.stop());
    trial.settle();
    expectLogged(trial, Level.INFO, "m1");
    for (var name : List.of("m1", "m2", "m3")) {
      expectLogged(trial, Level.WARN, name);
    }
    expectLogged(trial, Level.ERROR, "m2");
    expectLogged(trial, Level.ERROR, "m3");
    var log = String.join("\n", trial.log().everything(Level.TRACE)).toLowerCase(Locale.ROOT);
    for (var secret : List.of("ann@example.com", "a delicate")) {
      trial.expectThat(
          "no address, no subject and no text is logged",
          !log.contains(secret),
          "a log line contains: " + secret);
    }
  }

  private static void expectLogged(Trial trial, Level level, String name) {
    var kind =
        level == Level.ERROR ? "an error" : level == Level.WARN ? "a warning" : "a line at INFO";
    trial.expectThat(
        kind + " names the Message-ID of " + name,
        trial.log().at(Level.INFO).stream()
            .anyMatch(line -> line.startsWith(level.toString()) && line.contains("<" + name + "@")),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  static void ofTheHandler(Trial trial, RegistrationHandlerContract contract) throws IOException {
    trial.setUp(
        "Anneliese registers; again; while the queue is full; a bad address; at"
            + " /register/anneliese");
    var bench = contract.bench(trial);
    var answers = new StringBuilder();
    answers.append(bench.register("Anneliese", "a.liese@example.com").text());
    answers.append(bench.register("Anneliese", "a.liese@example.com").text());
    answers.append(bench.register("Anneliese", "a.liese <script>@example.com").text());
    answers.append(bench.register("Anneliese\n", "b.liese@example.com").text());
    bench.full(true);
    answers.append(bench.register("Anneliese", "b.liese@example.com").text());
    var form = RegistrationBench.form("Anneliese", "b.liese@example.com");
    var elsewhere = "/register/anneliese";
    answers.append(bench.wire.send("POST", elsewhere, RegistrationBench.FORM, form).text());
    bench.wire.settle();
    var log = String.join("\n", trial.log().everything(Level.TRACE));
    for (var secret : List.of("anneliese", "liese@", "liese%40", "script")) {
      trial.expectThat(
          "nothing that the request contains is logged",
          !log.toLowerCase(Locale.ROOT).contains(secret),
          "a log line contains: " + secret);
      trial.expectThat(
          "nothing that the request contains is sent back",
          !answers.toString().toLowerCase(Locale.ROOT).contains(secret),
          "an answer contains: " + secret);
    }
  }
}
