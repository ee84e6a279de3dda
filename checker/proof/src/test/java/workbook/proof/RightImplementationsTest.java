package workbook.proof;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.ChildJvm;
import workbook.proof.Broken.Right;
import workbook.proof.Verdicts.Outcome;
import workbook.proof.Verdicts.Verdict;

/**
 * Right implementations pass all rules, however they are built. {@code -Dproof.repeat=200} takes
 * each verdict two hundred times.
 */
class RightImplementationsTest {

  private static final int REPEAT = Integer.getInteger("proof.repeat", 1);
  private static final int REFERENCE_AND_TWO_MORE = 3;

  static List<Right> all() {
    return Catalogue.right();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void passesEveryRule(Right right) {
    var test = right.sources().compile().test(right.table().test());
    for (int i = 1; i <= REPEAT; i++) {
      var verdicts = Verdicts.of(List.<Class<?>>of(test));
      assertThat(verdicts).hasSameSizeAs(Verdicts.numbers(test));
      assertThat(verdicts).as("repetition %d", i).allMatch(RightImplementationsTest::isRight);
    }
  }

  private static boolean isRight(Verdict verdict) {
    return verdict.outcome() == Outcome.HOLDS
        || (verdict.outcome() == Outcome.SKIPPED && !ChildJvm.hasSignals());
  }

  @Test
  void thereAreThreeOfEachType() {
    var byType = Catalogue.right().stream().collect(groupingBy(Right::table));
    for (var module : Workbook.modules()) {
      for (var test : Workshop.of("solutions/" + module.folder()).compile().tests()) {
        var type = test.getSimpleName().replaceAll("Test$", "");
        assertThat(byType.getOrDefault(new Broken.Table(module, type), List.of()))
            .as(type)
            .hasSizeGreaterThanOrEqualTo(REFERENCE_AND_TWO_MORE);
      }
    }
  }
}
