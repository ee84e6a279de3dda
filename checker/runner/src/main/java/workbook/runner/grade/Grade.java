package workbook.runner.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import workbook.checker.ReportCard;
import workbook.checker.WorkbookModule;
import workbook.checker.card.Verdict;

/**
 * Grades a submission, or a folder of many. The exit code is 0 when all were graded and all is
 * written, whatever the grades; 1 when something could not be written, 2 when the command is wrong.
 */
public final class Grade {

  private static final int NOT_WRITTEN = 1;
  private static final int WRONG_COMMAND = 2;

  private final Path root;
  private final AtomicInteger done = new AtomicInteger();
  private final Map<String, FutureTask<GradedSubmission>> begun = new ConcurrentHashMap<>();
  private volatile boolean written = true;

  private Grade(Path root) {
    this.root = root;
  }

  /**
   * Grades.
   *
   * @param args the workbook's folder; what to grade, the module, and where the results go, where
   *     {@code ${…}} means that Maven was not told; the release of Java that is compiled for; the
   *     options of the JVM that runs the rules, in one text
   */
  static void main(String[] args) throws InterruptedException {
    System.exit(exitCode(args));
  }

  static int exitCode(String... args) throws InterruptedException {
    var root = Path.of(args[0]).toAbsolutePath().normalize();
    return new Grade(root)
        .run(args[1], said(args[2]), said(args[3]), Integer.parseInt(args[4]), args[5]);
  }

  private static Optional<String> said(String value) {
    return Optional.of(value)
        .filter(Predicate.not(text -> text.startsWith("${") || text.isBlank()));
  }

  private int run(
      String what, Optional<String> module, Optional<String> out, int release, String options)
      throws InterruptedException {
    var folder = root.resolve(what);
    if (what.equals("true") || what.isBlank() || !Files.isDirectory(folder)) {
      return wrong("There is no folder to grade: " + what + ". Name one with -Dgrade=<folder>.");
    }
    var wanted = module.map(Grade::module);
    if (module.isPresent() && wanted.orElseThrow().isEmpty()) {
      return wrong(
          "There is no module " + module.get() + ". There are: " + String.join(", ", modules()));
    }
    try {
      var results = root.resolve(out.orElse("target/grades")).normalize();
      if (results.startsWith(folder.normalize()) || folder.normalize().startsWith(results)) {
        return wrong(
            "The results must not lie among what is graded, nor the other way round: name another"
                + " folder with -Dout=<folder>.");
      }
      Files.createDirectories(results);
      var submissions = new Submissions(root, wanted.flatMap(each -> each));
      var all = submissions.in(folder);
      if (all.isEmpty()) {
        return wrong("There is nothing to grade in " + folder + ": no folder is in it.");
      }
      var origin = Origin.of(System.getenv(), folder, all.size());
      var reports =
          new Reports(
              results, root, Hashes.ofTheChecker(root, options), Points.ofTheWorkbook(), origin);
      try (var grader = new Grader(submissions, release, options(options))) {
        return gradeAll(all, grader, reports);
      }
    } catch (IllegalArgumentException e) {
      return wrong("It cannot be graded: " + e.getMessage());
    } catch (IOException e) {
      return wrong("It cannot be graded: " + e);
    }
  }

  private static int wrong(String message) {
    print(message);
    return WRONG_COMMAND;
  }

  private static Optional<WorkbookModule> module(String name) {
    return Arrays.stream(WorkbookModule.values())
        .filter(module -> module.folder().equals(name))
        .findFirst();
  }

  private static List<String> modules() {
    return Arrays.stream(WorkbookModule.values()).map(WorkbookModule::folder).toList();
  }

  private static List<String> options(String text) {
    return Arrays.stream(text.split("\\s+")).filter(Predicate.not(String::isBlank)).toList();
  }

  private int gradeAll(List<Submission> all, Grader grader, Reports reports)
      throws InterruptedException {
    var graded = new ArrayList<GradedSubmission>();
    int cores = Runtime.getRuntime().availableProcessors();
    try (var pool = Executors.newFixedThreadPool(cores + 1)) { // rules wait now and then
      var open = new ArrayList<Future<GradedSubmission>>();
      for (var submission : all) {
        open.add(pool.submit(() -> one(submission, grader, reports, all.size())));
      }
      for (var each : open) {
        graded.add(each.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the grader itself has failed", e.getCause());
    }
    try {
      print("\nThe results are in " + reports.ofTheClass(graded));
    } catch (IOException e) {
      print("\nThe results of the class cannot be written: " + e);
      written = false;
    }
    return written ? 0 : NOT_WRITTEN;
  }

  private GradedSubmission one(Submission submission, Grader grader, Reports reports, int of)
      throws InterruptedException {
    var before = reports.before(submission);
    var graded = before.isPresent() ? before.get() : grade(submission, grader);
    try {
      reports.of(graded);
    } catch (IOException e) {
      print("%s: what it came to is in the table only, %s".formatted(submission.name(), e));
      written = false;
    }
    print(
        "[%d/%d] %s: %s%s"
            .formatted(
                done.incrementAndGet(),
                of,
                graded.name(),
                inWords(graded),
                before.isPresent() ? " (graded before)" : ""));
    return graded;
  }

  /**
   * Who handed in the same as another has the same grade. What cannot be run here, on a disk that
   * is full, say, is in the table with the reason.
   */
  private GradedSubmission grade(Submission submission, Grader grader) throws InterruptedException {
    var own = new FutureTask<>(() -> grader.grade(submission));
    var first = begun.computeIfAbsent(Hashes.of(submission), _ -> own);
    first.run(); // once, whoever calls it
    try {
      var graded = first.get();
      return first == own || graded.isSettled()
          ? graded.of(submission)
          : grader.grade(submission); // a busy machine may have brought it about
    } catch (ExecutionException e) {
      written = false;
      return Grader.notRun(submission, "it could not be run here: " + e.getCause());
    } catch (IOException e) {
      written = false;
      return Grader.notRun(submission, "it could not be run here: " + e);
    }
  }

  private static String inWords(GradedSubmission graded) {
    var card = graded.card();
    var rules =
        "%s, %d of %d rules"
            .formatted(card.module().folder(), card.count(Verdict.HOLDS), card.rules().count());
    return switch (graded.ending()) {
      case GRADED -> rules;
      case REFUSED -> "refused: " + firstLine(graded.reason());
      case NOT_COMPILED -> "does not compile: " + firstLine(graded.reason());
      case NOT_READ -> "not graded: " + firstLine(graded.reason());
      case ENDED_EARLY, OVER_A_LIMIT -> rules + "; " + firstLine(graded.reason());
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static synchronized void print(String line) {
    System.out.println(ReportCard.plainFor(System.out.charset(), line));
    System.out.flush();
  }
}
