package workbook.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The page for a person: it asks {@code /health/live} and {@code /health/ready} every second and
 * shows what their JSON says, as text and never as markup. Given.
 */
public final class HealthPage {

  private HealthPage() {}

  /** The page, a whole HTML document in UTF-8, which is the same for everybody at all times. */
  public static byte[] bytes() {
    try (var page = HealthPage.class.getResourceAsStream("page.html")) {
      return Objects.requireNonNull(page, "page.html").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
