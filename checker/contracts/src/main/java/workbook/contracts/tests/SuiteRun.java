package workbook.contracts.tests;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of the tests of a class, run once.
 *
 * @param tests the tests that came to an end, in their order
 * @param gap what is still to be written, or an empty text
 * @param hang the test that did not come to an end, if there is one
 */
record SuiteRun(List<Ran> tests, String gap, @Nullable Hang hang) {

  /**
   * A test that does not come to an end.
   *
   * @param test its name
   * @param stack where it stood
   */
  record Hang(String test, StackTraceElement[] stack) {}

  List<Ran> failed() {
    return tests.stream().filter(Ran::hasFailed).toList();
  }

  Set<String> passed() {
    return tests.stream()
        .filter(test -> test.end() == Ran.End.PASSED)
        .map(Ran::id)
        .collect(Collectors.toSet());
  }
}
