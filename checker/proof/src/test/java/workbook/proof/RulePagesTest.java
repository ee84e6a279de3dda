package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;

/** The pages of rules are those that would be written now. */
class RulePagesTest {

  static List<WorkbookModule> modules() {
    return Workbook.modules();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void saysWhatTheContractsSay(WorkbookModule module) {
    var page = new RulePage(module);
    var file = Workbook.ROOT.resolve(page.file());
    if (Boolean.getBoolean("chapters.write")) {
      Workbook.write(file, page.text());
    }
    assertThat(Files.exists(file) ? Workbook.read(file) : "")
        .as("%s, written anew by: %s", page.file(), RulePage.COMMAND)
        .isEqualTo(page.text());
  }

  @Test
  void noPageIsLeftOver() {
    assertThat(Workbook.filesIn(Workbook.ROOT.resolve("chapters/rules")))
        .map(file -> Workbook.ROOT.relativize(file))
        .containsExactlyInAnyOrderElementsOf(
            modules().stream().map(module -> new RulePage(module).file()).toList());
  }
}
