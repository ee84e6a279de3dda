package workbook.email;

import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/**
 * Sends each mail over a connection of its own to an SMTP server.
 *
 * <p><b>The connection</b> is closed with QUIT whenever the server still listens. Once the server
 * has accepted the mail, it is sent: whatever happens at QUIT does not change that.
 *
 * <p><b>Security.</b> With STARTTLS, nothing but EHLO and STARTTLS is said before the connection is
 * encrypted and the server's certificate is found to be trusted, valid and made out to its host.
 * Credentials are sent over such a connection only; a server that offers no login then gets no
 * mail.
 *
 * <p><b>Failures.</b> A reply of 5xx refuses for good, whichever command it answers. Everything
 * else may be tried again: a reply of 4xx, a connection that cannot be made, is lost or too slow,
 * TLS that does not come about. After the final dot, any reply of 2xx accepts the mail. A refused
 * recipient does not keep the others from getting the mail, and is judged by the reply to its own
 * RCPT even if the mail then fails for the others, too. The message of an {@link EmailException} names the server as {@code host:port}, and the code of
 * the reply if there was one.
 *
 * <p><b>The mail</b> has the Message-ID that it was given, the date of the given clock, and
 * subject, names and text in UTF-8, whatever the charset of the JVM, in lines of 998 ASCII
 * characters at most. Subject, names and text arrive as they were typed, whatever they look like, a
 * line break in the text as CRLF.
 *
 * <p>Threads, time limits and interrupts are as {@link EmailService} says.
 */
public final class SmtpEmailService implements EmailService {

  /**
   * A service that sends over one server.
   *
   * @param settings the server, and how to talk to it
   * @param time tells the date of a mail
   * @throws NullPointerException if an argument is null; the message names it
   * @throws IllegalArgumentException if there are credentials without TLS, or the settings' {@code
   *     from} cannot be a header field; the message names what it is about
   */
  public SmtpEmailService(SmtpSettings settings, TimeSource time) {
    // TODO: step 1
    throw new NotStarted("step 1", "the constructor of SmtpEmailService");
  }

  @Override
  public void send(EmailMessage message) throws EmailException {
    // TODO: step 1
    throw new NotStarted("step 1", "SmtpEmailService.send");
  }
}
