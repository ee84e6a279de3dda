package workbook.proof.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.checker.Trial;
import workbook.health.HealthCheck;
import workbook.health.HealthReport;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;

/** What is given in module 07 refuses what cannot work, and says so. */
class HealthPartsTest {

  private static final HealthCheck CHECK = () -> HealthResult.healthy("fine");
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aCheckHasANameAndALimit() {
    assertThatNullPointerException()
        .isThrownBy(() -> new HealthCheck.Named(Trial.noValue(), SECOND, CHECK))
        .withMessage("name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HealthCheck.Named(" ", SECOND, CHECK))
        .withMessageContaining("name must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HealthCheck.Named("db", Duration.ZERO, CHECK))
        .withMessageContaining("limit must be longer than zero, was PT0S");
    assertThatNullPointerException()
        .isThrownBy(() -> new HealthCheck.Named("db", SECOND, Trial.noValue()))
        .withMessage("check");
  }

  @Test
  void aResultIsWhole() {
    assertThatNullPointerException()
        .isThrownBy(() -> new HealthResult(Trial.noValue(), ""))
        .withMessage("status");
    assertThatNullPointerException()
        .isThrownBy(() -> HealthResult.degraded(Trial.noValue()))
        .withMessage("description");
    assertThat(HealthResult.degraded("slow").status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void aReportDoesNotChange() {
    var entries = new ArrayList<HealthReport.Entry>();
    var report = new HealthReport(HealthStatus.HEALTHY, entries);
    entries.add(new HealthReport.Entry("db", HealthResult.healthy("fine"), SECOND));
    assertThat(report.checks()).isEqualTo(List.of());
  }

  @Test
  void statusesStandFromBestToWorst() {
    assertThat(HealthStatus.values())
        .containsExactly(HealthStatus.HEALTHY, HealthStatus.DEGRADED, HealthStatus.UNHEALTHY);
  }
}
