package workbook.checker.card;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static workbook.checker.card.Svg.escaped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A card as a page of its own, which needs nothing from elsewhere and runs no script: each broken
 * rule in full with what happened drawn, and the hints of its step folded.
 */
public final class CardPage {

  private static final String FRAME = frame();

  private final Card card;
  private final Hints hints;
  private final Path module;
  private final String notice;
  private final StringBuilder body = new StringBuilder();

  private CardPage(Card card, Hints hints, Path module, String notice) {
    this.card = card;
    this.hints = hints;
    this.module = module;
    this.notice = notice;
  }

  /**
   * Makes the page.
   *
   * @param card what is shown
   * @param hints those of the module's chapter
   * @param module the folder of the module, for source lines
   */
  public static String of(Card card, Hints hints, Path module) {
    return of(card, hints, module, "");
  }

  /**
   * Makes the page of a run that did not come to its end.
   *
   * @param card what is shown
   * @param hints those of the module's chapter
   * @param module the folder of the module, for source lines
   * @param notice why it did not, for the top of the page; empty if it did
   */
  public static String of(Card card, Hints hints, Path module, String notice) {
    return new CardPage(card, hints, module, notice).page();
  }

  private static String frame() {
    try (var in = Objects.requireNonNull(CardPage.class.getResourceAsStream("page.html"))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the page's frame cannot be read", e);
    }
  }

  private String page() {
    if (card.steps().isEmpty() && !notice.isEmpty()) {
      add("<h1>%s</h1><pre class=\"bad\">%s</pre>", "Not graded", notice);
      return framed("Not graded");
    }
    var kept = card.count(Verdict.HOLDS) + " of " + card.rules().count() + " rules";
    add("<h1>%s</h1>", card.module().heading());
    add("<p>%s hold <span class=\"faint\">· %s</span></p>", kept, card.module().chapter());
    if (!notice.isEmpty()) {
      add("<pre class=\"bad\">%s</pre>", notice);
    }
    card.next()
        .ifPresentOrElse(
            rule -> add("<p>Next: <a href=\"#r%s\">%s</a></p>", id(rule), rule.number()),
            () -> {
              if (notice.isEmpty()) {
                add("<p class=\"good\">%s</p>", "All that was tried holds.");
              }
            });
    if (!card.ownFailures().isEmpty()) {
      add("<h2>%s</h2>", "Tests of your own");
      card.ownFailures().forEach(failure -> add("<p class=\"bad\">✘ %s</p>", failure));
    }
    card.steps().forEach(this::step);
    return framed(card.module().heading() + ": " + kept);
  }

  private String framed(String title) {
    return FRAME.replace("{title}", escaped(title)).replace("{body}", body);
  }

  private void step(GradedStep step) {
    add("<h2>Step %s · %s</h2>", String.valueOf(step.number()), step.type());
    for (var rule : step.rules()) {
      if (rule.verdict() == Verdict.BROKEN) {
        broken(step, rule);
      }
    }
    for (var rule : step.rules()) {
      switch (rule.verdict()) {
        case NOT_DECIDED -> line(rule, "?", "not decided: " + rule.reason() + "; " + rule.remedy());
        case NOT_STARTED -> line(rule, "·", "not started, " + rule.reason());
        case SKIPPED -> line(rule, "·", "skipped: " + rule.reason());
        case NOT_RUN -> line(rule, "·", "not run");
        case BROKEN, HOLDS -> {}
      }
    }
    var kept = step.rules().stream().filter(rule -> rule.verdict() == Verdict.HOLDS).toList();
    if (!kept.isEmpty()) {
      add(
          "<details><summary class=\"good\">✔ %s of %s hold</summary>",
          kept.size(), step.rules().size());
      kept.forEach(rule -> add("<p>[%s] %s</p>", rule.number(), rule.says()));
      add("</details>");
    }
    if (kept.size() < step.rules().size()) {
      hints.of(step.number()).forEach(this::hint);
    }
  }

  private void line(GradedRule rule, String mark, String what) {
    add("<p id=\"r%s\" class=\"faint\">%s [%s] %s</p>", id(rule), mark, rule.number(), what);
  }

  private void hint(Hints.Hint hint) {
    add("<details><summary>Hint %s of %s: %s</summary>", hint.number(), hint.of(), hint.title());
    add("<pre>%s</pre></details>", String.join("\n", hint.lines()));
  }

  private void broken(GradedStep step, GradedRule rule) {
    var finding = Objects.requireNonNull(rule.finding());
    add("<article id=\"r%s\">", id(rule));
    add("<h3><span class=\"bad\">✘ [%s]</span> %s</h3><dl>", rule.number(), rule.says());
    finding
        .lines()
        .forEach(
            (label, text) -> {
              if (!label.equals("in order")) {
                add("<dt>%s</dt><dd>%s</dd>", label, text);
              }
            });
    add("<dt>check</dt><dd>%s</dd>", rule.check());
    var again = "mvn test -pl %s -Drule=%s".formatted(card.folder(), rule.number());
    add("<dt>again</dt><dd><code>%s</code></dd></dl>", again);
    inOrder(finding);
    add("</article>");
  }

  private void inOrder(Finding finding) {
    SideBySide.of(finding.expected(), finding.butWas())
        .filter(_ -> !Timeline.marksTimes(finding))
        .ifPresent(drawn -> body.append("<figure>").append(drawn).append("</figure>\n"));
    var turns = Turns.of(finding.inOrder(), place -> WorkbookFolder.line(module, place));
    if (turns.isPresent()) {
      body.append("<figure>").append(turns.get()).append("</figure>\n");
      return;
    }
    Timeline.of(finding)
        .ifPresent(drawn -> body.append("<figure>").append(drawn).append("</figure>\n"));
    if (!finding.inOrder().isEmpty()) {
      var events = finding.inOrder();
      body.append(
          IntStream.range(0, events.size())
              .mapToObj(
                  i ->
                      Timeline.isRest(events.get(i))
                          ? "<li class=\"faint\">" + escaped(events.get(i)) + "</li>"
                          : "<li>" + escaped(events.get(i)) + "</li>")
              .collect(joining("\n", "<ol>", "</ol>\n")));
    }
  }

  /** Of an element: a rule's number may stand in several steps, and the first counts. */
  private static String id(GradedRule rule) {
    return rule.number().replace('.', '-');
  }

  /** Adds a line with texts, which are escaped. */
  private void add(String format, Object... texts) {
    var safe =
        List.of(texts).stream().map(text -> (Object) escaped(String.valueOf(text))).toArray();
    body.append(format.formatted(safe)).append('\n');
  }
}
