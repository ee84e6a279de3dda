package workbook.checker.card;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** All that is known, rule by rule. */
final class FullCard {

  private final Card card;
  private final Lines text = new Lines();

  private FullCard(Card card) {
    this.card = card;
  }

  static Lines of(Card card, Hints hints) {
    var full = new FullCard(card);
    full.text.addAll(Parts.heading(card));
    card.steps().forEach(full::step);
    full.text.addAll(Parts.ownTests(card.ownFailures(), Integer.MAX_VALUE));
    full.text.add("");
    full.text.addAll(Parts.ending(card, hints));
    return full.text;
  }

  private void step(GradedStep step) {
    var rules = step.rules();
    text.add(Parts.state(step));
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

  private static String numbers(List<GradedRule> rules) {
    return rules.stream().map(g -> "[" + g.number() + "]").collect(Collectors.joining(" "));
  }

  /** One rule, or several side by side about which there is nothing to say. */
  private void rules(List<GradedRule> rules) {
    var graded = rules.getFirst();
    var sentence = numbers(rules) + " " + graded.says();
    switch (graded.verdict()) {
      case HOLDS -> text.wrapped("    ✔ ", sentence);
      case NOT_STARTED ->
          text.wrapped("    · ", numbers(rules) + " not started, " + graded.reason());
      case NOT_RUN -> text.wrapped("    · ", numbers(rules) + " not run");
      case SKIPPED -> text.wrapped("    · ", numbers(rules) + " skipped: " + graded.reason());
      case NOT_DECIDED -> {
        text.wrapped("    ? ", rules.size() == 1 ? sentence : numbers(rules) + " not decided");
        detail("why", "not decided: " + graded.reason());
        detail("to do", graded.remedy());
      }
      case BROKEN -> {
        text.wrapped("    ✘ ", sentence);
        Objects.requireNonNull(graded.finding()).lines().forEach(this::detail);
        detail("check", graded.check());
      }
    }
  }

  private void detail(String label, String value) {
    text.wrapped("        %-9s ".formatted(label + ":"), value);
  }
}
