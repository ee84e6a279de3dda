package workbook.contracts.tests;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import workbook.checker.Patience;
import workbook.checker.Trial;

/** How tests behave, whatever they test. */
final class Manners {

  private static final int TIMES = 20;
  private static final Set<String> SLEEPS =
      Set.of(
          "java/lang/Thread.sleep",
          "java/util/concurrent/TimeUnit.sleep",
          "java/util/concurrent/locks/LockSupport.parkNanos",
          "java/util/concurrent/locks/LockSupport.parkUntil");

  private Manners() {}

  static void accuseNone(Trial trial, TestsContract contract) {
    for (var subject : contract.right()) {
      trial.mayLast(Patience.SIGNAL.limit()); // each run has a limit of its own
      trial.setUp(
          "the tests, run %d times with %s, which is right".formatted(TIMES, subject.name()));
      var run = contract.run(trial, subject);
      for (int n = 1; ; n++) {
        expectNoHang(trial, run);
        var failed = run.failed();
        if (!failed.isEmpty()) {
          throw trial.broken(
              "every test passes",
              "run %d: %s".formatted(n, failed.getFirst().failure()),
              stack(failed.getFirst()));
        }
        Gaps.expectNone(run);
        if (n == TIMES) {
          break;
        }
        run = contract.suite(trial).run(subject);
      }
    }
    contract.complete(trial);
  }

  static void sleepNever(Trial trial, TestsContract contract) {
    contract.complete(trial);
    trial.expectNotWritten("no test sleeps", contract.tests().getClass(), SLEEPS);
  }

  static void callIt(Trial trial, TestsContract contract) {
    for (var test : contract.complete(trial).tests()) {
      trial.expectThat("each test makes a call", test.calls() > 0, test.name() + " makes none");
    }
  }

  // Not each test fails with each of these, but a test that asserts something fails with one.
  static void assertSomething(Trial trial, TestsContract contract) {
    var mute = new HashSet<>(contract.complete(trial).passed());
    var names = new HashMap<String, String>();
    for (var subjects : List.of(contract.hopeless(), contract.wrong())) {
      for (var subject : subjects) {
        if (mute.isEmpty()) {
          return;
        }
        var run = contract.run(trial, subject);
        trial.setUp("the tests, run with " + subject.name());
        expectNoHang(trial, run);
        run.tests().forEach(test -> names.put(test.id(), test.name()));
        run.tests().stream().filter(Ran::hasAsserted).map(Ran::id).forEach(mute::remove);
      }
    }
    trial.setUp(
        "the tests, run with each wrong implementation, and with some that do nothing right");
    trial.expectThat(
        "an assertion of each test fails with one of them",
        mute.isEmpty(),
        "none ever fails in " + String.join(", ", mute.stream().map(names::get).sorted().toList()));
  }

  static void say(Trial trial, TestsContract contract) {
    contract.complete(trial);
    for (var subject : contract.wrong()) {
      trial.setUp("the tests, run with " + subject.name());
      var run = contract.run(trial, subject);
      expectNoHang(trial, run);
      var failed = run.failed();
      if (!failed.isEmpty() && failed.stream().noneMatch(Ran::saysWhatIsWrong)) {
        throw trial.broken(
            "a failure that says what is wrong",
            inWords(failed.getFirst()),
            stack(failed.getFirst()));
      }
    }
  }

  private static String inWords(Ran test) {
    return switch (test.end()) {
      case MUTE -> test.name() + " fails without words or values";
      case TIME_OUT -> test.name() + " runs into a time-out";
      default -> test.failure();
    };
  }

  // A class that is loaded anew has no static field that another test has set.
  static void standAlone(Trial trial, TestsContract contract) {
    var subject = contract.right().getFirst();
    var together = contract.complete(trial);
    for (var test : together.tests()) {
      trial.setUp("%s, run alone with %s".formatted(test.name(), subject.name()));
      var alone =
          new Suite(LoadedAnew.of(contract.tests().getClass())).run(subject, List.of(test.id()));
      expectNoHang(trial, alone);
      for (var again : alone.failed()) {
        if (!test.hasFailed()) {
          throw trial.broken(
              "it passes, as it does together with the others", again.failure(), stack(again));
        }
      }
    }
  }

  static void hearThreads(Trial trial, TestsContract contract) {
    contract.complete(trial);
    for (var subjects : List.of(contract.hopeless(), contract.wrong())) {
      for (var subject : subjects) {
        trial.setUp("the tests, run with " + subject.name());
        var run = contract.run(trial, subject);
        expectNoHang(trial, run);
        for (var test : run.tests()) {
          var died = test.died();
          if (died != null && !test.hasFailed()) {
            throw trial.broken(
                "who fails on another thread fails the test",
                "a thread of %s ended with %s, and the test passed"
                    .formatted(test.name(), Trial.describe(died)),
                died.getStackTrace());
          }
        }
      }
    }
  }

  static void end(Trial trial, TestsContract contract) {
    contract.complete(trial);
    var right = contract.right().getFirst();
    trial.setUp("the tests, run with " + right.name());
    trial.watchThreads();
    contract.suite(trial).run(right);
    trial.expectNoNewThread("no thread that a test has started lives on");
    for (var subject : contract.wrong()) {
      trial.setUp("the tests, run with " + subject.name());
      expectNoHang(trial, contract.run(trial, subject));
    }
  }

  static void expectNoHang(Trial trial, SuiteRun run) {
    var hang = run.hang();
    if (hang != null) {
      throw trial.broken("the tests come to an end", hang.test() + " hangs", hang.stack());
    }
  }

  static StackTraceElement[] stack(Ran test) {
    var thrown = test.thrown();
    return thrown == null ? new StackTraceElement[0] : thrown.getStackTrace();
  }
}
