package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;
import workbook.checker.process.ChildJvm;
import workbook.proof.Workshop.Patch;

/** What a learner reads, from the first run to the last. */
class ReportCardTest {

  private static final int WIDTH = 76;
  private static final int HEIGHT = 40;

  static List<WorkbookModule> modules() {
    return Workbook.modules();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void untouched(WorkbookModule module) {
    var card = LearnersRun.card(Workshop.of("exercises/" + module.folder()));
    assertThat(card)
        .contains(module.heading(), " 0 of ", module.chapter(), "not started")
        .doesNotContain("✔", "✘", "NotStarted", "Exception");
    fits(card);
    assertThat(flat(lastLines(card, 5)))
        .contains(
            "Next: read " + module.chapter() + " up to \"Step 1\", then write ",
            "hint: Step 1, hint 1 of ",
            "again: mvn test -pl exercises/" + module.folder() + " -Dstep=1");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void done(WorkbookModule module) {
    var card = LearnersRun.card(Workshop.of("solutions/" + module.folder()));
    assertThat(card)
        .contains(
            module.heading(), "done", ChildJvm.hasSignals() ? "Every rule holds." : "Every rule")
        .doesNotContain("✘", "not started", "Next: ", "again:");
    fits(card);
  }

  @Test
  void oneRuleBroken() {
    var card = LearnersRun.card(timed().with(burst()));
    assertThat(card)
        .contains(
            "✘ [1.10] ",
            "set up:   a period of 100 ms; the first work takes 250 ms",
            "look at:  PeriodicTimer.waitForNextTick (PeriodicTimer.java:",
            "expected: ticks at 100, 350, 400, 500, 600",
            "but was:  ticks at 100, 350, 360, ",
            "in order: 100 ms tick",
            "check:    what the ticks say: ",
            "hint:     Step 1, hint 1 of 3: add -Dhint",
            "again:    mvn test -pl exercises/01-timed -Drule=1.10")
        .containsPattern("Step 1 +PeriodicTimer +12 of 14   ✘ 1.10 1.11")
        .containsPattern("Step 2 +FixedDelayTimer +done")
        .containsPattern("✘ \\[1.11] Missed ticks MUST coalesce: ... +ticks at 1050, ");
    fits(card);
  }

  @Test
  void everyFindingFits() {
    var timer = new TypeUnderTest(WorkbookModule.TIMED, "PeriodicTimer");
    for (var broken : timer.broken().stream().limit(10).toList()) {
      var test = broken.sources().compile().test(timer.test());
      fits(Verdicts.withPatience(broken.patience(), () -> LearnersRun.card(List.of(test))));
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the locale is set as Linux does it")
  void inAsciiWhereTheTerminalKnowsNoMore() throws Exception {
    var run = LearnersRun.inOwnJvm("solutions/01-timed", "PeriodicTimerTest", burst(), "C");
    assertThat(run.printed()).contains("X [1.10] ", " X 1.10 1.11").doesNotContain("?");
    assertThat(run.printed().chars()).allMatch(c -> c < 128);
  }

  @Test
  void exitInTheLearnersCode() throws Exception {
    var run =
        LearnersRun.inOwnJvm(
            "solutions/01-timed",
            "PeriodicTimerTest",
            change("    closed.cancel();", "    System.exit(0);"),
            "C.UTF-8");
    assertThat(run.printed())
        .contains(
            "✘ [1.1] ",
            "System.exit was called",
            "look at:  PeriodicTimer.close (PeriodicTimer.java:",
            "not run");
  }

  /** It would leave nobody to say so. */
  @Test
  void haltInTheLearnersCode() {
    var halting = change("    closed.cancel();", "    Runtime.getRuntime().halt(0);");
    assertThat(flat(LearnersRun.card(List.of(compiled(halting, "PeriodicTimerTest")))))
        .contains(
            "✘ [1.1] ",
            "look at: PeriodicTimer.close (PeriodicTimer.java:",
            "but was: it calls Runtime.halt, so no rule was tried");
  }

  @Test
  void endlessLoop() {
    var spinning =
        change("    closed.cancel();", "    while (!Thread.currentThread().isInterrupted()) {}");
    var card =
        Verdicts.withPatience(
            0.1, () -> LearnersRun.card(List.of(compiled(spinning, "PeriodicTimerTest"))));
    assertThat(flat(card))
        .contains(
            "✘ [1.1] ",
            "look at: PeriodicTimer.close (PeriodicTimer.java:",
            " is running at PeriodicTimer.close (PeriodicTimer.java:");
    fits(card);
  }

  @Test
  void skippedIsNotPassed() {
    var card = withoutSignals(() -> LearnersRun.card(Workshop.of("solutions/04-shutdown")));
    assertThat(flat(card))
        .contains(
            " 46 of 50 rules",
            "Step 4 Program skipped · 4.44 to 4.47: this platform has no POSIX signals",
            "Every rule that could be tried here holds; skipped: 4.")
        .doesNotContain("✔ [4.44]", "Next: ", "RuleSkipped", "Tests of your own");
    fits(card);
  }

  @Test
  void onlySkippedIsAFailure() {
    var program = Workshop.of("solutions/04-shutdown").compile().test("ProgramTest");
    withoutSignals(
        () -> {
          assertThat(LearnersRun.card(List.of(program)))
              .contains(" 0 of 4 rules", "Nothing was graded: every rule was skipped.");
          assertThat(Verdicts.failuresOutsideRules(program))
              .singleElement()
              .satisfies(failure -> assertThat(failure).hasMessageContaining("nothing was graded"));
          return "";
        });
  }

  private static String withoutSignals(Supplier<String> run) {
    System.setProperty("checker.signals", "false");
    try {
      return run.get();
    } finally {
      System.clearProperty("checker.signals");
    }
  }

  @Test
  void deadlock() {
    var deadlock =
        new Patch(
            "TimedService.java",
            "    stopping.cancel();\n",
            "    stopping.cancel();\n"
                + "    var held = new java.util.concurrent.locks.ReentrantLock();\n"
                + "    var other = Thread.ofVirtual().name(\"other\").start(() -> {\n"
                + "      held.lock();\n"
                + "      java.util.concurrent.locks.LockSupport.park();\n"
                + "    });\n"
                + "    while (!held.isLocked()) {\n"
                + "      Thread.yield();\n"
                + "    }\n"
                + "    held.lockInterruptibly();\n");
    var card =
        Verdicts.withPatience(
            0.1, () -> LearnersRun.card(List.of(compiled(deadlock, "TimedServiceTest"))));
    assertThat(flat(card))
        .contains(
            "✘ [1.16] ",
            "look at: TimedService.stop (TimedService.java:",
            "but was: the thread 'stopper' is waiting at TimedService.stop (TimedService.java:",
            "? 1.19 to 1.32: not tried: 1.16 and 1.18 have waited in vain at ...");
    fits(card);
  }

  @Test
  void exceptionOnAThreadOfTheLearners() {
    var card =
        LearnersRun.card(
            List.of(
                compiled(
                    new Patch(
                        "TimedService.java",
                        "    try (ticks) {\n",
                        "    java.util.Objects.requireNonNull(System.getProperty(\"absent\"));\n"
                            + "    try (ticks) {\n"),
                    "TimedServiceTest")));
    assertThat(flat(card))
        .contains(
            "✘ [1.14] ",
            "look at: TimedService.run (TimedService.java:",
            "but was: nobody waits for the timer; the thread 'clock' ended with",
            "NullPointerException");
    fits(card);
  }

  private static Workshop timed() {
    return Workshop.of("solutions/01-timed");
  }

  private static Class<?> compiled(Patch patch, String test) {
    return timed().with(patch).compile().test(test);
  }

  private static Patch burst() {
    return change("nextTick += (late / period + 1) * period;", "nextTick += period;");
  }

  private static Patch change(String find, String replace) {
    return new Patch("PeriodicTimer.java", find, replace);
  }

  private static String flat(String card) {
    return card.replaceAll("\\s+", " ");
  }

  private static String lastLines(String card, int count) {
    var lines = card.strip().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  private static void fits(String card) {
    assertThat(card.lines()).hasSizeLessThanOrEqualTo(HEIGHT);
    assertThat(card.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH));
  }
}
