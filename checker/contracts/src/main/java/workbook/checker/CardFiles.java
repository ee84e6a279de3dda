package workbook.checker;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import workbook.checker.card.Card;
import workbook.checker.card.CardText;

/** What a run leaves in the {@code target} folder of its module. */
final class CardFiles {

  private CardFiles() {}

  /**
   * The folder of a run: that of the module which Maven has named, or else the one that the test
   * class was loaded from; none where classes are in memory only.
   */
  static Optional<Path> folder(Class<?> test) {
    var module = System.getProperty("workbook.module", "");
    if (!module.isEmpty()) {
      return Optional.of(Path.of(System.getProperty("workbook.root", ""), module, "target"));
    }
    var source = test.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      var classes = Path.of(source.getLocation().toURI());
      return Optional.of(classes)
          .filter(path -> path.endsWith(Path.of("target", "test-classes")))
          .map(Path::getParent);
    } catch (URISyntaxException
        | IllegalArgumentException
        | java.nio.file.FileSystemNotFoundException e) {
      return Optional.empty(); // no folder: a jar, or an address
    }
  }

  /**
   * Writes the files.
   *
   * @return what to say where that fails
   */
  static Optional<String> write(Card card, Path target) {
    try {
      Files.createDirectories(target);
      Files.writeString(target.resolve("card.txt"), CardText.full(card));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("  The card could not be written to " + target + ": " + e + "\n");
    }
  }
}
