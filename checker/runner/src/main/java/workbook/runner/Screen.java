package workbook.runner;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import workbook.checker.card.Card;
import workbook.checker.card.CardText;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.Hints;
import workbook.checker.card.Verdict;

/** What a watch shows. */
final class Screen {

  private static final int ERRORS = 30; // lines: more would hide the first
  private static final String KEYS =
      "Enter: again   h: hint   f: full card   n: next rule   q: quit";

  private final Terminal terminal;
  private final Path root;
  private final String name;
  private Hints hints = Hints.none();
  private @Nullable Card card;
  private int rule; // which of those that do not hold is shown alone

  Screen(Terminal terminal, Path module) {
    this.terminal = terminal;
    this.root = module.resolve("../..").normalize();
    this.name = module.getName(module.getNameCount() - 2) + "/" + module.getFileName();
  }

  /** Has each key come at once, if it can. */
  boolean keysComeAtOnce() {
    return terminal.keysComeAtOnce();
  }

  /** The sources do not compile. */
  void errors(String errors) {
    var lines = errors.lines().toList();
    var text = new StringBuilder(name + " does not compile:\n\n");
    lines.stream().limit(ERRORS).forEach(line -> text.append(line).append('\n'));
    if (lines.size() > ERRORS) {
      text.append("…\n").append(lines.getLast()).append('\n'); // how many there are
    }
    show(text + "\n");
  }

  /** Nothing could be graded. */
  void problem(String problem, String printed) {
    show(withPrinted(printed) + name + ": " + problem + "\n\n");
  }

  /** A part has been graded. */
  void part(Card part) {
    terminal.show(CardText.of(part) + "\n… the rest is being graded\n");
  }

  /** All has been graded that could be. */
  void card(Card card, String problem, String printed) {
    this.card = card;
    rule = -1;
    hints = Hints.of(root, card);
    var ended = problem.isEmpty() ? "" : "\n  " + problem + "\n";
    show(withPrinted(printed) + CardText.of(card, hints) + ended + "\n");
  }

  private static String withPrinted(String printed) {
    return printed.isBlank() ? "" : "Printed:\n" + printed.strip() + "\n";
  }

  /** Does what a key asks for. */
  void key(char key) {
    var shown = card;
    if (shown == null) {
      terminal.add("There is no card yet.\n" + KEYS);
      return;
    }
    switch (key) {
      case 'h' -> hint(shown);
      case 'f' -> show(CardText.full(shown, hints));
      case 'n' -> next(shown);
      default -> terminal.add(KEYS);
    }
  }

  private void hint(Card card) {
    card.nextStep().ifPresent(hints::climb);
    show(CardText.of(card, hints));
  }

  private void next(Card card) {
    var open =
        card.rules()
            .filter(rule -> rule.verdict() != Verdict.HOLDS && rule.verdict() != Verdict.SKIPPED)
            .toList();
    if (open.isEmpty()) {
      terminal.add("Every rule that was tried holds.\n" + KEYS);
      return;
    }
    rule = (rule + 1) % open.size();
    show(CardText.full(alone(card, open.get(rule)), hints));
  }

  private static Card alone(Card card, GradedRule rule) {
    var step = card.stepOf(rule);
    return new Card(
        card.module(),
        card.folder(),
        List.of(new GradedStep(step.number(), step.type(), List.of(rule))),
        List.of());
  }

  private void show(String text) {
    terminal.show(text + KEYS + "\n");
  }
}
