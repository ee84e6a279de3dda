package workbook.email;

/**
 * Sends mails, one at a time, while the caller waits. Counterpart of {@code IEmailService} in the
 * .NET chapter.
 *
 * <p><b>Threads.</b> An instance is for one thread at a time; several may be in use side by side,
 * with settings of their own.
 *
 * <p><b>Blocking.</b> {@link #send} waits for the server, but never without a limit: however slow a
 * server is, it returns or throws soon after its overall limit. An interrupt ends it no later than
 * that, and the interrupt flag is then set.
 *
 * <p><b>A plain address</b> is {@code local@domain} and nothing else: letters, digits, dots and any
 * of {@code !#$%&'*+/=?^_`{|}~-} before the @, letters, digits, hyphens and dots after it, in
 * ASCII; up to 64 characters before the @ and 254 in all. Not plain are several addresses, a group,
 * a name or angle brackets around the address, a blank. Whether quotes or square brackets are
 * taken, which SMTP also knows, is left open.
 */
@FunctionalInterface
public interface EmailService {

  /**
   * Sends a mail. It returns once the server has accepted the mail for all recipients.
   *
   * @param message the mail
   * @throws NullPointerException if the message is null; the exception's message names it
   * @throws IllegalArgumentException if a header field of the mail cannot be one: a line break or
   *     another control character in the subject or in a name, an address that is not exactly one
   *     plain ASCII address. Nothing was sent, and no connection was made. The message names the
   *     field and not its value
   * @throws EmailException if the server has not accepted the mail for all recipients; it says for
   *     whom it may be tried again. Every other recipient gets the mail
   */
  void send(EmailMessage message) throws EmailException;
}
