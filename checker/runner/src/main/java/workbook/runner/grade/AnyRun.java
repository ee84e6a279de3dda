package workbook.runner.grade;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import workbook.checker.card.Finding;
import workbook.checker.card.GradedRule;

/**
 * What is the same in any run of the same code: names that are new in each run give way to "…", and
 * the time of the real clock to "now".
 *
 * <p>What stays is up to the code under test: in which order its threads did what they should not
 * have done, where one that hangs was met, and how long something took on the real clock. Its
 * verdict is the same all the same.
 */
final class AnyRun {

  private static final Pattern INSTANT =
      Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");

  /** The checker's own times lie in other years. */
  private static final Duration REAL_CLOCK = Duration.ofDays(60);

  private static final Map<Pattern, String> NEW_EACH_TIME = new LinkedHashMap<>();

  static {
    add("[^\\s\"'<>=]*[/\\\\]graded\\d{6,}", "…"); // the folder of a closed process
    add("<[\\d.]+@localhost>", "<…@localhost>"); // an id of a message
    add("(localhost|127\\.0\\.0\\.1|\\[::1\\]):\\d{4,5}\\b", "$1:…");
    add("\\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b", "…");
    add("\\b[0-9a-fA-F]{8}\\.\\.", "…"); // the beginning of an id
    add("(?<=/jobs/?)[0-9a-fA-F-]{4,8}\\.\\.", "…");
    add("\\b(?=[0-9-]*[a-f])(?=[a-f-]*\\d)[0-9a-f]{8}[0-9a-f-]{4,}\\b", "…");
    add("(?<=example |, )\\d{10,}", "…"); // a hexadecimal one may have no letter, by chance
    add("(Lambda/|\\$\\$Lambda\\$?\\d*/)0x[0-9a-f]+", "$1…");
    add("(?<=[\\w;])@[0-9a-f]{5,8}\\b(?!\\.)", "@…"); // of an object that says nothing of itself
    add("\\b(Thread|virtual)-\\d+", "$1-…");
    add("Thread\\[#\\d+", "Thread[#…");
    add("\\b(pool|ForkJoinPool)-\\d+-(thread|worker)-\\d+", "$1-…-$2-…");
  }

  private AnyRun() {}

  private static void add(String pattern, String instead) {
    NEW_EACH_TIME.put(Pattern.compile(pattern), instead);
  }

  /** The rule as any run says it. The place to look at and its source line stay as they are. */
  static GradedRule rule(GradedRule rule) {
    var finding = rule.finding();
    return new GradedRule(
        rule.number(),
        rule.says(),
        rule.check(),
        rule.verdict(),
        finding == null ? null : finding(finding),
        text(rule.reason()),
        rule.remedy());
  }

  private static Finding finding(Finding finding) {
    return new Finding(
        text(finding.setUp()),
        finding.lookAt(),
        finding.source(),
        text(finding.expected()),
        text(finding.butWas()),
        finding.inOrder().stream().map(AnyRun::text).toList());
  }

  /** A text as any run has it. */
  static String text(String text) {
    var same = INSTANT.matcher(text).replaceAll(time -> isNow(time.group()) ? "now" : time.group());
    for (var each : NEW_EACH_TIME.entrySet()) {
      same = each.getKey().matcher(same).replaceAll(each.getValue());
    }
    return same;
  }

  private static boolean isNow(String time) {
    try {
      var apart = Duration.between(Instant.parse(time), Instant.now()).abs();
      return apart.compareTo(REAL_CLOCK) < 0;
    } catch (DateTimeException e) {
      return false; // such as a 31st of June: it is a text that somebody wrote
    }
  }
}
