package workbook.contracts.email;

import jakarta.mail.MessagingException;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.email.EmailService;
import workbook.email.SmtpSettings;
import workbook.hosting.TimeSource;

/** The rules of a service that sends over SMTP. */
@Tag("step-1")
@Step(module = WorkbookModule.EMAIL, number = 1, type = "SmtpEmailService")
public abstract class SmtpEmailServiceContract {

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
    Arrivals.asItWasMade(trial, this);
  }

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
    Arrivals.subjectAndNames(trial, this);
  }

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
    Arrivals.text(trial, this);
  }

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
    Refusals.lineBreaks(trial, this);
  }

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
    Refusals.addresses(trial, this);
  }

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
    Replies.toEachRecipient(trial, this);
  }

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
    Replies.byTheFirstDigit(trial, this);
  }

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
    Faults.connectionLost(trial, this);
  }

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
    Faults.silent(trial, this);
  }

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
    Faults.dripping(trial, this);
  }

  @Rule(
      number = "5.11",
      says =
          "A server that stops reading MUST NOT hold up its caller for longer than the time-outs,"
              + " and MUST be one to try again.",
      check = "mail.smtp.writetimeout, or that the overall limit ends a write as well as a read",
      lookAt = "send")
  void stopsReading(Trial trial) {
    Faults.stopsReading(trial, this);
  }

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
    Faults.atQuit(trial, this);
  }

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
    Faults.leftovers(trial, this);
  }

  @Rule(
      number = "5.14",
      says =
          "An interrupt while sending MUST end the wait no later than the time-outs, MUST be one to"
              + " try again, and MUST NOT be lost.",
      check =
          "a catch of InterruptedException: the flag is set again; that what is still under way is"
              + " ended, and not left behind",
      lookAt = "send")
  void interrupt(Trial trial) {
    Faults.interrupt(trial, this);
  }

  @Rule(
      number = "5.15",
      says =
          "With STARTTLS, a server that does not offer it or refuses it MUST hear neither AUTH nor"
              + " MAIL.",
      check = "mail.smtp.starttls.required; enable alone means: if it is offered",
      lookAt = "send")
  void startTlsRequired(Trial trial) {
    Encryption.startTlsRequired(trial, this);
  }

  @Rule(
      number = "5.16",
      says =
          "A certificate that is not trusted, has expired or is made out to another host MUST be"
              + " refused before AUTH and MAIL; a good one MUST be taken.",
      check =
          "that the factory of the settings' tls is what the session uses,"
              + " mail.smtp.ssl.socketFactory; mail.smtp.ssl.checkserveridentity; no"
              + " mail.smtp.ssl.trust",
      lookAt = "send")
  void certificate(Trial trial) throws Exception {
    Encryption.certificate(trial, this);
  }

  @Rule(
      number = "5.17",
      says =
          "Credentials MUST be sent over TLS only, and be refused without it; a server that offers"
              + " no login or refuses it MUST get no mail.",
      check =
          "the constructor, which refuses credentials without TLS; that the login is what was"
              + " given; what happens when a server offers no AUTH: the library then sends without",
      lookAt = "send")
  void credentials(Trial trial) {
    Encryption.credentials(trial, this);
  }

  @Rule(
      number = "5.18",
      says = "Two services with different settings MUST NOT mix, side by side or in turn.",
      check =
          "Session.getDefaultInstance, which gives everyone the session of whoever came first;"
              + " static fields; system properties",
      lookAt = "<init>")
  void settings(Trial trial) {
    Arrivals.fromTwoServices(trial, this);
  }

  @Rule(
      number = "5.19",
      says =
          "No address, no name, no text and no password MUST get into the log, the output or the"
              + " message of the exception.",
      check =
          "setDebug(true), which prints whole mails; the message of the EmailException: servers"
              + " like to repeat the address in their reply; log lines with the message, the"
              + " settings or a cause",
      lookAt = "send")
  void privacy(Trial trial) {
    Privacy.ofTheSender(trial, this);
  }

  @Rule(
      number = "5.20",
      says =
          "An EmailException MUST name the server as host:port and the code of its reply, if there"
              + " was one, and MUST have a cause where something was thrown.",
      check =
          "the message of the EmailException: host and port, and the code of the reply if there was"
              + " one; that the exception that was caught is its cause",
      lookAt = "send")
  void message(Trial trial) {
    Replies.inTheMessage(trial, this);
  }

  @Rule(
      number = "5.21",
      says =
          "Settings, a clock and a message that are null MUST be refused with a message that names"
              + " the argument.",
      check =
          "Objects.requireNonNull with the argument's name as the first lines of the constructor"
              + " and of send",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheSender(trial, this);
  }
}
