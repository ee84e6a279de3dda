package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import workbook.checker.process.ChildJvm;
import workbook.proof.Verdicts.Outcome;
import workbook.proof.Workshop.Patch;

/**
 * The rules that run the reference in processes of its own come to the same verdict each time:
 * {@code -Dproof.repeat=100}, on one core and with all of them busy.
 */
@EnabledIf("hasSignals")
class ProcessRulesTest {

  private static final int REPEAT = Integer.getInteger("proof.repeat", 1);

  static boolean hasSignals() {
    return ChildJvm.hasSignals();
  }

  @Test
  void sameVerdictEachTime() {
    var program = Workshop.of("solutions/04-shutdown").compile().test("ProgramTest");
    for (int i = 1; i <= REPEAT; i++) {
      assertThat(Verdicts.of(List.<Class<?>>of(program)))
          .as("repetition %d", i)
          .hasSize(4)
          .allMatch(verdict -> verdict.outcome() == Outcome.HOLDS);
    }
  }

  /** A shell has a job of its background ignore SIGINT, and nohup has SIGHUP ignored. */
  @Test
  void signalsThatTheJvmCannotHearAreNobodys() throws Exception {
    var same =
        new Patch(
            "ShutdownSignal.java", "final class ShutdownSignal", "final class ShutdownSignal");
    var run =
        LearnersRun.inOwnJvm(
            List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"),
            "solutions/04-shutdown",
            "ShutdownSignalTest",
            same,
            "C.UTF-8");
    assertThat(run.printed())
        .containsPattern("Step 3 +ShutdownSignal +done")
        .doesNotContain("4.36");
  }
}
