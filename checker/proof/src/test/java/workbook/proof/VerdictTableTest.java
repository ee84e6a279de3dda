package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;
import workbook.proof.Verdicts.Outcome;

/**
 * With {@code -Dverdicts=100}, grades the references a hundred times and prints a row of a table
 * for each module. {@code .ci/verdicts} does so pinned to one core, with every core busy, and with
 * one carrier for all virtual threads. Says nothing otherwise: each reference is graded anyway.
 */
class VerdictTableTest {

  private static final int TIMES = Integer.getInteger("verdicts", 0);
  private static final String MACHINE = System.getProperty("verdicts.on", "as it is");

  static List<WorkbookModule> modules() {
    return TIMES == 0 ? List.of() : Workbook.modules();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("modules")
  void sameEachTime(WorkbookModule module) {
    var tests = new ArrayList<Class<?>>();
    for (var type : TypeUnderTest.of(module)) {
      tests.add(type.solution().compile().test(type.test()));
    }
    var others = new TreeMap<String, Integer>();
    int rules = 0;
    for (int n = 0; n < TIMES; n++) {
      var verdicts = Verdicts.of(tests);
      rules = verdicts.size();
      for (var verdict : verdicts) {
        if (verdict.outcome() != Outcome.HOLDS
            && others.merge(name(verdict), 1, Integer::sum) == 1) {
          System.err.println(verdict);
        }
      }
    }
    System.out.printf(
        "| %s | %s | %s | %d | %d | %s |%n",
        LocalDate.now(), module.folder(), MACHINE, rules, TIMES, inWords(others));
    assertThat(others.values()).as(inWords(others)).allMatch(count -> count == TIMES);
  }

  private static String name(Verdicts.Verdict verdict) {
    return verdict.number() + " " + verdict.outcome();
  }

  private static String inWords(Map<String, Integer> others) {
    return others.isEmpty()
        ? "all hold, each time"
        : others.entrySet().stream()
            .map(other -> other.getKey() + " in " + other.getValue())
            .collect(Collectors.joining("; "));
  }
}
