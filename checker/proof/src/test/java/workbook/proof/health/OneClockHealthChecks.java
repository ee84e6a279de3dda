package workbook.proof.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.health.HealthCheck;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * Right: one clock for all limits, a thread that sleeps until the next one is due, is woken
 * whenever a run begins or ends, and ends itself when there is none within its limit.
 */
public final class OneClockHealthChecks implements HealthReporter {

  private static final Logger log = LoggerFactory.getLogger(OneClockHealthChecks.class);

  private final Set<HealthCheck.Named> checks = new LinkedHashSet<>();
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<HealthCheck.Named, Run> runs = new HashMap<>(); // these guarded by lock
  private boolean clockRuns;
  private CancellationSource wake = new CancellationSource();

  private final class Run {
    private final HealthCheck.Named check;
    private final long began = time.nanoTime();
    private final CompletableFuture<HealthReport.Entry> entry = new CompletableFuture<>();
    private final Thread thread;

    Run(HealthCheck.Named check) {
      this.check = check;
      this.thread = Thread.ofVirtual().name("asks " + check.name()).start(this::ask);
    }

    Duration left() {
      return check.limit().minusNanos(time.nanoTime() - began);
    }

    boolean say(HealthResult result, Duration took) {
      return entry.complete(new HealthReport.Entry(check.name(), result, took));
    }

    private void ask() {
      HealthResult result;
      try {
        result = Objects.requireNonNull(check.check().check(), "null is no result");
      } catch (Throwable e) {
        log.error("a health check has failed", e);
        result = HealthResult.unhealthy("error");
      }
      lock.lock();
      try {
        runs.remove(check);
        say(result, Duration.ofNanos(time.nanoTime() - began));
        wake.cancel();
      } finally {
        lock.unlock();
      }
    }
  }

  /** As the reference's. */
  public OneClockHealthChecks(List<HealthCheck.Named> checks, TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
    this.checks.addAll(Objects.requireNonNull(checks, "checks"));
    var names = new HashSet<String>();
    for (var check : checks) {
      if (!names.add(check.name())) {
        throw new IllegalArgumentException("there is another check named " + check.name());
      }
    }
  }

  @Override
  public HealthReport report() throws InterruptedException {
    var asked = new ArrayList<Run>();
    lock.lockInterruptibly();
    try {
      for (var check : checks) {
        asked.add(runs.computeIfAbsent(check, Run::new));
      }
      wake.cancel();
      if (!clockRuns && !asked.isEmpty()) {
        clockRuns = true;
        Thread.ofVirtual().name("clock of the health checks").start(this::tick);
      }
    } finally {
      lock.unlock();
    }
    var entries = new ArrayList<HealthReport.Entry>();
    try {
      for (var run : asked) {
        entries.add(run.entry.get());
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
    return new HealthReport(
        entries.stream()
            .map(entry -> entry.result().status())
            .reduce(HealthStatus.HEALTHY, (one, two) -> one.compareTo(two) > 0 ? one : two),
        entries);
  }

  private void tick() {
    try {
      while (true) {
        Duration next;
        CancellationToken woken;
        lock.lock();
        try {
          runs.values().stream().filter(run -> !run.left().isPositive()).forEach(this::cutOff);
          var left =
              runs.values().stream()
                  .filter(run -> !run.entry.isDone())
                  .map(Run::left)
                  .min(Comparator.naturalOrder());
          if (left.isEmpty()) {
            clockRuns = false;
            return;
          }
          next = left.get();
          wake = new CancellationSource();
          woken = wake.token();
        } finally {
          lock.unlock();
        }
        time.sleep(next, woken);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the clock", e);
    }
  }

  private void cutOff(Run run) {
    if (run.say(HealthResult.unhealthy("it takes too long"), run.check.limit())) {
      run.thread.interrupt();
    }
  }
}
