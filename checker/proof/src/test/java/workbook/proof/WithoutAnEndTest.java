package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.Limit;
import workbook.checker.WorkbookModule;
import workbook.checker.card.CardText;

/** What a learner's code does without an end ends all the same, and the card says where it was. */
class WithoutAnEndTest {

  private static final int ENOUGH = 2; // rules that wait in vain for the same line

  /** Two of them; with {@code -Dendless=all}, all. */
  static List<WorkbookModule> modules() {
    return System.getProperty("endless", "").equals("all")
        ? Workbook.modules()
        : List.of(WorkbookModule.TIMED, WorkbookModule.HEALTH);
  }

  /** Each rule that hangs takes its time: so the others of a step are not tried. */
  @ParameterizedTest
  @MethodSource("modules")
  void inEveryConstructor(WorkbookModule module) {
    var card = quickly(() -> CardText.full(LearnersRun.graded(spinning(module))));
    var steps = Pattern.compile("(?m)^  Step \\d").splitAsStream(card).skip(1).toList();
    assertThat(steps).hasSize(module.steps());
    assertThat(steps)
        .allSatisfy(step -> assertThat(count("✘", step)).isLessThanOrEqualTo(ENOUGH))
        .filteredOn(step -> !step.contains("skipped"))
        .allSatisfy(step -> assertThat(flat(step)).contains("? [", "have waited in vain at"));
  }

  private static List<Class<?>> spinning(WorkbookModule module) {
    var sources = Workshop.of("solutions/" + module.folder());
    for (var type : TypeUnderTest.of(module)) {
      if (type.name().equals("Program")) {
        continue; // made of the others
      }
      var file = type.name() + ".java";
      sources = sources.with(file, text -> text.replaceFirst(beginning(type.name()), LOOP));
    }
    return sources.compile().tests();
  }

  private static final String LOOP =
      "$0    if (System.getProperty(\"absent\") == null) {\n"
          + "      while (!Thread.currentThread().isInterrupted()) {}\n"
          + "    }\n";

  private static String beginning(String type) {
    return "(?s)  (public )?" + type + "\\([^{;]*\\{\n";
  }

  @Test
  void onTheTerminal() {
    var noisy =
        Workshop.of("solutions/01-timed")
            .with(
                "PeriodicTimer.java",
                text ->
                    text.replace(
                        "    closed.cancel();",
                        "    for (int i = 0; i < 30_000; i++) System.out.println(\"once more\");\n"
                            + "    closed.cancel();"))
            .compile()
            .test("PeriodicTimerTest");
    var card = LearnersRun.card(List.of(noisy));
    boolean isBounded = card.length() < 300_000;
    assertThat(isBounded).isTrue();
    assertThat(card.substring(card.length() - 8_000).replace("once more\n", ""))
        .contains("(What was printed after this is left out.)", "01 · Timed service");
  }

  @Test
  void inMemory() throws Exception {
    var run =
        LearnersRun.inOwnJvm(
            "solutions/01-timed",
            "PeriodicTimerTest",
            new Workshop.Patch(
                "PeriodicTimer.java",
                "    closed.cancel();",
                "    var all = new java.util.ArrayList<byte[]>();\n"
                    + "    while (true) all.add(new byte[10_000_000]);"),
            "C.UTF-8");
    assertThat(flat(run.printed())).contains(" 1.4 ", "OutOfMemoryError");
  }

  /** Whoever waits and does nothing, or has had its time on a core, will not come any more. */
  @Test
  void aLimitPassesWhereNothingIsToCome() {
    assertThat(passes(Limit.of(Duration.ofMillis(1), work(() -> 0L, true)))).isTrue();
    var cpu = new AtomicInteger();
    assertThat(passes(Limit.of(Duration.ofMillis(1), work(() -> cpu.addAndGet(500_000), false))))
        .isTrue();
  }

  /** Whoever gets no core is not to blame. */
  @Test
  void aLimitIsNotDecidedWhereTheMachineIsBusy() {
    var limit = Limit.of(Duration.ofMillis(1), work(() -> 0L, false));
    assertThatThrownBy(() -> passes(limit)).hasMessageContaining("the machine is busy");
  }

  private static boolean passes(Limit limit) {
    while (!limit.hasPassed()) {
      Thread.onSpinWait();
    }
    return true;
  }

  private static Limit.Work work(Supplier<Number> cpu, boolean idle) {
    return new Limit.Work() {
      @Override
      public long cpuNanos() {
        return cpu.get().longValue();
      }

      @Override
      public boolean isIdle() {
        return idle;
      }
    };
  }

  private static String quickly(Supplier<String> run) {
    return Verdicts.withPatience(0.1, run);
  }

  private static long count(String mark, String text) {
    return Arrays.stream(text.split("\\s")).filter(mark::equals).count();
  }

  private static String flat(String card) {
    return card.replaceAll("\\s+", " ");
  }
}
