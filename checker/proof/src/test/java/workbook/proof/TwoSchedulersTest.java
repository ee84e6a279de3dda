package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringJobs;
import workbook.recurring.RecurringOptions;

/**
 * Two schedulers of module 06's reference on one database run each of a hundred due times once,
 * whichever clock is ahead. {@code -Dproof.repeat=100} does it a hundred times.
 */
class TwoSchedulersTest {

  private static final int REPEAT = Integer.getInteger("proof.repeat", 1);
  private static final int DUE_TIMES = 100;
  private static final Instant START = Instant.parse("2030-01-01T00:30:00Z");
  private static final RecurringOptions OPTIONS =
      new RecurringOptions(Duration.ofMillis(5), Duration.ofDays(1), 2, Duration.ofMinutes(1));

  /** A clock that goes on from where it was set: the library polls by it. */
  private static final class Clock implements TimeSource {

    private record Setting(Instant instant, long nanoTime) {}

    private volatile Setting setting = new Setting(START, System.nanoTime());

    void set(Instant instant) {
      setting = new Setting(instant, System.nanoTime());
    }

    @Override
    public Instant now() {
      var last = setting;
      return last.instant().plusNanos(System.nanoTime() - last.nanoTime());
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
      return TimeSource.system().sleep(time, wake);
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      return TimeSource.system().join(thread, limit);
    }
  }

  @Test
  void runEachDueTimeOnce() throws Exception {
    var solution = Workshop.of("solutions/06-recurring").compile();
    var ran = new HashMap<String, Integer>();
    for (int n = 1; n <= REPEAT; n++) {
      hundredDueTimes(solution.all(), n, ran);
    }
    System.out.printf(
        "two schedulers ran %d due times %d times, each once; who ran them: %s%n",
        DUE_TIMES, REPEAT, ran);
  }

  private static void hundredDueTimes(
      List<Class<?>> solution, int repetition, Map<String, Integer> ran) throws Exception {
    var database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:two-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    var create = named("SchedulerTable", solution).getDeclaredMethod("create", DataSource.class);
    create.setAccessible(true);
    create.invoke(null, database);
    var runs = new CopyOnWriteArrayList<String>();
    var clocks = List.of(new Clock(), new Clock());
    var schedulers = new ArrayList<RecurringJobs>();
    for (int n = 0; n < 2; n++) {
      var name = "ab".substring(n, n + 1);
      Map<String, Work> jobs = Map.of("report", _ -> runs.add(name));
      var jobsOfOne =
          (RecurringJobs)
              named("DbRecurringJobs", solution)
                  .getConstructor(
                      String.class,
                      DataSource.class,
                      Map.class,
                      RecurringOptions.class,
                      TimeSource.class)
                  .newInstance(name, database, jobs, OPTIONS, clocks.get(n));
      jobsOfOne.addOrUpdate("hourly", "report", "0 0 * ? * *", ZoneOffset.UTC);
      jobsOfOne.start();
      schedulers.add(jobsOfOne);
    }
    try {
      for (int n = 0; n < DUE_TIMES; n++) {
        var due = START.plus(Duration.ofMinutes(30)).plus(Duration.ofHours(n));
        int ahead = n % 3; // a, then b, then both at the same time
        for (int who : List.of(ahead, 1 - ahead)) {
          clocks.get(Math.floorMod(who, 2)).set(due);
          if (ahead < 2) {
            await(repetition, due, () -> isDone(schedulers, due));
          }
        }
        clocks.forEach(clock -> clock.set(due));
        await(repetition, due, () -> isDone(schedulers, due));
        assertThat(runs).as("repetition %d, due %s", repetition, due).hasSize(n + 1);
      }
    } finally {
      for (var jobs : schedulers) {
        jobs.stop(Deadline.after(Duration.ofSeconds(10), TimeSource.system()));
      }
    }
    assertThat(runs).as("repetition %d, at the end", repetition).hasSize(DUE_TIMES);
    runs.forEach(who -> ran.merge(who, 1, Integer::sum));
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("shutdown immediately");
    }
  }

  private static boolean isDone(List<RecurringJobs> schedulers, Instant due) {
    return schedulers
        .getFirst()
        .nextRun("hourly")
        .equals(Optional.of(due.plus(Duration.ofHours(1))));
  }

  private static void await(int repetition, Instant due, BooleanSupplier done) throws Exception {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime() - limit)
          .as("repetition %d, due %s", repetition, due)
          .isNegative();
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static Class<?> named(String name, List<Class<?>> classes) {
    return classes.stream().filter(c -> c.getSimpleName().equals(name)).findFirst().orElseThrow();
  }
}
