package workbook.checker.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the short card and the full one have in common. */
final class Parts {

  private static final int LABEL = 10;

  private Parts() {}

  static Lines heading(Card card) {
    var text = new Lines();
    var chapter = card.module().chapter();
    int left = Math.min(30, Lines.WIDTH - 18 - chapter.length()); // a long name takes its room
    text.add(
        ("%-" + left + "s %-16s %s")
            .formatted(
                card.module().heading(),
                card.count(Verdict.HOLDS) + " of " + card.rules().count() + " rules",
                chapter));
    text.add("");
    return text;
  }

  /** One line about a step. */
  static String state(GradedStep step) {
    return "  Step %d  %-23s %s".formatted(step.number(), step.type(), word(step));
  }

  private static String word(GradedStep step) {
    var rules = step.rules();
    var verdicts = rules.stream().map(GradedRule::verdict).collect(Collectors.toSet());
    if (verdicts.size() == 1) {
      switch (verdicts.iterator().next()) {
        case HOLDS -> {
          return "done";
        }
        case NOT_STARTED -> {
          return "not started";
        }
        case NOT_RUN -> {
          return "not run";
        }
        case SKIPPED -> {
          return "skipped";
        }
        case NOT_DECIDED -> {
          return "not decided";
        }
        case BROKEN -> {
          // as any other that is not done
        }
      }
    }
    var state = count(rules, Verdict.HOLDS) + " of " + rules.size();
    long skipped = count(rules, Verdict.SKIPPED);
    if (skipped > 0 && skipped + count(rules, Verdict.HOLDS) == rules.size()) {
      return "done, " + skipped + " skipped";
    }
    long notRun = count(rules, Verdict.NOT_RUN);
    return notRun == 0 ? state : state + ", " + notRun + " not run";
  }

  private static long count(List<GradedRule> rules, Verdict verdict) {
    return rules.stream().filter(rule -> rule.verdict() == verdict).count();
  }

  static Lines ownTests(List<String> failures, int atMost) {
    var text = new Lines();
    if (!failures.isEmpty()) {
      text.add("  Tests of your own");
      failures.stream().limit(atMost).forEach(failure -> text.wrapped("    ✘ ", failure, 2));
      if (failures.size() > atMost) {
        text.add("    and " + (failures.size() - atMost) + " more");
      }
    }
    return text;
  }

  /** The last lines: what to do next, and the command. */
  static Lines ending(Card card, Hints hints) {
    var text = new Lines();
    var next = card.next();
    if (next.isEmpty()) {
      text.wrapped("  ", allIsWell(card));
      if (!card.ownFailures().isEmpty()) {
        detail(text, "again", "mvn test -pl " + card.folder());
      }
      return text;
    }
    var rule = next.get();
    var step = card.stepOf(rule);
    if (rule.verdict() == Verdict.NOT_STARTED) {
      text.wrapped("  ", "Next: " + toWrite(card, rule, step));
    }
    hint(text, gapStep(rule, step), hints);
    if (rule.verdict() == Verdict.BROKEN) {
      detail(text, "drawn", card.folder() + "/target/card.html");
    }
    detail(
        text,
        "again",
        "mvn test -pl %s %s"
            .formatted(
                card.folder(),
                rule.verdict() == Verdict.NOT_STARTED
                    ? "-Dstep=" + gapStep(rule, step)
                    : "-Drule=" + rule.number()));
    return text;
  }

  private static String toWrite(Card card, GradedRule rule, GradedStep step) {
    int number = gapStep(rule, step);
    boolean untouched = card.rules().allMatch(r -> r.verdict() == Verdict.NOT_STARTED);
    return untouched
        ? "read %s up to \"Step %d\", then write %s."
            .formatted(card.module().chapter(), number, gap(rule))
        : "%s, see \"Step %d\" in %s.".formatted(gap(rule), number, card.module().chapter());
  }

  /** The step of the gap that was reached: it may be a neighbour's. */
  static int gapStep(GradedRule rule, GradedStep step) {
    var reason = rule.reason();
    return rule.verdict() == Verdict.NOT_STARTED && reason.matches("step \\d+: .*")
        ? Integer.parseInt(reason.substring("step ".length(), reason.indexOf(':')))
        : step.number();
  }

  /** The gap that was reached, without its step. */
  static String gap(GradedRule rule) {
    return rule.reason().replaceFirst("^step \\d+: ", "");
  }

  private static void hint(Lines text, int step, Hints hints) {
    int of = hints.of(step).size();
    if (of == 0) {
      return;
    }
    int used = hints.used(step);
    var asked = hints.asked(step);
    if (asked.isPresent()) {
      var hint = asked.get();
      detail(text, "hint", "%d of %d: %s".formatted(hint.number(), of, hint.title()));
      text.add("");
      hint.lines().forEach(line -> text.add("    " + line));
      text.add("");
    } else if (used == of) {
      detail(text, "hint", "Step %d, the last of %d again: add -Dhint".formatted(step, of));
    } else {
      var before = used == 0 ? "" : " (%d used)".formatted(used);
      detail(
          text,
          "hint",
          "Step %d, hint %d of %d%s: add -Dhint".formatted(step, used + 1, of, before));
    }
  }

  static void detail(Lines text, String label, String value) {
    detail(text, label, value, Integer.MAX_VALUE);
  }

  static void detail(Lines text, String label, String value, int atMost) {
    text.wrapped(lead(label), value, atMost);
  }

  static String lead(String label) {
    return "      " + (label + ":" + " ".repeat(LABEL)).substring(0, LABEL);
  }

  private static String allIsWell(Card card) {
    var missing =
        IntStream.rangeClosed(1, card.module().steps())
            .filter(n -> card.steps().stream().noneMatch(step -> step.number() == n && ran(step)))
            .mapToObj(n -> "step " + n)
            .collect(Collectors.toCollection(ArrayList::new));
    long skipped = card.count(Verdict.SKIPPED);
    long notRun =
        card.steps().stream()
            .filter(Parts::ran)
            .flatMap(step -> step.rules().stream())
            .filter(rule -> rule.verdict() == Verdict.NOT_RUN)
            .count();
    long tried = card.rules().filter(rule -> rule.verdict() != Verdict.NOT_RUN).count();
    if (tried == 0) {
      return "Nothing was graded: no rule was run.";
    }
    if (skipped == tried) {
      return "Nothing was graded: every rule was skipped.";
    }
    if (notRun > 0) {
      missing.addFirst(notRun == 1 ? "1 other rule" : notRun + " other rules");
    }
    var text = skipped == 0 ? "Every rule" : "Every rule that could be tried here";
    text += missing.isEmpty() ? " holds" : " of this part holds";
    text += skipped == 0 ? "" : "; skipped: " + skipped;
    text += missing.isEmpty() ? "" : "; not run: " + String.join(", ", missing);
    int own = card.ownFailures().size();
    return own == 0
        ? text + "."
        : text.replaceFirst(
                " holds",
                " holds, but "
                    + (own == 1 ? "a test" : own + " tests")
                    + " of your own "
                    + (own == 1 ? "fails" : "fail"))
            + ".";
  }

  private static boolean ran(GradedStep step) {
    return step.rules().stream().anyMatch(rule -> rule.verdict() != Verdict.NOT_RUN);
  }

  /** What is the same for two broken rules: they have one cause, as far as can be seen. */
  static Predicate<GradedRule> findsTheSameAs(GradedRule one) {
    var finding = Objects.requireNonNull(one.finding());
    return other ->
        other.finding() != null
            && other.finding().butWas().equals(finding.butWas())
            && other.finding().lookAt().equals(finding.lookAt());
  }
}
