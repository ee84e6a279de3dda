package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.ChildJvm;
import workbook.proof.Verdicts.Outcome;
import workbook.proof.Verdicts.Verdict;

/**
 * Each broken implementation fails exactly the rules that it is said to fail, with the findings
 * that are pinned.
 *
 * <p>{@code -Dproof.repeat=200} takes each verdict two hundred times. {@code -Dproof.pin=write}
 * writes the pinned findings anew, see {@link Pins}.
 */
class BrokenImplementationsTest {

  private static final int REPEAT = Integer.getInteger("proof.repeat", 1);

  static List<Broken> all() {
    return Catalogue.broken();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void failsWhatItIsSaidToFail(Broken broken) {
    assumeTrue(ChildJvm.hasSignals() || !broken.table().type().equals("Program"), "no signals");
    var classes = broken.sources().compile();
    var test = classes.test(broken.table().test());
    var verdicts =
        Verdicts.withPatience(broken.patience(), () -> Verdicts.of(List.<Class<?>>of(test)));
    var failing = verdicts.stream().filter(verdict -> verdict.outcome() != Outcome.HOLDS).toList();
    assertThat(numbers(failing))
        .as("%s%nfails%n%s", broken.why(), failing)
        .isEqualTo(broken.rules());
    assertThat(failing).allSatisfy(BrokenImplementationsTest::helps);
    compareWithPinned(broken, failing);
    failsAgain(broken, test);
  }

  private static void helps(Verdict verdict) {
    assertThat(verdict.outcome()).isEqualTo(Outcome.BROKEN);
    var finding = verdict.finding();
    if (finding == null) {
      fail("not a finding: " + verdict.thrown(), verdict.thrown());
      return;
    }
    assertThat(finding.expected()).isNotBlank().isNotEqualTo("no exception here");
    assertThat(finding.butWas()).isNotBlank();
    assertThat(finding.lookAt())
        .as("a method and a line of the learner's")
        .matches("\\w+\\.\\w+ \\(\\w+\\.java:\\d+\\)")
        .doesNotContain("Contract")
        .doesNotContain("Test");
  }

  private static void compareWithPinned(Broken broken, List<Verdict> failing) {
    var text = Pins.text(broken, failing);
    if (Pins.areWritten()) {
      Workbook.write(Pins.file(broken), text);
    }
    assertThat(Pins.inCommon(broken, text))
        .as("%s (written anew with -Dproof.pin=write)%n%s", Pins.file(broken), text)
        .isEqualTo(Pins.inCommon(broken, Pins.pinned(broken)));
  }

  private static void failsAgain(Broken broken, Class<?> test) {
    for (int i = 2; i <= REPEAT; i++) {
      var again =
          Verdicts.withPatience(broken.patience() / 2, () -> Verdicts.of(test, broken.rules()));
      assertThat(again)
          .as("repetition %d", i)
          .allSatisfy(verdict -> assertThat(verdict.outcome()).isEqualTo(Outcome.BROKEN));
    }
  }

  /** No rule is there for show: somebody fails it, for each type that it is a rule of. */
  @Test
  void everyRuleIsFailedBySome() {
    for (var table : Catalogue.broken().stream().map(Broken::table).distinct().toList()) {
      var failed =
          Catalogue.broken().stream()
              .filter(broken -> broken.table().equals(table))
              .flatMap(broken -> broken.rules().stream())
              .collect(Collectors.toSet());
      var rules = new TreeSet<>(Verdicts.numbers(table.solution().compile().test(table.test())));
      rules.removeAll(failed);
      assertThat(rules).as("rules of %s that nothing fails", table.type()).isEmpty();
    }
  }

  /** No type is forgotten, and no pinned file is left over. */
  @Test
  void everyTypeHasATableAndEveryPinItsEntry() {
    var types = Catalogue.broken().stream().map(b -> b.table().test()).collect(Collectors.toSet());
    for (var module : Workbook.modules()) {
      var tests = Workshop.of("solutions/" + module.folder()).compile().tests();
      assertThat(tests.stream().map(Class::getSimpleName)).isSubsetOf(types);
    }
    assertThat(Workbook.filesIn(Workbook.ROOT.resolve("checker/proof/src/test/resources/pinned")))
        .containsExactlyInAnyOrderElementsOf(Catalogue.broken().stream().map(Pins::file).toList());
  }

  private static Set<String> numbers(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(Verdict::number)
        .collect(Collectors.toCollection(() -> new TreeSet<>(Catalogue.BY_NUMBER)));
  }
}
