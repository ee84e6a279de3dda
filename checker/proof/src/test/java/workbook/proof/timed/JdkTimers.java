package workbook.proof.timed;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * What the JDK's own means do, measured in real time for chapter 01. A program, not a test: its
 * numbers depend on the machine. Needs nothing but a JDK 25:
 *
 * <pre>{@code java checker/proof/src/test/java/workbook/proof/timed/JdkTimers.java}</pre>
 */
final class JdkTimers {

  private static final long BEGIN = System.nanoTime();

  private final long origin = System.nanoTime();
  private final List<Long> starts = Collections.synchronizedList(new ArrayList<>());

  private JdkTimers() {}

  static void main() throws InterruptedException {
    System.out.println("burst:   period 100, first run 550, the others 0");
    new JdkTimers().burst();
    System.out.println("silence: period 100, the second run throws");
    new JdkTimers().silence();
    System.out.println("drift:   work 10, sleep 100, ten times");
    new JdkTimers().drift();
    System.out.println("daemon:  a virtual thread sleeps for an hour, main returns");
    new JdkTimers().daemon();
  }

  private void burst() throws InterruptedException {
    // region burst
    try (var scheduler = Executors.newSingleThreadScheduledExecutor()) {
      Runnable work =
          () -> {
            starts.add(millis());
            sleep(starts.size() == 1 ? 550 : 0);
          };
      scheduler.scheduleAtFixedRate(work, 100, 100, MILLISECONDS);
      Thread.sleep(1_050);
    }
    // endregion
    System.out.println("         starts at " + starts);
  }

  private void silence() throws InterruptedException {
    // region silence
    try (var scheduler = Executors.newSingleThreadScheduledExecutor()) {
      Runnable work =
          () -> {
            starts.add(millis());
            if (starts.size() == 2) {
              throw new IllegalStateException("disk full");
            }
          };
      var future = scheduler.scheduleAtFixedRate(work, 100, 100, MILLISECONDS);
      Thread.sleep(1_050);
      System.out.println("         future.state() is " + future.state());
    }
    // endregion
    System.out.println("         starts at " + starts);
  }

  private void drift() throws InterruptedException {
    // region drift
    for (int i = 0; i < 10; i++) {
      Thread.sleep(100);
      starts.add(millis());
      sleep(10); // the work
    }
    // endregion
    System.out.println("         starts at " + starts);
  }

  private void daemon() {
    // region daemon
    Thread.ofVirtual().start(() -> sleep(Duration.ofHours(1).toMillis()));
    // endregion
    System.out.println("         main returns after " + (System.nanoTime() - BEGIN) / 1_000_000);
  }

  private long millis() {
    return (System.nanoTime() - origin) / 1_000_000;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
