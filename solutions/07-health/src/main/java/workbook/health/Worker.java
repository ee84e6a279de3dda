package workbook.health;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** A worker that beats every second, until something happens to it. Given. */
final class Worker extends BackgroundService {

  private enum Fate {
    WORK,
    DIE,
    HANG
  }

  private final Pulse pulse;
  private volatile Fate fate = Fate.WORK;

  Worker(String name, Pulse pulse) {
    super(name);
    this.pulse = pulse;
  }

  /** Makes its next round fail. */
  void kill() {
    fate = Fate.DIE;
  }

  /** Makes its next round wait for something that never comes. */
  void hang() {
    fate = Fate.HANG;
  }

  @Override
  protected void execute(CancellationToken stopping) throws InterruptedException {
    while (TimeSource.system().sleep(Duration.ofSeconds(1), stopping)) {
      switch (fate) {
        case WORK -> pulse.beat();
        case DIE -> throw new IllegalStateException("no route to db-7.internal, user app");
        case HANG -> new CountDownLatch(1).await();
      }
    }
  }
}
