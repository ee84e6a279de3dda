package workbook.contracts.email;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import workbook.checker.Caller;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.ReservedPort;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.SmtpServer;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailService;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings;
import workbook.email.SmtpSettings.Credentials;
import workbook.email.SmtpSettings.Security;
import workbook.email.SmtpSettings.Timeouts;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/** Mails, servers and settings for the rules of sending, and what becomes of a call of send. */
final class SmtpBench {

  static final Mailbox FROM = new Mailbox("The Workbook", "workbook@example.com");
  static final Mailbox ANN = Mailbox.of("ann@example.com");
  static final Mailbox BOB = Mailbox.of("bob@example.com");
  static final Mailbox CID = Mailbox.of("cid@example.com");
  static final Credentials LOGIN = new Credentials("mailer", "open sesame 7");

  /** Long enough for a machine that is busy: no rule waits for one of these. */
  static final Timeouts LONG = timeouts(8_000, 8_000, 8_000);

  /** The moments of a conversation without TLS at which a reply decides about the mail. */
  static final List<At> IN_THE_OPEN =
      List.of(At.GREETING, At.EHLO, At.MAIL, At.RCPT, At.DATA, At.DOT);

  /** For a server that falls silent, and for one that accepts no connection. */
  static final Timeouts SHORT_READ = timeouts(60_000, 100, 60_000);

  static final Timeouts SHORT_CONNECT = timeouts(100, 60_000, 60_000);

  // Even where a limit of the checker is cut short, what a right service does has to fit in.
  private static final Duration LEAST_WAIT = Duration.ofMillis(2_500);

  final Trial trial;
  private final BiFunction<SmtpSettings, TimeSource, EmailService> factory;

  SmtpBench(Trial trial, BiFunction<SmtpSettings, TimeSource, EmailService> factory) {
    this.trial = trial;
    this.factory = factory;
  }

  static Timeouts timeouts(long connect, long read, long overall) {
    var write = Duration.ofMillis(read);
    return new Timeouts(
        Duration.ofMillis(connect), Duration.ofMillis(read), write, Duration.ofMillis(overall));
  }

  static EmailMessage mail(Mailbox... to) {
    return mail(List.of(to), "Welcome!", "Hello,\nthank you for registering.\n");
  }

  static EmailMessage mail(List<Mailbox> to, String subject, String body) {
    return EmailMessage.to(to.getFirst(), subject, body).only(to);
  }

  /** Settings for a server that is not there, and will not be while the rule is tried. */
  SmtpSettings nobody() {
    var port = ReservedPort.withoutServer();
    trial.afterwards(port::close);
    return plain(port.number(), LONG);
  }

  SmtpServer server() {
    return watched(SmtpServer.start());
  }

  /** A server that offers STARTTLS, and takes no mail without a login. */
  SmtpServer secureServer() {
    return server().startTls(Certificates.GOOD).login(LOGIN.user(), LOGIN.password());
  }

  SmtpServer watched(SmtpServer server) {
    trial.afterwards(server::close);
    return server;
  }

  static SmtpSettings plain(SmtpServer server, Timeouts timeouts) {
    return plain(server.port(), timeouts);
  }

  static SmtpSettings plain(int port, Timeouts timeouts) {
    return new SmtpSettings(
        "localhost", port, Security.NONE, Optional.empty(), FROM, timeouts, Certificates.trusted());
  }

  static SmtpSettings secure(SmtpServer server, Optional<Credentials> credentials) {
    return new SmtpSettings(
        "localhost",
        server.port(),
        Security.STARTTLS,
        credentials,
        FROM,
        LONG,
        Certificates.trusted());
  }

  static SmtpSettings from(int port, Mailbox from) {
    return new SmtpSettings(
        "localhost", port, Security.NONE, Optional.empty(), from, LONG, Certificates.trusted());
  }

  static SmtpSettings with(SmtpSettings s, Timeouts timeouts) {
    return new SmtpSettings(
        s.host(), s.port(), s.security(), s.credentials(), s.from(), timeouts, s.tls());
  }

  static SmtpSettings with(SmtpSettings s, SSLContext tls) {
    return new SmtpSettings(
        s.host(), s.port(), s.security(), s.credentials(), s.from(), s.timeouts(), tls);
  }

  static SmtpSettings with(SmtpSettings s, Credentials credentials) {
    return new SmtpSettings(
        s.host(),
        s.port(),
        s.security(),
        Optional.of(credentials),
        s.from(),
        s.timeouts(),
        s.tls());
  }

  EmailService service(SmtpSettings settings) {
    try {
      return trial.subject(factory.apply(settings, trial.time()));
    } catch (NotStarted e) {
      throw e;
    } catch (RuntimeException e) {
      throw trial.broken(
          "a service is made, the settings are right", Trial.describe(e), e.getStackTrace());
    }
  }

  /** What a call of send came to. */
  record Outcome(@Nullable Throwable thrown, boolean interrupted) {

    @Override
    public String toString() {
      return switch (thrown) {
        case null -> "send returned";
        case EmailException e ->
            "send threw an EmailException, retry for %d, refused for %d: %s"
                .formatted(
                    e.retry().size(), e.refused().size(), portless(String.valueOf(e.getMessage())));
        default -> "send threw " + portless(Trial.describe(thrown));
      };
    }

    private static String portless(String text) {
      return text.replaceAll("(localhost):\\d+", "$1:PORT");
    }
  }

  Sending send(SmtpServer server, EmailMessage message) {
    return send(server, plain(server, LONG), message);
  }

  /** Calls send, on a thread of its own. */
  Sending send(SmtpServer server, SmtpSettings settings, EmailMessage message) {
    return send(server, service(settings), message);
  }

  Sending send(SmtpServer server, EmailService service, EmailMessage message) {
    return send(server::transcript, service, message);
  }

  /** The same where no server of the checker's will be talked to. */
  Sending send(SmtpSettings settings, EmailMessage message) {
    return send(List::of, service(settings), message);
  }

  private Sending send(
      Supplier<List<String>> transcript, EmailService service, EmailMessage message) {
    var actor =
        trial.start(
            "sender",
            () -> {
              Throwable thrown = null;
              try {
                service.send(message);
              } catch (Throwable e) {
                thrown = e;
              }
              return new Outcome(thrown, Thread.currentThread().isInterrupted());
            });
    return new Sending(transcript, message, actor);
  }

  /** A call of send, and what was said meanwhile. */
  final class Sending {

    final Supplier<List<String>> transcript;
    final Caller<Outcome> actor;
    private final EmailMessage message;

    Sending(Supplier<List<String>> transcript, EmailMessage message, Caller<Outcome> actor) {
      this.transcript = transcript;
      this.message = message;
      this.actor = actor;
    }

    /** Waits for its end. */
    Outcome outcome(String expected) {
      if (!waitUntil(actor::isDone)) {
        throw broken(expected, "send is still waiting for the server");
      }
      return trial.expectReturn(expected, actor);
    }

    /** Waits until its server has heard a command that often, or it has ended without. */
    Sending untilHeard(String command, int times) {
      waitUntil(
          () ->
              actor.isDone()
                  || transcript.get().stream().filter(line -> line.startsWith(command)).count()
                      >= times);
      return this;
    }

    private boolean waitUntil(BooleanSupplier condition) {
      var patience = Patience.ANSWER.limit();
      return Limit.of(patience.compareTo(LEAST_WAIT) > 0 ? patience : LEAST_WAIT).awaits(condition);
    }

    void expectSent(String expected) {
      var outcome = outcome(expected);
      expectThat(expected, outcome.thrown() == null, outcome.toString());
    }

    EmailException expectFailed(String expected) {
      var outcome = outcome(expected);
      if (outcome.thrown() instanceof EmailException e) {
        return e;
      }
      throw broken(expected, outcome.toString());
    }

    /** Expects an EmailException that asks to try again for all. */
    EmailException expectRetry(String when) {
      return expectLists(when, message.to(), List.of());
    }

    /** Expects an EmailException that gives up all. */
    EmailException expectRefused(String when) {
      return expectLists(when, List.of(), message.to());
    }

    EmailException expectLists(String when, List<Mailbox> retry, List<Mailbox> refused) {
      var expected =
          "%s: an EmailException, retry for %d, refused for %d"
              .formatted(when, retry.size(), refused.size());
      var thrown = expectFailed(expected);
      boolean right = same(thrown.retry(), retry) && same(thrown.refused(), refused);
      expectThat(expected, right, outcome(expected).toString());
      return thrown;
    }

    private static boolean same(List<Mailbox> some, List<Mailbox> others) {
      return some.size() == others.size() && some.containsAll(others);
    }

    void expectThat(String expected, boolean holds, String butWas) {
      if (!holds) {
        throw broken(expected, butWas);
      }
    }

    /** The finding, with what was said. */
    AssertionError broken(String expected, String butWas) {
      transcript.get().forEach(trial::note);
      return trial.broken(expected, butWas);
    }
  }
}
