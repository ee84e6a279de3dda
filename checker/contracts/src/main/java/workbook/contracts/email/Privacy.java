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
import java.util.concurrent.atomic.AtomicLong;
import workbook.checker.Trial;
import workbook.checker.http.Wire.Answer;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.Fault;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings.Credentials;

/** What gets into a log, an exception or an answer. */
final class Privacy {

  private static final String USER = "mailer-4711";
  private static final String PASSWORD = "open sesame 7";

  private static final String[] LOGGING = {
    "Logger.debug", "Logger.info", "Logger.warn", "Logger.error", "send"
  };

  private Privacy() {}

  static void ofTheSender(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp(
        "mails with secrets, sent with a login: accepted; refused at RCPT, at the dot, at the"
            + " login, at the door");
    var printed = new ByteArrayOutputStream();
    var out = System.out;
    var err = System.err;
    var both = new PrintStream(printed, true, UTF_8);
    System.setOut(both);
    System.setErr(both);
    var one = new Said(trial);
    var other = new Said(trial);
    try {
      sendAll(contract.bench(trial), Secret.ONE, one.begin());
      sendAll(contract.bench(trial), Secret.OTHER, other.begin());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    var plain = ("\0" + USER + "\0" + PASSWORD).getBytes(UTF_8);
    var secrets =
        List.of(
            "open sesame",
            "b3BlbiBzZXNhbWUgNw",
            Base64.getEncoder().encodeToString(plain).substring(0, 30));
    trial.lookAt(LOGGING);
    expectNone(trial, "the log", one.log(), secrets);
    trial.lookAt("println", "send");
    expectNone(trial, "what is printed", List.of(printed.toString(UTF_8)), secrets);
    trial.lookAt();
    expectNone(trial, "the message of the exception", one.messages, secrets);
    expectNone(trial, "the message of the exception", one.messages, List.of(USER));
    trial.lookAt(LOGGING);
    Secret.ONE.expectNothingIn(trial, "the log", one.log());
    Secret.expectSame(trial, "the log", one.log(), other.log());
    trial.lookAt("println", "send");
    Secret.ONE.expectNothingIn(trial, "what is printed", List.of(printed.toString(UTF_8)));
    trial.lookAt();
    Secret.ONE.expectNothingIn(trial, "the message of the exception", one.messages);
    Secret.expectSame(trial, "the message of an exception", one.messages, other.messages);
  }

  private static void sendAll(SmtpBench bench, Secret secret, Said said) {
    var login = Optional.of(new Credentials(USER, PASSWORD));
    var to = secret.mailbox;
    var message = SmtpBench.mail(List.of(to), secret.subject, secret.text);
    var server = bench.server().startTls(Certificates.GOOD).login(USER, PASSWORD);
    var settings = SmtpBench.secure(server, login);
    bench.send(server, settings, message).expectSent("send returns");
    for (var at : List.of(At.RCPT, At.DOT)) {
      var server550 = bench.server().startTls(Certificates.GOOD).login(USER, PASSWORD);
      var reply = "550 5.1.1 <%s> is not known, %s".formatted(to.address(), secret.subject);
      server550.at(at, new Fault.Reply(reply));
      said.thrown(
          bench
              .send(server550, SmtpBench.secure(server550, login), message)
              .expectRefused(at + " is answered 550"));
    }
    var wrong = bench.server().startTls(Certificates.GOOD).login(USER, "changed");
    said.thrown(
        bench
            .send(wrong, SmtpBench.secure(wrong, login), message)
            .expectRefused("the login is answered 535"));
    var service = bench.service(settings);
    for (var refused :
        List.of(
            SmtpBench.mail(List.of(to), secret.subject + "\n", ""),
            SmtpBench.mail(List.of(new Mailbox(to.name() + "\r", to.address())), "Hi", ""),
            SmtpBench.mail(Mailbox.of(to.address() + ", " + to.address())),
            SmtpBench.mail(Mailbox.of(to.address().replace('.', ' '))))) {
      try {
        service.send(refused);
      } catch (IllegalArgumentException | EmailException e) {
        said.thrown(e);
      }
    }
  }

  /** What is said in a part of a trial. */
  private static final class Said {

    private final Trial trial;
    private final List<String> messages = new ArrayList<>();
    private int begin;
    private int end;

    Said(Trial trial) {
      this.trial = trial;
    }

    Said begin() {
      begin = everything().size();
      end = Integer.MAX_VALUE;
      return this;
    }

    /** What is logged from now on is no part of it. */
    void end() {
      end = everything().size();
    }

    void thrown(Throwable e) {
      messages.add(String.valueOf(e.getMessage()));
      end();
    }

    /** All of an answer but its date. */
    void answer(Answer answer) {
      messages.add(answer.status() + " " + answer.text());
      answer
          .headers()
          .forEach(
              (name, value) -> {
                if (!name.equals("date")) {
                  messages.add(name + ": " + value);
                }
              });
    }

    List<String> log() {
      return everything().subList(begin, Math.min(end, everything().size()));
    }

    private List<String> everything() {
      return trial.log().parts(Level.TRACE);
    }
  }

  private static void expectNone(
      Trial trial, String where, List<String> texts, List<String> secrets) {
    for (var secret : secrets) {
      trial.expectThat(
          where + " contains no address, no name, no text and no password",
          texts.stream()
              .noneMatch(
                  text -> text.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT))),
          "it contains: " + secret);
    }
  }

  static void ofTheLog(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 gets 451 and is then sent; m2 gets 550; m3 hits a bug; stop while m4 waits");
    var one = new Said(trial).begin();
    boolean afterwards = processAll(trial, contract, Secret.ONE);
    one.end();
    var other = new Said(trial).begin();
    processAll(trial, contract, Secret.OTHER);
    other.end();
    expectLogged(trial, Level.INFO, "m1");
    trial.expectThat(
        "a line at INFO names m1 when it has been sent, not before",
        afterwards,
        "after send has returned, none does");
    for (var name : List.of("m1", "m2", "m3")) {
      expectLogged(trial, Level.WARN, name);
    }
    trial.lookAt("DeadLetter", "execute");
    expectLogged(trial, Level.ERROR, "m2");
    expectLogged(trial, Level.ERROR, "m3");
    trial.lookAt();
    Secret.ONE.expectNothingIn(trial, "the log", one.log());
    Secret.expectSame(trial, "the log", one.log(), other.log());
  }

  /** Whether a line about m1 was logged after it had been sent. */
  private static boolean processAll(
      Trial trial, EmailProcessingServiceContract contract, Secret secret) {
    var to = secret.mailbox;
    var before = new AtomicLong();
    var bench =
        contract.bench(
            trial,
            (message, attempt) -> {
              var cause = new IllegalStateException("<" + to.address() + "> " + secret.subject);
              switch (ProcessingBench.name(message) + " " + attempt) {
                case "m1 1", "m4 1" ->
                    throw new EmailException("mx replied 451", List.of(to), List.of(), cause);
                case "m2 1" ->
                    throw new EmailException("mx replied 550", List.of(), List.of(to), cause);
                case "m3 1" -> throw cause;
                case "m1 2" -> before.set(linesAtInfo(trial, "m1"));
                default -> {}
              }
            });
    bench.start();
    bench.enqueue(mail("m1", secret), mail("m2", secret), mail("m3", secret));
    trial.advanceTo(trial.time().millis() + 60_000);
    bench.enqueue(mail("m4", secret));
    trial.expectReturn("stop returns", bench.stop());
    trial.settle();
    return linesAtInfo(trial, "m1") > before.get();
  }

  private static long linesAtInfo(Trial trial, String name) {
    return trial.log().at(Level.INFO).stream()
        .filter(line -> line.startsWith("INFO") && line.contains("<" + name + "@"))
        .count();
  }

  private static EmailMessage mail(String name, Secret secret) {
    return new EmailMessage(
        "<" + name + "@workbook.example>", List.of(secret.mailbox), secret.subject, secret.text);
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
        "somebody registers; again; while the queue is full; with a bad name and address; at a path"
            + " of that name; with that name as query, header, type and method");
    var one = new Said(trial).begin();
    registerAll(contract.bench(trial), Secret.ONE, one);
    var other = new Said(trial).begin();
    registerAll(contract.bench(trial), Secret.OTHER, other);
    trial.lookAt("Logger.debug", "Logger.info", "Logger.warn", "Logger.error", "handle");
    Secret.ONE.expectNothingIn(trial, "the log", one.log());
    Secret.expectSame(trial, "the log", one.log(), other.log());
    trial.lookAt();
    Secret.ONE.expectNothingIn(trial, "an answer", one.messages);
    trial.lookAt("200", "handle");
    Secret.expectSame(trial, "an answer", one.messages, other.messages);
  }

  private static void registerAll(RegistrationBench bench, Secret secret, Said said) {
    var name = secret.mailbox.name();
    var address = secret.mailbox.address();
    said.answer(bench.register(name, address));
    said.answer(bench.register(name, address));
    said.answer(bench.register(name, address + ", " + address));
    said.answer(bench.register(name + "\n", "a" + address));
    bench.full(true);
    said.answer(bench.register(name, "a" + address));
    var form = RegistrationBench.form(name, "a" + address);
    var word = address.substring(0, address.indexOf('.'));
    for (var path : List.of("/register/" + word, "/register?" + word + "=" + word)) {
      said.answer(bench.wire.send("POST", path, RegistrationBench.FORM, form));
    }
    said.answer(bench.wire.send("POST", "/register", "text/" + word, form));
    said.answer(bench.wire.send(word.toUpperCase(Locale.ROOT), "/register"));
    bench.full(false);
    for (var header :
        List.of("User-Agent", "Referer", "Origin", "Cookie", "X-Request-Id", "Accept-Language")) {
      var body = RegistrationBench.form("Jo", "jo." + header.charAt(0) + "@workbook.example");
      try (var connection = bench.wire.connect()) {
        connection.send(
            "POST",
            "/register",
            "Content-Type: " + RegistrationBench.FORM,
            "Content-Length: " + body.length,
            header + ": " + word);
        said.answer(connection.write(body).answer());
      }
    }
    bench.wire.settle();
    said.end();
  }
}
