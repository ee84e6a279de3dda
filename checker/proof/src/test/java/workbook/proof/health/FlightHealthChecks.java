package workbook.proof.health;

import static java.util.stream.Collectors.toCollection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.health.HealthCheck;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.hosting.CancellationSource;
import workbook.hosting.TimeSource;

/**
 * Right: platform threads, a map of what is in the air, and a limit that is a sleep which the end
 * of the check cancels.
 */
public final class FlightHealthChecks implements HealthReporter {

  private static final Logger log = LoggerFactory.getLogger(FlightHealthChecks.class);

  private final Map<String, HealthCheck.Named> checks = new LinkedHashMap<>();
  private final ConcurrentHashMap<String, CompletableFuture<HealthReport.Entry>> inTheAir =
      new ConcurrentHashMap<>();
  private final TimeSource time;

  /** As the reference's. */
  public FlightHealthChecks(List<HealthCheck.Named> checks, TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
    for (var check : Objects.requireNonNull(checks, "checks")) {
      if (this.checks.putIfAbsent(check.name(), check) != null) {
        throw new IllegalArgumentException("the name " + check.name() + " is taken");
      }
    }
  }

  @Override
  public HealthReport report() throws InterruptedException {
    var flights = new ArrayList<CompletableFuture<HealthReport.Entry>>();
    for (var check : checks.values()) {
      flights.add(inTheAir.computeIfAbsent(check.name(), _ -> takeOff(check)));
    }
    var entries = new ArrayList<HealthReport.Entry>();
    for (var flight : flights) {
      try {
        entries.add(flight.get());
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }
    var statuses =
        entries.stream().map(e -> e.result().status()).collect(toCollection(TreeSet::new));
    return new HealthReport(
        statuses.isEmpty() ? HealthStatus.HEALTHY : statuses.getLast(), entries);
  }

  private CompletableFuture<HealthReport.Entry> takeOff(HealthCheck.Named check) {
    var landed = new CompletableFuture<HealthReport.Entry>();
    var done = new CancellationSource();
    long start = time.nanoTime();
    var pilot =
        Thread.ofPlatform()
            .daemon()
            .name(check.name())
            .start(
                () -> {
                  var result = ask(check);
                  inTheAir.remove(check.name()); // from here on, the next one may start
                  landed.complete(entry(check, result, start));
                  done.cancel();
                });
    Thread.ofPlatform()
        .daemon()
        .name("tower of " + check.name())
        .start(
            () -> {
              try {
                if (time.sleep(check.limit(), done.token())) {
                  landed.complete(entry(check, HealthResult.unhealthy("lost"), start));
                  pilot.interrupt();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return landed;
  }

  private HealthReport.Entry entry(HealthCheck.Named check, HealthResult result, long start) {
    return new HealthReport.Entry(check.name(), result, Duration.ofNanos(time.nanoTime() - start));
  }

  private static HealthResult ask(HealthCheck.Named check) {
    try {
      var result = check.check().check();
      return result == null ? HealthResult.unhealthy("no result") : result;
    } catch (Throwable e) {
      log.error("{}", check.name(), e);
      return HealthResult.unhealthy("failed: " + e.getClass().getSimpleName());
    }
  }
}
