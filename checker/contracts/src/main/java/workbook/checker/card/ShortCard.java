package workbook.checker.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What fits on a screen: a line for each step, a line for each other rule that is broken, and last,
 * where a terminal shows it, the first broken rule in full.
 */
final class ShortCard {

  private static final int HEIGHT = 38; // and a blank line before and after it: 40
  private static final int OWN_TESTS = 3;
  private static final int SENTENCE = 34;
  private static final int GAP = 8; // where a gap stands that has a line of its own
  // How many lines each part may have. What happened in order gets what is left, and not less.
  private static final int SAYS = 4;
  private static final int PART = 4;
  private static final int IN_ORDER = 3;

  private final Card card;
  private final Hints hints;
  private final List<GradedRule> all;

  private ShortCard(Card card, Hints hints) {
    this.card = card;
    this.hints = hints;
    this.all = card.rules().toList();
  }

  static Lines of(Card card, Hints hints) {
    return new ShortCard(card, hints).text();
  }

  private Lines text() {
    var text = Parts.heading(card);
    card.steps().forEach(step -> step(text, step));
    var own = Parts.ownTests(card.ownFailures(), OWN_TESTS);
    var ending = Parts.ending(card, hints);
    var last = new Lines();
    var next = card.next();
    int fixed = text.count() + own.count() + ending.count() + 2;
    var others = next.map(this::others).orElse(List.of());
    if (next.isPresent() && next.get().verdict() == Verdict.BROKEN) {
      broken(last, next.get(), HEIGHT - fixed - Math.min(others.size(), 2) - 1);
    } else if (next.isPresent() && next.get().verdict() == Verdict.NOT_DECIDED) {
      notDecided(last, next.get());
    }
    if (!others.isEmpty()) {
      text.add("");
      int room = Math.max(1, HEIGHT - fixed - last.count() - 1);
      boolean allFit = others.size() <= room;
      others.stream().limit(allFit ? room : room - 1).forEach(other -> text.add(other.line));
      if (!allFit) {
        var rest = others.subList(room - 1, others.size()).stream();
        text.add(
            "  ... and %d more rules: -Dcard=full shows all"
                .formatted(rest.mapToInt(Other::count).sum()));
      }
    }
    text.addAll(own);
    text.add("");
    text.addAll(last);
    text.addAll(ending);
    return text;
  }

  private void step(Lines text, GradedStep step) {
    var broken = step.rules().stream().filter(r -> r.verdict() == Verdict.BROKEN).toList();
    var gap = step.rules().stream().filter(r -> r.verdict() == Verdict.NOT_STARTED).findFirst();
    int used = hints.used(step.number());
    var line = new StringBuilder(Parts.state(step));
    if (used > 0) {
      line.append("   hints: ").append(used).append(" of ").append(hints.of(step.number()).size());
    }
    if (!broken.isEmpty()) {
      line.append("   ✘ ").append(Numbers.folded(broken, all));
    }
    text.add(Lines.cutAtAWord(line.toString(), Lines.WIDTH));
    gap.ifPresent(rule -> gap(text, rule, step));
    var skipped = step.rules().stream().filter(r -> r.verdict() == Verdict.SKIPPED).toList();
    if (!skipped.isEmpty()) {
      var reason = skipped.getFirst().reason();
      text.append("   · " + Numbers.folded(skipped, all) + ": " + reason, GAP);
    }
  }

  /** Which gap was reached, beside the step or below it. */
  private static void gap(Lines text, GradedRule rule, GradedStep step) {
    int gapStep = Parts.gapStep(rule, step);
    var gap = Parts.gap(rule);
    var reached =
        gapStep != step.number()
            ? "waits for step " + gapStep + ": " + gap
            : gap.equals("the constructor of " + step.type())
                ? "the constructor"
                : gap.replaceFirst("^" + step.type() + "\\.", "");
    text.append("   · " + reached, GAP);
  }

  /** A line that speaks of one or more rules. */
  private record Other(String line, int count) {}

  /** Whatever else is broken or not decided; the first has its own place. */
  private List<Other> others(GradedRule first) {
    var others = new ArrayList<Other>();
    var left = new ArrayList<>(all);
    left.removeIf(r -> r.verdict() != Verdict.BROKEN && r.verdict() != Verdict.NOT_DECIDED);
    while (!left.isEmpty()) {
      var rule = left.getFirst();
      var same =
          rule.verdict() == Verdict.BROKEN
              ? left.stream().filter(Parts.findsTheSameAs(rule)).toList()
              : left.stream()
                  .filter(r -> r.verdict() == rule.verdict() && r.reason().equals(rule.reason()))
                  .toList();
      left.removeAll(same);
      var without = same.stream().filter(r -> r != first).toList();
      if (!without.isEmpty()) {
        others.add(new Other(other(without, same.contains(first), first), without.size()));
      }
    }
    return others;
  }

  private String other(List<GradedRule> same, boolean asFirst, GradedRule first) {
    var rule = same.getFirst();
    var mark = rule.verdict() == Verdict.BROKEN ? "  ✘ " : "  ? ";
    var what =
        rule.verdict() == Verdict.BROKEN
            ? Objects.requireNonNull(rule.finding()).butWas()
            : undecided(rule);
    if (same.size() > 1 || asFirst) {
      var numbers = Lines.start(Numbers.folded(same, all), Lines.WIDTH / 2);
      var lead = mark + numbers + (asFirst ? ": the same as " + first.number() : ": ");
      var both = rule.verdict() != Verdict.BROKEN ? "" : same.size() == 2 ? "both: " : "the same: ";
      return asFirst ? lead : lead + both + room(lead + both, what);
    }
    var lead = "%s%-6s %-" + SENTENCE + "s  ";
    var line = lead.formatted(mark, "[" + rule.number() + "]", Lines.start(rule.says(), SENTENCE));
    return line + room(line, what);
  }

  private static String undecided(GradedRule rule) {
    return rule.reason().startsWith("not tried") ? rule.reason() : "not decided: " + rule.reason();
  }

  private static String room(String lead, String text) {
    return Lines.start(text, Lines.WIDTH - lead.length());
  }

  private static void notDecided(Lines text, GradedRule rule) {
    text.wrapped("  ? ", "[" + rule.number() + "] " + rule.says(), SAYS);
    Parts.detail(text, "why", undecided(rule), PART);
    Parts.detail(text, "to do", rule.remedy(), PART);
  }

  private static void broken(Lines text, GradedRule rule, int room) {
    var finding = Objects.requireNonNull(rule.finding());
    text.wrapped("  ✘ ", "[" + rule.number() + "] " + rule.says(), SAYS);
    var after = new Lines();
    if (!finding.setUp().isEmpty()) {
      Parts.detail(text, "set up", finding.setUp(), PART - 1);
    }
    lookAt(text, finding);
    if (!finding.expected().isEmpty()) {
      Parts.detail(text, "expected", finding.expected(), PART);
    }
    Parts.detail(text, "but was", finding.butWas(), PART);
    Parts.detail(after, "check", rule.check(), PART + 1);
    if (!finding.inOrder().isEmpty()) {
      int left = Math.max(IN_ORDER, room - text.count() - after.count());
      Parts.detail(text, "in order", InOrder.within(left, finding.inOrder()), left);
    }
    text.addAll(after);
  }

  private static void lookAt(Lines text, Finding finding) {
    if (finding.lookAt().isEmpty()) {
      return;
    }
    var line = Parts.lead("look at") + finding.lookAt();
    var source = finding.source();
    if (source.isEmpty() || line.length() + 3 + source.length() <= Lines.WIDTH) {
      text.wrapped(line + (source.isEmpty() ? "" : "   "), source);
    } else {
      text.add(line);
      var lead = " ".repeat(Parts.lead("look at").length());
      text.add(lead + Lines.start(source, Lines.WIDTH - lead.length()));
    }
  }
}
