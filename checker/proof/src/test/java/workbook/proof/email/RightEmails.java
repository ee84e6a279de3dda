package workbook.proof.email;

import java.util.List;
import workbook.proof.Broken.Right;

/** Right implementations of module 05, each built in another way. */
public final class RightEmails {

  /** The table. */
  public static final List<Right> ALL =
      List.of(
          BrokenSmtpEmailServices.SENDER.reference(),
          BrokenDelayedEmailQueues.QUEUE.reference(),
          BrokenEmailProcessingServices.SERVICE.reference(),
          BrokenRegistrationHandlers.HANDLER.reference());

  private RightEmails() {}
}
