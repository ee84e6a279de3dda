package workbook.runner.grade;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import workbook.checker.Contracts;
import workbook.checker.WorkbookModule;
import workbook.checker.card.Card;
import workbook.checker.card.Finding;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.Verdict;
import workbook.runner.grade.GradedSubmission.Ending;

/** Submissions as if they had been graded. */
final class Graded {

  /** Six rules in two steps, one with each verdict, in the order of 2.1 to 2.6. */
  static final List<Verdict> SIX =
      List.of(
          Verdict.HOLDS,
          Verdict.BROKEN,
          Verdict.NOT_DECIDED,
          Verdict.NOT_STARTED,
          Verdict.SKIPPED,
          Verdict.NOT_RUN);

  private Graded() {}

  static GradedSubmission one(String name, Ending ending, List<Verdict> verdicts) {
    return one(name, ending, verdicts, "0".repeat(64));
  }

  /** The same with the hash of its sources. */
  static GradedSubmission one(String name, Ending ending, List<Verdict> verdicts, String hash) {
    var rules = new ArrayList<GradedRule>();
    for (int i = 0; i < verdicts.size(); i++) {
      rules.add(rule("2." + (i + 1), verdicts.get(i)));
    }
    int half = (rules.size() + 1) / 2;
    var steps =
        List.of(
            new GradedStep(1, "Queue", List.copyOf(rules.subList(0, half))),
            new GradedStep(2, "Consumer", List.copyOf(rules.subList(half, rules.size()))));
    return new GradedSubmission(
        name,
        "src/main/java",
        hash,
        Map.of(1, 2),
        Instant.parse("2026-11-28T09:30:00Z"),
        ending,
        ending == Ending.GRADED ? "" : "Queue.java:3 <script> \u0000",
        new Card(WorkbookModule.QUEUE, "exercises/02-queue", steps, List.of()));
  }

  /** One of a module as it is, with a verdict for each of its rules. */
  static GradedSubmission of(
      String name, WorkbookModule module, Ending ending, Function<String, Verdict> verdicts) {
    var steps = new ArrayList<GradedStep>();
    for (var step : Contracts.steps(module)) {
      var rules = step.rules().stream().map(r -> rule(r, verdicts.apply(r.number()))).toList();
      steps.add(new GradedStep(step.number(), step.type(), rules));
    }
    return new GradedSubmission(
        name,
        "src/main/java",
        "2".repeat(64),
        Map.of(),
        Instant.parse("2026-11-28T09:30:00Z"),
        ending,
        ending == Ending.GRADED ? "" : "Queue.java:3 what it is",
        new Card(module, "exercises/" + module.folder(), steps, List.of()));
  }

  private static GradedRule rule(GradedRule like, Verdict verdict) {
    var rule = rule(like.number(), verdict);
    return new GradedRule(
        like.number(),
        like.says(),
        like.check(),
        verdict,
        rule.finding(),
        rule.reason(),
        rule.remedy());
  }

  /** One of which nobody can tell the module. */
  static GradedSubmission ofNoModule(String name) {
    return new GradedSubmission(
        name,
        "nothing",
        "1".repeat(64),
        Map.of(),
        Instant.parse("2026-11-28T09:30:00Z"),
        Ending.NOT_READ,
        "the folder is empty",
        new Card(WorkbookModule.values()[0], "", List.of(), List.of()));
  }

  private static GradedRule rule(String number, Verdict verdict) {
    var reason =
        switch (verdict) {
          case NOT_DECIDED -> "too many orders";
          case SKIPPED -> "no such signal here";
          case NOT_STARTED -> "step 2: take";
          case HOLDS, BROKEN, NOT_RUN -> "";
        };
    var remedy = verdict == Verdict.NOT_DECIDED ? "fewer locks" : "";
    return new GradedRule(
        number, "It MUST.", "that it does", verdict, finding(verdict), reason, remedy);
  }

  private static @Nullable Finding finding(Verdict verdict) {
    return verdict == Verdict.BROKEN
        ? new Finding(
            "", "Queue.take (Queue.java:7)", "a, b", "<b> & \"c\"", List.of("a", "\uD800"))
        : null;
  }
}
