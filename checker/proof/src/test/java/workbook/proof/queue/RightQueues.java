package workbook.proof.queue;

import java.util.List;
import workbook.proof.Broken.Right;

/** Right implementations of module 02's queue and service. */
public final class RightQueues {

  /** The table. */
  public static final List<Right> ALL =
      List.of(
          BrokenBoundedTaskQueues.QUEUE.right(MonitorQueue.class),
          BrokenBoundedTaskQueues.QUEUE.right(HandOverQueue.class),
          BrokenBoundedTaskQueues.QUEUE.right(LockFreeQueue.class),
          BrokenBoundedTaskQueues.QUEUE.right(PermitQueue.class),
          BrokenBoundedTaskQueues.QUEUE.right(LatchQueue.class),
          BrokenQueuedServices.SERVICE.right(WorkerSetService.class),
          BrokenQueuedServices.SERVICE.right(DispatcherService.class),
          BrokenQueuedServices.SERVICE.right(PooledService.class));

  private RightQueues() {}
}
