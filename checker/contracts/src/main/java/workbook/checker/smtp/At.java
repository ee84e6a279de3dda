package workbook.checker.smtp;

/** The moments of a conversation at which a server can misbehave: in place of its reply. */
public enum At {
  /** The connection has been made: in place of the greeting. */
  GREETING("220", "220 localhost ESMTP"),
  /** EHLO or HELO. */
  EHLO("250", "250 localhost"),
  /** STARTTLS. */
  STARTTLS("220", "220 2.0.0 go ahead"),
  /** The last line of AUTH, with which the password has come. */
  AUTH("235", "235 2.7.0 welcome"),
  /** MAIL FROM. */
  MAIL("250", "250 2.1.0 ok"),
  /** RCPT TO. */
  RCPT("250", "250 2.1.5 ok"),
  /** DATA. */
  DATA("354", "354 go ahead"),
  /** The first bytes of the mail: the only moment at which there is no reply. */
  TEXT("", ""),
  /** The final dot: the mail has come. What is not refused here is accepted. */
  DOT("250", "250 2.0.0 accepted"),
  /** QUIT. */
  QUIT("221", "221 2.0.0 bye");

  final String code;
  final String reply;

  At(String code, String reply) {
    this.code = code;
    this.reply = reply;
  }
}
