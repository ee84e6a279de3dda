package workbook.contracts.health;

import static workbook.health.HealthStatus.UNHEALTHY;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import workbook.checker.Caller;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.health.HealthCheck;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** Checks that are watched, and the reporter under test over them. */
final class ReportBench {

  /** Makes the reporter under test. */
  interface Factory {
    HealthReporter create(List<HealthCheck.Named> checks);
  }

  private static final int LOOKS = 20;

  /** Longer than any rule lasts. */
  static final long LONG = 1_000_000;

  private final Trial trial;
  private final List<HealthCheck.Named> checks = new ArrayList<>();
  private final ConcurrentMap<String, AtomicInteger> begun = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, AtomicInteger> running = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> most = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> threads = new ConcurrentHashMap<>();
  private final Set<Thread> threadsBefore = new HashSet<>();
  private final Factory factory;
  private HealthReporter reporter = () -> new HealthReport(UNHEALTHY, List.of());

  ReportBench(Trial trial, Factory factory) {
    this.trial = trial;
    this.factory = factory;
    platformThreads().forEach(threadsBefore::add);
  }

  /** Checks whose reporter can be held up between any two of its lines. */
  static ReportBench ofTwin(Trial trial, HealthChecksContract contract, TimeSource time) {
    var mine = contract.create(List.of(), trial.time());
    var twin = InstrumentingLoader.twin(contract, trial.subject(mine).getClass());
    return new ReportBench(trial, checks -> twin.create(checks, time));
  }

  HealthReporter reporter() {
    return reporter;
  }

  /** Adds a check that takes part in the virtual time. */
  ReportBench add(String name, long limitMillis, HealthCheck check) {
    return add(name, Duration.ofMillis(limitMillis), check);
  }

  ReportBench add(String name, Duration limit, HealthCheck check) {
    begun.put(name, new AtomicInteger());
    running.put(name, new AtomicInteger());
    HealthCheck watched =
        () -> {
          trial.time().enroll(Thread.currentThread());
          threads.put(name, Thread.currentThread().getName());
          most.merge(name, running.get(name).incrementAndGet(), Math::max);
          begun.get(name).incrementAndGet();
          trial.note(name + " begins");
          try {
            return check.check();
          } finally {
            trial.note(name + " ends");
            running.get(name).decrementAndGet();
          }
        };
    checks.add(new HealthCheck.Named(name, limit, watched));
    return this;
  }

  /** A check that takes that long and is healthy then. */
  HealthCheck takes(long millis) {
    return takes(Duration.ofMillis(millis));
  }

  HealthCheck takes(Duration duration) {
    return () -> {
      trial.time().sleep(duration, CancellationToken.none());
      return HealthResult.healthy("fine");
    };
  }

  /** A check that hangs until it is interrupted. */
  HealthCheck hangs(String name) {
    return () -> {
      try {
        trial.time().sleep(Duration.ofDays(1_000), CancellationToken.none());
      } catch (InterruptedException e) {
        trial.note(name + " is interrupted");
        throw e;
      }
      return HealthResult.healthy("it came to an end after all");
    };
  }

  ReportBench make() {
    reporter = trial.subject(factory.create(checks));
    return this;
  }

  Caller<HealthReport> ask() {
    return ask("asker");
  }

  /** Asks for a report on a thread that was interrupted before. */
  Caller<HealthReport> askInterrupted() {
    return trial.start(
        "interrupted",
        () -> {
          Thread.currentThread().interrupt();
          return reporter.report();
        });
  }

  /** Asks for a report, and waits until all is at rest. */
  Caller<HealthReport> ask(String name) {
    var asker = call(name);
    settle();
    return asker;
  }

  /** Asks for a report. */
  Caller<HealthReport> call(String name) {
    return trial.start(
        name,
        () -> {
          trial.note(name + " asks");
          var report = reporter.report();
          trial.note(name + " has the report");
          return report;
        });
  }

  /** As {@link Trial#settle}, and until no other thread of the learner's runs either. */
  void settle() {
    var limit = Limit.of(Patience.SIGNAL);
    trial.settle();
    while (platformThreadRuns() && !limit.hasPassed()) {
      LockSupport.parkNanos(50_000);
    }
    trial.settle();
  }

  private boolean platformThreadRuns() {
    return platformThreads()
        .filter(thread -> !threadsBefore.contains(thread))
        .anyMatch(thread -> thread.getState() == Thread.State.RUNNABLE);
  }

  /** Those that an application may have started. */
  private static Stream<Thread> platformThreads() {
    var root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    var threads = new Thread[root.activeCount() + 10];
    int count = root.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(
            thread -> {
              var group = thread.getThreadGroup();
              return group != null && List.of("main", "VirtualThreads").contains(group.getName());
            });
  }

  HealthReport report(String expected, Caller<HealthReport> asker) {
    var report = trial.expectReturn(expected, asker);
    trial.expectThat("a report, not null", report != null, "null");
    return report;
  }

  /** The report that returns before any time has passed. */
  HealthReport now() {
    return report("the report returns at once", ask());
  }

  HealthReport.Entry entry(HealthReport report, String name) {
    return report.checks().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(() -> trial.broken("an entry for " + name, "entries for " + names(report)));
  }

  void expect(String when, HealthReport report, String name, HealthStatus status) {
    var result = entry(report, name).result();
    trial.expectThat(
        "%s, %s is %s".formatted(when, name, status),
        result.status() == status,
        "it is " + result.status() + ": " + result.description());
  }

  void expectWaiting(String expected, Caller<HealthReport> asker) {
    settle();
    trial.expectThat(expected, !asker.isDone(), "it has returned");
  }

  /**
   * Expects that a call waits for another thread. It takes several looks: a brief wait, as for a
   * class that is loaded, proves nothing.
   */
  void expectBlocked(String expected, Caller<HealthReport> asker) {
    var looks = new AtomicInteger();
    trial.expectSoon(
        expected,
        () -> {
          boolean blocked =
              Set.of(State.WAITING, State.BLOCKED).contains(asker.thread().getState());
          looks.updateAndGet(before -> blocked ? before + 1 : 0);
          return looks.get() >= LOOKS;
        },
        () -> "it runs on and on");
  }

  static String names(HealthReport report) {
    return Trial.describe(report.checks().stream().map(HealthReport.Entry::name).toList());
  }

  static String times(int count) {
    return switch (count) {
      case 1 -> "once";
      case 2 -> "twice";
      default -> count + " times";
    };
  }

  /** How many times a check has begun. */
  int begun(String name) {
    return Objects.requireNonNull(begun.get(name), name).get();
  }

  void expectBegun(String expected, String name, int times) {
    settle();
    trial.expectThat(expected, begun(name) == times, "it has begun " + times(begun(name)));
  }

  void expectAllBegun() {
    trial.expectSoon(
        "every check begins",
        () -> begun.values().stream().allMatch(count -> count.get() > 0),
        () ->
            "only %d of %d checks began"
                .formatted(
                    begun.values().stream().filter(count -> count.get() > 0).count(),
                    begun.size()));
    settle();
  }

  /** The greatest number of runs of a check at the same time. */
  int most(String name) {
    return most.getOrDefault(name, 0);
  }

  /** The name of the thread that a check ran on. */
  String thread(String name) {
    return threads.getOrDefault(name, "none");
  }
}
