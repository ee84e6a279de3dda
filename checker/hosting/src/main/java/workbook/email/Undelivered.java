package workbook.email;

/**
 * Where mails end that were accepted and not sent. A real one writes them down: in a table, or in a
 * folder.
 *
 * <p><b>Threads.</b> Called by the service that sends, on its own thread.
 */
public interface Undelivered {

  /**
   * A mail was given up.
   *
   * @param letter the mail, and why
   */
  void dead(DeadLetter letter);

  /**
   * A mail was not sent before the service stopped, through no fault of its own.
   *
   * @param email the mail, and how often it was tried
   */
  void unsent(QueuedEmail email);
}
