package workbook.runner.grade;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import workbook.checker.WorkbookModule;

/**
 * Where a submission comes from, for {@code result.json}. A service such as Classroom 50 says it in
 * the environment, of one submission; it is believed where it names the tag that is graded, in
 * {@code SUBMISSION_TAG}. All else comes from the names of folders and from the sources.
 */
final class Origin {

  private static final String TAG = "submit/";

  private final Map<String, String> environment;
  private final String classroom;
  private final boolean isOne;

  private Origin(Map<String, String> environment, String classroom, boolean isOne) {
    this.environment = environment;
    this.classroom = classroom;
    this.isOne = isOne;
  }

  /**
   * Of what is graded.
   *
   * @param environment of this process
   * @param folder what was named to be graded
   * @param submissions how many are in it
   */
  static Origin of(Map<String, String> environment, Path folder, int submissions) {
    boolean service = environment.getOrDefault("SUBMISSION_TAG", "").startsWith(TAG);
    var path = folder.toAbsolutePath().normalize().getFileName();
    return new Origin(
        service ? Map.copyOf(environment) : Map.of(),
        path == null || path.toString().isBlank() ? "class" : path.toString(),
        submissions == 1);
  }

  private Optional<String> said(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** What is said of one submission; of many, it is nobody's. */
  private Optional<String> saidOfOne(String name) {
    return said(name).filter(_ -> isOne);
  }

  String classroom() {
    return said("CLASSROOM").orElse(classroom);
  }

  String assignment(GradedSubmission graded) {
    return said("ASSIGNMENT")
        .or(() -> graded.module().map(WorkbookModule::folder))
        .orElse("unknown");
  }

  String type() {
    return said("ASSIGNMENT_TYPE").filter(type -> type.equals("group")).orElse("individual");
  }

  String owner(GradedSubmission graded) {
    return saidOfOne("OWNER").or(() -> saidOfOne("USERNAME")).orElse(graded.name());
  }

  String tag(GradedSubmission graded) {
    return saidOfOne("SUBMISSION_TAG").orElse(TAG + graded.name());
  }

  /** A link to what was graded; where there is none, what tells these sources from others. */
  String commit(GradedSubmission graded) {
    return saidOfOne("COMMIT_URL").orElse("sha256:" + graded.hash());
  }

  String release(GradedSubmission graded) {
    return saidOfOne("RELEASE_URL").orElseGet(() -> commit(graded));
  }

  String review(GradedSubmission graded) {
    return saidOfOne("REVIEW_URL").orElseGet(() -> commit(graded));
  }

  /** When it was handed in, which stays the same; where nobody says so, when it was graded. */
  String handedIn(GradedSubmission graded) {
    return saidOfOne("SUBMITTED_AT")
        .filter(time -> time.matches("\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ"))
        .orElseGet(() -> time(graded.gradedAt()));
  }

  /** A time as the form wants it: UTC, in whole seconds. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
