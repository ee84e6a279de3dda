package workbook.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.TimeSource;

/**
 * Runs checks side by side, each on a virtual thread of its own, with another beside it that waits
 * for its limit.
 */
public final class HealthChecks implements HealthReporter {

  private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);

  private final List<Probe> probes;
  private final TimeSource time;

  /**
   * A reporter over these checks.
   *
   * @param checks the checks, in the order of the report
   * @param time whose clock counts for limits and durations
   * @throws IllegalArgumentException if two checks have the same name; the message tells it
   */
  public HealthChecks(List<HealthCheck.Named> checks, TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
    Objects.requireNonNull(checks, "checks");
    var names = new HashSet<String>();
    var all = new ArrayList<Probe>();
    for (var check : checks) {
      if (!names.add(check.name())) {
        throw new IllegalArgumentException(
            "two checks have the name '" + check.name() + "': a report could not tell them apart");
      }
      all.add(new Probe(check));
    }
    probes = List.copyOf(all);
  }

  @Override
  public HealthReport report() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    var runs = probes.stream().map(Probe::run).toList();
    var entries = new ArrayList<HealthReport.Entry>();
    for (var run : runs) {
      entries.add(run.entry());
    }
    var worst =
        entries.stream()
            .map(entry -> entry.result().status())
            .max(Comparator.naturalOrder())
            .orElse(HealthStatus.HEALTHY);
    return new HealthReport(worst, entries);
  }

  /** A check, and its latest run. */
  private final class Probe {

    private final HealthCheck.Named check;
    private @Nullable Run latest; // guarded by this

    Probe(HealthCheck.Named check) {
      this.check = check;
    }

    /** The run that is on, or else a new one. */
    synchronized Run run() {
      if (latest == null || latest.ended) {
        latest = new Run(check);
        latest.begin();
      }
      return latest;
    }
  }

  /** One run of a check. Its first outcome counts: its own, or that it has reached its limit. */
  private final class Run {

    private final HealthCheck.Named check;
    private final Thread thread;
    private final long began = time.nanoTime();
    private final AtomicReference<HealthReport.@Nullable Entry> outcome = new AtomicReference<>();
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile boolean ended; // by itself, if only after its limit

    Run(HealthCheck.Named check) {
      this.check = check;
      this.thread = Thread.ofVirtual().name("health " + check.name()).unstarted(this::check);
    }

    void begin() {
      thread.start();
      Thread.ofVirtual().name("limit of health " + check.name()).start(this::limit);
    }

    HealthReport.Entry entry() throws InterruptedException {
      known.await();
      return Objects.requireNonNull(outcome.get());
    }

    private void check() {
      HealthResult result;
      try {
        result = Objects.requireNonNull(check.check().check(), "the check returned null");
      } catch (Throwable e) {
        log.warn("health check '{}' failed", check.name(), e);
        result = HealthResult.unhealthy("the check failed, see the log");
      }
      ended = true; // before the outcome is known: whoever knows it may ask anew
      settle(result);
    }

    private void limit() {
      try {
        if (!time.join(thread, check.limit())) {
          settle(HealthResult.unhealthy("no answer within " + check.limit().toMillis() + " ms"));
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts this thread", e);
      }
    }

    private void settle(HealthResult result) {
      var duration = Duration.ofNanos(time.nanoTime() - began);
      outcome.compareAndSet(null, new HealthReport.Entry(check.name(), result, duration));
      known.countDown();
    }
  }
}
