package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatTest {

  @Test
  void checkerAndSolutionsAreFormatted() throws Exception {
    assertThat(Format.unformatted(Path.of(System.getProperty("workbook.root")), false))
        .as("files to format, with: mvn -q test-compile exec:exec -pl checker/proof")
        .isEmpty();
  }
}
