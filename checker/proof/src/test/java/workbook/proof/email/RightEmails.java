package workbook.proof.email;

import java.util.List;
import workbook.proof.Broken.Right;

/** Right implementations of module 05, each built in another way. */
public final class RightEmails {

  /** The table. */
  public static final List<Right> ALL =
      List.of(
          BrokenSmtpEmailServices.SENDER.reference(),
          BrokenSmtpEmailServices.SENDER.right(RawSmtpService.class),
          BrokenSmtpEmailServices.SENDER.right(ClosingSmtpService.class),
          BrokenDelayedEmailQueues.QUEUE.reference(),
          BrokenDelayedEmailQueues.QUEUE.right(ListEmailQueue.class),
          BrokenDelayedEmailQueues.QUEUE.right(LockFreeEmailQueue.class),
          BrokenDelayedEmailQueues.QUEUE.right(TimerEmailQueue.class),
          BrokenEmailProcessingServices.SERVICE.reference(),
          BrokenEmailProcessingServices.SERVICE.right(ThreadProcessingService.class),
          BrokenEmailProcessingServices.SERVICE.right(AttemptThreadService.class),
          BrokenEmailProcessingServices.SERVICE.right(OutcomeProcessingService.class),
          BrokenRegistrationHandlers.HANDLER.reference(),
          BrokenRegistrationHandlers.HANDLER.right(PatternRegistrationHandler.class),
          BrokenRegistrationHandlers.HANDLER.right(LockingRegistrationHandler.class));

  private RightEmails() {}
}
