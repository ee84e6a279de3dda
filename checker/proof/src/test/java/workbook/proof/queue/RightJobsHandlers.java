package workbook.proof.queue;

import java.util.List;
import workbook.proof.Broken.Right;

/** Right handlers, each built in another way. */
public final class RightJobsHandlers {

  /** The table. */
  public static final List<Right> ALL =
      List.of(
          BrokenJobsHandlers.HANDLER.reference(),
          BrokenJobsHandlers.HANDLER.right(LockingJobsHandler.class),
          BrokenJobsHandlers.HANDLER.right(FutureJobsHandler.class));

  private RightJobsHandlers() {}
}
