package workbook.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Each program on a small size, and what its chapter claims of it, in counts. */
class ProblemsTest {

  @Test
  void chapter01() throws InterruptedException {
    var burst = JdkTimers.burst();
    // each is due 100 ms after the one before; the second to the fifth could not be in time
    for (int n = 1; n <= 4; n++) {
      assertThat(burst.get(n)).as("start %d of %s", n, burst).isGreaterThan(100 * (n + 1) + 100);
    }
    var silence = JdkTimers.silence();
    assertThat(silence.starts()).hasSize(2);
    assertThat(silence.state()).isEqualTo(Future.State.FAILED);
    var drift = JdkTimers.drift();
    assertThat(drift).hasSize(10);
    assertThat(drift.getLast()).isGreaterThanOrEqualTo(10 * 100 + 9 * 10);
  }

  @Test
  void chapter02Queue() throws InterruptedException {
    var growth = DotNetQueue.growth(100);
    assertThat(growth.done() + growth.waiting()).as("none was refused").isEqualTo(100);
    assertThat(DotNetQueue.stop(20, 7)).isEqualTo(new DotNetQueue.Outcome(20, 6, 13, 1));
  }

  @Test
  void chapter02Race() throws Exception {
    assertThat(CheckThenAct.count(CheckThenAct::raceInEveryOrder, 10)).isEqualTo(10);
    assertThat(CheckThenAct.count(CheckThenAct::raceByChance, 10)).isBetween(0, 10);
  }

  @Test
  void chapter03() throws SQLException {
    var done = new TreeMap<String, CleanupMeasured.Work>();
    try (var connection = CleanupMeasured.connect()) {
      for (var way : CleanupMeasured.WAYS) {
        CleanupMeasured.fill(connection, 2_500);
        done.put(way.name(), way.way().delete(connection));
        assertThat(count(connection)).as("left by %s", way.name()).isEqualTo(251);
      }
    }
    assertThat(done.values().stream().map(work -> work.toString().replaceAll(", longest.*", "")))
        .containsExactly(
            "Work[loaded=0, statements=3, transactions=3",
            "Work[loaded=2500, statements=2501, transactions=1",
            "Work[loaded=0, statements=1, transactions=1");
  }

  private static int count(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement("SELECT COUNT(*) FROM audit_log");
        var rows = select.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void chapter04() throws InterruptedException {
    assertThat(StopTimeline.eachItsOwn().outcomes())
        .containsExactly(
            "http: done",
            "printer: cut off at 14.0 s",
            "worker: killed in the middle",
            "ledger: killed before it was asked");
    assertThat(StopTimeline.allTogether().outcomes())
        .containsExactly(
            "http: done",
            "printer: cut off at 10.5 s",
            "worker: cut off at 10.5 s",
            "ledger: done");
  }

  @Test
  void chapter05() throws Exception {
    var busy = DotNetEmails.busy(100);
    assertThat(busy.lost()).isPositive();
    assertThat(busy.sent() + busy.lost()).isEqualTo(100);
    assertThat(DotNetEmails.silent(20, Duration.ZERO))
        .isEqualTo(new DotNetEmails.Outcome(0, 0, 20));
    assertThat(DotNetEmails.injected()).containsExactly("ann@example.com", "eve@example.org");
  }

  @Test
  void chapter06() {
    assertThat(LibraryAlone.spring().stream().map(ZonedDateTime::toLocalDate))
        .as("not on the 31st")
        .containsExactly(
            LocalDate.of(2030, 3, 30), LocalDate.of(2030, 4, 1), LocalDate.of(2030, 4, 2));
    assertThat(LibraryAlone.autumn()).hasToString("2030-10-27T02:30+01:00[Europe/Berlin]");
  }

  @Test
  void chapter06Calls() throws Exception {
    assertThat(SchedulerCalls.greet()).isEqualTo("hello, Ann of Berlin; rows left: 0");
  }

  @Test
  void chapter07() throws InterruptedException {
    assertThat(DotNetHealthCheck.flag(Duration.ZERO))
        .containsExactly(
            "mailer Healthy, its thread has ended", "cleaner Healthy, its thread waits for ever");
    assertThat(DotNetHealthCheck.polls(20)).isEqualTo(new DotNetHealthCheck.Polls(20, 20));
  }
}
