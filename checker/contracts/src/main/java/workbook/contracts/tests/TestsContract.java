package workbook.contracts.tests;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.NotStarted;

/** The rules of every class of tests, whatever it tests. */
@TestInstance(Lifecycle.PER_CLASS) // the tests are run once with each implementation
abstract class TestsContract {

  private final Map<Subject, SuiteRun> runs = new HashMap<>();
  private @Nullable Suite suite;

  /** An object of the class of tests. */
  abstract Object tests();

  /** The right implementations. */
  abstract List<Subject> right();

  /** The wrong ones. */
  abstract List<Subject> wrong();

  /** Those with which nothing is right. */
  abstract List<Subject> hopeless();

  final Suite suite(Trial trial) {
    var tests = trial.subject(tests()).getClass();
    var known = suite;
    if (known == null) {
      known = new Suite(tests);
      suite = known;
    }
    return known;
  }

  /** What came of the tests with one implementation. They are run when it is asked for first. */
  final SuiteRun run(Trial trial, Subject subject) {
    var suite = suite(trial);
    var first = runs.computeIfAbsent(right().getFirst(), suite::run);
    // What hangs with a right one has hung: to wait for each of the others takes minutes.
    var run = first.hang() != null ? first : runs.computeIfAbsent(subject, suite::run);
    NotStarted.forget(); // a gap in one test leaves the others their verdict
    return run;
  }

  /** What came of them with a right one, when no gap is left. */
  final SuiteRun complete(Trial trial) {
    var run = run(trial, right().getFirst());
    Gaps.expectNone(run);
    trial.expectThat("the class has tests", !run.tests().isEmpty(), "no method has @Test");
    return run;
  }

  static Subject subject(String name, Supplier<? extends Handed> hands) {
    return new Subject(name, hands);
  }

  @Rule(
      number = "8.1",
      says = "The tests MUST pass with every right implementation, 20 times of 20.",
      check =
          "that a test asks for what the contract says, and for nothing that one way to build it"
              + " happens to do; that no test depends on which thread is faster",
      lookAt = "<init>")
  void accuseNone(Trial trial) {
    Manners.accuseNone(trial, this);
  }

  @Rule(
      number = "8.2",
      says = "A test MUST NOT sleep.",
      check =
          "what it sleeps for: for another thread to wait, bench.settle() or call.isWaiting() is"
              + " sure and takes no time; for time to pass, bench.advance(...)",
      lookAt = "<init>")
  void sleepNever(Trial trial) {
    Manners.sleepNever(trial, this);
  }

  @Rule(
      number = "8.3",
      says = "Each test MUST call what it tests.",
      check =
          "that it makes its own with the factory that the constructor is handed; that its calls"
              + " are not left in a lambda that nobody runs",
      lookAt = "<init>")
  void callIt(Trial trial) {
    Manners.callIt(trial, this);
  }

  @Rule(
      number = "8.4",
      says = "Each test MUST assert something.",
      check =
          "that an assertion looks at what came back; that no catch swallows its error; that what"
              + " must not throw stands in assertThatCode(...).doesNotThrowAnyException()",
      lookAt = "<init>")
  void assertSomething(Trial trial) {
    Manners.assertSomething(trial, this);
  }

  @Rule(
      number = "8.5",
      says = "The tests MUST say in words or by two values what is wrong.",
      check =
          "that as(\"...\") says what a true or false is about; that a value is compared and not"
              + " its comparison asserted; that no exception of the implementation is the only"
              + " word",
      lookAt = "<init>")
  void say(Trial trial) {
    Manners.say(trial, this);
  }

  @Rule(
      number = "8.6",
      says = "Each test MUST have the same outcome when it is run alone.",
      check =
          "that no static field is shared; that what a test needs is made in it or in the"
              + " constructor, and no other test has to come before it",
      lookAt = "<init>")
  void standAlone(Trial trial) {
    Manners.standAlone(trial, this);
  }

  @Rule(
      number = "8.7",
      says = "A failure on another thread MUST fail the test.",
      check =
          "that threads are started with bench.start(...), and the call is asked for its result;"
              + " that no Thread or executor of the test's own runs an assertion",
      lookAt = "<init>")
  void hearThreads(Trial trial) {
    Manners.hearThreads(trial, this);
  }

  @Rule(
      number = "8.8",
      says = "The tests MUST end with every implementation, and MUST leave no thread behind.",
      check =
          "that each call that may wait, of a right one or a wrong one, is made with"
              + " bench.start(...) and not on the test's own thread",
      lookAt = "<init>")
  void end(Trial trial) {
    Manners.end(trial, this);
  }
}
