package workbook.contracts.tests;

import java.util.List;
import workbook.checker.Trial;

/** Whether tests catch what is wrong, each time. */
final class Caught {

  private static final int TIMES = 20;

  private final Trial trial;
  private final TestsContract contract;
  private final Subject subject;
  private final SuiteRun right;

  private Caught(Trial trial, TestsContract contract, Subject subject) {
    this.trial = trial;
    this.contract = contract;
    this.subject = subject;
    this.right = contract.run(trial, contract.right().getFirst());
  }

  static void each(Trial trial, TestsContract contract, Subject subject) {
    new Caught(trial, contract, subject).expect();
  }

  private void expect() {
    trial.setUp("the tests, run %d times with %s".formatted(TIMES, subject.name()));
    var first = contract.run(trial, subject);
    Manners.expectNoHang(trial, first);
    var catching = catching(first);
    if (catching.isEmpty()) {
      Gaps.expectNone(first);
    }
    int most = 0;
    for (var test : catching) {
      int caught = 1 + runsThatCatch(List.of(test.id()));
      if (caught == TIMES) {
        return;
      }
      most = Math.max(most, caught);
    }
    // Nobody is sure to catch it. All together may still do better by luck than in the first run.
    most = catching.isEmpty() ? runsThatCatch(List.of()) : most;
    throw trial.broken("a test fails, each time", most > 0 ? byLuck(most) : why(first));
  }

  /** A test that fails with a right implementation, too, catches nothing. */
  private List<Ran> catching(SuiteRun run) {
    var sound = right.passed();
    return run.failed().stream().filter(test -> sound.contains(test.id())).toList();
  }

  /** In how many more runs something fails that should. */
  private int runsThatCatch(List<String> ids) {
    int caught = 0;
    for (int n = 2; n <= TIMES; n++) {
      var suite = contract.suite(trial);
      var run = ids.isEmpty() ? suite.run(subject) : suite.run(subject, ids);
      Manners.expectNoHang(trial, run);
      caught += catching(run).isEmpty() ? 0 : 1;
    }
    return caught;
  }

  private static String byLuck(int runs) {
    return "caught %d of %d, by luck".formatted(runs, TIMES);
  }

  private String why(SuiteRun first) {
    if (first.tests().isEmpty()) {
      return "there is no test";
    }
    var accusing = right.failed();
    if (!accusing.isEmpty()) {
      return "%s fails, but also with what is right".formatted(accusing.getFirst().name());
    }
    int tests = first.tests().size();
    return tests == 1 ? "the only test passes" : "all %d tests pass".formatted(tests);
  }
}
