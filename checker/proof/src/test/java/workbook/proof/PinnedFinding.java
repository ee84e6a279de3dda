package workbook.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.checker.RuleNotDecided;
import workbook.checker.card.Finding;
import workbook.proof.Verdicts.Verdict;

/**
 * What a learner reads about a broken implementation, without what depends on the run or on how the
 * classes were compiled. It is kept, so that a change of a text is seen and judged.
 *
 * @param number the rule's number
 * @param lookAt type and method, or that the rule is not decided
 * @param expected what should have been; of a rule that is not decided, what to do
 * @param butWas what was; of a rule that is not decided, why
 */
record PinnedFinding(String number, String lookAt, String expected, String butWas) {

  private static final String NOT_DECIDED = "not decided";
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

  static PinnedFinding of(Verdict verdict) {
    if (verdict.thrown() instanceof RuleNotDecided open) {
      return new PinnedFinding(
          verdict.number(), NOT_DECIDED, open.remedy(), ofAnyRun(open.reason()));
    }
    var finding = verdict.finding();
    if (finding == null) {
      throw new AssertionError("not a finding: " + verdict.thrown(), verdict.thrown());
    }
    return new PinnedFinding(
        verdict.number(),
        ofAnyRun(lookAt(finding)).replaceFirst(" \\(\\w+\\.java:N\\)$", ""),
        ofAnyRun(finding.expected()),
        ofAnyRun(
            withoutTheRealClock(finding.butWas())
                .replaceAll(RUNNING + " at .*", RUNNING)
                .replaceAll("because \".*?\" is null", "because \"...\" is null")
                .replaceAll("(\n\tat [^\n]*)+", "\n\tat ...")));
  }

  private static String lookAt(Finding finding) {
    return finding.butWas().contains(RUNNING) ? "where it is met" : finding.lookAt();
  }

  private static String ofAnyRun(String text) {
    return text.replaceAll("\\.java:\\d+\\)", ".java:N)").replaceAll(ID, "ID");
  }

  private static String withoutTheRealClock(String text) {
    return INSTANT
        .matcher(text)
        .replaceAll(instant -> isToday(instant.group()) ? "NOW" : instant.group());
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
  static List<String> inCommon(Broken broken, List<PinnedFinding> findings) {
    boolean byChance =
        !broken.manners().isEmpty() || findings.stream().anyMatch(PinnedFinding::varies);
    return findings.stream().map(each -> byChance ? each.number : each.withWordsSorted()).toList();
  }

  /** Whether the rule is broken, and not left open. */
  boolean isDecided() {
    return !lookAt.equals(NOT_DECIDED);
  }

  private boolean varies() {
    return VARYING.matcher(expected + butWas).find();
  }

  private String withWordsSorted() {
    var words = Stream.of(butWas.split("[^\\w.]+")).sorted().collect(Collectors.joining(" "));
    return "[%s] %s%n  expected: %s%n  but was, sorted: %s"
        .formatted(number, lookAt, expected, words);
  }
}
