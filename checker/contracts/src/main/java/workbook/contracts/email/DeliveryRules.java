package workbook.contracts.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Fault;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailService;
import workbook.email.Mailbox;

/**
 * The rules of what is refused before a mail is sent, and of recipients whom the server refuses.
 */
abstract class DeliveryRules extends ContentRules {

  /** For the subclasses in this package. */
  DeliveryRules() {}

  /** Whoever types a name must not write headers. */
  @Rule(
      number = "5.4",
      says =
          "A line break or another control character in a header field MUST be refused by the"
              + " field's name, before a connection is made.",
      check =
          "the subject, each recipient's name and address, and the settings' from in the"
              + " constructor; CR alone and LF alone; that the message names the field and does not"
              + " repeat its value; that it is refused before the connection is made",
      lookAt = "send")
  void lineBreaks(Trial trial) {
    trial.setUp("CR LF, CR, LF, NUL, BEL and DEL in the subject, in a name and in an address");
    var bench = bench(trial);
    var server = bench.server();
    var service = bench.service(SmtpBench.plain(server, SmtpBench.LONG));
    for (var text :
        List.of("x\r\nBcc: eve@example.com", "x\nBcc: y", "x\rBcc: y", "x\0y", "x\7y", "x\177y")) {
      var shown = shown(text);
      var ann = List.of(SmtpBench.ANN);
      refused(trial, service, "the subject " + shown, SmtpBench.mail(ann, text, ""), "subject");
      var named = List.of(SmtpBench.BOB, new Mailbox(text, "ann@example.com"));
      refused(trial, service, "the name " + shown, SmtpBench.mail(named, "Hello", ""), "to");
      var addressed = List.of(SmtpBench.BOB, Mailbox.of("ann@example.com" + text));
      refused(trial, service, "the address " + shown, SmtpBench.mail(addressed, "Hi", ""), "to");
      trial.expectRefused(
          "settings with from as " + shown,
          () -> create(from(server.port(), new Mailbox(text, "a@example.com")), trial.time()),
          "from");
    }
    trial.expect("connections made", server.connections(), 0);
  }

  /** A text with its control characters as one would type them. */
  static String shown(String text) {
    return text.replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\0", "\\0")
        .replace("\7", "\\7")
        .replace("\177", "\\177");
  }

  private static void refused(
      Trial trial, EmailService service, String what, EmailMessage message, String field) {
    trial.expectRefused(what, () -> service.send(message), field);
    try {
      service.send(message);
    } catch (EmailException | RuntimeException e) {
      trial.expectThat(
          what + " is not repeated in the exception's message, which may be logged",
          !String.valueOf(e.getMessage()).contains("Bcc"),
          "it is");
    }
  }

  /** An address is one address. */
  @Rule(
      number = "5.5",
      says =
          "An address that is not exactly one plain ASCII address MUST be refused before a"
              + " connection is made; others MUST be taken.",
      check =
          "that a list or a group, which the library reads gladly, is more than one; a name beside"
              + " it; strict parsing; letters that are no ASCII",
      lookAt = "send")
  void addresses(Trial trial) {
    trial.setUp(
        "addresses that are none, several, or one with something beside it; then good ones");
    var bench = bench(trial);
    var server = bench.server();
    var service = bench.service(SmtpBench.plain(server, SmtpBench.LONG));
    var wrong =
        List.of(
            "",
            "ann",
            "@example.com",
            "ann@",
            "ann@example.com@example.org",
            "ann smith@example.com",
            "ann@example.com,bob@example.com",
            "ann@example.com, eve@example.org",
            "ann@example.com;bob@example.com",
            "ann@example.com bob@example.com",
            "Ann <ann@example.com>",
            "<ann@example.com>",
            "friends: ann@example.com, bob@example.com;",
            "friends:ann@example.com;",
            "ann@example.com>",
            "änn@example.com",
            "ann@exämple.com",
            " ann@example.com");
    for (var address : wrong) {
      var to = List.of(SmtpBench.BOB, Mailbox.of(address));
      trial.expectRefused(
          "the address '" + address + "'",
          () -> service.send(SmtpBench.mail(to, "Hello", "")),
          "to");
      expectNotRepeated(trial, service, address);
    }
    trial.expectRefused(
        "settings with from as 'ann'",
        () -> create(from(server.port(), Mailbox.of("ann")), trial.time()),
        "from");
    trial.expect("connections made", server.connections(), 0);
    for (var address : List.of("a@b.example", "ann.smith+news@mail.example.com", "o'neil@x.org")) {
      bench
          .send(server, service, SmtpBench.mail(Mailbox.of(address)))
          .expectSent("a mail to " + address + " is sent");
    }
  }

  private static void expectNotRepeated(Trial trial, EmailService service, String address) {
    try {
      service.send(SmtpBench.mail(Mailbox.of(address)));
    } catch (EmailException | RuntimeException e) {
      var message = String.valueOf(e.getMessage());
      trial.expectThat(
          "'" + address + "' is not repeated in the exception's message, which may be logged",
          Stream.of("smith", "eve@", "bob@", "friends", "example.org").noneMatch(message::contains),
          "it is");
    }
  }

  /** One bad recipient is not the others' fault. */
  @Rule(
      number = "5.6",
      says =
          "A refused recipient MUST NOT keep the others from getting the mail; the exception MUST"
              + " tell who may be tried again and who may not, and nobody who gets it.",
      check =
          "mail.smtp.sendpartial; that each recipient's reply hangs on getNextException(), and not"
              + " on getCause(); that a recipient with 4xx is in retry, one with 5xx in refused,"
              + " one who gets the mail in neither",
      lookAt = "send")
  void partial(Trial trial) {
    trial.setUp("a mail to Ann, Bob and Cid; at RCPT, Bob gets 451 and Cid 550; then other mixes");
    var bench = bench(trial);
    var all = List.of(SmtpBench.ANN, SmtpBench.BOB, SmtpBench.CID);
    for (var replies :
        List.of(
            List.of("250", "451", "550"),
            List.of("553", "250", "450"),
            List.of("250", "250", "554"),
            List.of("450", "250", "250"),
            List.of("452", "550", "551"))) {
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
          "the server has taken over mail for: " + Trial.describe(got));
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
}
