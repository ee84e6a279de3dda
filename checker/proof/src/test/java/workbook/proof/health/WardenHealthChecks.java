package workbook.proof.health;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import workbook.health.HealthCheck;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.hosting.TimeSource;

/**
 * Right: a warden begins each run, watches its limit, and stays until a late one has ended. Each
 * run is a platform thread of its own class, and is taken off the list by itself.
 */
public final class WardenHealthChecks implements HealthReporter {

  private final List<HealthCheck.Named> checks;
  private final TimeSource time;
  private final ConcurrentHashMap<HealthCheck.Named, Run> list = new ConcurrentHashMap<>();

  /** As the reference's. */
  public WardenHealthChecks(List<HealthCheck.Named> checks, TimeSource time) {
    this.checks = List.copyOf(checks);
    this.time = Objects.requireNonNull(time, "time");
    var names = new LinkedHashSet<String>();
    this.checks.forEach(
        check -> {
          if (!names.add(check.name())) {
            throw new IllegalArgumentException(check.name() + " is there twice, after " + names);
          }
        });
  }

  @Override
  public HealthReport report() throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      Thread.interrupted();
      throw new InterruptedException("interrupted before a report");
    }
    var runs = checks.stream().map(this::run).toList();
    for (var run : runs) {
      run.decided.await();
    }
    return runs.stream()
        .map(run -> Objects.requireNonNull(run.entry.get()))
        .collect(Collectors.collectingAndThen(Collectors.toList(), WardenHealthChecks::sum));
  }

  private static HealthReport sum(List<HealthReport.Entry> entries) {
    var found = entries.stream().map(entry -> entry.result().status()).collect(Collectors.toSet());
    if (found.contains(HealthStatus.UNHEALTHY)) {
      return new HealthReport(HealthStatus.UNHEALTHY, entries);
    }
    boolean degraded = found.contains(HealthStatus.DEGRADED);
    return new HealthReport(degraded ? HealthStatus.DEGRADED : HealthStatus.HEALTHY, entries);
  }

  private Run run(HealthCheck.Named check) {
    var mine = new Run(check);
    var other = list.putIfAbsent(check, mine);
    if (other != null) {
      return other;
    }
    Thread.ofPlatform().daemon().name("warden of " + check.name()).start(mine::guard);
    return mine;
  }

  private final class Run extends Thread {
    private final HealthCheck.Named check;
    private final long asked = time.nanoTime();
    private final AtomicReference<HealthReport.@Nullable Entry> entry = new AtomicReference<>();
    private final CountDownLatch decided = new CountDownLatch(1);

    Run(HealthCheck.Named check) {
      super(check.name());
      this.check = check;
      setDaemon(true);
    }

    void guard() {
      start();
      try {
        if (!time.join(this, check.limit())) {
          if (decide(HealthResult.unhealthy("over its limit"), check.limit())) {
            interrupt();
          }
          join();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void run() {
      HealthResult result = HealthResult.unhealthy("no answer");
      try {
        result = Objects.requireNonNullElse(check.check().check(), result);
      } catch (Throwable e) {
        LoggerFactory.getLogger(WardenHealthChecks.class).warn("{} is in trouble", getName(), e);
      }
      list.remove(check, this);
      decide(result, Duration.ofNanos(time.nanoTime() - asked));
    }

    private boolean decide(HealthResult result, Duration took) {
      var made = new HealthReport.Entry(check.name(), result, took);
      boolean first = entry.compareAndSet(null, made);
      decided.countDown();
      return first;
    }
  }
}
