package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workbook.checker.card.CardPage;
import workbook.checker.card.CardText;
import workbook.checker.card.Hints;

/**
 * What the grader leaves in the folder of the results: a folder for each submission, and a table
 * and a page of all. A grade that is there for the same sources and the same checker is not made
 * again.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class Reports {

  private static final String KEPT = "graded.json";

  private final Path folder;
  private final Path root;
  private final String checker;
  private final Points points;
  private final Origin origin;
  private final Gson json =
      new GsonBuilder()
          .registerTypeAdapter(Instant.class, new InstantAsText())
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  /** A grade as it is kept, and the checker that made it. */
  private record Kept(String checker, GradedSubmission graded) {}

  /**
   * Reports in a folder.
   *
   * @param folder where they go
   * @param root the workbook's folder
   * @param checker tells this checker from others
   * @param points what the rules are worth
   * @param origin where the submissions come from
   */
  Reports(Path folder, Path root, String checker, Points points, Origin origin) {
    this.folder = folder;
    this.root = root;
    this.checker = checker;
    this.points = points;
    this.origin = origin;
  }

  /** The grade of a submission, if it was graded before as it is now. */
  Optional<GradedSubmission> before(Submission submission) {
    var file = folder.resolve(submission.name()).resolve(KEPT);
    try {
      return Optional.ofNullable(json.fromJson(Files.readString(file), Kept.class))
          .filter(kept -> kept.checker.equals(checker))
          .map(Kept::graded)
          .filter(GradedSubmission::isSettled)
          .filter(graded -> graded.hash().equals(Hashes.of(submission)))
          .map(graded -> graded.of(submission));
    } catch (IOException | JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  /** What a submission came to, in points. */
  Score score(GradedSubmission graded) {
    return Score.of(graded, points);
  }

  /**
   * Writes what a submission came to. A grade that was kept is written anew, too: what the rules
   * are worth may have changed since.
   */
  void of(GradedSubmission graded) throws IOException {
    var own = Files.createDirectories(folder.resolve(graded.name()));
    var hints = Hints.ofSomebody(root, graded.card(), graded.hints());
    write(own.resolve("card.txt"), text(graded, hints));
    write(own.resolve("card.html"), CardPage.of(graded.card(), hints, own, notice(graded)));
    write(own.resolve("result.json"), ResultJson.of(graded, origin, score(graded)));
    write(own.resolve("TEST-rules.xml"), JUnitXml.of(graded));
    write(own.resolve(KEPT), json.toJson(new Kept(checker, graded))); // last: it is all there
  }

  private static String text(GradedSubmission graded, Hints hints) {
    return graded.module().isEmpty()
        ? notice(graded)
        : notice(graded) + CardText.full(graded.card(), hints);
  }

  /** Why it was not graded to the end, for the top of a card; else empty. */
  private static String notice(GradedSubmission graded) {
    return graded.ending() == GradedSubmission.Ending.GRADED
        ? ""
        : Words.clean("%s: %s\n".formatted(Words.of(graded.ending()), graded.reason()));
  }

  /** Writes what the class came to, and gives the folder of all results. */
  Path ofTheClass(List<GradedSubmission> graded) throws IOException {
    write(folder.resolve("class.csv"), ClassCsv.of(graded, points));
    write(folder.resolve("class.html"), ClassPage.of(origin.classroom(), graded, points));
    return folder;
  }

  /** Either the old text or the new one is there, whatever happens meanwhile. */
  private static void write(Path file, String text) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(part, text.getBytes(UTF_8)); // half of a pair of characters is no reason to end
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      part.toFile().delete(); // if it is there, and if it can be
      throw e;
    }
  }

  private static final class InstantAsText extends TypeAdapter<Instant> {

    @Override
    public void write(JsonWriter out, Instant time) throws IOException {
      out.value(time.toString());
    }

    @Override
    public Instant read(JsonReader in) throws IOException {
      return Instant.parse(in.nextString());
    }
  }
}
