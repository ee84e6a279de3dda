package workbook.contracts.tests;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import workbook.checker.Trial;

/**
 * Whether tests catch what is wrong, each time, and nothing else: what is right comes in between,
 * at places that no test can know. So one that only counts how often it was run catches nothing.
 */
final class Caught {

  private static final int TIMES = 20;
  private static final int RIGHT_ONES_BETWEEN = 5; // 24 runs: more than 40,000 orders
  private static final SecureRandom PLACES = new SecureRandom();

  private final Trial trial;
  private final TestsContract contract;
  private final Subject subject;
  private final Subject rightOne;
  private final SuiteRun right;
  private String accusing; // the test that fails with what is right

  private Caught(Trial trial, TestsContract contract, Subject subject) {
    this.trial = trial;
    this.contract = contract;
    this.subject = subject;
    this.rightOne = contract.right().getFirst();
    this.right = contract.run(trial, rightOne);
    this.accusing = right.failed().stream().findFirst().map(Ran::name).orElse("");
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
      int caught = runsThatCatch(test);
      if (caught == TIMES) {
        return;
      }
      most = Math.max(most, caught);
    }
    // Nobody is sure to catch it. All together may still do better by luck than in the first run.
    most = catching.isEmpty() ? runsThatCatch() : most;
    throw trial.broken("a test fails, each time", most > 0 ? byLuck(most) : why(first));
  }

  /** A test that fails with a right implementation, too, catches nothing. */
  private List<Ran> catching(SuiteRun run) {
    var sound = right.passed();
    return run.failed().stream().filter(test -> sound.contains(test.id())).toList();
  }

  /** In how many runs a test fails that has failed once; in none if it fails with what is right. */
  private int runsThatCatch(Ran test) {
    var runs = new ArrayList<>(Collections.nCopies(TIMES - 1, subject));
    runs.addAll(Collections.nCopies(RIGHT_ONES_BETWEEN, rightOne));
    Collections.shuffle(runs, PLACES);
    int caught = 1;
    for (var each : runs) {
      var run = contract.suite(trial).run(each, List.of(test.id()));
      Manners.expectNoHang(trial, run);
      boolean fails = !run.failed().isEmpty();
      if (fails && each == rightOne) {
        accusing = test.name();
        return 0;
      }
      caught += fails ? 1 : 0;
    }
    return caught;
  }

  /** In how many more runs something fails that should. */
  private int runsThatCatch() {
    int caught = 0;
    for (int n = 2; n <= TIMES; n++) {
      var run = contract.suite(trial).run(subject);
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
    if (!accusing.isEmpty()) {
      return accusing + " fails, but also with what is right";
    }
    int tests = first.tests().size();
    return tests == 1 ? "the only test passes" : "all %d tests pass".formatted(tests);
  }
}
