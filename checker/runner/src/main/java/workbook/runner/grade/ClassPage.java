package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import workbook.checker.WorkbookModule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.Verdict;
import workbook.runner.grade.GradedSubmission.Ending;

/**
 * What a class came to, as a page that needs nothing from elsewhere and runs no script: for each
 * module, which rules trip most students, what the instructor is to decide, and students by rules.
 * Every text is escaped; each cell leads to the student's card.
 */
final class ClassPage {

  private static final int MOST_TRIPS = 10;
  private static final int LONGEST_REASON = 200;

  private final List<Student> students;

  /** Who handed in, and what it came to. */
  private record Student(GradedSubmission graded, Score score) {

    String href() {
      return ClassPage.href(graded.name(), "");
    }

    Optional<Score.OfRule> rule(String number) {
      return Optional.ofNullable(score.rules().get(number));
    }

    boolean has(String number, Verdict verdict) {
      return ran() && rule(number).filter(of -> of.rule().verdict() == verdict).isPresent();
    }

    boolean ran() {
      return switch (graded.ending()) {
        case GRADED, ENDED_EARLY, OVER_A_LIMIT -> true;
        case REFUSED, NOT_COMPILED, NOT_READ -> false;
      };
    }

    String why() {
      return graded.ending() == Ending.GRADED
          ? ""
          : Words.clean(Words.of(graded.ending()) + ": " + beginning(graded.reason()));
    }

    /** What the compiler says can be long: the card has it all. */
    private static String beginning(String reason) {
      var line = reason.lines().findFirst().orElse("");
      boolean isAll = line.length() == reason.length() && line.length() <= LONGEST_REASON;
      return isAll ? line : line.substring(0, Math.min(line.length(), LONGEST_REASON)) + " …";
    }
  }

  // What the template names, in its order.

  private record Page(String title, String summary, List<Section> sections, List<Row> notTold) {
    boolean several() {
      return sections.size() > 1;
    }

    boolean hasNotTold() {
      return !notTold.isEmpty();
    }
  }

  private record Section(
      String heading,
      String summary,
      List<Trip> trips,
      List<Open> open,
      List<Step> steps,
      List<Rule> rules,
      List<Row> rows) {

    boolean hasTrips() {
      return !trips.isEmpty();
    }

    boolean hasOpen() {
      return !open.isEmpty();
    }
  }

  private record Trip(String number, long count, long percent, String says) {}

  private record Open(String number, String verdict, List<OfStudent> students) {}

  private record OfStudent(String name, String href, String reason) {}

  private record Step(String name, int rules) {}

  private record Rule(String number, String says, boolean first, long holds) {}

  private record Row(
      String name,
      String href,
      String why,
      String points,
      int columns,
      boolean hasCells,
      List<Cell> cells) {}

  private record Cell(String kind, boolean first, String href, String label, String mark) {}

  private ClassPage(List<Student> students) {
    this.students = students;
  }

  /**
   * Makes the page.
   *
   * @param title the class's name
   * @param graded what was graded, in the order in which it is shown
   * @param points what the rules are worth
   */
  static String of(String title, List<GradedSubmission> graded, Points points) {
    var students = graded.stream().map(each -> new Student(each, Score.of(each, points))).toList();
    try (var template =
        new InputStreamReader(
            Objects.requireNonNull(ClassPage.class.getResourceAsStream("class.html")), UTF_8)) {
      return Mustache.compiler()
          .emptyStringIsFalse(true)
          .compile(template)
          .execute(new ClassPage(students).page(title));
    } catch (IOException e) {
      throw new UncheckedIOException("the page's template cannot be read", e);
    }
  }

  private Page page(String title) {
    var sections =
        Arrays.stream(WorkbookModule.values()).flatMap(m -> section(m).stream()).toList();
    var notTold =
        students.stream()
            .filter(student -> student.graded.module().isEmpty())
            .map(student -> row(student, List.of()))
            .toList();
    return new Page(Words.clean(title), summary(students), sections, notTold);
  }

  /** How many there are, and how each ended. */
  private static String summary(List<Student> students) {
    var parts = new ArrayList<String>();
    parts.add(students.size() == 1 ? "1 submission" : students.size() + " submissions");
    for (var ending : Ending.values()) {
      long count = students.stream().filter(each -> each.graded.ending() == ending).count();
      if (count > 0) {
        parts.add(count + " " + Words.of(ending));
      }
    }
    return String.join(" · ", parts);
  }

  private Optional<Section> section(WorkbookModule module) {
    var here =
        students.stream()
            .filter(student -> student.graded.module().filter(module::equals).isPresent())
            .toList();
    if (here.isEmpty()) {
      return Optional.empty();
    }
    var steps = here.getFirst().graded.card().steps();
    var rules = rules(steps, here);
    return Optional.of(
        new Section(
            module.heading(),
            summary(here),
            trips(rules, here),
            open(rules, here),
            steps.stream().map(ClassPage::step).toList(),
            rules,
            here.stream().map(student -> row(student, rules)).toList()));
  }

  private static Step step(GradedStep step) {
    return new Step("Step %d · %s".formatted(step.number(), step.type()), step.rules().size());
  }

  private static List<Rule> rules(List<GradedStep> steps, List<Student> students) {
    var rules = new ArrayList<Rule>();
    for (var step : steps) {
      for (int i = 0; i < step.rules().size(); i++) {
        var rule = step.rules().get(i);
        long holds = count(students, rule.number(), Verdict.HOLDS);
        rules.add(new Rule(rule.number(), rule.says(), i == 0, holds));
      }
    }
    return rules;
  }

  private static long count(List<Student> students, String rule, Verdict verdict) {
    return students.stream().filter(student -> student.has(rule, verdict)).count();
  }

  private static List<Trip> trips(List<Rule> rules, List<Student> students) {
    long ran = students.stream().filter(Student::ran).count();
    return rules.stream()
        .map(
            rule -> {
              long broken = count(students, rule.number(), Verdict.BROKEN);
              return new Trip(rule.number(), broken, 100 * broken / Math.max(1, ran), rule.says());
            })
        .filter(trip -> trip.count() > 0)
        .sorted(Comparator.comparingLong(Trip::count).reversed()) // stable: then by number
        .limit(MOST_TRIPS)
        .toList();
  }

  private static List<Open> open(List<Rule> rules, List<Student> students) {
    var open = new ArrayList<Open>();
    for (var rule : rules) {
      for (var verdict : List.of(Verdict.NOT_DECIDED, Verdict.SKIPPED)) {
        var those =
            students.stream()
                .filter(student -> student.has(rule.number(), verdict))
                .map(student -> ofStudent(student, rule.number()))
                .toList();
        if (!those.isEmpty()) {
          open.add(new Open(rule.number(), Words.of(verdict), those));
        }
      }
    }
    return open;
  }

  private static OfStudent ofStudent(Student student, String rule) {
    var reason = student.rule(rule).map(of -> Words.reason(of.rule())).orElse("");
    return new OfStudent(
        student.graded.name(), href(student.graded.name(), rule), Words.clean(reason));
  }

  private static Row row(Student student, List<Rule> rules) {
    var cells =
        student.ran() ? rules.stream().map(r -> cell(student, r)).toList() : List.<Cell>of();
    return new Row(
        student.graded.name(),
        student.href(),
        student.why(),
        student.score.inWords(),
        rules.size(),
        student.ran(),
        cells);
  }

  private static Cell cell(Student student, Rule rule) {
    var verdict =
        student.rule(rule.number()).map(of -> of.rule().verdict()).orElse(Verdict.NOT_RUN);
    var label = "%s, %s %s".formatted(student.graded.name(), rule.number(), Words.of(verdict));
    return new Cell(
        switch (verdict) {
          case HOLDS -> "holds";
          case BROKEN -> "broken";
          case NOT_DECIDED, SKIPPED -> "open";
          case NOT_STARTED, NOT_RUN -> "not";
        },
        rule.first(),
        href(student.graded.name(), rule.number()),
        label,
        switch (verdict) {
          case HOLDS -> "✔";
          case BROKEN -> "✘";
          case NOT_DECIDED -> "?";
          case SKIPPED -> "–";
          case NOT_STARTED -> "○";
          case NOT_RUN -> "\u00a0";
        });
  }

  /** The address of a card from the folder of all, whatever is in a name; and of a rule in it. */
  private static String href(String name, String rule) {
    try {
      var place = rule.isEmpty() ? null : "r" + rule.replace('.', '-');
      return new URI(null, null, "./" + name + "/card.html", place).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("every name can be quoted", e);
    }
  }
}
