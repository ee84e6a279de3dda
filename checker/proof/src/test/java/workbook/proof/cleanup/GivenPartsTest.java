package workbook.proof.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import workbook.checker.Trial;
import workbook.cleanup.AuditTable;
import workbook.cleanup.CleanupPlan;
import workbook.cleanup.Registration;
import workbook.cleanup.Registration.Lifetime;

/** What module 03 is given: the plan, the registration, the table. */
class GivenPartsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void planChecksItsNumbers() {
    assertThat(CleanupPlan.hourly()).isEqualTo(new CleanupPlan(HOUR, Duration.ofDays(30), 1_000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CleanupPlan(Duration.ZERO, HOUR, 1))
        .withMessage("every must be longer than zero, was PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CleanupPlan(HOUR, HOUR.negated(), 1))
        .withMessage("keep must be longer than zero, was PT-1H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CleanupPlan(HOUR, HOUR, 0))
        .withMessage("batchSize must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CleanupPlan(HOUR, ChronoUnit.FOREVER.getDuration(), 1))
        .withMessageStartingWith("keep must be at most PT24000000H, was PT2562047788015215H");
  }

  @Test
  void registrationRefusesNull() {
    assertThat(Registration.singleton(String.class, _ -> "one").lifetime())
        .isEqualTo(Lifetime.SINGLETON);
    assertThat(Registration.scoped(String.class, _ -> "each").lifetime())
        .isEqualTo(Lifetime.SCOPED);
    assertThatNullPointerException()
        .isThrownBy(() -> Registration.scoped(Trial.<Class<String>>noValue(), _ -> ""))
        .withMessage("type");
    assertThatNullPointerException()
        .isThrownBy(() -> Registration.scoped(String.class, Trial.noValue()))
        .withMessage("factory");
  }

  @Test
  void tableIsMadeOnce() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      AuditTable.createIn(connection);
      AuditTable.createIn(connection);
      try (var tables = connection.getMetaData().getTables(null, null, "AUDIT_LOG", null)) {
        assertThat(tables.next()).isTrue();
      }
    }
  }
}
