package workbook.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import workbook.checker.card.Card;
import workbook.checker.card.CardText;
import workbook.checker.card.LastGrade;

/**
 * What a run leaves in the {@code target} folder of its module: {@code card.txt}, the card in full,
 * and {@code graded.properties}, which the board reads. To be made when the run begins, since the
 * code is what it is then.
 */
public final class CardFiles {

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
   * Those of the module that Maven has named, or else of the one that a test class was loaded from;
   * none where classes are in memory only.
   */
  static Optional<CardFiles> of(Class<?> test) {
    var module = System.getProperty("workbook.module", "");
    if (!module.isEmpty()) {
      return Optional.of(
          new CardFiles(Path.of(System.getProperty("workbook.root", "")).resolve(module)));
    }
    var source = test.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      var classes = Path.of(source.getLocation().toURI());
      return classes.endsWith(Path.of("target", "test-classes"))
          ? Optional.of(new CardFiles(classes.getParent().getParent()))
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty(); // no folder: a jar, or an address
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
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "  The card could not be written to %s: %s%n".formatted(target.normalize(), e));
    }
  }
}
