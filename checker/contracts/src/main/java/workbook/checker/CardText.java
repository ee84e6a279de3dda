package workbook.checker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import workbook.checker.ReportCard.Graded;
import workbook.checker.ReportCard.Verdict;

/** The text of a report card: plain, and no wider than it is told to be. */
final class CardText {

  private final int width;
  private final StringBuilder text = new StringBuilder("\n");
  private boolean saidWhatToCheck; // for the first broken rule only

  CardText(int width) {
    this.width = width;
  }

  String of(Map<Step, List<Graded>> steps, List<String> otherFailures) {
    if (!steps.isEmpty()) {
      var all = steps.values().stream().flatMap(List::stream).toList();
      var module = steps.keySet().iterator().next().module();
      line("%-30s %-16s %s".formatted(module.heading(), count(all), module.chapter()));
      line("");
      steps.forEach(this::step);
    }
    if (!otherFailures.isEmpty()) {
      line("  Tests of your own");
      otherFailures.forEach(failure -> wrapped("    ✘ ", failure));
    }
    line("");
    if (!steps.isEmpty()) {
      line("  " + next(steps));
    }
    return text.toString();
  }

  private static String count(List<Graded> all) {
    long holding = all.stream().filter(g -> g.verdict() == Verdict.HOLDS).count();
    return holding + " of " + all.size() + " rules";
  }

  private void step(Step step, List<Graded> rules) {
    var verdicts = rules.stream().map(Graded::verdict).collect(Collectors.toSet());
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

  private static boolean isQuiet(Graded graded) {
    return switch (graded.verdict()) {
      case NOT_STARTED, NOT_RUN, SKIPPED, NOT_DECIDED -> true;
      case HOLDS, BROKEN -> false;
    };
  }

  private static boolean sameVerdict(List<Graded> rules, int one, int other) {
    return rules.get(one).verdict() == rules.get(other).verdict()
        && reason(rules.get(one)).equals(reason(rules.get(other)));
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

  private static String numbers(List<Graded> rules) {
    return rules.stream().map(g -> "[" + g.rule.number() + "]").collect(Collectors.joining(" "));
  }

  /** One rule, or several side by side about which there is nothing to say. */
  private void rules(List<Graded> rules) {
    var graded = rules.getFirst();
    var sentence = numbers(rules) + " " + graded.rule.says();
    switch (graded.verdict()) {
      case HOLDS -> wrapped("    ✔ ", sentence);
      case NOT_STARTED -> wrapped("    · ", numbers(rules) + " not started");
      case NOT_RUN -> wrapped("    · ", numbers(rules) + " not run");
      case SKIPPED -> wrapped("    · ", numbers(rules) + " skipped: " + reason(graded));
      case NOT_DECIDED -> {
        wrapped("    ? ", rules.size() == 1 ? sentence : numbers(rules) + " not decided");
        if (throwable(graded) instanceof RuleNotDecided open) {
          detail("why", "not decided: " + open.reason());
          detail("to do", open.remedy());
        }
      }
      case BROKEN -> {
        wrapped("    ✘ ", sentence);
        if (throwable(graded) instanceof RuleBroken broken) {
          broken.finding().lines().forEach(this::detail);
        } else {
          detail("but was", message(graded));
        }
        if (!saidWhatToCheck) {
          saidWhatToCheck = true;
          detail("check", graded.rule.check());
        }
      }
    }
  }

  private static Throwable throwable(Graded graded) {
    var result = graded.result;
    return result == null
        ? new IllegalStateException("not run")
        : result.getThrowable().orElseGet(() -> new IllegalStateException("no reason given"));
  }

  private static String reason(Graded graded) {
    return switch (throwable(graded)) {
      case RuleNotStarted _ -> "";
      case RuleNotDecided open -> open.reason();
      case Throwable other -> String.valueOf(other.getMessage());
    };
  }

  private static String message(Graded graded) {
    return Trial.describe(throwable(graded));
  }

  private static String next(Map<Step, List<Graded>> steps) {
    var module = steps.keySet().iterator().next().module();
    var missing =
        IntStream.rangeClosed(1, module.steps())
            .filter(n -> steps.keySet().stream().noneMatch(step -> step.number() == n))
            .mapToObj(n -> "step " + n)
            .collect(Collectors.joining(", "));
    for (var entry : steps.entrySet()) {
      for (var graded : entry.getValue()) {
        if (graded.verdict() != Verdict.HOLDS && graded.verdict() != Verdict.SKIPPED) {
          return "Next: %s, see \"Step %d\" in %s"
              .formatted(
                  graded.rule.number(), entry.getKey().number(), entry.getKey().module().chapter());
        }
      }
    }
    return allIsWell(steps, missing);
  }

  private static String allIsWell(Map<Step, List<Graded>> steps, String missing) {
    var all = steps.values().stream().flatMap(List::stream).toList();
    long skipped = all.stream().filter(g -> g.verdict() == Verdict.SKIPPED).count();
    if (skipped == all.size()) {
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
      if (!fresh && line.length() + 1 + word.length() > width) {
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
