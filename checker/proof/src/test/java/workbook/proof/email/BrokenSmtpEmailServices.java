package workbook.proof.email;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Services that send over SMTP and are wrong. */
public final class BrokenSmtpEmailServices {

  static final Table SENDER = new Table(WorkbookModule.EMAIL, "SmtpEmailService");

  private static final String JOIN = "if (thread.join(limit)) {";
  private static final String LISTS = "(code / 100 == PERMANENT ? refused : retry).add(mailbox);";
  private static final String TO =
      "message.to().stream().map(mailbox -> Headers.mailbox(mailbox, \"to\")).toList();";
  private static final String SUBJECT = "Headers.text(message.subject(), \"subject\");";
  private static final String FROM = "this.from = Headers.mailbox(settings.from(), \"from\");";
  private static final String LENIENT =
      """
      private static InternetAddress lenient(Mailbox mailbox) {
        try {
          var address = new InternetAddress();
          address.setAddress(mailbox.address());
          if (!mailbox.name().isEmpty()) {
            address.setPersonal(mailbox.name(), "UTF-8");
          }
          return address;
        } catch (java.io.UnsupportedEncodingException e) {
          throw new AssertionError(e);
        }
      }

      private MimeMessage mail(\
      """;

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // what arrives
          SENDER
              .broken("message-id-made-anew")
              .why("Saving the message gives it a Message-ID of the library's.")
              .change("setHeader(\"Message-ID\", message.messageId());", "super.updateMessageID();")
              .fails("5.1"),
          SENDER
              .broken("another-envelope")
              .why("The server is told another sender than the mail's.")
              .change(
                  "\"mail.smtp.from\", from.getAddress()",
                  "\"mail.smtp.from\", \"bounces@example.com\"")
              .fails("5.1", "5.18"),
          SENDER
              .broken("date-of-the-machine")
              .why("The date is that of the machine's clock.")
              .change("Date.from(time.now())", "new Date()")
              .fails("5.1"),
          SENDER
              .broken("date-of-the-service")
              .why("Every mail has the date at which the service was made.")
              .change("  private final TimeSource time;", "  private final Date made;")
              .change(
                  "this.time = Objects.requireNonNull(time, \"time\");",
                  "this.made = Date.from(Objects.requireNonNull(time, \"time\").now());")
              .change("Date.from(time.now())", "made")
              .fails("5.1"),
          SENDER
              .broken("from-without-its-name")
              .why("The sender's name is left out.")
              .change(
                  "mail.setFrom(from);", "mail.setFrom(new InternetAddress(from.getAddress()));")
              .fails("5.1"),
          SENDER
              .broken("no-date")
              .why("The mail has no date.")
              .change("      mail.setSentDate(Date.from(time.now()));\n", "")
              .fails("5.1"),
          SENDER
              .broken("subject-in-latin-1")
              .why("The subject is written in ISO-8859-1.")
              .change(
                  "mail.setSubject(subject, StandardCharsets.UTF_8.name())",
                  "mail.setSubject(subject, StandardCharsets.ISO_8859_1.name())")
              .fails("5.2"),
          SENDER
              .broken("subject-cut-off")
              .why("A long subject is cut off.")
              .change(
                  "mail.setSubject(subject,",
                  "mail.setSubject(subject.substring(0, Math.min(78, subject.length())),")
              .fails("5.2"),
          SENDER
              .broken("text-in-latin-1")
              .why("The text is written in ISO-8859-1.")
              .change(
                  "mail.setText(message.body(), StandardCharsets.UTF_8.name())",
                  "mail.setText(message.body(), StandardCharsets.ISO_8859_1.name())")
              .fails("5.3"),
          SENDER
              .broken("text-stripped")
              .why("Blanks at the ends of the lines are taken off.")
              .change("message.body(), ", "message.body().replaceAll(\" +\\n\", \"\\n\"), ")
              .fails("5.3"),
          // the door
          SENDER
              .broken("subject-not-looked-at")
              .why("A line break in the subject goes through.")
              .change(SUBJECT, "message.subject();")
              .fails("5.4"),
          SENDER
              .broken("line-breaks-replaced")
              .why("A line break in the subject is made a blank, in silence.")
              .change(SUBJECT, "message.subject().replaceAll(\"[\\r\\n\\0]+\", \" \");")
              .fails("5.4"),
          SENDER
              .broken("line-breaks-only")
              .why("Only CR, LF and NUL count as control characters.")
              .changeIn(
                  "Headers",
                  "text.chars().anyMatch(Character::isISOControl)",
                  "text.chars().anyMatch(c -> \"\\r\\n\\0\".indexOf(c) >= 0)")
              .fails("5.4"),
          SENDER
              .broken("address-in-the-message")
              .why("The exception for a bad address repeats it.")
              .changeIn(
                  "Headers",
                  "field + \" must be one plain address, such as ann@example.com, in ASCII\"",
                  "field + \" must be one plain address, was \" + mailbox.address()")
              .fails("5.5"),
          SENDER
              .broken("from-not-looked-at")
              .why("The settings' from is taken as it is.")
              .change(FROM, "this.from = lenient(settings.from());")
              .change("  private MimeMessage mail(", LENIENT)
              .fails("5.4", "5.5"),
          SENDER
              .broken("recipients-not-looked-at")
              .why("The recipients are taken as they are.")
              .change(TO, "message.to().stream().map(SmtpEmailService::lenient).toList();")
              .change("  private MimeMessage mail(", LENIENT)
              .fails("5.4", "5.5"),
          SENDER
              .broken("refused-with-the-value")
              .why("The exception for a bad subject repeats it.")
              .change(
                  SUBJECT,
                  "message.subject();\n"
                      + "    if (subject.chars().anyMatch(Character::isISOControl)) {\n"
                      + "      throw new IllegalArgumentException(\"bad subject \" + subject);\n"
                      + "    }")
              .fails("5.4"),
          SENDER
              .broken("refused-after-the-connection")
              .why("The connection is made before the mail is looked at.")
              .change(
                  "var delivery = new Delivery(mail(message));",
                  "MimeMessage mail;\n"
                      + "    try {\n"
                      + "      mail = mail(message);\n"
                      + "    } catch (IllegalArgumentException refused) {\n"
                      + "      try (var early = session.getTransport(\"smtp\")) {\n"
                      + "        early.connect(settings.host(), settings.port(), null, null);\n"
                      + "      } catch (MessagingException e) {\n"
                      + "        // of no consequence\n"
                      + "      }\n"
                      + "      throw refused;\n"
                      + "    }\n"
                      + "    var delivery = new Delivery(mail);")
              .fails("5.4", "5.5"),
          // recipients
          SENDER
              .broken("all-or-none")
              .why("One refused recipient keeps the others from getting the mail.")
              .change("\"mail.smtp.sendpartial\", true", "\"mail.smtp.sendpartial\", false")
              .fails("5.6"),
          SENDER
              .broken("one-reply-for-all")
              .why("All recipients are judged by the last reply.")
              .change(
                  "int code = codes.getOrDefault(mailbox.address(), failure.code);",
                  "int code = codes.isEmpty() ? failure.code : java.util.Collections.max("
                      + "codes.values());")
              .fails("5.6"),
          SENDER
              .broken("sent-ones-again")
              .why("Those who get the mail are among those to be tried again.")
              .change("if (!sent.contains(mailbox.address())) {", "if (!to.isEmpty()) {")
              .fails("5.6"),
          SENDER
              .broken("partial-is-sent")
              .why("A mail that one recipient gets counts as sent.")
              .change(
                  "    if (!delivery.accepted) {",
                  "    var failure = delivery.failure;\n"
                      + "    if (failure != null && !sent(failure.thrown).isEmpty()) {\n"
                      + "      return;\n"
                      + "    }\n"
                      + "    if (!delivery.accepted) {")
              .fails("5.6"),
          // replies
          SENDER
              .broken("everything-again")
              .why("Every failure is one to try again.")
              .change(LISTS, "retry.add(mailbox);")
              .fails("5.6", "5.7", "5.13", "5.17", "5.19"),
          SENDER
              .broken("nothing-again")
              .why("Every reply but a good one is final.")
              .change(LISTS, "(code >= 400 ? refused : retry).add(mailbox);")
              .fails("5.6", "5.7", "5.15"),
          SENDER
              .broken("outcome-in-the-service")
              .why("The outcome is kept from mail to mail: one that was sent hides later failures.")
              .change(
                  "    private volatile boolean accepted;\n"
                      + "    private volatile @Nullable Failure failure;\n",
                  "")
              .change(
                  "  private final TimeSource time;\n",
                  "  private final TimeSource time;\n"
                      + "  private volatile boolean accepted;\n"
                      + "  private volatile @Nullable Failure failure;\n")
              .change("if (!delivery.accepted) {", "if (!accepted) {")
              .change("delivery.failure", "failure")
              .fails("5.7"),
          SENDER
              .broken("login-failure-by-type")
              .why("A failed login is final, whatever the reply was, if there was one.")
              .change(
                  LISTS,
                  "boolean login = failure.thrown instanceof"
                      + " jakarta.mail.AuthenticationFailedException;\n"
                      + "        (login || code / 100 == PERMANENT ? refused :"
                      + " retry).add(mailbox);")
              .fails("5.7", "5.8"),
          SENDER
              .broken("lost-connection-is-final")
              .why("No reply is taken for a refusal.")
              .change(
                  LISTS, "(code < 300 || code / 100 == PERMANENT ? refused : retry).add(mailbox);")
              .fails("5.8", "5.9", "5.10", "5.13", "5.14", "5.15", "5.16", "5.17"),
          // silence
          SENDER
              .broken("time-outs-as-longs")
              .why("The time-outs are handed over as Longs, which the library takes for nothing.")
              .change(
                  "\"mail.smtp.connectiontimeout\", millis(timeouts.connect())",
                  "\"mail.smtp.connectiontimeout\", timeouts.connect().toMillis()")
              .change(
                  "\"mail.smtp.timeout\", millis(timeouts.read())",
                  "\"mail.smtp.timeout\", timeouts.read().toMillis()")
              .change(
                  "\"mail.smtp.writetimeout\", millis(timeouts.write())",
                  "\"mail.smtp.writetimeout\", timeouts.write().toMillis()")
              .hangs()
              .fails("5.9", "5.11", "5.12"),
          SENDER
              .broken("no-connect-time-out")
              .why("The connection may take for ever.")
              .change("\"mail.smtp.connectiontimeout\"", "\"mail.smtp.connecttimeout\"")
              .hangs()
              .fails("5.9"),
          SENDER
              .broken("no-write-time-out")
              .why("Writing may take for ever.")
              .change("\"mail.smtp.writetimeout\"", "\"mail.smtp.sendtimeout\"")
              .hangs()
              .fails("5.11"),
          SENDER
              .broken("no-overall-limit")
              .why("Each read has a limit, the whole has none.")
              .change(JOIN, "if (thread.join(Duration.ofDays(1))) {")
              .hangs()
              .fails("5.10", "5.12", "5.13"),
          // after the dot
          SENDER
              .broken("quit-decides")
              .why("A mail counts as sent when QUIT has gone well.")
              .change(
                  "          accepted = true;",
                  "          transport.close();\n          accepted = true;")
              .fails("5.12"),
          SENDER
              .broken("no-quit")
              .why("The connection is left to itself.")
              .change(
                  "try (var transport = (SMTPTransport) session.getTransport(\"smtp\")) {",
                  "try {\n        var transport = (SMTPTransport) session.getTransport(\"smtp\");")
              .fails("5.13"),
          SENDER
              .broken("quit-after-success-only")
              .why("After a failure the connection is left open.")
              .change(
                  "try (var transport = (SMTPTransport) session.getTransport(\"smtp\")) {",
                  "try {\n        var transport = (SMTPTransport) session.getTransport(\"smtp\");")
              .change(
                  "          accepted = true;",
                  "          accepted = true;\n          transport.close();")
              .fails("5.13"),
          // interrupt
          SENDER
              .broken("interrupt-lost")
              .why("The interrupt is swallowed.")
              .change("      Thread.currentThread().interrupt();\n", "      interrupted = false;\n")
              .fails("5.14"),
          SENDER
              .broken("interrupt-leaves-the-thread")
              .why("After an interrupt nobody waits for the sending thread, nor ends it.")
              .change(
                  "        interrupted = true;\n",
                  "        Thread.currentThread().interrupt();\n        return;\n")
              .fails("5.14"),
          // TLS
          SENDER
              .broken("tls-if-offered")
              .why("STARTTLS is used if it is offered.")
              .change("\"mail.smtp.starttls.required\"", "\"mail.smtp.starttls.wanted\"")
              .fails("5.15"),
          SENDER
              .broken("any-host-name")
              .why("A certificate of any name will do.")
              .change(
                  "\"mail.smtp.ssl.checkserveridentity\", true",
                  "\"mail.smtp.ssl.checkserveridentity\", false")
              .fails("5.16"),
          SENDER
              .broken("any-certificate")
              .why("Every certificate is trusted.")
              .change(
                  "    properties.put(\"mail.smtp.ssl.socketFactory\","
                      + " settings.tls().getSocketFactory());\n",
                  "    properties.put(\"mail.smtp.ssl.trust\", \"*\");\n")
              .fails("5.16"),
          // credentials
          SENDER
              .broken("password-in-the-open")
              .why("Credentials without TLS are taken.")
              .change("settings.security() == Security.NONE) {", "settings.port() == 0) {")
              .fails("5.17"),
          SENDER
              .broken("without-login")
              .why("A server that offers no login gets the mail without one.")
              .change(
                  "if (user != null && !transport.supportsExtension(\"AUTH\")) {",
                  "if (user != null && !transport.isConnected()) {")
              .fails("5.17"),
          // two services
          SENDER
              .broken("session-shared")
              .why("The session is static: the latest service's is everyone's.")
              .change("private final Session session;", "private static Session session;")
              .fails("5.18"),
          // privacy
          SENDER
              .broken("one-at-a-time-for-all")
              .why("A lock that all services share: a slow server holds up the mails of others.")
              .change(
                  "    waitForEnd(thread);\n    if",
                  "    synchronized (SmtpEmailService.class) {\n      thread.start();\n"
                      + "      waitForEnd(thread);\n    }\n    if")
              .change("name(\"smtp\").start(delivery)", "name(\"smtp\").unstarted(delivery)")
              .fails("5.18"),
          SENDER
              .broken("user-in-the-message")
              .why("The exception's message has the user's name.")
              .change(
                  "        Advice.on(settings, failure.thrown, worst), retry",
                  "        Advice.on(settings, failure.thrown, worst)\n"
                      + "            + settings.credentials().map(c -> \" as \" +"
                      + " c.user()).orElse(\"\"),\n"
                      + "        retry")
              .fails("5.19"),
          SENDER
              .broken("recipients-logged")
              .why("Each recipient is logged.")
              .change(
                  "    waitForEnd(thread);",
                  "    message.to().forEach(mailbox ->"
                      + " org.slf4j.LoggerFactory.getLogger(SmtpEmailService.class).info(\"to {}\","
                      + " mailbox.address()));\n    waitForEnd(thread);")
              .fails("5.19"),
          SENDER
              .broken("printed")
              .why("The subject is printed.")
              .change(
                  "    waitForEnd(thread);",
                  "    System.out.println(message.subject());\n    waitForEnd(thread);")
              .fails("5.19"),
          SENDER
              .broken("reply-in-the-message")
              .why("The message of the exception repeats the server's reply.")
              .change(
                  "Advice.on(settings, failure.thrown, worst), retry",
                  "Advice.on(settings, failure.thrown, worst)"
                      + " + codes(failure.thrown) + failure.thrown.getNextException(), retry")
              .fails("5.19"),
          // words
          SENDER
              .broken("without-the-code")
              .why("The message does not name the reply.")
              .change(
                  "Advice.on(settings, failure.thrown, worst), retry",
                  "Advice.on(settings, failure.thrown, 0), retry")
              .fails("5.20"),
          SENDER
              .broken("without-the-server")
              .why("The message does not name the server.")
              .change(
                  "Advice.on(settings, failure.thrown, worst), retry",
                  "\"the server replied \" + worst, retry")
              .fails("5.20"),
          SENDER
              .broken("without-the-cause")
              .why("What was thrown is not attached.")
              .change("retry, refused, failure.thrown);", "retry, refused, null);")
              .fails("5.20"),
          // null
          SENDER
              .broken("null-settings")
              .why("Null is stumbled over.")
              .change("Objects.requireNonNull(settings, \"settings\")", "settings")
              .fails("5.21"),
          SENDER
              .broken("null-clock")
              .why("A clock of null is taken.")
              .change("Objects.requireNonNull(time, \"time\")", "time")
              .fails("5.21"));

  private BrokenSmtpEmailServices() {}
}
