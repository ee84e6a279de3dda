package workbook.proof;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import workbook.checker.WorkbookModule;
import workbook.proof.Verdicts.Outcome;
import workbook.proof.Verdicts.Verdict;

/**
 * What becomes of the references without one of their locks, signals and such, as a table in the
 * page on the checker: which rules reject them, or why none can. The reasons are written by hand.
 * With {@code -Dtaken.away=write} all are graded, in some minutes, and the table is written anew; a
 * reason is kept where there still is no rule.
 */
class TakenAwayTest {

  private static final Path PAGE = Workbook.ROOT.resolve("chapters/checker.md");
  private static final String NOT_ATOMIC = "checker/proof/src/test/resources/taken-away/";
  private static final Pattern TABLE =
      Pattern.compile("(?s)(?<=<!-- taken away -->\n).*(?=<!-- end of taken away -->\n)");
  private static final String HEAD =
      """
      | module | where | taken away | rejected by |
      | --- | --- | --- | --- |
      """;
  private static final String NONE = "none: ";
  private static final int RULES_SHOWN = 4;

  /** What is taken away from a module's reference; as a text, its row up to the verdict. */
  private record Row(WorkbookModule module, Workshop sources, TakenAway gone) {

    String type() {
      return gone.where().split("\\.")[0];
    }

    Workshop without() {
      var changed = sources.with(type() + ".java", _ -> gone.text());
      for (var name : gone.classes()) {
        var text = Workbook.read(Workbook.ROOT.resolve(NOT_ATOMIC + name + ".java"));
        changed = changed.withBeside(type() + ".java", name + ".java", text);
      }
      return changed;
    }

    @Override
    public String toString() {
      return "| %s | %s | `%s` | ".formatted(module.folder(), gone.where(), gone.what());
    }
  }

  @Test
  void hasARowForEach() {
    assertThat(said().keySet())
        .as("%s, written anew with -Dtaken.away=write", PAGE)
        .containsExactlyElementsOf(rows().stream().map(Row::toString).toList());
    assertThat(said().values())
        .as("a reason where there is no rule")
        .isNotEmpty()
        .noneMatch(NONE::equals);
  }

  @Test
  @EnabledIfSystemProperty(named = "taken.away", matches = "write")
  void isWrittenAnew() {
    var before = said();
    var table = new StringBuilder(HEAD);
    for (var row : rows()) {
      var rules = rejectedBy(row);
      var reason = before.getOrDefault(row.toString(), NONE);
      var said = rules.isEmpty() ? (reason.startsWith(NONE) ? reason : NONE) : inShort(rules);
      System.out.println(row + said + " |");
      table.append(row).append(said).append(" |\n");
    }
    var text = TABLE.matcher(Workbook.read(PAGE));
    Workbook.write(PAGE, text.replaceFirst(Matcher.quoteReplacement(table.toString())));
  }

  private static Map<String, String> said() {
    var table = TABLE.matcher(Workbook.read(PAGE));
    assertThat(table.find()).as("a table in %s", PAGE).isTrue();
    var said = new LinkedHashMap<String, String>();
    table
        .group()
        .lines()
        .skip(HEAD.lines().count())
        .forEach(
            row -> {
              int verdict = row.lastIndexOf("| ", row.length() - 2) + 2;
              said.put(row.substring(0, verdict), row.substring(verdict, row.length() - 2));
            });
    return said;
  }

  private static List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (var module : Workbook.modules()) {
      var sources = Workshop.of("solutions/" + module.folder());
      sources.texts().entrySet().stream()
          .filter(file -> file.getKey().matches("src/main/(?!.*/(Main|\\w+Tests)).*"))
          .sorted(Map.Entry.comparingByKey())
          .flatMap(file -> TakenAway.from(Path.of(file.getKey()), file.getValue()).stream())
          .forEach(gone -> rows.add(new Row(module, sources, gone)));
    }
    return rows;
  }

  /** By its own type's rules, or else by those of the others in its module. */
  private static List<String> rejectedBy(Row row) {
    var classes = row.without().compile();
    var types = TypeUnderTest.of(row.module());
    for (boolean own : List.of(true, false)) {
      var tests =
          types.stream()
              .filter(type -> type.name().equals(row.type()) == own)
              .<Class<?>>map(type -> classes.test(type.test()))
              .toList();
      var rules =
          Verdicts.of(tests).stream()
              .filter(v -> v.outcome() != Outcome.HOLDS && v.outcome() != Outcome.SKIPPED)
              .sorted(Comparator.comparing(Verdict::number, Verdicts.BY_NUMBER))
              .map(v -> v.number() + (v.outcome() == Outcome.BROKEN ? "" : " (not decided)"))
              .toList();
      if (!rules.isEmpty()) {
        return rules;
      }
    }
    return List.of();
  }

  private static String inShort(List<String> rules) {
    var shown = rules.stream().limit(RULES_SHOWN).collect(joining(", "));
    int more = rules.size() - RULES_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
