package workbook.contracts.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.SmtpServer;
import workbook.email.EmailMessage;
import workbook.email.SmtpSettings.Timeouts;

/** Servers that fall silent, drip or go away, and what is left when the wait is over. */
final class Faults {

  private static final int LONG_TEXT = 6_000_000;

  private Faults() {}

  static void connectionLost(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp("a port where nobody listens; a server that closes the connection at each moment");
    var bench = contract.bench(trial);
    bench
        .send(bench.nobody(), SmtpBench.mail(SmtpBench.ANN, SmtpBench.BOB))
        .expectRetry("nobody listens at the port");
    var moments = new ArrayList<>(SmtpBench.IN_THE_OPEN);
    moments.add(At.TEXT);
    for (var at : moments) {
      var server = bench.server().at(at, new Fault.Drop());
      bench
          .send(server, SmtpBench.mail(SmtpBench.ANN, SmtpBench.BOB))
          .expectRetry("the connection is closed in place of the reply to " + at);
    }
    for (var at : List.of(At.STARTTLS, At.AUTH)) {
      var server = bench.secureServer().at(at, new Fault.Drop());
      var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
      bench
          .send(server, settings, SmtpBench.mail(SmtpBench.ANN))
          .expectRetry("the connection is closed in place of the reply to " + at);
    }
  }

  static void silent(Trial trial, SmtpEmailServiceContract contract) throws IOException {
    trial.setUp(
        "a time-out of 100 ms for a reply, all others 60 s; servers that fall silent, one at each"
            + " moment; then a time-out of 100 ms to connect, and a port that accepts nothing");
    var bench = contract.bench(trial);
    var sendings = new ArrayList<SmtpBench.Sending>();
    for (var at : SmtpBench.IN_THE_OPEN) {
      var server = bench.server().at(at, new Fault.Stall());
      sendings.add(bench.send(server, SmtpBench.plain(server, SmtpBench.SHORT_READ), mail()));
    }
    var listener = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
    trial.afterwards(listener::close);
    var timeouts = isFull(trial, listener) ? SmtpBench.SHORT_CONNECT : SmtpBench.SHORT_READ;
    sendings.add(bench.send(SmtpBench.plain(listener.getLocalPort(), timeouts), mail()));
    for (var sending : sendings) {
      int index = sendings.indexOf(sending);
      sending.expectRetry(
          index < SmtpBench.IN_THE_OPEN.size()
              ? "no reply to " + SmtpBench.IN_THE_OPEN.get(index)
              : "no connection is accepted");
    }
  }

  private static EmailMessage mail() {
    return SmtpBench.mail(SmtpBench.ANN, SmtpBench.BOB);
  }

  /** Fills a port, until two in a row find it full; a system that queues all makes it silent. */
  private static boolean isFull(Trial trial, ServerSocket listener) throws IOException {
    int timedOut = 0;
    for (int n = 0; n < 8 && timedOut < 2; n++) {
      var socket = new Socket();
      trial.afterwards(socket::close);
      try {
        socket.connect(listener.getLocalSocketAddress(), 20);
        timedOut = 0;
      } catch (SocketTimeoutException e) {
        timedOut++;
      }
    }
    trial.note(timedOut < 2 ? "the port queues them all" : "the port is full");
    return timedOut == 2;
  }

  // A byte now and then keeps every time-out but the overall one.
  static void dripping(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp("250 ms overall; servers that send a reply a byte at a time, without an end");
    var bench = contract.bench(trial);
    var timeouts = SmtpBench.timeouts(8_000, 8_000, 250);
    var moments = List.of(At.GREETING, At.EHLO, At.RCPT, At.DOT);
    var sendings = new ArrayList<SmtpBench.Sending>();
    for (var at : moments) {
      var server = bench.server().at(at, new Fault.Drip());
      sendings.add(bench.send(server, SmtpBench.plain(server, timeouts), mail()));
    }
    var tls = bench.secureServer().at(At.MAIL, new Fault.Drip());
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

  static void stopsReading(Trial trial, SmtpEmailServiceContract contract) {
    var bench = contract.bench(trial);
    // Within a time-out, the server has to reply to DATA, too: a busy machine gets more time.
    if (!cameToTheText(trial, bench, 250) && !cameToTheText(trial, bench, 2_000)) {
      throw trial.notDecided(
          "the machine is busy: within 2 s a command had no reply",
          "try again when less is going on");
    }
  }

  private static boolean cameToTheText(Trial trial, SmtpBench bench, long limit) {
    trial.setUp(
        "time-outs of %d ms, 60 s overall; a text of 6 MB, of which nothing is read"
            .formatted(limit));
    var server = bench.watched(SmtpServer.startNarrow()).at(At.TEXT, new Fault.Stall());
    var text = ("0123456789".repeat(7) + "\n").repeat(LONG_TEXT / 71);
    var message = SmtpBench.mail(List.of(SmtpBench.ANN), "Hello", text);
    var settings = SmtpBench.plain(server, SmtpBench.timeouts(limit, limit, 60_000));
    var sending = bench.send(server, settings, message);
    var expected = "the server stops reading";
    if (sending.outcome(expected).thrown() != null
        && server.transcript().stream().noneMatch(line -> line.startsWith("S: 354"))) {
      return false;
    }
    sending.expectRetry(expected);
    return true;
  }

  static void atQuit(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp(
        "servers that accept the mail, and at QUIT refuse, drop the connection, fall silent or"
            + " drip");
    var bench = contract.bench(trial);
    // Within a time-out, the server has to accept the mail, too: a busy machine gets more time.
    if (!cameToQuit(trial, bench, 900) && !cameToQuit(trial, bench, 3_600)) {
      throw trial.notDecided(
          "the machine is busy: within 3.6 s a mail was not accepted",
          "try again when less is going on");
    }
    otherYes(trial, bench);
  }

  private static boolean cameToQuit(Trial trial, SmtpBench bench, long limit) {
    var faults =
        List.of(
            new Fault.Reply("421 4.3.0 not now"),
            new Fault.Reply("500 5.5.1 unknown"),
            new Fault.Drop(),
            new Fault.Stall(),
            new Fault.Drip());
    var servers = new ArrayList<SmtpServer>();
    var sendings = new ArrayList<SmtpBench.Sending>();
    for (var fault : faults) {
      var server = bench.server().at(At.QUIT, fault);
      long read = fault instanceof Fault.Stall ? limit / 2 : 8_000;
      var timeouts = SmtpBench.timeouts(8_000, read, fault instanceof Fault.Drip ? limit : 8_000);
      servers.add(server);
      // To one: whoever has a connection for each recipient spends the overall limit at one QUIT.
      var message = SmtpBench.mail(SmtpBench.ANN);
      sendings.add(bench.send(server, SmtpBench.plain(server, timeouts), message));
    }
    for (int n = 0; n < faults.size(); n++) {
      var expected = "send returns, although at QUIT the server " + faults.get(n);
      boolean sent = sendings.get(n).outcome(expected).thrown() == null;
      if (!sent && !hears(servers.get(n), "QUIT")) {
        return false;
      }
      sendings.get(n).expectSent(expected);
    }
    return true;
  }

  private static boolean hears(SmtpServer server, String command) {
    return server.transcript().stream().anyMatch(line -> line.startsWith("C: " + command));
  }

  // Whoever takes it for a no sends the mail twice.
  private static void otherYes(Trial trial, SmtpBench bench) {
    trial.setUp("a server that replies 251 to the final dot; another refuses Bob before");
    var server = bench.server().at(At.DOT, new Fault.Reply("251 will be forwarded"));
    bench.send(server, mail()).expectSent("251 is a yes, and send returns");
    var refusing = bench.server().at(At.DOT, new Fault.Reply("251 will be forwarded"));
    refusing.script(
        (at, line) ->
            at == At.RCPT && line.contains("<bob@")
                ? Optional.of(new Fault.Reply("550 5.1.1 unknown"))
                : Optional.empty());
    bench
        .send(refusing, mail())
        .expectLists("the reply to Bob's RCPT is 550", List.of(), List.of(SmtpBench.BOB));
  }

  static void timeouts(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp(
        "time-outs of 30 days, 300 years and ChronoUnit.FOREVER, all or all but one; a server that"
            + " accepts everything, one that says nothing at MAIL");
    var bench = contract.bench(trial);
    var waiting = new ArrayList<SmtpBench.Sending>();
    for (var time :
        List.of(
            Duration.ofDays(30), Duration.ofDays(300 * 365), ChronoUnit.FOREVER.getDuration())) {
      var timeouts = new Timeouts(time, time, time, time);
      trial.lookAt("overall", "send");
      inNoHurry(bench, timeouts).expectSent("all time-outs are " + time + ", and send returns");
      var silent = bench.server().at(At.MAIL, new Fault.Stall());
      var overall = new Timeouts(time, time, time, Duration.ofMillis(250));
      // One after the other up to there: whoever mixes up two services fails another rule.
      waiting.add(
          bench.send(silent, SmtpBench.plain(silent, overall), mail()).untilHeard("C: MAIL", 1));
      var read = new Timeouts(time, Duration.ofMillis(250), time, time);
      waiting.add(
          bench.send(silent, SmtpBench.plain(silent, read), mail()).untilHeard("C: MAIL", 2));
    }
    waiting.forEach(sending -> sending.expectRetry("the one time-out of 250 ms passes"));
  }

  /**
   * The server replies to MAIL once the sender waits: whoever does not wait is not just in time.
   */
  private static SmtpBench.Sending inNoHurry(SmtpBench bench, Timeouts timeouts) {
    var waits = new CountDownLatch(1);
    var server = bench.server();
    server.script(
        (at, _) -> {
          if (at == At.MAIL) {
            await(waits);
          }
          return Optional.empty();
        });
    var sending = bench.send(server, SmtpBench.plain(server, timeouts), mail());
    sending.untilHeard("C: MAIL", 1);
    Limit.of(Patience.SIGNAL)
        .awaits(
            () ->
                sending.actor.isDone()
                    || sending.actor.thread().getState() != Thread.State.RUNNABLE);
    waits.countDown();
    return sending;
  }

  private static void await(CountDownLatch latch) {
    try {
      Limit.of(Patience.ANSWER).awaits(latch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void leftovers(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp(
        "a mail that is accepted; others refused at MAIL, RCPT, DATA and the dot; a server that"
            + " drips");
    var bench = contract.bench(trial);
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

  static void interrupt(Trial trial, SmtpEmailServiceContract contract) {
    var bench = contract.bench(trial);
    if (!cameToMail(trial, bench, 400, true) && !cameToMail(trial, bench, 3_200, false)) {
      throw trial.notDecided(
          "the machine is busy: within 3.2 s, MAIL was not said",
          "try again when less is going on");
    }
  }

  private static boolean cameToMail(Trial trial, SmtpBench bench, long overall, boolean again) {
    trial.setUp(
        "a server that says nothing at MAIL; %d ms overall; the sender is interrupted"
            .formatted(overall));
    var server = bench.server().at(At.MAIL, new Fault.Stall());
    // A connection that is left open must not be closed by another time-out while it is looked for.
    var timeouts = SmtpBench.timeouts(8_000, 600_000, overall);
    var message = SmtpBench.mail(SmtpBench.ANN);
    var sending = bench.send(server, SmtpBench.plain(server, timeouts), message);
    trial.expectSoon(
        "the server hears MAIL",
        () -> hears(server, "MAIL") || sending.actor.isDone(),
        () -> "it does not");
    sending.actor.thread().interrupt();
    sending.expectRetry("the sender is interrupted");
    var outcome = sending.outcome("send ends");
    if (!hears(server, "MAIL") || (again && !outcome.interrupted())) {
      return false; // perhaps its time was up before the interrupt
    }
    sending.expectThat(
        "the interrupt flag is set when send ends", outcome.interrupted(), "it is clear");
    trial.expectSoon(
        "no connection is left open",
        () -> server.open() == 0,
        () -> server.open() + " is left open");
    return true;
  }
}
