package workbook.checker.process;

import java.time.Duration;
import workbook.checker.Limit;

/** The work of another process, as its time on a core tells it. */
final class WorkOfAnother implements Limit.Work {

  private static final Duration NO_WORK = Duration.ofMillis(20); // a JVM that waits does some, too
  private static final Duration LONG = Duration.ofSeconds(2);

  private final ProcessHandle process;
  private Duration before;
  private long since = System.nanoTime();

  WorkOfAnother(ProcessHandle process) {
    this.process = process;
    this.before = cpu();
  }

  @Override
  public void look() {
    if (cpu().minus(before).compareTo(NO_WORK) > 0) {
      before = cpu();
      since = System.nanoTime();
    }
  }

  @Override
  public long cpuNanos() {
    return cpu().toNanos();
  }

  /** Where the machine is busy, whoever has something to do gets a core now and then. */
  @Override
  public boolean isIdle() {
    return System.nanoTime() - since > LONG.toNanos();
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
