package workbook.runner.grade;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.checker.WorkbookModule;
import workbook.checker.card.Verdict;
import workbook.proof.Browser;
import workbook.proof.Workbook;
import workbook.runner.grade.GradedSubmission.Ending;

/** What a class came to, as a table and as a page, with 30 students. */
class ClassPageTest {

  private static final int RULES_OF_02 = 56;

  /** What a name can do to a table, to a page and to an address. */
  private static final List<String> NAMES =
      List.of(
          "=HYPERLINK(\"x\")",
          "+1",
          "-1",
          "@SUM(A1)",
          "Åsa Öberg",
          "李 小龙",
          "O'Neil, \"Pat\"",
          "two\nlines",
          "<script>alert(1)<!--",
          "<td>&amp;",
          "100%25 #1?x=1",
          "{{title}}",
          "a:b");

  @TempDir Path results;

  @Test
  void theTableHasALineForEachStudent() {
    var students = students();
    var lines = lines(ClassCsv.of(students, points()));
    assertThat(lines).hasSize(30);
    assertThat(lines.getFirst().getHeader())
        .startsWith(
            "student", "module", "points", "up to", "max", "ending", "reason", "open", "2.1")
        .hasSize(8 + RULES_OF_02);
    for (int i = 0; i < 30; i++) {
      var name = students.get(i).name();
      var cell = lines.get(i).getField("student");
      assertThat(cell).isEqualTo("=+-@".indexOf(name.charAt(0)) < 0 ? name : "'" + name);
    }
    assertThat(lines.get(26).getField("ending")).isEqualTo("refused");
    assertThat(lines.get(26).getField("points")).isEqualTo("0");
    assertThat(lines.get(26).getField("max")).isEqualTo("56");
    assertThat(lines.get(26).getField("reason")).isEqualTo("Queue.java:3 what it is");
    assertThat(lines.get(13).getField("2.1")).isEqualTo("skipped");
    assertThat(lines.get(13).getField("open")).isEqualTo("2.1 skipped; 2.2 not decided");
    assertThat(lines.get(13).getField("up to"))
        .isEqualTo(String.valueOf(Integer.parseInt(lines.get(13).getField("points")) + 1));
  }

  @Test
  void modulesStandSideBySideInTheTable() {
    var mixed =
        List.of(
            Graded.of("ann", WorkbookModule.TIMED, Ending.GRADED, _ -> Verdict.HOLDS),
            Graded.of("bob", WorkbookModule.QUEUE, Ending.GRADED, _ -> Verdict.BROKEN),
            Graded.ofNoModule("cem"));
    var lines = lines(ClassCsv.of(mixed, points()));
    assertThat(lines).extracting(line -> line.getField("1.1")).containsExactly("holds", "", "");
    assertThat(lines).extracting(line -> line.getField("2.1")).containsExactly("", "broken", "");
    var page = ClassPage.of("autumn", mixed, points());
    assertThat(page).contains("01 · Timed service", "02 · Task queue", "No module can be told");
  }

  @Test
  void noTextIsMarkup() {
    var page = ClassPage.of("<b>class</b>", students(), points());
    assertThat(page)
        .contains("&lt;b&gt;class&lt;/b&gt;", "&lt;script&gt;alert(1)&lt;!--", "{{title}}")
        .doesNotContain("<script", "<b>", "http:", "https:", "src=", "@import", "url(");
  }

  @Test
  void inABrowser() throws IOException {
    var reports =
        new Reports(
            results, Workbook.ROOT, "checker", points(), Origin.of(Map.of(), Path.of("autumn"), 2));
    var students = students();
    var likeAFolder = students.get(4); // the page of a student whose name is not plain
    reports.of(likeAFolder);
    reports.ofTheClass(students);
    var page = results.resolve("class.html").toUri();
    try (var browser = Browser.start(1280, 900)) {
      browser.prefer("light", "screen");
      browser.open(page);
      assertThat(browser.text("h1")).isEqualTo("autumn");
      assertThat(browser.evaluate("document.querySelectorAll('.rules tbody tr').length"))
          .isEqualTo(30.0);
      assertThat(browser.evaluate("document.querySelectorAll('.rules td.v').length"))
          .isEqualTo(27.0 * RULES_OF_02);
      assertThat(
              browser.evaluate(
                  "document.querySelectorAll('td.v a[href*=\"/card.html#r2-\"]').length"))
          .isEqualTo(27.0 * RULES_OF_02);
      var names =
          (List<?>)
              browser.evaluate(
                  "[...document.querySelectorAll('.rules tbody .who a')].map(a => a.textContent)");
      assertThat(names).isEqualTo(students.stream().map(GradedSubmission::name).toList());
      var folders =
          (List<?>)
              browser.evaluate(
                  "[...document.querySelectorAll('.rules tbody .who a')]"
                      + ".map(a => decodeURIComponent(a.pathname.split('/').at(-2)))");
      assertThat(folders).isEqualTo(names);
      assertThat(browser.text(".trips tbody tr")).contains("2.").contains("MUST");
      assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo(1280.0);
      var light = browser.evaluate("getComputedStyle(document.body).backgroundColor");
      keep(browser, "class-light.png");
      browser.evaluate("document.querySelector('.rules').scrollIntoView()");
      keep(browser, "class-rules.png");
      browser.prefer("dark", "screen");
      var dark = browser.evaluate("getComputedStyle(document.body).backgroundColor");
      assertThat(dark).isNotEqualTo(light);
      keep(browser, "class-dark.png");
      browser.prefer("light", "print");
      assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo("rgb(255, 255, 255)");
      keep(browser, "class-print.png");
      browser.prefer("light", "screen");
      browser.click(".rules tbody tr:nth-child(5) .who a");
      browser.waitFor("the card is open", "document.title.startsWith('02 · Task queue')");
      assertThat(browser.complaints()).isEmpty();
    }
    try (var phone = Browser.start(400, 800)) {
      phone.open(page);
      assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(400.0);
      keep(phone, "class-phone.png");
    }
  }

  /** For whoever wants to look at it: {@code -Dpictures.to=} a folder. */
  private static void keep(Browser browser, String name) throws IOException {
    var folder = System.getProperty("pictures.to");
    if (folder != null) {
      Files.write(Path.of(folder, name), browser.screenshot());
    }
  }

  private static Points points() {
    return Points.of(List.of(), Set.of());
  }

  private static List<NamedCsvRecord> lines(String table) {
    return CsvReader.builder().ofNamedCsvRecord(table).stream().toList();
  }

  /** 30 who wrote module 02: 27 ran, and each ending is there. */
  private static List<GradedSubmission> students() {
    var random = new Random(1);
    var students = new ArrayList<GradedSubmission>();
    for (int i = 0; i < 30; i++) {
      var name = i < NAMES.size() ? NAMES.get(i) : "student-%02d".formatted(i);
      int good = 40 + random.nextInt(60);
      var ending =
          switch (i) {
            case 26 -> Ending.REFUSED;
            case 27 -> Ending.NOT_COMPILED;
            case 28 -> Ending.NOT_READ;
            case 29 -> Ending.ENDED_EARLY;
            default -> Ending.GRADED;
          };
      var verdicts = new ArrayList<Verdict>();
      for (int rule = 0; rule < RULES_OF_02; rule++) {
        verdicts.add(random.nextInt(100) < good ? Verdict.HOLDS : Verdict.BROKEN);
      }
      boolean first = i == NAMES.size();
      boolean ran = i < 26 || i == 29;
      int last = i == 29 ? 40 : RULES_OF_02;
      students.add(
          Graded.of(
              name,
              WorkbookModule.QUEUE,
              ending,
              number -> {
                int rule = Integer.parseInt(number.substring(2));
                if (!ran || rule > last) {
                  return Verdict.NOT_RUN;
                }
                if (first && rule < 3) {
                  return rule == 1 ? Verdict.SKIPPED : Verdict.NOT_DECIDED;
                }
                return rule > 50 && good < 60 ? Verdict.NOT_STARTED : verdicts.get(rule - 1);
              }));
    }
    return students;
  }
}
