package workbook.runner.grade;

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
 * What the grader leaves in the folder of the results: a folder for each submission. A grade that
 * is there for the same sources and the same checker is not made again.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class Reports {

  private static final String KEPT = "graded.json";

  private final Path folder;
  private final Path root;
  private final String checker;
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
   */
  Reports(Path folder, Path root, String checker) {
    this.folder = folder;
    this.root = root;
    this.checker = checker;
  }

  /** The grade of a submission, if it was graded before as it is now. */
  Optional<GradedSubmission> before(Submission submission) {
    var file = folder.resolve(submission.name()).resolve(KEPT);
    try {
      return Optional.ofNullable(json.fromJson(Files.readString(file), Kept.class))
          .filter(kept -> kept.checker.equals(checker))
          .map(Kept::graded)
          .filter(graded -> graded.hash().equals(Hashes.of(submission)));
    } catch (IOException | JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  /** Writes what a submission came to. */
  void of(GradedSubmission graded) throws IOException {
    var own = Files.createDirectories(folder.resolve(graded.name()));
    var hints = Hints.of(root, graded.card());
    write(own.resolve("card.txt"), CardText.full(graded.card()));
    write(own.resolve("card.html"), CardPage.of(graded.card(), hints, own));
    write(own.resolve(KEPT), json.toJson(new Kept(checker, graded))); // last: it is all there
  }

  /** Writes what the class came to, and gives the folder of all results. */
  Path ofTheClass(List<GradedSubmission> graded) throws IOException {
    return folder;
  }

  /** Either the old text or the new one is there, whatever happens meanwhile. */
  private static void write(Path file, String text) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
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
