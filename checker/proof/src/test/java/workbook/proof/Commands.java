package workbook.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The commands that a text shows: each line of an {@code sh} fence; in a {@code text} fence, which
 * shows output as well, and between backticks whatever begins as a command does.
 */
final class Commands {

  private static final String BEGINS = "(mvn |git |curl |java -|kill |\\.ci/\\w|SMTP_PASSWORD=)";
  private static final Pattern IN_A_FENCE = Pattern.compile(BEGINS + ".*");
  private static final Pattern IN_A_LINE = Pattern.compile("`(" + BEGINS + "[^`]*)`");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z]\\w*=\\S+");

  private Commands() {}

  static List<String> in(String text) {
    var commands = new ArrayList<String>();
    var fence = "";
    var before = "";
    for (var line : text.replaceAll(" *\\\\\n *", " ").lines().map(String::strip).toList()) {
      if (line.startsWith("```")) {
        fence = fence.isEmpty() ? line + " " : "";
        before = "";
      } else if (fence.isEmpty()) {
        IN_A_LINE.matcher(line).results().map(span -> span.group(1)).forEach(commands::add);
      } else if (ASSIGNMENT.matcher(line).matches()) {
        before = line + "; ";
      } else if (!line.isEmpty()
          && (fence.equals("```sh ")
              || fence.equals("```text ") && IN_A_FENCE.matcher(line).matches())) {
        commands.add(before + line.replaceAll("\\s+#.*", ""));
      }
    }
    return commands;
  }
}
