package workbook.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken.Change;
import workbook.proof.Broken.Manner;
import workbook.proof.Diff.Hunk;

/**
 * Reads and writes the file of a broken implementation: {@code broken/02-queue/BoundedTaskQueue/
 * one-too-many.md} is a {@code BoundedTaskQueue} that is wrong. Such a file is, in this order:
 *
 * <ol>
 *   <li>A paragraph that says what is wrong.
 *   <li>If needed, one of the sentences "It hangs.", "It never does what a rule waits for." or "It
 *       differs from run to run."; {@link Manner} says what each is for. And "By chance it fails
 *       2.6, too.", with the rules that its own threads decide.
 *   <li>What is changed: for each file a line such as "In `BoundedTaskQueue.java`:" and a fence
 *       {@code diff} with lines that stay (a space before them), go (-) and come (+). The lines
 *       that stay or go must stand once in the solution's file, without line numbers. A line @@
 *       separates two places. Or, without a line before it, a fence {@code java} with a class that
 *       stands in the type's place: in the type's package, under another name, with the type's
 *       constructor.
 *   <li>The line "Findings:" and a fence {@code text} with what the card says of each rule that
 *       fails. Nobody types it: {@code -Dproof.pin=write} does. Its difference is then read in the
 *       version control.
 * </ol>
 */
final class BrokenFile {

  private static final String FOLDER = "checker/proof/src/test/resources/broken/";
  private static final String FINDINGS = "Findings:";
  private static final String A_CHANGE =
      "a line In `File.java`: and a fence ```diff, or a fence ```java";
  private static final Pattern IN_FILE = Pattern.compile("In `(\\w+\\.java)`:");
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern CLASS =
      Pattern.compile("^(?:public |final )*(?:class|record) (\\w+)", Pattern.MULTILINE);
  private static final Pattern NUMBER = Pattern.compile("\\[(\\d+\\.\\d+)] (\\S.*)");
  private static final Pattern BY_CHANCE =
      Pattern.compile("By chance it fails (\\d+\\.\\d+(?:, \\d+\\.\\d+)*), too\\.");
  private static final String EXPECTED = "    expected: ";
  private static final String BUT_WAS = "    but was:  ";
  private static final String MORE = " ".repeat(BUT_WAS.length());

  private final Path file;
  private final List<String> lines;
  private int at;

  private BrokenFile(Path file) {
    this.file = file;
    this.lines = Workbook.read(file).lines().toList();
  }

  /** Where the broken implementations of a module are. */
  static Path folder(WorkbookModule module) {
    return Workbook.ROOT.resolve(FOLDER + module.folder());
  }

  /** What a file says; an error names the file and the line that cannot be read. */
  static Broken read(TypeUnderTest type, Path file) {
    return new BrokenFile(file).read(type);
  }

  /** Writes other findings into the file, and leaves the rest as it is. */
  static void write(Broken broken, List<PinnedFinding> findings) {
    var text = Workbook.read(broken.file());
    int end = text.indexOf("\n" + FINDINGS + "\n");
    var rest = (end < 0 ? text : text.substring(0, end)).stripTrailing();
    Workbook.write(
        broken.file(),
        findings.stream()
            .map(BrokenFile::text)
            .collect(
                Collectors.joining("\n", rest + "\n\n" + FINDINGS + "\n\n```text\n", "```\n")));
  }

  private static String text(PinnedFinding finding) {
    return "[%s] %s\n%s%s\n%s%s\n"
        .formatted(
            finding.number(),
            finding.lookAt(),
            EXPECTED,
            finding.expected().replace("\n", "\n" + MORE),
            BUT_WAS,
            finding.butWas().replace("\n", "\n" + MORE));
  }

  private Broken read(TypeUnderTest type) {
    if (!file.toString().endsWith(".md")) {
      throw wrong("a broken implementation is a file whose name ends with .md");
    }
    var why = String.join(" ", paragraph());
    if (why.isEmpty() || why.startsWith("`") || IN_FILE.matcher(why).matches()) {
      throw wrong("the first paragraph says what is wrong");
    }
    var manners = manners();
    var byChance = byChance();
    var changes = new ArrayList<Change>();
    for (skipBlank(); at < lines.size() && !line().equals(FINDINGS); skipBlank()) {
      changes.add(change());
    }
    if (changes.isEmpty()) {
      throw wrong("before the findings stands what is changed: " + A_CHANGE);
    }
    return new Broken(type, file, why, manners, byChance, List.copyOf(changes), findings());
  }

  private Set<Manner> manners() {
    var manners = EnumSet.noneOf(Manner.class);
    for (skipBlank(); at < lines.size() && line().startsWith("It "); skipBlank()) {
      manners.add(
          Arrays.stream(Manner.values())
              .filter(manner -> manner.sentence().equals(line()))
              .findFirst()
              .orElseThrow(
                  () ->
                      wrong(
                          Arrays.stream(Manner.values())
                              .map(Manner::sentence)
                              .collect(
                                  Collectors.joining(" or ", "one of these sentences: ", "")))));
      at++;
    }
    return manners;
  }

  private Set<String> byChance() {
    var said = at < lines.size() ? BY_CHANCE.matcher(line()) : BY_CHANCE.matcher("");
    if (!said.matches()) {
      return Set.of();
    }
    at++;
    return Set.of(said.group(1).split(", "));
  }

  private Change change() {
    var inFile = IN_FILE.matcher(line());
    if (inFile.matches()) {
      at++;
      skipBlank();
      return new Broken.Edit(inFile.group(1), diff());
    }
    if (line().equals("```java")) {
      return otherClass();
    }
    throw wrong("here stands " + A_CHANGE + ", or the line " + FINDINGS);
  }

  private Change otherClass() {
    var text = String.join("\n", fence("java")) + "\n";
    var name = first(CLASS, text, "a class");
    var folder = first(PACKAGE, text, "a package").replace('.', '/');
    return new Broken.OtherClass(name, "src/main/java/" + folder + "/" + name + ".java", text);
  }

  private String first(Pattern pattern, String text, String what) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw wrong("the Java above has no line with " + what);
    }
    return matcher.group(1);
  }

  private Diff diff() {
    int first = at + 2;
    var hunks = new ArrayList<Hunk>();
    var before = new ArrayList<String>();
    var after = new ArrayList<String>();
    var where = where(first);
    int number = first;
    for (var line : fence("diff")) {
      if (line.equals("@@")) {
        hunks.add(new Hunk(where, List.copyOf(before), List.copyOf(after)));
        before.clear();
        after.clear();
        where = where(number + 1);
      } else {
        var text = line.isEmpty() ? "" : line.substring(1);
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
          case ' ' -> {
            before.add(text);
            after.add(text);
          }
          case '-' -> before.add(text);
          case '+' -> after.add(text);
          default ->
              throw new AssertionError(
                  where(number) + ": a line of a diff begins with a space, - or +, or is @@");
        }
      }
      number++;
    }
    hunks.add(new Hunk(where, List.copyOf(before), List.copyOf(after)));
    for (var hunk : hunks) {
      if (hunk.before().equals(hunk.after())) {
        throw new AssertionError(hunk.where() + ": nothing is changed here");
      }
    }
    return new Diff(List.copyOf(hunks));
  }

  private List<PinnedFinding> findings() {
    if (at == lines.size()) {
      return List.of();
    }
    at++;
    skipBlank();
    int first = at + 2;
    var findings = new ArrayList<PinnedFinding>();
    var block = fence("text");
    for (int i = 0; i < block.size(); i++) {
      if (block.get(i).isEmpty()) {
        continue;
      }
      var head = NUMBER.matcher(block.get(i));
      if (!head.matches()) {
        throw new AssertionError(where(first + i) + ": a finding begins with [number] Type.method");
      }
      var expected = new StringBuilder();
      var butWas = new StringBuilder();
      i = field(EXPECTED, block, i + 1, expected, first);
      i = field(BUT_WAS, block, i, butWas, first) - 1;
      findings.add(
          new PinnedFinding(head.group(1), head.group(2), expected.toString(), butWas.toString()));
    }
    skipBlank();
    if (at < lines.size()) {
      throw wrong("nothing stands after the findings");
    }
    return List.copyOf(findings);
  }

  /** Reads a line with a name, and those that go on with it; gives the index of the next. */
  private int field(String name, List<String> block, int i, StringBuilder text, int first) {
    if (i >= block.size() || !block.get(i).startsWith(name)) {
      throw new AssertionError(where(first + i) + ": here stands \"" + name + "\" and its text");
    }
    text.append(block.get(i).substring(name.length()));
    int next = i + 1;
    for (; next < block.size() && block.get(next).startsWith(MORE); next++) {
      text.append('\n').append(block.get(next).substring(MORE.length()));
    }
    return next;
  }

  private List<String> paragraph() {
    skipBlank();
    int from = at;
    while (at < lines.size() && !line().isEmpty()) {
      at++;
    }
    return lines.subList(from, at);
  }

  /** The lines of the fence that begins here. */
  private List<String> fence(String language) {
    if (at == lines.size() || !line().equals("```" + language)) {
      throw wrong("here begins a fence: ```" + language);
    }
    int from = at + 1;
    for (int end = from; end < lines.size(); end++) {
      if (lines.get(end).equals("```")) {
        at = end + 1;
        return lines.subList(from, end);
      }
    }
    throw wrong("this fence has no end: ```");
  }

  private void skipBlank() {
    while (at < lines.size() && line().isBlank()) {
      at++;
    }
  }

  private String line() {
    return lines.get(at);
  }

  private AssertionError wrong(String what) {
    return new AssertionError(where(Math.min(at + 1, Math.max(1, lines.size()))) + ": " + what);
  }

  private String where(int line) {
    return Workbook.ROOT.relativize(file) + ":" + line;
  }
}
