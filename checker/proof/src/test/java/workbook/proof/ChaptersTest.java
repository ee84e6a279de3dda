package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;

/**
 * The chapters say what the contracts say, and show what the files hold.
 *
 * <p><b>Promises.</b> What a step asks for stands in list items below a heading {@code ### What it
 * promises}. Each ends with the numbers of the rules behind it, such as {@code [2.3] [2.7]}, and
 * each rule of the module stands behind exactly one promise. Elsewhere a chapter may mention the
 * numbers of its module as often as it likes. The sentences of the rules stand in {@code
 * chapters/rules}, and not in the chapter.
 *
 * <p><b>Length.</b> A chapter fits its evening: 2,300 words, what stands in fences aside.
 *
 * <p><b>Snippets.</b> Java is never typed by hand. A fence is preceded by a line such as
 *
 * <pre>
 * {@code <!-- code: solutions/01-timed/src/main/java/workbook/timed/PeriodicTimer.java#wait -->}
 * </pre>
 *
 * and holds what stands between {@code // region wait} and the next {@code // endregion} in that
 * file, without the indentation that all lines share; or, without {@code #wait}, the whole file.
 * {@code mvn verify -Dchapters.write=true} writes the fences anew.
 */
class ChaptersTest {

  private static final int WORDS = 2_300;

  private static final Pattern PROMISES =
      Pattern.compile(
          "^### What it promises\\n(.*?)(?=^#|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern PROMISE =
      Pattern.compile("^- (.*?)(?=^- |^\\s*$|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern ITS_NUMBERS =
      Pattern.compile("[^\\[]*[.:?!]((?:\\s+\\[\\d+\\.\\d+])+)\\s*");
  private static final Pattern NUMBER = Pattern.compile("\\[(\\d+\\.\\d+)]");
  private static final Pattern MARKER = Pattern.compile("<!-- code: (\\S+?)(?:#(\\S+))? -->");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern PATH =
      Pattern.compile("`((?:chapters|exercises|solutions|checker)/[^`\\s*…<>]+?)(?::\\d+)?`");
  private static final Pattern PL = Pattern.compile("-pl +([^\\s`]+)");

  static List<WorkbookModule> modules() {
    return Workbook.modules();
  }

  static List<Path> texts() {
    var texts = new ArrayList<Path>();
    texts.add(Workbook.ROOT.resolve("README.md"));
    texts.add(Workbook.ROOT.resolve(".github/CONTRIBUTING.md"));
    for (var file : Workbook.filesIn(Workbook.ROOT.resolve("chapters"))) {
      if (file.toString().endsWith(".md")) {
        texts.add(file);
      }
    }
    return texts.stream().map(Workbook.ROOT::relativize).toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void mentionsTheRulesOfItsModule(WorkbookModule module) {
    assertThat(numbers(read(Path.of(module.chapter()))))
        .as("numbers in %s", module.chapter())
        .isEqualTo(rules(module).keySet());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void putsEachRuleBehindOnePromise(WorkbookModule module) {
    var behind = new ArrayList<String>();
    for (var promise : promises(module)) {
      var numbers = ITS_NUMBERS.matcher(promise);
      assertThat(numbers.matches()).as("ends with its numbers: %s", promise).isTrue();
      NUMBER.matcher(numbers.group(1)).results().forEach(number -> behind.add(number.group(1)));
    }
    assertThat(behind)
        .as("the rules behind the promises of %s", module.chapter())
        .containsExactlyInAnyOrderElementsOf(rules(module).keySet());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void leavesTheSentencesToThePageOfRules(WorkbookModule module) {
    var prose = prose(read(Path.of(module.chapter()))).replaceAll("\\s+", " ");
    assertThat(rules(module).values())
        .as("sentences of rules in %s", module.chapter())
        .noneMatch(prose::contains);
    var page = module.chapter().replace("chapters/", "rules/");
    assertThat(prose).as("links to all rules").contains("](" + page + ")");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void fitsItsEvening(WorkbookModule module) {
    var words = prose(read(Path.of(module.chapter()))).strip().split("\\s+");
    assertThat(words.length).as("words in %s", module.chapter()).isLessThanOrEqualTo(WORDS);
  }

  private static List<String> promises(WorkbookModule module) {
    return PROMISES
        .matcher(read(Path.of(module.chapter())))
        .results()
        .flatMap(section -> PROMISE.matcher(section.group(1)).results())
        .map(promise -> promise.group(1))
        .toList();
  }

  /** What is to be read: the text without what stands in fences. */
  private static String prose(String text) {
    var prose = new StringBuilder();
    boolean fenced = false;
    for (var line : text.lines().toList()) {
      if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced) {
        prose.append(line).append('\n');
      }
    }
    return prose.toString();
  }

  private static Set<String> numbers(String text) {
    var numbers = new TreeSet<>(Verdicts.BY_NUMBER);
    NUMBER.matcher(text).results().forEach(number -> numbers.add(number.group(1)));
    return numbers;
  }

  private static Map<String, String> rules(WorkbookModule module) {
    var rules = new TreeMap<String, String>(Verdicts.BY_NUMBER);
    for (var test : Workshop.of("solutions/" + module.folder()).compile().tests()) {
      for (var method : Verdicts.rules(test)) {
        rules.put(Verdicts.ruleOf(method).number(), Verdicts.ruleOf(method).says());
      }
    }
    return rules;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void showsWhatTheFilesHold(Path name) {
    var text = read(name);
    var written = withSnippets(name, text);
    if (Boolean.getBoolean("chapters.write") && !written.equals(text)) {
      Workbook.write(Workbook.ROOT.resolve(name), written);
      text = written;
    }
    assertThat(text)
        .as("%s (its snippets are written anew with -Dchapters.write=true)", name)
        .isEqualTo(written);
  }

  /** The text with each snippet as its file has it now. */
  private static String withSnippets(Path name, String text) {
    var lines = text.lines().toList();
    var written = new ArrayList<String>();
    String marker = "";
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      written.add(line);
      if (line.strip().equals("```java")) {
        var code = MARKER.matcher(marker);
        if (!code.matches()) {
          fail("%s:%d: Java without a line <!-- code: file#region --> before it", name, i + 1);
        }
        var indent = line.substring(0, line.indexOf('`'));
        snippet(code.group(1), code.group(2))
            .lines()
            .map(each -> each.isBlank() ? "" : indent + each)
            .forEach(written::add);
        while (!lines.get(i + 1).strip().equals("```")) {
          i++;
        }
      }
      marker = line.isBlank() ? marker : line.strip();
    }
    return String.join("\n", written) + "\n";
  }

  private static String snippet(String file, @Nullable String region) {
    var text = read(Path.of(file));
    if (region == null) {
      return text.strip();
    }
    var inside = new ArrayList<String>();
    boolean in = false;
    boolean found = false;
    for (var line : text.lines().toList()) {
      if (line.strip().equals("// region " + region)) {
        in = true;
        found = true;
      } else if (in && line.strip().equals("// endregion")) {
        in = false;
      } else if (in) {
        inside.add(line);
      }
    }
    assertThat(found && !in).as("%s has a closed region %s", file, region).isTrue();
    return String.join("\n", inside).stripTrailing().stripIndent().replaceAll("^\n+", "");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void namesWhatIsThere(Path name) {
    var text = read(name);
    var missing = new ArrayList<String>();
    var file = Workbook.ROOT.resolve(name);
    LINK.matcher(text)
        .results()
        .map(link -> link.group(1).replaceAll("#.*", ""))
        .filter(link -> !link.isEmpty() && !link.matches("(https?|mailto):.*"))
        .filter(link -> !Files.exists(file.resolveSibling(link)))
        .forEach(missing::add);
    PATH.matcher(text)
        .results()
        .map(path -> path.group(1))
        .filter(path -> !path.contains("NN") && !path.contains("/target"))
        .filter(path -> !Files.exists(Workbook.ROOT.resolve(path)))
        .forEach(missing::add);
    PL.matcher(text)
        .results()
        .flatMap(modules -> Pattern.compile(",").splitAsStream(modules.group(1)))
        .filter(module -> !module.contains("NN") && !module.matches("[<…].*"))
        .filter(module -> !Files.exists(Workbook.ROOT.resolve(module).resolve("pom.xml")))
        .forEach(module -> missing.add("-pl " + module));
    assertThat(missing).as("named in %s and not there", name).isEmpty();
  }

  private static String read(Path name) {
    var file = Workbook.ROOT.resolve(name);
    assertThat(file).exists();
    return Workbook.read(file);
  }
}
