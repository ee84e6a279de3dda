package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.checker.WorkbookModule;
import workbook.checker.card.Card;
import workbook.checker.card.CardPage;
import workbook.checker.card.Finding;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.Hints;
import workbook.checker.card.Verdict;
import workbook.proof.Workshop.Patch;

/** The card as a page: what it shows and draws, and how it looks in a browser. */
class CardPageTest {

  private static final Path PICTURE = Workbook.ROOT.resolve("chapters/images/card.png");

  @TempDir Path module;

  @Test
  void whatIsBrokenIsShownInFull() {
    var page = page(finding("set <up>", "it's \"so\"", "<script>alert(1)</script>", List.of()));
    assertThat(page)
        .contains(
            "✘ [2.10]",
            "set &lt;up&gt;",
            "it&#39;s &quot;so&quot;",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<code>mvn test -pl exercises/02-queue -Drule=2.10</code>",
            "Next: <a href=\"#r2-10\">2.10</a>",
            "· [2.11] not started, step 1: &lt;init&gt;",
            "✔ 1 of 3 hold",
            "<details><summary>Hint 1 of ")
        .doesNotContain("<script", "http:", "https:", "src=", "@import", "url(");
  }

  @Test
  void aLaneForEachWhoActs() {
    var page =
        page(
            finding(
                "",
                "ticks at 100, 350, 400",
                "ticks at 100, 350, 360",
                List.of(
                    "100 ms tick",
                    "350 ms work of 250 ms done",
                    "350 ms tick",
                    "360 ms 'mailer' stops",
                    "360 ms tick")));
    assertThat(page)
        .contains(
            ">tick</text>",
            ">work</text>",
            ">mailer</text>",
            ">350 ms</text>",
            ">but was</text>",
            "<li>360 ms &#39;mailer&#39; stops</li>");
    assertThat(page.split("class=\"mark wrong\"", -1)).as("360 alone").hasSize(2);
  }

  @Test
  void withoutTimesTheOrderIsDrawn() {
    assertThat(page(finding("", "b", "a", List.of("c stops", "c stopped", "and 7 more"))))
        .contains(">c</text>", "<li class=\"faint\">and 7 more</li>")
        .doesNotContain(" ms</text>", ">but was</text>");
    assertThat(page(finding("", "b", "a", List.of("stop")))).doesNotContain("<svg");
  }

  @Test
  void listsAreDrawnSideBySide() {
    var page = page(finding("", "at 0 ms, tried: m1, m2, m3", "m1, m3, m2", List.of()));
    assertThat(page).contains(">expected</text>", ">m3</text>");
    assertThat(page.split("class=\"mark wrong\"", -1)).as("m3 and m2").hasSize(3);
    assertThat(page(finding("", "a, b", "nothing", List.of()))).doesNotContain("<svg");
  }

  @Test
  void numbersOfADrawingAreTheSameInEveryLocale() {
    var usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(page(finding("", "b", "a", List.of("c stops", "c stopped"))))
          .contains("<svg viewBox=\"0 0 ", " r=\"11\"");
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void aScheduleIsDrawnAsTurns() throws IOException {
    var file = module.resolve("src/main/java/workbook/queue/BoundedTaskQueue.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "\n  if (a < b) {\n  items.add(item);\n");
    assertThat(
            page(
                finding(
                    "",
                    "one is accepted",
                    "both",
                    List.of(
                        "producer a: BoundedTaskQueue.enqueue:2"
                            + " (stopped before BoundedTaskQueue.enqueue:3)",
                        "producer b: BoundedTaskQueue.enqueue:2,3 (done)"))))
        .contains(
            ">producer a</text>",
            ">producer b</text>",
            ">stopped before enqueue:3</text>",
            ">  2  if (a &lt; b) {</text>",
            ">→ 3  items.add(item);</text>")
        .doesNotContain("<ol>");
  }

  @Test
  void inABrowser() throws IOException {
    var burst =
        new Patch(
            "PeriodicTimer.java",
            "nextTick += (late / period + 1) * period;",
            "nextTick += period;");
    var test = Workshop.of("solutions/01-timed").with(burst).compile().test("PeriodicTimerTest");
    var card = LearnersRun.graded(List.of(test));
    var file = module.resolve("card.html");
    Files.writeString(file, CardPage.of(card, Hints.of(Workbook.ROOT, card), module));
    try (var browser = Browser.start(960, 800)) {
      browser.prefer("dark", "screen");
      browser.open(file.toUri());
      assertThat(browser.text("article h3")).startsWith("✘ [1.10] Ticks MUST stay on the grid");
      var dark = browser.evaluate("getComputedStyle(document.body).backgroundColor");
      browser.prefer("light", "print");
      var print = browser.evaluate("getComputedStyle(document.body).backgroundColor");
      assertThat(print).isEqualTo("rgb(255, 255, 255)");
      browser.prefer("light", "screen");
      var light = browser.evaluate("getComputedStyle(document.body).backgroundColor");
      assertThat(light).isNotEqualTo(dark).isNotEqualTo(print);
      assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo(960.0);
      if (Boolean.getBoolean("pictures.write")) {
        Files.write(PICTURE, browser.screenshot());
      }
      assertThat(browser.evaluate("document.querySelector('details').open")).isEqualTo(false);
      browser.click("summary");
      assertThat(browser.evaluate("document.querySelector('details').open")).isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
    try (var phone = Browser.start(400, 800)) {
      phone.open(file.toUri());
      assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(400.0);
    }
  }

  private String page(Finding finding) {
    var broken = rule("2.10", Verdict.BROKEN, finding, "");
    var open = rule("2.11", Verdict.NOT_STARTED, null, "step 1: <init>");
    var kept = rule("2.12", Verdict.HOLDS, null, "");
    var step = new GradedStep(1, "BoundedTaskQueue", List.of(broken, open, kept));
    var card = new Card(WorkbookModule.QUEUE, "exercises/02-queue", List.of(step), List.of());
    return CardPage.of(card, Hints.of(Workbook.ROOT, card), module);
  }

  private static GradedRule rule(
      String number, Verdict verdict, @Nullable Finding finding, String reason) {
    return new GradedRule(number, "It MUST.", "that it does", verdict, finding, reason, "");
  }

  private static Finding finding(
      String setUp, String expected, String butWas, List<String> inOrder) {
    return new Finding(
        setUp, "BoundedTaskQueue.enqueue (BoundedTaskQueue.java:2)", expected, butWas, inOrder);
  }
}
