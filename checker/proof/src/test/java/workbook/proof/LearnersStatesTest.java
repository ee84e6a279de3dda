package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;
import workbook.proof.Workshop.Patch;

/**
 * Whatever state a learner's code is in, the card fits the screen, and its last line is the command
 * for what comes next. What is untouched and what is done is looked at by {@link ReportCardTest}.
 */
class LearnersStatesTest {

  private static final Pattern GAP = Pattern.compile("throw new NotStarted\\([^;]*\\);");
  private static final Pattern HEADER =
      Pattern.compile(
          "\\n"
              + "  (?:public |private |protected |static |final |synchronized )*([\\w<>.?,"
              + " \\[\\]]*?)\\b\\w+\\([^{};]*\\{");
  private static final int MOST_LINES = 40;
  private static final int MOST_COLUMNS = 76;
  private static final double SHORT = 0.1; // what hangs is known to

  /** A state, in words, the first rule that is broken, and the sources. */
  record State(String name, String rule, Workshop sources) {

    /** The command for what comes next. */
    String next() {
      return "mvn test -pl exercises/%s -Drule=%s".formatted(sources.folder().getFileName(), rule);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<State> states() {
    var states = new ArrayList<State>();
    for (var module : Workbook.modules()) {
      var first = module.folder().charAt(1) + ".1";
      states.add(new State(module.folder() + ", everything throws", first, filled(module, false)));
      // Tests that do nothing accuse nobody, and do not sleep.
      var ofConstants = module == WorkbookModule.TESTS ? "8.3" : first;
      states.add(
          new State(
              module.folder() + ", everything is a constant", ofConstants, filled(module, true)));
    }
    states.add(
        new State(
            "01-timed, an endless loop in a constructor",
            "1.1",
            Workshop.of("solutions/01-timed")
                .with(
                    new Patch(
                        "PeriodicTimer.java",
                        "    // A period of more than 292 years counts as that.\n",
                        "    while (period != null) {}\n"))));
    states.add(broken("02-queue/BoundedTaskQueue/timed-wait", "2.3"));
    states.add(broken("02-queue/BoundedTaskQueue/spins", "2.3"));
    states.add(broken("03-db-cleanup/DbCleanupService/sleeps-on-the-real-clock", "3.25"));
    return states;
  }

  private static State broken(String name, String rule) {
    var parts = name.split("/");
    var module =
        Workbook.modules().stream()
            .filter(m -> m.folder().equals(parts[0]))
            .findFirst()
            .orElseThrow();
    var broken =
        new TypeUnderTest(module, parts[1])
            .broken().stream()
                .filter(each -> each.name().equals(parts[2]))
                .findFirst()
                .orElseThrow();
    return new State(name, rule, broken.sources());
  }

  /** A skeleton whose gaps were all filled at once, and all wrong. */
  private static Workshop filled(WorkbookModule module, boolean constants) {
    var skeleton = Workshop.of("exercises/" + module.folder());
    var texts = new HashMap<String, String>();
    skeleton
        .texts()
        .forEach(
            (file, text) ->
                texts.put(
                    file,
                    GAP.matcher(text)
                        .replaceAll(
                            gap ->
                                Matcher.quoteReplacement(
                                    constants
                                        ? constant(text.substring(0, gap.start()))
                                        : "throw new IllegalStateException(\"not now\");"))));
    return new Workshop(skeleton.folder(), texts);
  }

  /** Returns the least that the method whose gap comes next can return. */
  private static String constant(String before) {
    var header = HEADER.matcher(before);
    var type = "";
    while (header.find()) {
      type = header.group(1).strip();
    }
    return switch (type) {
      case "", "void" -> "";
      case "boolean" -> "return true;";
      case "int", "long" -> "return 1;";
      case "String" -> "return \"\";";
      default -> type.startsWith("Optional<") ? "return Optional.empty();" : "return null;";
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void theCardSaysWhatIsNext(State state) {
    var card = Verdicts.withPatience(SHORT, () -> LearnersRun.card(state.sources()));
    var lines = card.strip().lines().toList();
    assertThat(lines).as(card).hasSizeLessThanOrEqualTo(MOST_LINES);
    assertThat(lines)
        .as(card)
        .allMatch(line -> line.codePointCount(0, line.length()) <= MOST_COLUMNS);
    assertThat(lines.getLast()).as(card).isEqualTo("      again:    " + state.next());
    assertThat(card)
        .contains("✘ [", "expected: ", "but was:  ", "check:    ")
        .doesNotContain("AssertionFailedError", "Expecting ");
  }
}
