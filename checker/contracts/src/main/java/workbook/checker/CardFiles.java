package workbook.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import workbook.checker.card.Card;
import workbook.checker.card.CardPage;
import workbook.checker.card.CardText;
import workbook.checker.card.Hints;
import workbook.checker.card.LastGrade;
import workbook.checker.card.WorkbookFolder;

/**
 * What a run leaves in the {@code target} folder of its module: {@code card.txt}, the card in full,
 * {@code card.html}, the same with what happened drawn, and {@code graded.properties}, which the
 * board reads. To be made when the run begins, since the code is what it is then.
 */
public final class CardFiles {

  /** The card as the learner has asked for it. */
  static final String TO_SHOW = "shown.txt";

  private final Path module;
  private final Instant when = Instant.now();
  private final String sources;

  /**
   * Takes the state of a module's code.
   *
   * @param module the module's folder
   * @throws UncheckedIOException if its code cannot be read
   */
  public CardFiles(Path module) {
    this.module = module;
    try {
      this.sources = LastGrade.sources(module);
    } catch (IOException e) {
      throw new UncheckedIOException("the code cannot be read: " + module, e);
    }
  }

  /**
   * Keeps the text of the card for {@link WasGraded}, where the build says that it shows it: Maven
   * 4 puts a mark of its own before each line that the tests print.
   *
   * @return whether it is shown later
   */
  boolean keepsToShow(String text) {
    if (!"later".equals(System.getProperty("card.shown"))) {
      return false;
    }
    try {
      Files.writeString(module.resolve("target").resolve(TO_SHOW), text);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes the files.
   *
   * @return what to say where that fails
   */
  public Optional<String> write(Card card) {
    var target = module.resolve("target");
    try {
      Files.createDirectories(target);
      LastGrade.after(card, when, sources, LastGrade.of(module)).write(module);
      Files.writeString(target.resolve("card.txt"), CardText.full(card));
      var hints = WorkbookFolder.root().map(root -> Hints.of(root, card)).orElseGet(Hints::none);
      Files.writeString(target.resolve("card.html"), CardPage.of(card, hints, module));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "  The card could not be written to %s: %s%n".formatted(target.normalize(), e));
    }
  }
}
