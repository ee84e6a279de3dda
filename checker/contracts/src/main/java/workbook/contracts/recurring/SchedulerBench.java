package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;

import java.lang.Thread.State;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import workbook.checker.Caller;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringJobs;
import workbook.recurring.RecurringOptions;

/** A database, schedulers on it, a clock, and what their jobs did. */
final class SchedulerBench {

  /** A Friday, two nights before the clocks are set forward in Berlin. */
  static final Instant START = Instant.parse("2030-03-29T12:00:00Z");

  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final String REPORT = "report";
  static final String NIGHTLY = "nightly";
  static final String AT_THREE = "0 0 3 ? * *";
  static final String HOURLY = "0 0 * ? * *";
  static final Duration POLL = Duration.ofMillis(5);
  static final Duration LONG_LEASE = Duration.ofDays(30);
  static final Duration SHORT_LEASE = Duration.ofMillis(400);
  static final int RETRIES = 2;
  static final Duration RETRY_DELAY = Duration.ofMinutes(1);

  /** Enough looks at the database to find whatever is due. */
  private static final int LOOKS = 10;

  private static final int MOST_LIMITS = 3;

  private static final String MARKER = "marker";
  private static final int MOST_STEPS = 30;
  private static final Set<State> AT_REST = Set.of(State.WAITING, State.TIMED_WAITING);
  private static final int CALM_LOOKS = 50;
  private static final Duration TO_STOP = Duration.ofMillis(50);

  final Trial trial;
  final RuleDatabase home;
  final DataSource database;
  SettableClock clock;
  private final RecurringJobsContract contract;
  private final Map<String, Work> jobs = new LinkedHashMap<>();
  private final List<Run> runs = new CopyOnWriteArrayList<>();
  final CountedDatabase counted;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private Duration lease = LONG_LEASE;

  /**
   * A run.
   *
   * @param scheduler who ran it
   * @param job what
   * @param at when, by the clock of the bench
   */
  record Run(String scheduler, String job, Instant at) {}

  SchedulerBench(Trial trial, RecurringJobsContract contract) throws SQLException {
    this(trial, contract, true);
  }

  SchedulerBench(Trial trial, RecurringJobsContract contract, boolean withTables)
      throws SQLException {
    this.trial = trial;
    this.contract = contract;
    clock = new SettableClock(START, trial.end());
    home = RuleDatabase.open(trial, "");
    database = home.source();
    counted = new CountedDatabase(database);
    if (withTables) {
      contract.createTables(database);
    }
    job(REPORT, _ -> {});
    jobs.put(MARKER, _ -> runs.add(new Run("", MARKER, clock.now())));
  }

  /** Says what a job does; before the first scheduler is made. */
  SchedulerBench job(String name, Work work) {
    jobs.put(name, work);
    return this;
  }

  /** Twenty years earlier, so before the machine's now; before the first scheduler is made. */
  SchedulerBench inThePast() {
    clock = new SettableClock(past(START), trial.end());
    return this;
  }

  static Instant past(Instant time) {
    return time.atOffset(UTC).minusYears(20).toInstant();
  }

  SchedulerBench lease(Duration other) {
    lease = other;
    return this;
  }

  RecurringOptions options() {
    return new RecurringOptions(POLL, lease, RETRIES, RETRY_DELAY);
  }

  RecurringJobs make(String name) {
    return make(name, clock);
  }

  RecurringJobs make(String name, TimeSource time) {
    var recorded = new LinkedHashMap<String, Work>();
    jobs.forEach((job, work) -> recorded.put(job, recorded(name, job, work)));
    var scheduler = trial.subject(contract.create(name, counted, recorded, options(), time));
    trial.afterwards(() -> scheduler.stop(Deadline.after(TO_STOP, TimeSource.system())));
    return scheduler;
  }

  private Work recorded(String scheduler, String job, Work work) {
    if (job.equals(MARKER)) {
      return work;
    }
    return token -> {
      mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
      runs.add(new Run(scheduler, job, clock.now()));
      trial.note(job + " runs in " + scheduler);
      try {
        work.run(token);
      } finally {
        running.decrementAndGet();
      }
    };
  }

  RecurringJobs start(String name) {
    return start(name, clock);
  }

  RecurringJobs start(String name, TimeSource time) {
    return started(make(name, time));
  }

  RecurringJobs started(RecurringJobs scheduler) {
    trial.expectReturn(
        "start returns",
        trial.start(
            "starter",
            () -> {
              scheduler.start();
              return "normally";
            }));
    return scheduler;
  }

  Caller<Object> stop(RecurringJobs scheduler, Duration limit) {
    var deadline = clock.deadline(limit);
    return trial.start(
        "stopper",
        () -> {
          scheduler.stop(deadline);
          return "normally";
        });
  }

  void stopped(RecurringJobs scheduler) {
    trial.expectReturn("stop returns", stop(scheduler, Duration.ofSeconds(10)));
  }

  int count(String job) {
    return (int) runs.stream().filter(run -> run.job().equals(job)).count();
  }

  /** When a job ran. */
  List<Instant> times(String job) {
    return runs.stream().filter(run -> run.job().equals(job)).map(Run::at).toList();
  }

  int most() {
    return mostAtOnce.get();
  }

  /**
   * Expects that something comes about, within the limit for a signal, or as long as it takes the
   * schedulers to look at the database often enough. Where it is known that it will not, it is
   * given up as soon as they have.
   */
  void expectSoon(String expected, BooleanSupplier condition, Supplier<String> butWas) {
    long begin = System.nanoTime();
    long limit = Patience.SIGNAL.limit().toNanos();
    long enough = counted.looks() + LOOKS;
    while (!condition.getAsBoolean()) {
      long passed = System.nanoTime() - begin;
      boolean looked = counted.looks() > enough;
      boolean isShort = Patience.isShort();
      boolean nobody = counted.looks() == enough - LOOKS && passed > 2 * limit;
      if (passed > (isShort && looked ? limit / 5 : limit) && (looked || isShort || nobody)) {
        throw trial.broken(expected, butWas.get());
      }
      if (passed > MOST_LIMITS * limit) {
        throw trial.notDecided(
            "in %d s the schedulers have looked %d times at the database"
                .formatted(
                    TimeUnit.NANOSECONDS.toSeconds(passed), counted.looks() - enough + LOOKS),
            "try again when the machine is less busy, or with -Dchecker.patience=5");
      }
      pause();
    }
  }

  /** Expects that a job has run that often by now or soon, or more often. */
  void expectRunsAtLeast(String expected, String job, int times) {
    expectSoon(expected, () -> count(job) >= times, () -> "it has run " + times(count(job)));
  }

  /** Expects that a job has run that often by now or soon, and not more often. */
  void expectRuns(String expected, String job, int times) {
    expectRunsAtLeast(expected, job, times);
    expectCount(expected, job, times);
  }

  /** Expects that a job has run that often so far. */
  void expectCount(String expected, String job, int times) {
    trial.expectThat(expected, count(job) == times, "it has run " + times(count(job)));
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  /** Expects that a job has run that often although it had the opportunity to run again. */
  void expectStillRuns(String expected, String job, int times, RecurringJobs scheduler) {
    look(scheduler);
    trial.expectThat(expected, count(job) == times, "it has run " + times(count(job)));
  }

  /**
   * Expects that a job has run that often, sets the clock forward step by step until it does, and
   * looks whether it has run too often. What is recorded of the run before may be late: so a step
   * too early does no harm.
   */
  void expectOneMore(
      String expected, String job, int wanted, RecurringJobs scheduler, Duration step) {
    for (int steps = 0; steps < MOST_STEPS && count(job) < wanted; steps++) {
      clock.advance(step);
      look(scheduler);
    }
    expectRuns(expected, job, wanted);
  }

  /** Waits until a scheduler has looked at the database three times from now on. */
  void look(RecurringJobs scheduler) {
    for (int n = 0; n < 3; n++) {
      int before = count(MARKER);
      scheduler.enqueue(MARKER);
      expectSoon(
          "another job that is enqueued meanwhile runs",
          () -> count(MARKER) > before,
          () -> "it does not run");
    }
  }

  void expectNext(String expected, RecurringJobs scheduler, String id, Instant wanted) {
    expectSoon(
        expected + ", " + wanted,
        () -> scheduler.nextRun(id).equals(Optional.of(wanted)),
        () -> "nextRun is " + Trial.describe(scheduler.nextRun(id).map(SchedulerBench::minute)));
  }

  /** The clock creeps, so the seconds would be others each time. */
  private static String minute(Instant time) {
    return time.toString().substring(0, "2030-01-01T00:00".length()) + " UTC";
  }

  /** Waits until a thread has ended, or rests for a while. */
  static void awaitRest(Thread thread) {
    var limit = Limit.of(Patience.SIGNAL);
    for (int calm = 0; calm < CALM_LOOKS && thread.isAlive() && !limit.hasPassed(); pause()) {
      calm = thread.getState() == State.RUNNABLE ? 0 : calm + 1;
    }
  }

  /** Expects that a call goes on waiting: look after look, it is not over and is at rest. */
  void expectWaiting(String expected, Caller<?> actor) {
    var limit = Limit.of(Patience.SIGNAL);
    for (int calm = 0; calm < CALM_LOOKS && !limit.hasPassed(); ) {
      trial.expectThat(expected, !actor.isDone(), "it is over");
      calm = AT_REST.contains(actor.thread().getState()) ? calm + 1 : 0;
      pause();
    }
  }

  /** Waits until something is written to the database, as it is when a lease is renewed. */
  boolean awaitAnyWrite() throws SQLException {
    var before = Tables.content(database);
    var limit = Limit.of(Patience.SIGNAL);
    while (Tables.content(database).equals(before)) {
      if (limit.hasPassed()) {
        return false;
      }
      pause();
    }
    return true;
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the rule was cut off", e);
    }
  }

  /** The next time of three o'clock in the morning, UTC, n days after the first. */
  static Instant three(int n) {
    return START.atZone(UTC).toLocalDate().plusDays(1L + n).atTime(3, 0).toInstant(UTC);
  }

  static Instant hour(int n) {
    return START.plus(Duration.ofHours(1L + n));
  }
}
