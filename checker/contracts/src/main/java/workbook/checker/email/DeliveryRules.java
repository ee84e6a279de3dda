package workbook.checker.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.checker.Contract;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.Mail;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailService;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings;
import workbook.hosting.TimeSource;

/** The rules of what arrives. */
abstract class DeliveryRules extends Contract {

  private static final int LONGEST_LINE = 998;

  /** For the subclasses in this package. */
  DeliveryRules() {}

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

  /**
   * A mail is what it was when it was made, and it has been taken over when send returns.
   *
   * <p>If this fails, check: that send waits for the reply to the final dot; that saving a
   * MimeMessage gives it a new Message-ID, unless updateMessageID is overridden; the envelope's
   * sender, MAIL FROM; that the date is asked of the clock that was handed in.
   */
  @Rule(
      number = "5.1",
      says =
          "A mail MUST arrive with the sender, the recipients, the Message-ID and the date that"
              + " were given, the same each time, and MUST have been taken over when send returns.",
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

  private static List<String> addresses(jakarta.mail.Address[] addresses) {
    return Arrays.stream(addresses).map(a -> ((InternetAddress) a).getAddress()).toList();
  }

  /**
   * What is no ASCII arrives as it was.
   *
   * <p>If this fails, check: the charset of setSubject, setPersonal and setText: without one, the
   * platform's is used; a name with a comma or quotes; headers written without the library.
   */
  @Rule(
      number = "5.2",
      says =
          "Subject and names MUST arrive as they were, in any script and of any length, in lines"
              + " of ASCII.",
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

  /**
   * A text arrives as it was, and is nothing but a text.
   *
   * <p>If this fails, check: the charset of setText; a line that begins with a dot, or is one: it
   * is sent with one dot more; very long lines.
   */
  @Rule(
      number = "5.3",
      says =
          "The text MUST arrive as it was, in any script, with lines of any length, and MUST NOT be"
              + " able to end the mail.",
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

  /**
   * Whoever types a name must not write headers.
   *
   * <p>If this fails, check: the subject, each recipient's name and address, and the settings' from
   * in the constructor; CR alone and LF alone; that the message names the field and does not repeat
   * its value; that it is refused before the connection is made.
   */
  @Rule(
      number = "5.4",
      says =
          "A line break or another control character in a header field MUST be refused by the"
              + " field's name, before a connection is made.",
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

  /**
   * An address is one address.
   *
   * <p>If this fails, check: that a list or a group, which the library reads gladly, is more than
   * one; a name beside it; strict parsing; letters that are no ASCII.
   */
  @Rule(
      number = "5.5",
      says =
          "An address that is not exactly one plain ASCII address MUST be refused before a"
              + " connection is made; others MUST be taken.",
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

  /**
   * One bad recipient is not the others' fault.
   *
   * <p>If this fails, check: {@code mail.smtp.sendpartial}; that each recipient's reply hangs on
   * {@code getNextException()}, and not on {@code getCause()}; that a recipient with 4xx is in
   * retry, one with 5xx in refused, one who gets the mail in neither.
   */
  @Rule(
      number = "5.6",
      says =
          "A refused recipient MUST NOT keep the others from getting the mail; the exception MUST"
              + " tell who may be tried again and who may not, and nobody who gets it.",
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
