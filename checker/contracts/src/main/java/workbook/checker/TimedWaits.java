package workbook.checker;

import java.util.List;

/**
 * Threads that wait in real time, with a limit of their own: a watchdog, a time-out. Idle threads
 * of pools are none, and those do not count that are older.
 */
public final class TimedWaits {

  // thread ids are given out in order
  private final long first = Thread.ofVirtual().unstarted(() -> {}).threadId();

  private TimedWaits() {}

  /** Those of threads that are made from now on. */
  public static TimedWaits fromNowOn() {
    return new TimedWaits();
  }

  /** The names of those who wait so now. */
  public List<String> names() {
    var waits = LiveThreads.inTimedWaits();
    waits.keySet().removeIf(id -> id < first);
    return waits.values().stream().sorted().toList();
  }
}
