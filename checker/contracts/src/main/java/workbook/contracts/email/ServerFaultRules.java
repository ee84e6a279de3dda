package workbook.contracts.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import workbook.checker.Patience;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.SmtpServer;
import workbook.email.SmtpSettings;

/** The rules of servers that refuse, fall silent, or go away. */
abstract class ServerFaultRules extends DeliveryRules {

  private static final int LONG_TEXT = 12_000_000;

  /** The moments of a conversation without TLS at which a reply decides about the mail. */
  private static final List<At> IN_THE_OPEN =
      List.of(At.GREETING, At.EHLO, At.MAIL, At.RCPT, At.DATA, At.DOT);

  /** For the subclass in this package. */
  ServerFaultRules() {}

  private static SmtpServer secure(SmtpServer server) {
    return server
        .startTls(Certificates.GOOD)
        .login(SmtpBench.LOGIN.user(), SmtpBench.LOGIN.password());
  }

  /** The first digit of a reply decides. */
  @Rule(
      number = "5.7",
      says =
          "A reply of 4xx MUST be one to try again after, a reply of 5xx one to give up after,"
              + " whatever it is the reply to.",
      check =
          "getReturnCode() of the exceptions that hang on one another with getNextException();"
              + " SMTPTransport.getLastReturnCode() for what fails before MAIL; that a failed login"
              + " is not permanent by its type, but by its code",
      lookAt = "send")
  void replies(Trial trial) {
    trial.setUp("a server that replies 4xx, then one that replies 5xx, at each command in turn");
    var bench = bench(trial);
    for (var at : IN_THE_OPEN) {
      for (var reply : List.of("451 4.3.0 not now", "554 5.3.0 never")) {
        var server = bench.server().at(at, new Fault.Reply(reply));
        expectReply(bench, server, SmtpBench.plain(server, SmtpBench.LONG), at, reply);
      }
    }
    for (var at : List.of(At.STARTTLS, At.AUTH)) {
      for (var reply : List.of("454 4.7.0 not now", "535 5.7.8 never")) {
        var server = secure(bench.server()).at(at, new Fault.Reply(reply));
        expectReply(
            bench, server, SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN)), at, reply);
      }
    }
    inTurn(trial, bench);
  }

  private static void inTurn(Trial trial, SmtpBench bench) {
    trial.setUp("one service; the replies to MAIL are 250, 451, 250, 554 and 250");
    var code = new AtomicReference<>("");
    var server = bench.server();
    server.script(
        (at, _) ->
            at == At.MAIL && !code.get().equals("250")
                ? Optional.of(new Fault.Reply(code.get() + " not this one"))
                : Optional.empty());
    var service = bench.service(SmtpBench.plain(server, SmtpBench.LONG));
    for (var reply : List.of("250", "451", "250", "554", "250")) {
      code.set(reply);
      var sending = bench.send(server, service, SmtpBench.mail(SmtpBench.ANN));
      switch (reply.charAt(0)) {
        case '2' -> sending.expectSent("the reply to MAIL is 250, whatever came before");
        case '4' -> sending.expectRetry("the reply to MAIL is 451, after a mail that was sent");
        default -> sending.expectRefused("the reply to MAIL is 554, after a mail that was sent");
      }
    }
  }

  private static void expectReply(
      SmtpBench bench, SmtpServer server, SmtpSettings settings, At at, String reply) {
    var sending = bench.send(server, settings, SmtpBench.mail(SmtpBench.ANN, SmtpBench.BOB));
    var when = "the reply to " + at + " is " + reply.substring(0, 3);
    if (reply.startsWith("4")) {
      sending.expectRetry(when);
    } else {
      sending.expectRefused(when);
    }
    sending.expectThat(
        when + ": the server has taken over no mail",
        server.mails().isEmpty(),
        "it has taken over " + server.mails().size());
  }

  /** No reply is no refusal. */
  @Rule(
      number = "5.8",
      says =
          "A server that is not there, or that closes the connection at any moment before its last"
              + " reply, MUST be one to try again.",
      check =
          "what is made of an exception without a code: its last code may be 0, -1 or that of an"
              + " earlier reply; a lost reply to the final dot, after which the mail may have been"
              + " taken over or not: the same Message-ID makes it harmless to send it again",
      lookAt = "send")
  void connectionLost(Trial trial) {
    trial.setUp("a port where nobody listens; a server that closes the connection at each moment");
    var bench = bench(trial);
    bench
        .send(bench.nobody(), SmtpBench.mail(SmtpBench.ANN, SmtpBench.BOB))
        .expectRetry("nobody listens at the port");
    var moments = new ArrayList<>(IN_THE_OPEN);
    moments.add(At.TEXT);
    for (var at : moments) {
      var server = bench.server().at(at, new Fault.Drop());
      bench
          .send(server, SmtpBench.mail(SmtpBench.ANN, SmtpBench.BOB))
          .expectRetry("the connection is closed in place of the reply to " + at);
    }
    for (var at : List.of(At.STARTTLS, At.AUTH)) {
      var server = secure(bench.server()).at(at, new Fault.Drop());
      var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
      bench
          .send(server, settings, SmtpBench.mail(SmtpBench.ANN))
          .expectRetry("the connection is closed in place of the reply to " + at);
    }
  }

  /** Nobody waits for ever for a server that has fallen silent. */
  @Rule(
      number = "5.9",
      says =
          "A server that accepts no connection or falls silent at any moment MUST NOT hold up its"
              + " caller for longer than the time-outs, and MUST be one to try again.",
      check =
          "mail.smtp.connectiontimeout and mail.smtp.timeout: by default there is none; that they"
              + " are in milliseconds, and set on the session that is used",
      lookAt = "send")
  void silent(Trial trial) throws IOException {
    trial.setUp("time-outs of 100 ms, 60 s overall; servers that fall silent, one at each moment");
    var bench = bench(trial);
    var sendings = new ArrayList<SmtpBench.Sending>();
    for (var at : IN_THE_OPEN) {
      var server = bench.server().at(at, new Fault.Stall());
      sendings.add(bench.send(server, SmtpBench.plain(server, SmtpBench.SHORT), mail()));
    }
    var listener = full(trial);
    sendings.add(bench.send(SmtpBench.plain(listener.getLocalPort(), SmtpBench.SHORT), mail()));
    for (var sending : sendings) {
      int index = sendings.indexOf(sending);
      sending.expectRetry(
          index < IN_THE_OPEN.size()
              ? "no reply to " + IN_THE_OPEN.get(index)
              : "no connection is accepted");
    }
  }

  private static workbook.email.EmailMessage mail() {
    return SmtpBench.mail(SmtpBench.ANN, SmtpBench.BOB);
  }

  /** A port that accepts nothing: where the system queues such connections, it is silent. */
  private static ServerSocket full(Trial trial) throws IOException {
    var listener = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
    trial.afterwards(listener::close);
    try {
      for (int n = 0; n < 8; n++) {
        var socket = new java.net.Socket();
        trial.afterwards(socket::close);
        socket.connect(listener.getLocalSocketAddress(), 20);
      }
    } catch (java.net.SocketTimeoutException e) {
      trial.note("the port is full");
    }
    return listener;
  }

  /** A byte now and then keeps every time-out but the overall one. */
  @Rule(
      number = "5.10",
      says =
          "A server that sends a byte now and then MUST NOT hold up its caller for longer than the"
              + " overall time-out, and MUST be one to try again.",
      check =
          "that the whole of a mail has a limit, not each read; who ends it when the time is up: an"
              + " interrupt closes the socket of a virtual thread, closing it does so for any; that"
              + " whoever ends it needs no lock that the sending thread holds",
      lookAt = "send")
  void dripping(Trial trial) {
    trial.setUp("250 ms overall; servers that send a reply a byte at a time, without an end");
    var bench = bench(trial);
    var timeouts = SmtpBench.timeouts(8_000, 8_000, 250);
    var moments = List.of(At.GREETING, At.EHLO, At.RCPT, At.DOT);
    var sendings = new ArrayList<SmtpBench.Sending>();
    for (var at : moments) {
      var server = bench.server().at(at, new Fault.Drip());
      sendings.add(bench.send(server, SmtpBench.plain(server, timeouts), mail()));
    }
    var tls = secure(bench.server()).at(At.MAIL, new Fault.Drip());
    var settings = SmtpBench.secure(tls, Optional.of(SmtpBench.LOGIN));
    sendings.add(bench.send(tls, SmtpBench.with(settings, timeouts), mail()));
    for (var sending : sendings) {
      int index = sendings.indexOf(sending);
      sending.expectRetry(
          index < moments.size()
              ? "the reply to " + moments.get(index) + " has no end"
              : "over TLS, the reply to MAIL has no end");
    }
  }

  /** Writing waits, too. */
  @Rule(
      number = "5.11",
      says =
          "A server that stops reading MUST NOT hold up its caller for longer than the time-outs,"
              + " and MUST be one to try again.",
      check = "mail.smtp.writetimeout, or that the overall limit ends a write as well as a read",
      lookAt = "send")
  void stopsReading(Trial trial) {
    trial.setUp("time-outs of 100 ms, 60 s overall; a text of 12 MB, of which nothing is read");
    var bench = bench(trial);
    var server = bench.watched(SmtpServer.startNarrow()).at(At.TEXT, new Fault.Stall());
    var text = ("0123456789".repeat(7) + "\n").repeat(LONG_TEXT / 71);
    var message = SmtpBench.mail(List.of(SmtpBench.ANN), "Hello", text);
    bench
        .send(server, SmtpBench.plain(server, SmtpBench.SHORT), message)
        .expectRetry("the server stops reading");
  }

  /** What was taken over is sent. */
  @Rule(
      number = "5.12",
      says =
          "A mail that was taken over MUST count as sent, whatever happens to QUIT, and QUIT MUST"
              + " NOT hold up the caller either.",
      check =
          "what an exception of Transport.close() does, which says QUIT; that the outcome is fixed"
              + " when the reply to the final dot is there; the overall limit that passes during"
              + " QUIT",
      lookAt = "send")
  void quit(Trial trial) {
    trial.setUp("servers that take the mail, and refuse QUIT, drop, stall or drip at it");
    // Within this time the mail has to be taken over, on a machine that is busy as well.
    long limit = Math.max(900, Patience.SIGNAL.limit().toMillis() / 3);
    var bench = bench(trial);
    var faults =
        List.of(
            new Fault.Reply("421 4.3.0 not now"),
            new Fault.Reply("500 5.5.1 unknown"),
            new Fault.Drop(),
            new Fault.Stall(),
            new Fault.Drip());
    var sendings = new ArrayList<SmtpBench.Sending>();
    for (var fault : faults) {
      var server = bench.server().at(At.QUIT, fault);
      long read = fault instanceof Fault.Stall ? limit / 2 : 8_000;
      var timeouts = SmtpBench.timeouts(8_000, read, fault instanceof Fault.Drip ? limit : 8_000);
      var sending = bench.send(server, SmtpBench.plain(server, timeouts), mail());
      trial.expectSoon(
          "a connection is made", () -> server.connections() > 0, () -> "none has been made");
      sendings.add(sending);
    }
    for (var sending : sendings) {
      sending.expectSent("at QUIT, the server " + faults.get(sendings.indexOf(sending)));
    }
  }

  /** Nothing is left behind. */
  @Rule(
      number = "5.13",
      says =
          "The connection MUST be closed with QUIT, after a refusal too, and no connection and no"
              + " thread MUST be left.",
      check =
          "that the transport is closed in a finally, or by try-with-resources, which also says"
              + " QUIT; threads for time limits",
      lookAt = "send")
  void nothingLeft(Trial trial) {
    trial.setUp(
        "a mail that is taken; one refused at MAIL, one at RCPT, at DATA, at the dot; a drip");
    var bench = bench(trial);
    trial.watchThreads();
    var servers = new ArrayList<SmtpServer>();
    for (var at : List.of(At.QUIT, At.MAIL, At.RCPT, At.DATA, At.DOT)) {
      var server = bench.server();
      servers.add(at == At.QUIT ? server : server.at(at, new Fault.Reply("554 5.3.0 never")));
      var sending = bench.send(server, mail());
      if (at == At.QUIT) {
        sending.expectSent("send returns");
      } else {
        sending.expectRefused("the reply to " + at + " is 554");
      }
      trial.expectSoon(
          at == At.QUIT ? "QUIT is said" : "QUIT is said after 554 to " + at,
          () -> server.quits() == server.connections(),
          () -> "the connection was closed without it, or is open");
    }
    var drips = bench.server().at(At.MAIL, new Fault.Drip());
    servers.add(drips);
    bench
        .send(drips, SmtpBench.plain(drips, SmtpBench.timeouts(8_000, 8_000, 200)), mail())
        .expectRetry("the reply to MAIL has no end");
    for (var server : servers) {
      trial.expectSoon(
          "no connection is left open",
          () -> server.open() == 0,
          () -> server.open() + " of " + server.connections() + " left open");
    }
    trial.expectNoNewThread("no thread is left");
  }
}
