package workbook.checker.interleaving;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * How many threads of the operating system run the virtual ones. While schedules are run, one is
 * enough: one actor moves at a time, and with more each change of turns would wake a second one,
 * which finds nothing to do.
 *
 * <p>Only on the calling thread, which is not a virtual one.
 */
final class Carriers {
  private static final VirtualThreadSchedulerMXBean SCHEDULER =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

  private final int before = SCHEDULER.getParallelism();

  /**
   * One carrier, unless one is in use already: by a loop without an end that was left behind, say.
   */
  void one() {
    if (SCHEDULER.getMountedVirtualThreadCount() == 0) {
      SCHEDULER.setParallelism(1);
    }
  }

  /** As many as before, and at once: whoever waits for a carrier gets one. */
  void all() {
    SCHEDULER.setParallelism(before);
    Thread.startVirtualThread(() -> {}); // the scheduler looks for work when some comes in
  }
}
