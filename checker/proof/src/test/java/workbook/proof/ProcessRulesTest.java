package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import workbook.checker.process.ChildJvm;
import workbook.proof.Verdicts.Outcome;

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
}
