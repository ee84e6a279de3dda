package workbook.contracts.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.smtp.Mail;
import workbook.email.EmailService;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings;
import workbook.hosting.TimeSource;

/** The rules of a mail that arrives as it was handed in. */
abstract class ContentRules {

  private static final int LONGEST_LINE = 998;

  /** For the subclasses in this package. */
  ContentRules() {}

  /**
   * Makes the service under test.
   *
   * @param settings the server, and how to talk to it
   * @param time tells the date of a mail
   * @return a new service
   */
  protected abstract EmailService create(SmtpSettings settings, TimeSource time);

  final SmtpBench bench(Trial trial) {
    return new SmtpBench(trial, this::create);
  }

  /** A mail is what it was when it was made, and it has been taken over when send returns. */
  @Rule(
      number = "5.1",
      says =
          "A mail MUST arrive with the sender, the recipients, the Message-ID and the date that"
              + " were given, the same each time, and MUST have been taken over when send returns.",
      check =
          "that send waits for the reply to the final dot; that saving a MimeMessage gives it a new"
              + " Message-ID, unless updateMessageID is overridden; the envelope's sender, MAIL"
              + " FROM; that the date is asked of the clock that was handed in",
      lookAt = "send")
  void arrives(Trial trial) throws MessagingException {
    trial.setUp(
        "a server that takes everything; one mail to Ann and Bob, sent twice, an hour later again");
    var bench = bench(trial);
    var server = bench.server();
    var message = SmtpBench.mail(new Mailbox("Ann", "ann@example.com"), SmtpBench.BOB);
    var service = bench.service(SmtpBench.plain(server, SmtpBench.LONG));
    for (var time : List.of("first", "second")) {
      int before = server.mails().size();
      var sending = bench.send(server, service, message);
      sending.expectSent("the " + time + " time, send returns");
      var mails = server.mails().subList(before, server.mails().size());
      var got = new ArrayList<String>();
      mails.forEach(mail -> got.addAll(mail.to()));
      got.sort(null);
      sending.expectThat(
          "when send returns, the server has taken over the mail for both, once each",
          got.equals(List.of("ann@example.com", "bob@example.com")),
          "it has taken over mail for: " + Trial.describe(got));
      for (var mail : mails) {
        trial.expect("the server is told the sender", mail.from(), SmtpBench.FROM.address());
        trial.expect("the Message-ID is the one given", mail.messageId(), message.messageId());
        expectHeaders(trial, mail);
      }
      trial.time().shiftWallClock(Duration.ofHours(1));
    }
  }

  private static void expectHeaders(Trial trial, Mail mail) throws MessagingException {
    var read = mail.read();
    var from = read.getFrom();
    trial.expect(
        "the field From is the settings' from",
        from == null ? "missing" : String.join(", ", addresses(from)),
        SmtpBench.FROM.address());
    trial.expect(
        "the field From has the name of the settings' from",
        String.valueOf(((InternetAddress) from[0]).getPersonal()),
        SmtpBench.FROM.name());
    var to = read.getAllRecipients();
    trial.expectThat(
        "the field To names who gets it",
        to != null && addresses(to).containsAll(mail.to()),
        to == null ? "missing" : String.join(", ", addresses(to)));
    var date = read.getSentDate();
    trial.expect(
        "the field Date is the time of the clock",
        date == null ? "missing" : date.toInstant().toString(),
        Date.from(trial.time().now()).toInstant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  static List<String> addresses(jakarta.mail.Address[] addresses) {
    return Arrays.stream(addresses).map(a -> ((InternetAddress) a).getAddress()).toList();
  }

  /** What is no ASCII arrives as it was. */
  @Rule(
      number = "5.2",
      says =
          "Subject and names MUST arrive as they were, in any script and of any length, in lines"
              + " of ASCII.",
      check =
          "the charset of setSubject, setPersonal and setText: without one, the platform's is used;"
              + " a name with a comma or quotes; headers written without the library",
      lookAt = "send")
  void names(Trial trial) throws MessagingException {
    var names =
        List.of(
            "Zażółć gęślą jaźń",
            "Doe, \"Ann\" <ceo@example.org>",
            "山田 太郎",
            "Ελληνικά, עברית و العربية");
    var subjects =
        List.of(
            "Grüße & <Küsse>",
            "ようこそ、ワークブックへ。".repeat(20),
            "🎉👩‍🚀".repeat(40),
            "שלום, ברוכים הבאים",
            "plain words ".repeat(90).strip());
    var bench = bench(trial);
    var server = bench.server();
    for (var subject : subjects) {
      var name = names.get(subjects.indexOf(subject) % names.size());
      trial.setUp("to the name " + name + ", with the subject " + brief(subject));
      var to = new Mailbox(name, "ann@example.com");
      var sending = bench.send(server, SmtpBench.mail(List.of(to), subject, "Hello"));
      sending.expectSent("send returns");
      var mail = server.mails().getLast();
      expectAsciiLines(trial, "the header", mail.headerLines());
      trial.expect("the subject is as it was", mail.read().getSubject(), subject);
      var recipients = mail.read().getAllRecipients();
      trial.expect(
          "the name is as it was",
          recipients == null ? "missing" : ((InternetAddress) recipients[0]).getPersonal(),
          name);
    }
  }

  private static String brief(String text) {
    int limit = text.offsetByCodePoints(0, Math.min(12, text.codePointCount(0, text.length())));
    return text.length() == limit
        ? text
        : text.substring(0, limit) + ".. (" + text.length() + " characters)";
  }

  private static void expectAsciiLines(Trial trial, String what, List<String> lines) {
    int longest = lines.stream().mapToInt(String::length).max().orElse(0);
    trial.expectThat(
        what + " has lines of at most 998 characters",
        longest <= LONGEST_LINE,
        "the longest has " + longest);
    trial.expectThat(
        what + " is ASCII",
        lines.stream().allMatch(line -> line.chars().allMatch(c -> c < 128)),
        "it has bytes above 127, and the server has not said that it takes such");
  }

  /** A text arrives as it was, and is nothing but a text. */
  @Rule(
      number = "5.3",
      says =
          "The text MUST arrive as it was, in any script, with lines of any length, and MUST NOT be"
              + " able to end the mail.",
      check =
          "the charset of setText; a line that begins with a dot, or is one: it is sent with one"
              + " dot more; very long lines",
      lookAt = "send")
  void text(Trial trial) {
    var texts =
        List.of(
            "Zażółć gęślą jaźń\nこんにちは 🎉\nund tschüß",
            "a very long line " + "x".repeat(3_000) + "\nand a short one",
            ".begins with a dot\n..with two\n.\nMAIL FROM:<eve@example.com>\nand on",
            "blanks at the end   \n\ttab\nFrom here on = 100%\n\n\nthe end",
            "");
    var bench = bench(trial);
    var server = bench.server();
    for (var text : texts) {
      trial.setUp("the text " + brief(text).replace("\n", "\\n"));
      int before = server.mails().size();
      var sending = bench.send(server, SmtpBench.mail(List.of(SmtpBench.ANN), "Hello", text));
      sending.expectSent("send returns");
      trial.expect("it arrives as one mail", server.mails().size() - before, 1);
      var mail = server.mails().getLast();
      expectAsciiLines(trial, "the mail", mail.lines());
      trial.expect(
          "the text is as it was, line breaks at its end aside",
          mail.text().replaceAll("\n+$", "").replace("\n", "\\n"),
          text.replaceAll("\n+$", "").replace("\n", "\\n"));
    }
  }

  static SmtpSettings from(int port, Mailbox from) {
    var settings = SmtpBench.plain(port, SmtpBench.LONG);
    return new SmtpSettings(
        settings.host(),
        port,
        settings.security(),
        Optional.empty(),
        from,
        settings.timeouts(),
        settings.tls());
  }
}
