package workbook.contracts.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.checker.smtp.Mail;
import workbook.checker.smtp.SmtpServer;
import workbook.email.EmailMessage;
import workbook.email.Mailbox;

/** Subjects, names and texts that arrive as they were typed, in lines that a server has to take. */
final class Texts {

  private static final int LONGEST_LINE = 998;

  /** A subject, and the name of who sends and who gets the mail. */
  record Field(String subject, String name) {}

  /** In any script, of any length, and whatever they look like. */
  static final List<Field> FIELDS =
      List.of(
          new Field("Grüße & <Küsse>", "Zażółć gęślą jaźń"),
          new Field("ようこそ、ワークブックへ。".repeat(20), "Doe, \"Ann\" <ceo@example.org>"),
          new Field("🎉👩‍🚀".repeat(40), "山田 太郎"),
          new Field("שלום, ברוכים הבאים", "Ελληνικά, עברית و العربية"),
          new Field("plain words ".repeat(90).strip(), "Ann (Sales) \\ Co."),
          new Field("=?UTF-8?Q?Hello=0D=0ABcc:_eve@example.com?=", "=?UTF-8?B?RXZl?="),
          new Field("what =?utf-8?q?is?= this", "=?ISO-8859-1?Q?Ann=0ABcc=3A_eve?= <x>"),
          new Field("=?", "?= Ann =?UTF-8?Q?=20?= =?UTF-8?Q?=20?="),
          new Field("s".repeat(1_000), "n".repeat(1_000)),
          new Field("ü".repeat(500), "long name ".repeat(100).strip()));

  /** In any script, with lines of any length, and with what must not end a mail. */
  static final List<String> BODIES =
      List.of(
          "Zażółć gęślą jaźń\nこんにちは 🎉\nund tschüß",
          "a very long line " + "x".repeat(3_000) + "\nand a short one",
          "x".repeat(998) + "\n" + "y".repeat(999) + "\n" + "." + "z".repeat(997),
          ".begins with a dot\n..with two\n.\nMAIL FROM:<eve@example.com>\nand on",
          "blanks at the end   \n\ttab\nFrom here on = 100%\n\n\nthe end",
          "こんにちは\n.\n\n..\nさようなら\n",
          "=?UTF-8?Q?Hello?=\nBcc: eve@example.com\n=20=3D &amp; \\n %0A",
          "from a form\r\nor an old Mac\rand on",
          "こんにちは\r\nさようなら\rüß\nend",
          "a NUL \0, an escape \33 and a form feed \f",
          "");

  private Texts() {}

  static void inHeaders(Trial trial, SmtpEmailServiceContract contract) throws MessagingException {
    var bench = contract.bench(trial);
    var server = bench.server();
    for (var field : FIELDS) {
      trial.setUp("from and to the name %s, with the subject %s".formatted(shown(field)));
      var to = new Mailbox(field.name, "ann@example.com");
      var from = SmtpBench.from(server.port(), new Mailbox(field.name, "bob@example.com"));
      bench
          .send(server, from, SmtpBench.mail(List.of(to), field.subject, "Hello"))
          .expectSent("send returns");
      expectLines(trial, server.mails().getLast());
      expectField(trial, server.mails().getLast(), field);
    }
    trial.setUp("a mail to sixty recipients, each with a name");
    var many =
        IntStream.rangeClosed(1, 60)
            .mapToObj(n -> new Mailbox("Recipient " + n, "recipient" + n + "@example.com"))
            .toList();
    bench.send(server, SmtpBench.mail(many, "Hello", "Hello")).expectSent("send returns");
    expectLines(trial, server.mails().getLast());
  }

  private static Object[] shown(Field field) {
    return new Object[] {brief(field.name), brief(field.subject)};
  }

  /** Expects a subject and names as they were. */
  static void expectField(Trial trial, Mail mail, Field field) throws MessagingException {
    var read = mail.read();
    expectSame(trial, "the subject", read.getSubject(), field.subject);
    expectSame(trial, "the name of who gets it", name(read.getAllRecipients()), field.name);
    expectSame(trial, "the name of who sends it", name(read.getFrom()), field.name);
  }

  private static @Nullable String name(Address @Nullable [] addresses) {
    return addresses == null || addresses.length == 0
        ? null
        : ((InternetAddress) addresses[0]).getPersonal();
  }

  private static void expectSame(Trial trial, String what, @Nullable String got, String wanted) {
    trial.expectThat(
        what + " is as it was typed, " + brief(wanted),
        wanted.equals(got),
        got == null ? "missing" : brief(got) + (brief(got).equals(brief(wanted)) ? ", cut" : ""));
  }

  static String brief(String text) {
    if (text.isBlank()) {
      return text.isEmpty() ? "(empty)" : "(blank)";
    }
    int limit = text.offsetByCodePoints(0, Math.min(24, text.codePointCount(0, text.length())));
    return (text.length() == limit
            ? text
            : text.substring(0, limit) + ".. (" + text.length() + " characters)")
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\0", "\\0");
  }

  /** Expects lines that every server has to take: RFC 5322 holds for every part of a mail. */
  private static void expectLines(Trial trial, Mail mail) {
    var lines = mail.lines();
    int longest = lines.stream().mapToInt(String::length).max().orElse(0);
    trial.expectThat(
        "the mail has lines of at most 998 characters",
        longest <= LONGEST_LINE,
        "the longest has " + longest);
    trial.expectThat(
        "the mail is ASCII",
        lines.stream().allMatch(line -> line.chars().allMatch(c -> c < 128)),
        "it has bytes above 127, and the server has not offered to accept them");
    trial.expectThat(
        "each line of the mail ends with CR LF, and has no CR, LF or NUL inside",
        lines.stream().allMatch(line -> line.chars().allMatch(c -> "\r\n\0".indexOf(c) < 0)),
        "one has");
  }

  static void inBodies(Trial trial, SmtpEmailServiceContract contract) {
    var bench = contract.bench(trial);
    var server = bench.server();
    for (var text : BODIES) {
      trial.setUp("the text " + brief(text));
      int before = server.mails().size();
      send(bench, server, SmtpBench.mail(List.of(SmtpBench.ANN), "Hello", text));
      trial.expect("it arrives as one mail", server.mails().size() - before, 1);
      expectBody(trial, server.mails().getLast(), text);
    }
  }

  private static void send(SmtpBench bench, SmtpServer server, EmailMessage mail) {
    bench.send(server, mail).expectSent("send returns");
  }

  /** Expects a text as it was. */
  static void expectText(Trial trial, Mail mail, String text) {
    trial.expectThat(
        "the text is text/plain", mail.isPlainText(), "it is another, which is read as markup");
    trial.expect(
        "the text is as it was, line breaks at its end aside",
        mail.text().replaceAll("\n+$", "").replace("\n", "\\n").replace("\r", "\\r"),
        text.replaceAll("\r\n?", "\n").replaceAll("\n+$", "").replace("\n", "\\n"));
  }

  private static void expectBody(Trial trial, Mail mail, String text) {
    expectLines(trial, mail);
    expectText(trial, mail, text);
    var decoded = new String(mail.decoded(), ISO_8859_1);
    trial.expectThat(
        "its line breaks are CR LF, also inside base64",
        !decoded.replace("\r\n", "").matches("(?s).*[\r\n].*"),
        "there is a CR or an LF alone");
  }
}
