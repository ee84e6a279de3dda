package workbook.problems;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What the JDK's own means of repeating work do, in real time. */
final class JdkTimers {

  private static final long BEGIN = System.nanoTime();

  private final long origin = System.nanoTime();
  private final List<Long> starts = Collections.synchronizedList(new ArrayList<>());

  private JdkTimers() {}

  static void main() throws InterruptedException {
    System.out.println("burst:   period 100, first run 550, the others 0");
    System.out.println("         starts at " + burst());
    System.out.println("silence: period 100, the second run throws");
    var silence = silence();
    System.out.println("         future.state() is " + silence.state);
    System.out.println("         starts at " + silence.starts);
    System.out.println("drift:   work 10, sleep 100, ten times");
    System.out.println("         starts at " + drift());
    System.out.println("daemon:  a virtual thread sleeps for an hour, main returns");
    daemon();
    System.out.println("         main returns after " + (System.nanoTime() - BEGIN) / 1_000_000);
  }

  /** When the runs of a fixed rate of 100 ms started, the first of which takes 550 ms. */
  static List<Long> burst() throws InterruptedException {
    return new JdkTimers().runBurst();
  }

  private List<Long> runBurst() throws InterruptedException {
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
    return starts;
  }

  record Silence(List<Long> starts, Future.State state) {}

  static Silence silence() throws InterruptedException {
    return new JdkTimers().runSilence();
  }

  private Silence runSilence() throws InterruptedException {
    var runs = new AtomicInteger();
    // region silence
    try (var scheduler = Executors.newSingleThreadScheduledExecutor()) {
      Runnable work =
          () -> {
            starts.add(millis());
            if (runs.incrementAndGet() == 2) {
              throw new IllegalStateException("disk full");
            }
          };
      var future = scheduler.scheduleAtFixedRate(work, 100, 100, MILLISECONDS);
      Thread.sleep(1_050);
      return new Silence(starts, future.state());
    }
    // endregion
  }

  static List<Long> drift() throws InterruptedException {
    return new JdkTimers().runDrift();
  }

  private List<Long> runDrift() throws InterruptedException {
    // region drift
    for (int i = 0; i < 10; i++) {
      Thread.sleep(100);
      starts.add(millis());
      sleep(10); // the work
    }
    // endregion
    return starts;
  }

  private static void daemon() {
    Thread.ofVirtual().start(() -> sleep(Duration.ofHours(1).toMillis()));
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
