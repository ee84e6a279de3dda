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
          "send MUST deliver a mail with the given sender, recipients and Message-ID and the date"
              + " of the clock, however often it is sent, and MUST NOT return before the server has"
              + " accepted it.",
      check =
          "that send waits for the reply to the final dot; that updateMessageID is overridden,"
              + " since saving a MimeMessage gives it a new Message-ID; that MAIL FROM names the"
              + " settings' sender, and the To field all recipients; that the date is the clock's",
      lookAt = {"setText", "setFrom", "send"})
  void arrives(Trial trial) throws MessagingException {
    Arrivals.asItWasMade(trial, this);
  }

  @Rule(
      number = "5.2",
      says =
          "send MUST deliver the subject and the names unchanged, whatever they look like, in any"
              + " script and of any length, in lines of at most 998 ASCII characters.",
      check =
          "that EncodedWords.of is applied to the subject and to each name, also to that of from:"
              + " a text that looks like an encoded word is decoded by whoever reads it, and the"
              + " library does not break a long word; that the library writes the headers, and so"
              + " quotes a comma or quotes in a name",
      lookAt = {"setSubject", "setText", "send"})
  void names(Trial trial) throws MessagingException {
    Texts.inHeaders(trial, this);
  }

  @Rule(
      number = "5.3",
      says =
          "send MUST deliver the text unchanged, in any script, with lines of any length, and with"
              + " CRLF as its line breaks, and the text MUST NOT be able to end the mail.",
      check =
          "that setText is given a charset; that each line break is made a CRLF before setText,"
              + " since nobody mends it inside base64; that a line that begins with a dot is sent"
              + " with one more dot; that very long lines are encoded; that it is text/plain",
      lookAt = {"setText", "send"})
  void text(Trial trial) {
    Texts.inBodies(trial, this);
  }

  @Rule(
      number = "5.4",
      says =
          "A line break or another control character in a header field MUST be refused before a"
              + " connection is made, and the message MUST name the field.",
      check =
          "that send looks at the subject and at each recipient's name and address, and the"
              + " constructor at from; that CR alone and LF alone are refused; that the message"
              + " names the field and does not repeat its value",
      lookAt = "send")
  void lineBreaks(Trial trial) {
    Refusals.lineBreaks(trial, this);
  }

  @Rule(
      number = "5.5",
      says =
          "An address that is not exactly one plain ASCII address MUST be refused before a"
              + " connection is made; one that is MUST be accepted.",
      check =
          "that the address is parsed strictly; that a list or a group, which the library reads as"
              + " several addresses, is refused; that a name beside the address, letters beyond"
              + " ASCII and more than 254 characters are refused; that a pattern knows + and long"
              + " domains",
      lookAt = {"InternetAddress", "send"})
  void addresses(Trial trial) {
    Refusals.addresses(trial, this);
  }

  @Rule(
      number = "5.6",
      says =
          "A refused recipient MUST NOT keep the others from getting the mail; the exception MUST"
              + " list who may be tried again and who may not, and MUST NOT list those who get it.",
      check =
          "that mail.smtp.sendpartial is set; that each recipient's code is read along"
              + " getNextException(), not getCause(), also when DATA or the dot is refused: the"
              + " library's lists put 552 among 4xx; that one who gets the mail is in neither list",
      lookAt = {"EmailException", "send"})
  void partial(Trial trial) {
    Replies.toEachRecipient(trial, this);
  }

  @Rule(
      number = "5.7",
      says =
          "A reply of 4xx MUST be reported as retryable and a reply of 5xx as refused, whichever"
              + " command it answers.",
      check =
          "that getReturnCode() is read from the exceptions along getNextException(); that"
              + " SMTPTransport.getLastReturnCode() is read for what fails before MAIL; that a"
              + " failed login is judged by its code, not by the exception's type",
      lookAt = "send")
  void replies(Trial trial) {
    Replies.byTheFirstDigit(trial, this);
  }

  @Rule(
      number = "5.8",
      says =
          "A server that is not there, or that closes the connection at any moment before its"
              + " last reply, MUST be reported as retryable.",
      check =
          "that an exception without a code is retryable: the last code may be 0, -1 or that of"
              + " an earlier reply; that a lost reply to the final dot is retryable, too: the same"
              + " Message-ID makes it harmless to send again a mail that may have been accepted",
      lookAt = {"EmailException", "send"})
  void connectionLost(Trial trial) {
    Faults.connectionLost(trial, this);
  }

  @Rule(
      number = "5.9",
      says =
          "A server that accepts no connection or falls silent at any moment MUST NOT hold up"
              + " send for longer than the time-outs, and MUST be reported as retryable.",
      check =
          "that mail.smtp.connectiontimeout and mail.smtp.timeout are set, since by default there"
              + " is no limit; that each is set for itself, in milliseconds, on the session used",
      lookAt = {"mail.smtp.timeout", "send"})
  void silent(Trial trial) throws IOException {
    Faults.silent(trial, this);
  }

  @Rule(
      number = "5.10",
      says =
          "A server that sends a byte now and then MUST NOT hold up send for longer than the"
              + " overall time-out, and MUST be reported as retryable.",
      check =
          "that the whole mail has a limit, not only each read; that something ends the attempt"
              + " when the time is up: an interrupt closes the socket of a virtual thread, closing"
              + " the socket works for any thread; that whoever ends it needs no lock that the"
              + " sending thread holds",
      lookAt = {"interrupt", "send"})
  void dripping(Trial trial) {
    Faults.dripping(trial, this);
  }

  @Rule(
      number = "5.11",
      says =
          "A server that stops reading MUST NOT hold up send for longer than the time-outs, and"
              + " MUST be reported as retryable.",
      check =
          "that mail.smtp.writetimeout is set, or that the overall limit ends a write as well as"
              + " a read",
      lookAt = {"mail.smtp.connectiontimeout", "send"})
  void stopsReading(Trial trial) {
    Faults.stopsReading(trial, this);
  }

  @Rule(
      number = "5.12",
      says =
          "A mail that the server has accepted MUST count as sent, whatever happens at QUIT, and"
              + " QUIT MUST NOT hold up send for longer than the time-outs.",
      check =
          "that the outcome is fixed when the reply to the final dot is there; that an exception"
              + " of Transport.close(), which says QUIT, does not change it; that the overall limit"
              + " may pass during QUIT; that to the library 250 alone is a yes: 251 is one, too",
      lookAt = {"getTransport", "send"})
  void quit(Trial trial) {
    Faults.atQuit(trial, this);
  }

  @Rule(
      number = "5.13",
      says =
          "send MUST close its connection with QUIT, after a refusal too, and MUST NOT leave a"
              + " connection or a thread behind.",
      check =
          "that the transport is closed in a finally or by try-with-resources, which also says"
              + " QUIT; that a thread for a time limit ends with the attempt",
      lookAt = {"getTransport", "send"})
  void nothingLeft(Trial trial) {
    Faults.leftovers(trial, this);
  }

  @Rule(
      number = "5.14",
      says =
          "An interrupt MUST end send no later than the time-outs, MUST be reported as retryable,"
              + " and MUST leave the interrupt flag set.",
      check =
          "that a catch of InterruptedException sets the flag again; that what is still under way"
              + " is ended and not left behind",
      lookAt = {"interrupt", "send"})
  void interrupt(Trial trial) {
    Faults.interrupt(trial, this);
  }

  @Rule(
      number = "5.15",
      says =
          "With STARTTLS, send MUST NOT say AUTH or MAIL to a server that does not offer TLS or"
              + " refuses it.",
      check =
          "that mail.smtp.starttls.required is set, login or not: enable alone means \"if"
              + " offered\"",
      lookAt = {"mail.smtp.starttls.required", "STARTTLS", "send"})
  void startTlsRequired(Trial trial) {
    Encryption.startTlsRequired(trial, this);
  }

  @Rule(
      number = "5.16",
      says =
          "A certificate that is not trusted, has expired or is made out to another host MUST be"
              + " refused before AUTH and MAIL; a good one MUST be accepted.",
      check =
          "that mail.smtp.ssl.socketFactory is the factory of the settings' tls; that"
              + " mail.smtp.ssl.checkserveridentity is on; that mail.smtp.ssl.trust is not set",
      lookAt = {"mail.smtp.ssl.checkserveridentity", "send"})
  void certificate(Trial trial) throws Exception {
    Encryption.certificate(trial, this);
  }

  @Rule(
      number = "5.17",
      says =
          "Credentials MUST be sent over TLS only, and the constructor MUST refuse them without"
              + " it; a server that offers no login or refuses it MUST NOT get a mail.",
      check =
          "that the constructor refuses credentials with security NONE; that the login is the"
              + " given one; that a server without AUTH gets no mail: the library would send it"
              + " without a login",
      lookAt = {"sendMessage", "send"})
  void credentials(Trial trial) {
    Encryption.credentials(trial, this);
  }

  @Rule(
      number = "5.18",
      says =
          "Two services with different settings MUST NOT affect each other, side by side or in"
              + " turn.",
      check =
          "that Session.getDefaultInstance is not used, which gives everyone the session of"
              + " whoever came first; that no static field and no system property holds a setting",
      lookAt = "<init>")
  void settings(Trial trial) {
    Arrivals.fromTwoServices(trial, this);
  }

  @Rule(
      number = "5.19",
      says =
          "The log, the output and the exception's message MUST NOT contain an address, a name, a"
              + " subject, a text or a password, nor a part of one.",
      check =
          "that setDebug(true), which prints whole mails, is off; that the exception's message"
              + " does not repeat a server's reply, which may contain the address; that no log line"
              + " has the message, the settings or a cause; that nothing is masked or cut instead",
      lookAt = {"EmailException", "send"})
  void privacy(Trial trial) {
    Privacy.ofTheSender(trial, this);
  }

  @Rule(
      number = "5.20",
      says =
          "An EmailException MUST name the server as host:port and the code of its reply, if"
              + " there was one, and MUST have a cause if something was thrown.",
      check =
          "that the message has host and port, and the code of the reply; that the exception that"
              + " was caught is the cause",
      lookAt = {"EmailException", "send"})
  void message(Trial trial) {
    Replies.inTheMessage(trial, this);
  }

  @Rule(
      number = "5.21",
      says =
          "Null settings, a null clock and a null message MUST be refused with a message that"
              + " names the argument.",
      check = "that the constructor and send begin with Objects.requireNonNull and a name",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheSender(trial, this);
  }

  @Rule(
      number = "5.60",
      says =
          "send MUST work with time-outs of any length: each that is short enough to pass MUST"
              + " end it, and one that is not MUST NOT.",
      check =
          "that Duration.toMillis(), which throws, is not asked for the millis of"
              + " ChronoUnit.FOREVER; that the library is given no more than Integer.MAX_VALUE",
      lookAt = {"toMillis", "send"})
  void timeouts(Trial trial) {
    Faults.timeouts(trial, this);
  }

  @Rule(
      number = "5.61",
      says = "send MUST deliver the same mail whatever the default charset of the JVM.",
      check = "that setSubject, setPersonal and setText are given a charset, and getBytes, too",
      lookAt = {"setPersonal", "send"})
  void defaultCharset(Trial trial) throws MessagingException {
    InAnotherCharset.send(trial, this);
  }
}
