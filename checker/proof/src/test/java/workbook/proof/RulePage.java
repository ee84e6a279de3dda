package workbook.proof;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.commons.support.AnnotationSupport;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.WorkbookModule;

/**
 * The page that lists every rule of a module: its sentence, what to check, and the broken
 * implementations that prove it. A rule that two types have in common is stated once.
 *
 * @param module the module
 */
record RulePage(WorkbookModule module) {

  /** Writes all pages. */
  static final String COMMAND =
      "mvn -q verify -pl checker/proof -Dit.test=RulePagesTest -Dchapters.write=true";

  /** A rule, where it stands, and who has to keep it. */
  private record Entry(Rule rule, Class<?> contract, List<Kept> by) {

    List<TypeUnderTest> types() {
      return by.stream().map(Kept::type).toList();
    }
  }

  private record Kept(int step, TypeUnderTest type) {}

  private record Proof(String rule, Broken broken) {}

  /** From the root of the workbook. */
  Path file() {
    return Path.of("chapters/rules/" + module.folder() + ".md");
  }

  String text() {
    var page = new StringBuilder();
    page.append(
        """
        # %s: all rules

        Every rule of the chapter [%s](../%s.md), with what to check when it is broken, and the broken
        implementations that prove it. Each of them is a file that shows what is wrong, and what the card
        says about it. This page is generated; do not edit it, but write it anew:

        ```sh
        %s
        ```
        """
            .formatted(module.heading(), module.folder(), module.folder(), COMMAND));
    var proofs = proofs();
    var sections = new LinkedHashMap<String, List<Entry>>();
    entries()
        .values()
        .forEach(
            entry -> sections.computeIfAbsent(heading(entry), _ -> new ArrayList<>()).add(entry));
    sections.forEach((heading, entries) -> section(page, heading, entries, proofs));
    return page.toString();
  }

  private Map<String, Entry> entries() {
    var entries = new TreeMap<String, Entry>(Verdicts.BY_NUMBER);
    for (var type : TypeUnderTest.of(module)) {
      var test = type.solution().compile().test(type.test());
      int step = AnnotationSupport.findAnnotation(test, Step.class).orElseThrow().number();
      for (var method : Verdicts.rules(test)) {
        var rule = Verdicts.ruleOf(method);
        entries
            .computeIfAbsent(
                rule.number(), _ -> new Entry(rule, method.getDeclaringClass(), new ArrayList<>()))
            .by
            .add(new Kept(step, type));
      }
    }
    entries.values().forEach(entry -> entry.by.sort(Comparator.comparing(Kept::step)));
    return entries;
  }

  private List<Proof> proofs() {
    return TypeUnderTest.of(module).stream()
        .flatMap(type -> type.broken().stream())
        .flatMap(broken -> broken.brokenRules().stream().map(rule -> new Proof(rule, broken)))
        .toList();
  }

  private static String heading(Entry entry) {
    var steps = entry.by.stream().map(kept -> String.valueOf(kept.step)).collect(joining(" and "));
    return "%s %s · %s"
        .formatted(
            entry.by.size() == 1 ? "Step" : "Steps",
            steps,
            entry.types().stream().map(TypeUnderTest::name).collect(joining(" and ")));
  }

  private void section(
      StringBuilder page, String heading, List<Entry> entries, List<Proof> proofs) {
    var contracts = entries.stream().map(Entry::contract).distinct().map(this::link);
    page.append(
        "\n## %s\n\nThe contract: %s.\n".formatted(heading, contracts.collect(joining(" and "))));
    for (var entry : entries) {
      var rule = entry.rule;
      page.append("\n### [%s] %s\n\n".formatted(rule.number(), plain(rule.says())));
      page.append("Check: %s.\n\n".formatted(plain(rule.check())));
      var broken =
          proofs.stream()
              .filter(proof -> proof.rule.equals(rule.number()))
              .map(proof -> proof.broken)
              .toList();
      page.append("<details><summary>Broken by %d</summary>\n\n".formatted(broken.size()));
      for (var each : broken) {
        var name = entry.by.size() == 1 ? each.name() : each.toString();
        page.append("- [%s](%s): %s\n".formatted(name, up(each.file()), plain(each.why())));
      }
      page.append("\n</details>\n");
    }
  }

  private String link(Class<?> contract) {
    var file = "checker/contracts/src/main/java/" + contract.getName().replace('.', '/') + ".java";
    return "[%s](%s)".formatted(contract.getSimpleName(), up(Workbook.ROOT.resolve(file)));
  }

  private static String up(Path file) {
    return "../../" + Workbook.ROOT.relativize(file).toString().replace('\\', '/');
  }

  /** A text as Markdown that shows just these characters. */
  private static String plain(String text) {
    return text.replaceAll("[\\\\*_<]", "\\\\$0");
  }
}
