package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringJobs;
import workbook.recurring.RecurringOptions;

/** What module 06's reference does where no rule can look: rules do not know how a job is kept. */
class RecurringReferenceTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String ROW =
      "select execution_time from scheduled_tasks where task_instance = 'yearly' and not picked";

  /** A zone whose rules get lost, as when a row comes from a JVM that knows more zones. */
  private static final class LosableZone extends ZoneRulesProvider {

    static final String ID = "Workbook/Losable";
    static volatile boolean lost;

    @Override
    protected Set<String> provideZoneIds() {
      return Set.of(ID);
    }

    @Override
    protected @Nullable ZoneRules provideRules(String id, boolean forCaching) {
      if (lost) {
        throw new ZoneRulesException("unknown: " + id);
      }
      return forCaching ? null : ZoneOffset.UTC.getRules();
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String id) {
      return new TreeMap<>(Map.of("1", ZoneOffset.UTC.getRules()));
    }
  }

  @Test
  void aJobWithoutNextDueTimeIsPaused() throws Exception {
    ZoneRulesProvider.registerProvider(new LosableZone());
    var zone = ZoneId.of(LosableZone.ID);
    var database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:paused-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    var runs = new CountDownLatch(1);
    Work work =
        _ -> {
          LosableZone.lost = true;
          runs.countDown();
        };
    var logged = listen();
    var jobs = scheduler(database, work);
    jobs.addOrUpdate("yearly", "work", "0 0 0 1 1 ?", zone);
    var due = jobs.nextRun("yearly");
    jobs.start();
    try {
      jobs.trigger("yearly");
      runs.await();
      await().until(() -> dueInRow(database) != null);
      // it is not claimed any more, so nobody takes it over, and it is due in no lifetime
      assertThat(dueInRow(database)).isAfter(Instant.parse("2400-01-01T00:00:00Z"));
      assertThat(jobs.nextRun("yearly")).isEmpty();
      assertThat(logged.list)
          .anySatisfy(
              event -> {
                assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                assertThat(event.getFormattedMessage()).contains("yearly", "paused");
                assertThat(event.getThrowableProxy()).isNotNull();
              });
      LosableZone.lost = false;
      jobs.addOrUpdate("yearly", "work", "0 0 0 1 1 ?", zone);
      assertThat(jobs.nextRun("yearly")).isEqualTo(due);
    } finally {
      LosableZone.lost = false;
      jobs.stop(Deadline.after(Duration.ofSeconds(10), TimeSource.system()));
    }
  }

  @Test
  void durationsThatWouldOverflowAreRefused() throws Exception {
    var ok = Duration.ofDays(36_500);
    assertThat(new RecurringOptions(ok, ok, Integer.MAX_VALUE, ok).lease()).isEqualTo(ok);
    for (var tooLong : new Duration[] {ok.plusDays(1), ChronoUnit.FOREVER.getDuration()}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RecurringOptions(tooLong, SHORT, 0, SHORT))
          .withMessageContaining("pollInterval");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RecurringOptions(SHORT, tooLong, 0, SHORT))
          .withMessageContaining("lease");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RecurringOptions(SHORT, SHORT, 0, tooLong))
          .withMessageContaining("retryDelay");
      var jobs = scheduler(new JdbcDataSource(), _ -> {}, false);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> jobs.schedule("work", tooLong))
          .withMessageContaining("delay");
    }
    var cleanup =
        type("DailyCleanup")
            .getConstructor(DataSource.class, TimeSource.class, Duration.class, int.class);
    assertThat(
            Assertions.catchThrowable(
                () ->
                    cleanup.newInstance(
                        new JdbcDataSource(),
                        TimeSource.system(),
                        ChronoUnit.FOREVER.getDuration(),
                        1)))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining("keep");
  }

  private static RecurringJobs scheduler(DataSource database, Work work) throws Exception {
    return scheduler(database, work, true);
  }

  private static RecurringJobs scheduler(DataSource database, Work work, boolean withTable)
      throws Exception {
    if (withTable) {
      var create = type("SchedulerTable").getDeclaredMethod("create", DataSource.class);
      create.setAccessible(true);
      create.invoke(null, database);
    }
    return (RecurringJobs)
        type("DbRecurringJobs")
            .getConstructor(
                String.class, DataSource.class, Map.class, RecurringOptions.class, TimeSource.class)
            .newInstance(
                "a",
                database,
                Map.of("work", work),
                new RecurringOptions(SHORT, SHORT, 0, SHORT),
                TimeSource.system());
  }

  private static Class<?> type(String name) {
    return Workshop.of("solutions/06-recurring").compile().all().stream()
        .filter(type -> type.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ListAppender<ILoggingEvent> listen() {
    var appender = new ListAppender<ILoggingEvent>();
    appender.start();
    ((Logger) LoggerFactory.getLogger("workbook.recurring.DbRecurringJobs")).addAppender(appender);
    return appender;
  }

  private static @Nullable Instant dueInRow(DataSource database) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(ROW)) {
      if (!rows.next()) {
        return null;
      }
      var due = rows.getObject(1, OffsetDateTime.class).toInstant();
      return due.isAfter(Instant.now().plus(Duration.ofDays(400))) ? due : null;
    }
  }
}
