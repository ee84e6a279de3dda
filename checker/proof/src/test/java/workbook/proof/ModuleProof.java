package workbook.proof;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken.Right;
import workbook.proof.Broken.Table;
import workbook.proof.Verdicts.Outcome;
import workbook.proof.Verdicts.Verdict;

/**
 * Proves the rules of one module: each broken implementation fails exactly the rules that it is
 * said to fail, with the findings that are pinned; right implementations pass all rules, however
 * they are built. Each module has one subclass, which lists its tables.
 *
 * <p>{@code -Dproof.repeat=200} takes each verdict two hundred times. {@code -Dproof.only=text}
 * tries only what it finds in the name, such as {@code TimedService} or {@code Host|Program}.
 * {@code -Dproof.pin=write} writes the pinned findings anew, see {@link Pins}.
 */
@TestInstance(PER_CLASS)
public abstract class ModuleProof {

  private static final int REPEAT = Integer.getInteger("proof.repeat", 1);
  private static final Pattern ONLY = Pattern.compile(System.getProperty("proof.only", ""));
  private static final int REFERENCE_AND_TWO_MORE = 3;

  private final WorkbookModule module;
  private final List<Broken> broken;
  private final List<Right> right;

  /**
   * The proof of a module.
   *
   * @param module the module
   * @param right right implementations of all its types, in tables
   * @param broken broken implementations of all its types, in tables
   */
  protected ModuleProof(WorkbookModule module, List<List<Right>> right, List<List<Broken>> broken) {
    this.module = module;
    this.broken = broken.stream().flatMap(List::stream).toList();
    this.right = right.stream().flatMap(List::stream).toList();
  }

  List<Broken> broken() {
    return broken.stream().filter(each -> ONLY.matcher(each.toString()).find()).toList();
  }

  List<Right> right() {
    return right.stream().filter(each -> ONLY.matcher(each.toString()).find()).toList();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("right")
  void passesEveryRule(Right right) {
    var test = right.sources().compile().test(right.table().test());
    for (int i = 1; i <= REPEAT; i++) {
      var verdicts = Verdicts.of(List.<Class<?>>of(test));
      assertThat(verdicts).hasSameSizeAs(Verdicts.numbers(test));
      assertThat(verdicts)
          .as("repetition %d", i)
          .allMatch(v -> v.outcome() == Outcome.HOLDS || v.outcome() == Outcome.SKIPPED);
      assumeNoneSkipped(verdicts);
    }
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("broken")
  void failsWhatItIsSaidToFail(Broken broken) {
    var test = broken.sources().compile().test(broken.table().test());
    var failing = failing(broken, test);
    assertThat(failing).allSatisfy(ModuleProof::helps);
    compareWithPinned(broken, failing);
    for (int i = 2; i <= REPEAT; i++) {
      compareWithPinned(broken, failing(broken, test));
    }
  }

  private static List<Verdict> failing(Broken broken, Class<?> test) {
    var verdicts = verdicts(broken, test);
    assumeNoneSkipped(verdicts.stream().filter(v -> broken.rules().contains(v.number())).toList());
    var failing =
        verdicts.stream()
            .filter(v -> v.outcome() != Outcome.HOLDS && v.outcome() != Outcome.SKIPPED)
            .sorted(Comparator.comparing(Verdict::number, Verdicts.BY_NUMBER))
            .toList();
    assertThat(numbers(failing))
        .as("%s%n%s%nfails%n%s", broken, broken.why(), failing)
        .isEqualTo(broken.rules());
    return failing;
  }

  /** What cannot be tried on this machine is shown as skipped here, too. */
  private static void assumeNoneSkipped(List<Verdict> verdicts) {
    for (var verdict : verdicts) {
      assumeTrue(verdict.outcome() != Outcome.SKIPPED, verdict::toString);
    }
  }

  private static List<Verdict> verdicts(Broken broken, Class<?> test) {
    if (broken.patience() == 1) {
      return Verdicts.of(List.<Class<?>>of(test));
    }
    // Only what is to be cut off may be cut off early: on a busy machine the rest takes its time.
    Predicate<String> said = broken.rules()::contains;
    var cutOff = Verdicts.withPatience(broken.patience(), () -> Verdicts.of(test, said));
    var rest = Verdicts.of(test, said.negate());
    return Stream.concat(cutOff.stream(), rest.stream()).toList();
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

  /** No rule is there for show: somebody fails it, for each type that it is a rule of. */
  @Test
  void everyRuleIsFailedBySome() {
    for (var table : tables()) {
      var failed =
          broken.stream()
              .filter(each -> each.table().equals(table))
              .flatMap(each -> each.rules().stream())
              .collect(toSet());
      var rules = new TreeSet<>(Verdicts.numbers(table.solution().compile().test(table.test())));
      rules.removeAll(failed);
      assertThat(rules).as("rules of %s that nothing fails", table.type()).isEmpty();
    }
  }

  /** No type is forgotten. */
  @Test
  void everyTypeHasATableAndThreeRightOnes() {
    assertThat(tables().stream().map(Table::test))
        .containsExactlyInAnyOrderElementsOf(
            Workshop.of("solutions/" + module.folder()).compile().tests().stream()
                .map(Class::getSimpleName)
                .toList());
    var byTable = right.stream().collect(groupingBy(Right::table));
    for (var table : tables()) {
      assertThat(byTable.getOrDefault(table, List.of()))
          .as("right implementations of %s", table.type())
          .hasSizeGreaterThanOrEqualTo(REFERENCE_AND_TWO_MORE);
    }
  }

  /** Each entry is pinned, and no pinned file is left over. */
  @Test
  void everyPinHasItsEntry() {
    assertThat(Workbook.filesIn(Pins.folder(module)))
        .containsExactlyInAnyOrderElementsOf(broken.stream().map(Pins::file).toList());
  }

  private List<Table> tables() {
    return broken.stream().map(Broken::table).distinct().toList();
  }

  private static Set<String> numbers(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(Verdict::number)
        .collect(Collectors.toCollection(() -> new TreeSet<>(Verdicts.BY_NUMBER)));
  }
}
