package workbook.contracts.tests;

import java.util.ArrayList;
import java.util.HashSet;
import workbook.checker.Trial;

/** Whether tests catch what is wrong. */
final class Caught {

  private static final int TIMES = 20;

  private Caught() {}

  /** A test that fails with a right implementation, too, has caught nothing. */
  static void each(Trial trial, TestsContract contract, Subject subject) {
    var right = contract.run(trial, contract.right().getFirst());
    trial.setUp("the tests, run with " + subject.name());
    var first = contract.run(trial, subject);
    Manners.expectNoHang(trial, first);
    var sound = right.passed();
    var ids = new HashSet<String>();
    first.failed().stream().map(Ran::id).filter(sound::contains).forEach(ids::add);
    if (ids.isEmpty()) {
      Gaps.expectNone(first);
    }
    int caught = ids.isEmpty() ? 0 : 1;
    for (int n = 2; n <= TIMES; n++) {
      var suite = contract.suite(trial);
      // Who has failed once is to fail again; where nobody has, somebody may still.
      var run = ids.isEmpty() ? suite.run(subject) : suite.run(subject, ids);
      Manners.expectNoHang(trial, run);
      caught += run.failed().stream().anyMatch(test -> sound.contains(test.id())) ? 1 : 0;
    }
    if (caught < TIMES) {
      throw trial.broken("a test fails, in %d of %d runs".formatted(TIMES, TIMES), but(caught, first, right));
    }
  }

  private static String but(int caught, SuiteRun first, SuiteRun right) {
    if (caught > 0) {
      return "it is caught in %d of %d runs, by luck".formatted(caught, TIMES);
    }
    if (first.tests().isEmpty()) {
      return "there is no test";
    }
    var accusing = new ArrayList<>(right.failed());
    return accusing.isEmpty()
        ? "all %d tests pass".formatted(first.tests().size())
        : "only tests fail that fail with a right one, too: " + accusing.getFirst().name();
  }
}
