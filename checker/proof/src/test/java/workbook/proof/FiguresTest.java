package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import workbook.checker.WorkbookModule;

/** The figures of the checker are those that would be written now. */
class FiguresTest {

  private static final String PAGE = "chapters/checker.md";
  private static final String BEGIN = "<!-- figures -->\n";
  private static final String END = "<!-- end of figures -->\n";

  @Test
  void saysWhatThereIs() throws ReflectiveOperationException {
    var file = Workbook.ROOT.resolve(PAGE);
    var text = Workbook.read(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    var written = text.substring(0, begin) + table() + text.substring(text.indexOf(END));
    if (Boolean.getBoolean("chapters.write") && !written.equals(text)) {
      Workbook.write(file, written);
    }
    assertThat(Workbook.read(file))
        .as("%s, written anew with -Dchapters.write=true", PAGE)
        .isEqualTo(written);
  }

  private static String table() throws ReflectiveOperationException {
    var right =
        EveryTypeIsProvenTest.proofs().stream()
            .flatMap(proof -> proof.right().stream())
            .distinct()
            .collect(Collectors.groupingBy(ModuleProof.Right::type, Collectors.counting()));
    var table = new StringBuilder();
    table.append("| module | type | rules | broken by, at least | broken | right |\n");
    table.append("| --- | --- | ---: | ---: | ---: | ---: |\n");
    for (var module : Workbook.modules()) {
      for (var type : TypeUnderTest.of(module)) {
        row(table, module, type, right.getOrDefault(type.name(), 0L));
      }
    }
    return table.toString();
  }

  private static void row(
      StringBuilder table, WorkbookModule module, TypeUnderTest type, long right) {
    var provenBy = new TreeMap<String, Integer>();
    for (var rule : Verdicts.rules(type.solution().compile().test(type.test()))) {
      provenBy.put(Verdicts.ruleOf(rule).number(), 0);
    }
    List<Broken> broken = type.broken();
    broken.stream()
        .map(Broken::brokenRules)
        .flatMap(Collection::stream)
        .forEach(rule -> provenBy.computeIfPresent(rule, (_, files) -> files + 1));
    table.append(
        "| %s | %s | %d | %d | %d | %d |\n"
            .formatted(
                module.folder(),
                type.name(),
                provenBy.size(),
                provenBy.values().stream().min(Integer::compare).orElse(0),
                broken.size(),
                right));
  }
}
