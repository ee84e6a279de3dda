package workbook.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.checker.Contracts;
import workbook.checker.WorkbookModule;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.LastGrade;
import workbook.checker.card.Verdict;

/** All modules at a glance: what holds, when it was graded, and what to do next. */
public final class Board {

  private static final int WIDTH = 76;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final Pattern EVENINGS =
      Pattern.compile("\\| \\[[^]]*]\\(([\\w-]+)\\.md\\) .*\\| ([^|]*?) +\\|");

  private final ZoneId zone;
  private final Map<String, String> evenings;
  private final List<Progress> modules = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /** A module and what is known about it. */
  private record Progress(
      WorkbookModule module, List<GradedStep> steps, Optional<LastGrade> last, boolean changed) {

    long kept(GradedStep step) {
      return step.rules().stream().filter(rule -> holds(step, rule)).count();
    }

    long kept() {
      return steps.stream().mapToLong(this::kept).sum();
    }

    int rules() {
      return steps.stream().mapToInt(step -> step.rules().size()).sum();
    }

    boolean isDone(GradedStep step) {
      return step.rules().stream()
          .allMatch(rule -> holds(step, rule) || verdict(step, rule) == Verdict.SKIPPED);
    }

    boolean isDone() {
      return !changed && steps.stream().allMatch(this::isDone);
    }

    private boolean holds(GradedStep step, GradedRule rule) {
      return verdict(step, rule) == Verdict.HOLDS;
    }

    private Verdict verdict(GradedStep step, GradedRule rule) {
      return last.map(grade -> grade.verdict(step, rule)).orElse(Verdict.NOT_RUN);
    }
  }

  /**
   * Looks at a workbook.
   *
   * @param root its folder
   * @param zone in which times are shown
   * @throws IOException if its files cannot be read
   */
  public Board(Path root, ZoneId zone) throws IOException {
    this.zone = zone;
    this.evenings = evenings(root.resolve("chapters/README.md"));
    for (var module : WorkbookModule.values()) {
      var folder = root.resolve("exercises").resolve(module.folder());
      var last = LastGrade.of(folder);
      modules.add(
          new Progress(
              module,
              Contracts.steps(module),
              last,
              last.isPresent() && !last.get().sources().equals(LastGrade.sources(folder))));
    }
  }

  /** The evenings that a module takes, by its folder, as the table of the chapters says. */
  private static Map<String, String> evenings(Path table) throws IOException {
    var evenings = new HashMap<String, String>();
    if (Files.exists(table)) {
      EVENINGS
          .matcher(Files.readString(table))
          .results()
          .forEach(row -> evenings.put(row.group(1), row.group(2)));
    }
    return evenings;
  }

  /** The board: plain, and no wider than 76 columns. */
  public String text() {
    long kept = modules.stream().mapToLong(Progress::kept).sum();
    long rules = modules.stream().mapToLong(Progress::rules).sum();
    row("The workbook", kept + " of " + rules, "evenings", "graded");
    modules.forEach(this::module);
    line("");
    next().forEach(this::line);
    return text.toString();
  }

  private void module(Progress progress) {
    line("");
    row(
        progress.module.heading(),
        progress.kept() + " of " + progress.rules(),
        evenings.getOrDefault(progress.module.folder(), ""),
        graded(progress));
    var steps = new StringBuilder("    ");
    for (var step : progress.steps) {
      var shown =
          "%s %s %d/%d"
              .formatted(
                  progress.isDone(step) ? "✔" : "·",
                  step.type(),
                  progress.kept(step),
                  step.rules().size());
      if (steps.length() + shown.length() > WIDTH) {
        line(steps.toString().stripTrailing());
        steps.setLength(4);
      }
      steps.append(shown).append("  ");
    }
    line(steps.toString().stripTrailing());
  }

  private String graded(Progress progress) {
    return progress
        .last
        .map(
            last ->
                DAY.format(last.when().atZone(zone)) + (progress.changed ? ", changed since" : ""))
        .orElse("");
  }

  /** The module that was graded last comes first, then they come in their order. */
  private Stream<String> next() {
    var worked =
        modules.stream()
            .filter(module -> module.last.isPresent() && !module.isDone())
            .max(Comparator.comparing(module -> module.last.orElseThrow().when()));
    return worked
        .or(() -> modules.stream().filter(module -> !module.isDone()).findFirst())
        .map(Board::next)
        .orElse(Stream.of("Every rule holds: the workbook is done."));
  }

  private static Stream<String> next(Progress progress) {
    var grade = "mvn test -pl exercises/" + progress.module.folder();
    var step = progress.steps.stream().filter(s -> !progress.isDone(s)).findFirst();
    if (progress.changed || step.isEmpty()) {
      return Stream.of("Next: grade the code that has changed", "  " + grade);
    }
    return Stream.of(
        "Next: step %d, %s, in %s"
            .formatted(step.get().number(), step.get().type(), progress.module.chapter()),
        "  " + grade + " -Dstep=" + step.get().number());
  }

  private void row(String name, String rules, String evenings, String graded) {
    line("%-24s %-10s %-12s %s".formatted(name, rules, evenings, graded).stripTrailing());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
