package workbook.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.checker.RuleBroken.Finding;
import workbook.checker.WorkbookModule;
import workbook.proof.Verdicts.Verdict;

/**
 * The findings of a broken implementation as a learner reads them, kept in a file, so that a change
 * of a text is seen and judged. {@code mvn verify -Dproof.pin=write} writes the files anew; the
 * difference is then read in the version control.
 */
final class Pins {

  private static final String RUNNING = " is running";
  private static final String ID =
      "\\b[0-9a-f]{8}\\.\\."
          + "|\\b(?=[0-9-]*[a-f])(?=[a-f-]*\\d)[0-9a-f]{8}[0-9a-f.-]*"
          + "|(?<=/jobs)[0-9a-f]{4}\\.\\."
          + "|(?<=example |, )\\d{10,}" // a hexadecimal one may have no letter, by chance
          + "|<[\\d.]+@localhost>";
  private static final Pattern INSTANT =
      Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT[\\d:]+(\\.\\d+)?Z");
  private static final Pattern VARYING = Pattern.compile("is running|real clock|come to rest");

  private Pins() {}

  static boolean areWritten() {
    return System.getProperty("proof.pin", "").equals("write");
  }

  static Path file(Broken broken) {
    return folder(broken.table().module())
        .resolve(broken.table().type())
        .resolve(broken.name() + ".txt");
  }

  static Path folder(WorkbookModule module) {
    return Workbook.ROOT.resolve("checker/proof/src/test/resources/pinned/" + module.folder());
  }

  static String pinned(Broken broken) {
    var file = file(broken);
    return Files.exists(file) ? Workbook.read(file) : "";
  }

  static String text(Broken broken, List<Verdict> verdicts) {
    return verdicts.stream()
        .map(Pins::text)
        .collect(Collectors.joining("\n", broken.why() + "\n\n", ""));
  }

  private static String text(Verdict verdict) {
    var finding = verdict.finding();
    var head = "[" + verdict.number() + "] " + verdict.rule().says() + "\n";
    if (finding == null) {
      return head + "    " + verdict.thrown() + "\n";
    }
    return head
        + """
            set up:   %s
            look at:  %s
            expected: %s
            but was:  %s
        """
            .formatted(
                finding.setUp(), lookAt(finding), finding.expected(), ofAnyRun(finding.butWas()))
            .replaceAll("\\.java:\\d+\\)", ".java:N)")
            .replaceAll(ID, "ID");
  }

  private static String lookAt(Finding finding) {
    return finding.butWas().contains(RUNNING) ? "where it is met" : finding.lookAt();
  }

  /** Without what depends on the run, or on how the classes were compiled. */
  private static String ofAnyRun(String butWas) {
    return INSTANT
        .matcher(butWas)
        .replaceAll(instant -> isToday(instant.group()) ? "NOW" : instant.group())
        .replaceAll(RUNNING + " at .*", RUNNING)
        .replaceAll("because \".*?\" is null", "because \"...\" is null");
  }

  /** Of the real clock: the checker's own lies in other years. */
  private static boolean isToday(String instant) {
    return Duration.between(Instant.parse(instant), Instant.now()).abs().toDays() < 60;
  }

  /**
   * What two runs have in common. In which order several threads did what they should not have done
   * is up to them, so the words of a line that lists it are sorted. Of one that hangs, spins or
   * sleeps on the real clock only the rules are the same each time.
   */
  static List<String> inCommon(Broken broken, String text) {
    boolean byChance = broken.byChance() || broken.patience() < 1 || VARYING.matcher(text).find();
    return text.lines()
        .filter(line -> !byChance || line.startsWith("["))
        .map(line -> line.startsWith("    but was:") ? sortedWords(line) : line)
        .toList();
  }

  private static String sortedWords(String line) {
    return Stream.of(line.split("[^\\w.]+")).sorted().collect(Collectors.joining(" "));
  }
}
