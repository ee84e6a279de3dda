package workbook.contracts.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.SmtpServer;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings;

/** What a server's replies decide. */
final class Replies {

  private Replies() {}

  static void toEachRecipient(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp("a mail to Ann, Bob and Cid; at RCPT, Bob gets 451 and Cid 550; then other mixes");
    var bench = contract.bench(trial);
    var all = List.of(SmtpBench.ANN, SmtpBench.BOB, SmtpBench.CID);
    for (var replies :
        List.of(
            List.of("250", "451", "550"),
            List.of("553", "250", "450"),
            List.of("250", "250", "554"),
            List.of("450", "250", "250"),
            List.of("452", "550", "551"),
            List.of("250", "552", "421"),
            List.of("552", "500", "499"))) {
      var server = bench.server();
      server.script((at, line) -> rcpt(at, line, replies));
      var sending = bench.send(server, SmtpBench.mail(all, "Hello", "Hello"));
      var when = "RCPT is answered " + String.join(", ", replies);
      sending.expectLists(when, with("4", all, replies), with("5", all, replies));
      var got = new ArrayList<String>();
      server.mails().forEach(mail -> got.addAll(mail.to()));
      sending.expectThat(
          when + ": those with 250 get the mail, once",
          got.equals(with("2", all, replies).stream().map(Mailbox::address).toList()),
          "the server accepted mail for: " + Trial.describe(got));
    }
    thenRefusedForAll(trial, bench);
  }

  // The reply to a recipient's own RCPT decides, whatever comes afterwards for the others.
  private static void thenRefusedForAll(Trial trial, SmtpBench bench) {
    var all = List.of(SmtpBench.ANN, SmtpBench.BOB, SmtpBench.CID);
    var replies = List.of("250", "451", "552");
    for (var at : List.of(At.DATA, At.DOT)) {
      for (var reply : List.of("452 4.3.1 not now", "554 5.6.0 never")) {
        trial.setUp(
            "RCPT is answered 250 for Ann, 451 for Bob, 552 for Cid; %s is answered %s"
                .formatted(at, reply.substring(0, 3)));
        var server = bench.server().at(at, new Fault.Reply(reply));
        server.script((moment, line) -> rcpt(moment, line, replies));
        var sending = bench.send(server, SmtpBench.mail(all, "Hello", "Hello"));
        boolean never = reply.startsWith("5");
        sending.expectLists(
            "each by the reply to its own RCPT, Ann by that to " + at,
            never ? List.of(SmtpBench.BOB) : List.of(SmtpBench.ANN, SmtpBench.BOB),
            never ? List.of(SmtpBench.ANN, SmtpBench.CID) : List.of(SmtpBench.CID));
      }
    }
  }

  private static List<Mailbox> with(String digit, List<Mailbox> all, List<String> replies) {
    return all.stream().filter(to -> replies.get(all.indexOf(to)).startsWith(digit)).toList();
  }

  private static Optional<Fault> rcpt(At at, String line, List<String> codes) {
    if (at != At.RCPT) {
      return Optional.empty();
    }
    int who = line.contains("<ann@") ? 0 : line.contains("<bob@") ? 1 : 2;
    return Optional.of(codes.get(who))
        .filter(code -> !code.equals("250"))
        .map(code -> new Fault.Reply(code + " not this one, <someone@example.com>"));
  }

  static void byTheFirstDigit(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp("a server that replies 4xx, then one that replies 5xx, at each command in turn");
    var bench = contract.bench(trial);
    trial.lookAt("EmailException", "send");
    for (var at : SmtpBench.IN_THE_OPEN) {
      for (var reply : List.of("451 4.3.0 not now", "554 5.3.0 never")) {
        var server = bench.server().at(at, new Fault.Reply(reply));
        expectReply(bench, server, SmtpBench.plain(server, SmtpBench.LONG), at, reply);
      }
    }
    for (var at : List.of(At.STARTTLS, At.AUTH)) {
      for (var reply : List.of("454 4.7.0 not now", "535 5.7.8 never")) {
        var server = bench.secureServer().at(at, new Fault.Reply(reply));
        expectReply(
            bench, server, SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN)), at, reply);
      }
    }
    trial.lookAt();
    manyCodes(trial, bench);
    inTurn(trial, bench);
  }

  private static void manyCodes(Trial trial, SmtpBench bench) {
    trial.setUp("a server that replies with one code after the other, at MAIL, RCPT and the dot");
    for (var at : List.of(At.MAIL, At.RCPT, At.DOT)) {
      for (int code : List.of(421, 450, 452, 471, 500, 503, 521, 550, 552, 571)) {
        var reply = code + " not this one";
        var server = bench.server().at(at, new Fault.Reply(reply));
        expectReply(bench, server, SmtpBench.plain(server, SmtpBench.LONG), at, reply);
      }
    }
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
        when + ": the server accepts no mail",
        server.mails().isEmpty(),
        "it accepted " + server.mails().size());
  }

  static void inTheMessage(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp("451 at the greeting, 535 at the login, 550 at RCPT, 552 at the dot; no server");
    var bench = contract.bench(trial);
    record Case(At at, String reply) {}
    for (var fault :
        List.of(
            new Case(At.GREETING, "451 4.3.0 not now"),
            new Case(At.AUTH, "535 5.7.8 wrong"),
            new Case(At.RCPT, "550 5.1.1 unknown"),
            new Case(At.DOT, "552 5.3.4 too large"))) {
      var server = bench.secureServer();
      server.at(fault.at, new Fault.Reply(fault.reply));
      var settings = SmtpBench.secure(server, Optional.of(SmtpBench.LOGIN));
      var sending = bench.send(server, settings, SmtpBench.mail(SmtpBench.ANN));
      expectWords(sending, server.port(), fault.reply.substring(0, 3));
    }
    var nobody = bench.nobody();
    expectWords(bench.send(nobody, SmtpBench.mail(SmtpBench.ANN)), nobody.port(), "");
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
}
