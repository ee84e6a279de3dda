package workbook.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import workbook.checker.ReportCard;

/**
 * Shows the board: where it was asked for, and where the tests were run without a module's name,
 * which grades nothing and fails.
 */
final class ShowBoard {

  private static final String WITHOUT_LOSING_WORK =
      """

      To put your code aside, begin again, and take it up later:
        git stash push exercises/02-queue/src/main
        git stash pop
      To set it back to what you committed last:
        git restore exercises/02-queue/src/main
      """;
  private static final String NAME_A_MODULE =
      """

      Nothing was graded. Name what to grade: mvn test -pl exercises/02-queue
      or run the whole workbook with:         mvn verify
      """;

  private ShowBoard() {}

  /**
   * Begins.
   *
   * @param args the workbook's folder, and of Maven's run: its goals, whether no module was named,
   *     and what {@code -Dboard} says
   */
  static void main(String[] args) throws IOException {
    boolean asked = !List.of("board=${board}", "board=false").contains(args[3]);
    boolean nothingNamed = args[1].endsWith("test]") && args[2].equals("unnamed=true");
    if (asked || nothingNamed) {
      var text = new Board(Path.of(args[0]), ZoneId.systemDefault()).text() + WITHOUT_LOSING_WORK;
      System.out.print(
          ReportCard.plainFor(System.out.charset(), "\n" + text + (asked ? "\n" : NAME_A_MODULE)));
      System.out.flush();
      System.exit(asked ? 0 : 1);
    }
  }
}
