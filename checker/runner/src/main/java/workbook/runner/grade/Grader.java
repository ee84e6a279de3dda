package workbook.runner.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.checker.Contracts;
import workbook.checker.WorkbookModule;
import workbook.checker.card.Card;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.Verdict;
import workbook.runner.Compiled;
import workbook.runner.grade.GradedSubmission.Ending;

/**
 * Grades one submission after the other: compiles it, reads its class files, and runs the rules in
 * a closed process. Never throws for what is in a submission.
 *
 * <p><b>Threads.</b> Submissions may be graded side by side.
 */
final class Grader implements AutoCloseable {

  private static final int MOST_REASONS = 5;
  private static final int LONGEST_REASON = 20_000;

  /** What javac says of itself when it falls over: pages about how to report it, and this. */
  private static final Pattern CRASH =
      Pattern.compile(
          "An exception has occurred in the compiler.*?(\\w+(?:Error|Exception))\\R",
          Pattern.DOTALL);

  private final Submissions submissions;
  private final int release;
  private final List<String> options;
  private final boolean inspects;
  private final Queue<CompilingProcess> compilers = new ConcurrentLinkedQueue<>(); // that are idle

  /**
   * A grader.
   *
   * @param submissions knows the exercises
   * @param release the release of Java that is compiled for
   * @param options of the JVM that runs the rules
   */
  Grader(Submissions submissions, int release, List<String> options) {
    this(submissions, release, options, true);
  }

  /** One that may run what is not allowed: so it is seen that the closed process holds, too. */
  Grader(Submissions submissions, int release, List<String> options, boolean inspects) {
    this.submissions = submissions;
    this.release = release;
    this.options = options;
    this.inspects = inspects;
  }

  /** What a submission comes to. */
  GradedSubmission grade(Submission submission) throws IOException, InterruptedException {
    if (!submission.canBeGraded()) {
      return withoutRun(
          submission,
          submission.refused() ? Ending.REFUSED : Ending.NOT_READ,
          submission.problem());
    }
    var module = Objects.requireNonNull(submission.module());
    var exercise = submissions.exercise(module);
    var sources = new TreeMap<String, String>();
    exercise.given().forEach((name, text) -> sources.put(main(exercise, name), text));
    submission.learners().forEach((name, text) -> sources.put(main(exercise, name), text));
    exercise.tests().forEach((name, text) -> sources.put(test(exercise, name), text));
    Compiled compiled;
    try {
      compiled = compiled(exercise, sources);
    } catch (CompilingProcess.TookTooLong e) {
      return withoutRun(submission, Ending.NOT_COMPILED, Objects.requireNonNull(e.getMessage()));
    } catch (IOException e) {
      return withoutRun(submission, Ending.NOT_COMPILED, "the compiler gave up");
    }
    if (!compiled.errors().isEmpty()) {
      var crash = CRASH.matcher(compiled.errors());
      return withoutRun(
          submission,
          Ending.NOT_COMPILED,
          crash.find() ? "the compiler gave up: " + crash.group(1) : compiled.errors().strip());
    }
    var list = Allowed.in(module.folder());
    var learners = submission.learners().keySet();
    var misplaced = Inspection.misplaced(exercise.packageName(), compiled.classes(), learners);
    if (!misplaced.isEmpty()) {
      return withoutRun(submission, Ending.REFUSED, reasons(misplaced));
    }
    var refused = Inspection.refused(list, compiled.classes(), learners);
    if (inspects && !refused.isEmpty()) {
      return withoutRun(submission, Ending.REFUSED, reasons(refused) + "; see " + list.where());
    }
    return run(submission, exercise, compiled);
  }

  private static String main(Exercise exercise, String name) {
    return "src/main/java/" + exercise.pack() + "/" + name;
  }

  private static String test(Exercise exercise, String name) {
    return "src/test/java/" + exercise.pack() + "/" + name;
  }

  private static String reasons(List<String> refused) {
    var shown = String.join("; ", refused.subList(0, Math.min(MOST_REASONS, refused.size())));
    return refused.size() > MOST_REASONS
        ? shown + "; and " + (refused.size() - MOST_REASONS) + " more"
        : shown;
  }

  /** A process that has ended is worn out, it may be by another's code: a fresh one is asked. */
  private Compiled compiled(Exercise exercise, Map<String, String> sources)
      throws IOException, InterruptedException, CompilingProcess.TookTooLong {
    var warm = compilers.poll();
    if (warm != null) {
      try {
        return compiled(warm, exercise, sources);
      } catch (IOException e) {
        // below
      }
    }
    return compiled(new CompilingProcess(), exercise, sources);
  }

  private Compiled compiled(
      CompilingProcess compiler, Exercise exercise, Map<String, String> sources)
      throws IOException, InterruptedException, CompilingProcess.TookTooLong {
    boolean done = false;
    try {
      var compiled = compiler.compile(release, exercise.folder(), sources);
      done = true;
      return compiled;
    } finally {
      if (done) {
        compilers.add(compiler);
      } else {
        compiler.close();
      }
    }
  }

  /** Ends the compilers. */
  @Override
  public void close() {
    for (var compiler = compilers.poll(); compiler != null; compiler = compilers.poll()) {
      compiler.close();
    }
  }

  private GradedSubmission run(Submission submission, Exercise exercise, Compiled compiled)
      throws IOException, InterruptedException {
    var work = Files.createTempDirectory("graded");
    try {
      var classes = Files.createDirectory(work.resolve("classes"));
      var here = Files.createDirectory(work.resolve("here"));
      compiled.writeTo(classes);
      var tests =
          exercise.tests().keySet().stream()
              .map(name -> exercise.packageName() + "." + name.replaceFirst("\\.java$", ""))
              .toList();
      var result = new ClosedProcess(here, options).run(classes, tests);
      var card = card(submission, result.rules());
      boolean complete = card.count(Verdict.NOT_RUN) == 0;
      var ending =
          result.overALimit()
              ? Ending.OVER_A_LIMIT
              : result.toTheEnd() && complete ? Ending.GRADED : Ending.ENDED_EARLY;
      var reason =
          ending == Ending.ENDED_EARLY && result.reason().isEmpty()
              ? "some rules have no verdict that the checker signed"
              : result.reason();
      return graded(submission, ending, reason, card);
    } finally {
      delete(work);
    }
  }

  /** Of a submission that nobody could run. */
  static GradedSubmission notRun(Submission submission, String reason) {
    return withoutRun(submission, Ending.NOT_READ, reason);
  }

  private static GradedSubmission withoutRun(Submission submission, Ending ending, String reason) {
    var shown = // javac quotes lines, which are as long as somebody likes
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + " …" : reason;
    return graded(submission, ending, shown, card(submission, Map.of()));
  }

  private static GradedSubmission graded(
      Submission submission, Ending ending, String reason, Card card) {
    return new GradedSubmission(
        submission.name(),
        submission.took(),
        Hashes.of(submission),
        submission.hints(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        ending,
        reason,
        card);
  }

  /** Every rule of the module: what was signed, and else that it was not run. */
  private static Card card(Submission submission, Map<String, GradedRule> signed) {
    var module = submission.module();
    if (module == null) { // there is no card without one: it has no steps
      return new Card(WorkbookModule.values()[0], "", List.of(), List.of());
    }
    var steps = new ArrayList<GradedStep>();
    for (var step : Contracts.steps(module)) {
      var rules =
          step.rules().stream()
              .map(rule -> AnyRun.rule(signed.getOrDefault(rule.number(), rule)))
              .map(rule -> withSource(rule, submission))
              .toList();
      steps.add(new GradedStep(step.number(), step.type(), rules));
    }
    return new Card(module, "exercises/" + module.folder(), steps, List.of());
  }

  private static GradedRule withSource(GradedRule rule, Submission submission) {
    var finding = rule.finding();
    if (finding == null) {
      return rule;
    }
    var place = finding.lookAt().replaceFirst(".*\\((.+\\.java):(\\d+)\\)", "$1:$2").split(":");
    var text = submission.learners().getOrDefault(place[0], "").lines().toList();
    int line = place.length == 2 ? Integer.parseInt(place[1]) : 0;
    return line < 1 || line > text.size()
        ? rule
        : rule.with(finding.withSource(text.get(line - 1).strip()));
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is a temporary folder: the system removes what is left.
    }
  }
}
