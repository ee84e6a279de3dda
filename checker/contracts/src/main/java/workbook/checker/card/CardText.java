package workbook.checker.card;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of a report card: plain, and no wider than 76 columns. */
public final class CardText {

  private static final int WIDTH = 76;

  private final StringBuilder text = new StringBuilder("\n");
  private boolean saidWhatToCheck; // for the first broken rule only

  private CardText() {}

  /** All that is known. */
  public static String full(Card card) {
    var text = new CardText();
    text.line(
        "%-30s %-16s %s"
            .formatted(
                card.module().heading(),
                card.count(Verdict.HOLDS) + " of " + card.rules().count() + " rules",
                card.module().chapter()));
    text.line("");
    card.steps().forEach(text::step);
    text.ownTests(card.ownFailures());
    text.line("");
    text.line("  " + next(card));
    return text.text.toString();
  }

  /** The learner's own tests that failed, where nothing was graded. */
  public static String ofOwnTests(List<String> failures) {
    var text = new CardText();
    text.ownTests(failures);
    text.line("");
    return text.text.toString();
  }

  private void ownTests(List<String> failures) {
    if (!failures.isEmpty()) {
      line("  Tests of your own");
      failures.forEach(failure -> wrapped("    ✘ ", failure));
    }
  }

  private void step(GradedStep step) {
    var rules = step.rules();
    var verdicts = rules.stream().map(GradedRule::verdict).collect(Collectors.toSet());
    line("  Step %d  %-32s %s".formatted(step.number(), step.type(), state(verdicts)));
    for (int from = 0; from < rules.size(); ) {
      int to = from + 1;
      while (to < rules.size() && isQuiet(rules.get(from)) && sameVerdict(rules, from, to)) {
        to++;
      }
      rules(rules.subList(from, to));
      from = to;
    }
  }

  private static boolean isQuiet(GradedRule graded) {
    return switch (graded.verdict()) {
      case NOT_STARTED, NOT_RUN, SKIPPED, NOT_DECIDED -> true;
      case HOLDS, BROKEN -> false;
    };
  }

  private static boolean sameVerdict(List<GradedRule> rules, int one, int other) {
    return rules.get(one).verdict() == rules.get(other).verdict()
        && rules.get(one).reason().equals(rules.get(other).reason());
  }

  private static String state(Set<Verdict> verdicts) {
    if (verdicts.equals(Set.of(Verdict.HOLDS, Verdict.SKIPPED))) {
      return "done, some skipped";
    }
    if (verdicts.equals(Set.of(Verdict.HOLDS, Verdict.NOT_DECIDED))) {
      return "some not decided";
    }
    if (verdicts.size() > 1) {
      return "in progress";
    }
    return switch (verdicts.iterator().next()) {
      case HOLDS -> "done";
      case NOT_STARTED -> "not started";
      case NOT_RUN -> "not run";
      case SKIPPED -> "skipped";
      case NOT_DECIDED -> "not decided";
      case BROKEN -> "in progress";
    };
  }

  private static String numbers(List<GradedRule> rules) {
    return rules.stream().map(g -> "[" + g.number() + "]").collect(Collectors.joining(" "));
  }

  /** One rule, or several side by side about which there is nothing to say. */
  private void rules(List<GradedRule> rules) {
    var graded = rules.getFirst();
    var sentence = numbers(rules) + " " + graded.says();
    switch (graded.verdict()) {
      case HOLDS -> wrapped("    ✔ ", sentence);
      case NOT_STARTED -> wrapped("    · ", numbers(rules) + " not started, " + graded.reason());
      case NOT_RUN -> wrapped("    · ", numbers(rules) + " not run");
      case SKIPPED -> wrapped("    · ", numbers(rules) + " skipped: " + graded.reason());
      case NOT_DECIDED -> {
        wrapped("    ? ", rules.size() == 1 ? sentence : numbers(rules) + " not decided");
        detail("why", "not decided: " + graded.reason());
        detail("to do", graded.remedy());
      }
      case BROKEN -> {
        wrapped("    ✘ ", sentence);
        Objects.requireNonNull(graded.finding()).lines().forEach(this::detail);
        if (!saidWhatToCheck) {
          saidWhatToCheck = true;
          detail("check", graded.check());
        }
      }
    }
  }

  private static String next(Card card) {
    return card.next()
        .map(
            rule ->
                "Next: %s, see \"Step %d\" in %s"
                    .formatted(rule.number(), card.stepOf(rule).number(), card.module().chapter()))
        .orElseGet(() -> allIsWell(card));
  }

  private static String allIsWell(Card card) {
    var missing =
        IntStream.rangeClosed(1, card.module().steps())
            .filter(n -> card.steps().stream().noneMatch(step -> step.number() == n))
            .mapToObj(n -> "step " + n)
            .collect(Collectors.joining(", "));
    long skipped = card.count(Verdict.SKIPPED);
    if (skipped == card.rules().count()) {
      return "Nothing was graded: every rule was skipped.";
    }
    var text = skipped == 0 ? "Every rule" : "Every rule that could be tried here";
    text += missing.isEmpty() ? " holds" : " of this part holds";
    text += skipped == 0 ? "" : "; skipped: " + skipped;
    return text + (missing.isEmpty() ? "." : "; not run: " + missing + ".");
  }

  private void detail(String label, String value) {
    wrapped("        %-9s ".formatted(label + ":"), value);
  }

  /**
   * Text behind a lead, broken at spaces, its further lines indented as far as the lead is wide.
   */
  private void wrapped(String lead, String value) {
    var line = new StringBuilder(lead);
    boolean fresh = true;
    for (var word : value.split("\\s+")) {
      if (!fresh && line.length() + 1 + word.length() > WIDTH) {
        line(line.toString());
        line = new StringBuilder(" ".repeat(lead.length()));
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    line(line.toString());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
