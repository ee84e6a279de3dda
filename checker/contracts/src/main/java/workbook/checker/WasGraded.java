package workbook.checker;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import workbook.checker.card.GradedStep;
import workbook.checker.card.LastGrade;

/**
 * No rule, no pass: Maven runs this when the tests have passed, since it takes a run without tests
 * for a good one. It ends with 1, and says why, where no rule was tried, where a rule or a step was
 * asked for that is not there, and where nothing was asked for and the test of a step is missing.
 * Under Maven 4 it also shows the card, and ends with 1 where the run has not passed.
 *
 * <p>Its arguments are names and values, as in {@code rule=2.13}; one that still reads {@code
 * ${rule}} was not given to Maven.
 */
public final class WasGraded {

  private static final List<String> CHOICES =
      List.of("test", "groups", "excludedGroups", ChosenRules.RULE, ChosenRules.STEP);

  private final String module;
  private final Path target;
  private final long started;
  private final Map<String, String> asked = new TreeMap<>();
  private final Set<String> tests = new TreeSet<>();
  private final Map<Integer, Step> steps = new TreeMap<>();
  private final Set<String> rules = new TreeSet<>(RuleOrder.BY_NUMBER);

  private WasGraded(Map<String, String> given) {
    module = given.getOrDefault("module", "");
    target = Path.of(given.getOrDefault("target", "target"));
    started = Long.parseLong(given.getOrDefault("started", "0"));
    CHOICES.stream()
        .filter(given::containsKey)
        .forEach(choice -> asked.put(choice, given.get(choice)));
    testClasses().forEach(this::add);
  }

  static void main(String[] args) throws IOException {
    var given = new HashMap<String, String>();
    for (var arg : args) {
      var parts = arg.split("=", 2);
      if (!parts[1].isEmpty() && !parts[1].startsWith("${")) {
        given.put(parts[0], parts[1]);
      }
    }
    var skipped = Stream.of("skipTests", "maven.test.skip").map(given::get);
    if (skipped.anyMatch(skip -> skip != null && !skip.equals("false"))
        || !given.containsKey("module")) {
      return; // a module without a name has no rules
    }
    var run = new WasGraded(given);
    boolean passed = true;
    if ("later".equals(given.get("shown"))) {
      passed = run.show();
    }
    var complaint = run.complaint();
    complaint.ifPresent(text -> System.out.println("\n" + text + "\n"));
    System.exit(passed && complaint.isEmpty() ? 0 : 1);
  }

  /** Shows the card of the run, if there is one, and says whether the run has passed. */
  private boolean show() throws IOException {
    var graded = lastGrade();
    var card = target.resolve(CardFiles.TO_SHOW);
    if (graded.isPresent() && Files.exists(card)) {
      System.out.println(ReportCard.plainFor(System.out.charset(), Files.readString(card)));
    }
    return graded.map(LastGrade::passed).orElse(false);
  }

  /** What is wrong with the run that was just made, if anything. */
  private Optional<String> complaint() {
    var foreign = Foreign.in(target.resolve("../src").normalize());
    if (!foreign.isEmpty()) {
      return Optional.of(
          "Not of this module, and without effect: take it out.\n  "
              + String.join("\n  ", foreign));
    }
    var missing = asked.isEmpty() ? missing() : List.<GradedStep>of();
    if (!missing.isEmpty()) {
      var last = missing.getLast();
      var which =
          missing.size() == 1
              ? "The test of step %d, %sTest.java, is".formatted(last.number(), last.type())
              : missing.stream()
                  .map(step -> String.valueOf(step.number()))
                  .collect(joining(", ", "The tests of the steps ", " are"));
      return Optional.of("%s missing:\n  git restore %s/src/test".formatted(which, module));
    }
    var unknown = new TreeMap<String, String>();
    unknown(ChosenRules.RULE, rules).ifPresent(names -> unknown.put(ChosenRules.RULE, names));
    unknown(ChosenRules.STEP, steps.keySet().stream().map(String::valueOf).toList())
        .ifPresent(names -> unknown.put(ChosenRules.STEP, names));
    if (!unknown.isEmpty()) {
      return Optional.of("There is no %s in %s.%s".formatted(options(unknown), module, choices()));
    }
    var graded = lastGrade();
    if (graded.isPresent()) {
      return asked.isEmpty() && !graded.get().complete()
          ? Optional.of("Not every rule was tried: the card above says which were not run.")
          : Optional.empty();
    }
    return Optional.of(
        asked.isEmpty()
            ? "No rule was tried: the run left no card in " + target + "."
            : "No rule was tried: %s has none for %s.%s"
                .formatted(module, options(asked), choices()));
  }

  /** The names of a choice that are not there. */
  private Optional<String> unknown(String choice, Iterable<String> there) {
    var names = new TreeSet<>(ChosenRules.named(asked.getOrDefault(choice, "")));
    there.forEach(names::remove);
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
  }

  private static String options(Map<String, String> choices) {
    return choices.entrySet().stream()
        .map(choice -> "-D" + choice.getKey() + "=" + choice.getValue())
        .collect(joining(" "));
  }

  private String choices() {
    if (rules.isEmpty()) {
      return "\nIts tests are missing:\n  git restore " + module + "/src/test";
    }
    var numbers = List.copyOf(rules);
    return """
    \sThere are
      -Drule=%s to %s
      -Dstep=%s
      -Dtest=%s\
    """
        .formatted(
            numbers.getFirst(),
            numbers.getLast(),
            steps.keySet().stream().map(String::valueOf).collect(joining(", ")),
            String.join(",\n         ", tests));
  }

  /** What the run came to; empty where it tried nothing. */
  private Optional<LastGrade> lastGrade() {
    try {
      return LastGrade.of(target.resolve(".."))
          .filter(last -> last.when().toEpochMilli() >= started);
    } catch (IOException e) {
      throw new UncheckedIOException("the last grade cannot be read: " + target, e);
    }
  }

  private void add(Class<?> test) {
    tests.add(test.getSimpleName());
    AnnotationSupport.findAnnotation(test, Step.class)
        .ifPresent(
            step -> {
              steps.put(step.number(), step);
              Contracts.ofClass(test).forEach(rule -> rules.add(rule.number()));
            });
  }

  /** The steps of the module that no test class tries. */
  private List<GradedStep> missing() {
    return Stream.of(WorkbookModule.values())
        .filter(whole -> module.endsWith("/" + whole.folder()) && steps.size() < whole.steps())
        .flatMap(whole -> Contracts.steps(whole).stream())
        .filter(step -> !steps.containsKey(step.number()))
        .toList();
  }

  private List<Class<?>> testClasses() {
    var folder = target.resolve("test-classes");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith("Test.class"))
          .map(name -> name.replace(".class", "").replaceAll("[/\\\\]", "."))
          .<Class<?>>map(WasGraded::load)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the test classes cannot be listed: " + folder, e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, WasGraded.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a class is not where its file is: " + name, e);
    }
  }
}
