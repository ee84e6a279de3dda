package workbook.proof.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import workbook.health.HealthCheck;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.hosting.TimeSource;

/** Right: one monitor for everything, and waits with wait and notifyAll. */
public final class MonitorHealthChecks implements HealthReporter {

  private final List<HealthCheck.Named> checks;
  private final TimeSource time;
  private final Map<String, Round> rounds = new HashMap<>(); // guarded by this

  /** One run; its fields are guarded by the reporter. */
  private static final class Round {
    HealthReport.@Nullable Entry said;
    boolean runs = true;
    @Nullable Thread thread;
  }

  /** As the reference's. */
  public MonitorHealthChecks(List<HealthCheck.Named> checks, TimeSource time) {
    Objects.requireNonNull(checks, "checks");
    this.time = Objects.requireNonNull(time, "time");
    this.checks = List.copyOf(checks);
    this.checks.stream()
        .collect(Collectors.groupingBy(HealthCheck.Named::name, Collectors.counting()))
        .forEach(
            (name, count) -> {
              if (count > 1) {
                throw new IllegalArgumentException(count + " checks are named " + name);
              }
            });
  }

  @Override
  public synchronized HealthReport report() throws InterruptedException {
    var asked = checks.stream().map(this::round).toList();
    while (asked.stream().anyMatch(round -> round.said == null)) {
      wait();
    }
    var entries = asked.stream().map(round -> Objects.requireNonNull(round.said)).toList();
    var status = HealthStatus.HEALTHY;
    for (var entry : entries) {
      if (entry.result().status().compareTo(status) > 0) {
        status = entry.result().status();
      }
    }
    return new HealthReport(status, entries);
  }

  private Round round(HealthCheck.Named check) {
    var last = rounds.get(check.name());
    if (last != null && last.runs) {
      return last;
    }
    var round = new Round();
    rounds.put(check.name(), round);
    long began = time.nanoTime();
    var threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(check.name()).factory());
    threads.execute(() -> run(check, round, began));
    threads.shutdown();
    Thread.startVirtualThread(() -> limit(check, round, began));
    return round;
  }

  private void run(HealthCheck.Named check, Round round, long began) {
    synchronized (this) {
      round.thread = Thread.currentThread();
      notifyAll();
    }
    HealthResult result;
    try {
      result = Objects.requireNonNull(check.check().check());
    } catch (Throwable e) {
      LoggerFactory.getLogger("health").warn("check", e);
      result = HealthResult.unhealthy("failed");
    }
    synchronized (this) {
      round.runs = false;
      say(check, round, began, result);
    }
  }

  private void limit(HealthCheck.Named check, Round round, long began) {
    try {
      var thread = thread(round);
      time.join(thread, check.limit());
      synchronized (this) {
        if (round.said == null) {
          say(check, round, began, HealthResult.unhealthy("too slow"));
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private synchronized Thread thread(Round round) throws InterruptedException {
    while (round.thread == null) {
      wait();
    }
    return round.thread;
  }

  private void say(HealthCheck.Named check, Round round, long began, HealthResult result) {
    if (round.said == null) {
      var took = Duration.ofNanos(time.nanoTime() - began);
      round.said = new HealthReport.Entry(check.name(), result, took);
      notifyAll();
    }
  }
}
