package workbook.contracts.email;

import java.util.List;
import java.util.stream.Stream;
import workbook.checker.Trial;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailService;
import workbook.email.Mailbox;

/** What is refused before a connection is made. */
final class Refusals {

  /** As long as a plain address can be: 64 characters before the @, 254 in all. */
  private static final String LONGEST =
      "l".repeat(64) + "@" + ("d".repeat(62) + ".").repeat(2) + "e".repeat(51) + ".photography";

  /** Addresses that many a check refuses, and that are plain. */
  static final List<String> PLAIN =
      List.of(
          "a@b.example",
          "ann.smith+news@mail.example.com",
          "o'neil@x.org",
          "Ann_Smith-2@Example.COM",
          "ann@museum.photography",
          "ann@a.b.c.d.e.example",
          "1234567890@0-9.example",
          "ann@xn--bcher-kva.xn--vermgensberatung-pwb",
          "!#$%&'*+/=?^_`{|}~-@example.com",
          LONGEST);

  private Refusals() {}

  static void lineBreaks(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp("CR LF, CR, LF, NUL, BEL and DEL in the subject, in a name and in an address");
    var bench = contract.bench(trial);
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
          () ->
              contract.create(
                  SmtpBench.from(server.port(), new Mailbox(text, "a@example.com")), trial.time()),
          "from");
    }
    trial.expect("connections made: 0", server.connections(), 0);
  }

  private static String brief(String address) {
    return Texts.brief(address);
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

  static void addresses(Trial trial, SmtpEmailServiceContract contract) {
    trial.setUp(
        "texts that are no address, several, or one with something beside it; then good addresses");
    var bench = contract.bench(trial);
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
            " ann@example.com",
            "ann@example.com ",
            "ann@example.com, ",
            "ann@example.com(eve)",
            "=?UTF-8?Q?eve=40example.org=2C?= ann@example.com",
            "a".repeat(1_188) + "@example.com",
            "ann@" + "example.".repeat(150) + "com");
    for (var address : wrong) {
      var to = List.of(SmtpBench.BOB, Mailbox.of(address));
      trial.expectRefused(
          "the address '" + brief(address) + "'",
          () -> service.send(SmtpBench.mail(to, "Hello", "")),
          "to");
      expectNotRepeated(trial, service, address);
    }
    trial.expectRefused(
        "settings with from as 'ann'",
        () -> contract.create(SmtpBench.from(server.port(), Mailbox.of("ann")), trial.time()),
        "from");
    trial.expect("connections made: 0", server.connections(), 0);
    for (var address : PLAIN) {
      var sending = bench.send(server, service, SmtpBench.mail(Mailbox.of(address)));
      sending.expectSent("a mail to " + brief(address) + " is sent");
      sending.expectThat(
          "RCPT TO names " + brief(address),
          server.mails().getLast().to().equals(List.of(address)),
          "it names " + server.mails().getLast().to().getFirst());
    }
    bench
        .send(
            server,
            SmtpBench.from(server.port(), Mailbox.of(LONGEST)),
            SmtpBench.mail(SmtpBench.ANN))
        .expectSent("a mail from " + brief(LONGEST) + " is sent");
  }

  private static void expectNotRepeated(Trial trial, EmailService service, String address) {
    try {
      service.send(SmtpBench.mail(Mailbox.of(address)));
    } catch (EmailException | RuntimeException e) {
      var message = String.valueOf(e.getMessage());
      trial.expectThat(
          "'"
              + brief(address)
              + "' is not repeated in the exception's message, which may be logged",
          Stream.of("smith", "eve", "bob@", "friends", "example.org", "aaaa", "example.exa")
              .noneMatch(message::contains),
          "it is");
    }
  }
}
