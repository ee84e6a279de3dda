package workbook.checker.card;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What happened, drawn: a lane for each thread or service that the lines of a finding name, the
 * events from left to right, under the checker's clock if time has passed. Where expected and but
 * was are times, these are marked too. Events are numbered; the page lists them below.
 */
final class Timeline {

  private static final Pattern TIMED = Pattern.compile("(\\d+) ms (.+)");
  private static final Pattern NUMBERS =
      Pattern.compile("(?:.*[: a-z] )?(\\d+(?:, \\d+)+)(?: ms)?");
  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?:the thread )?'?(.+?)'? (?:->|accepted|again|answers?|begins|calls|closed|done|ended|"
              + "ends|failed|fails|got|has|interrupted|is|refused|returned|returns|sent|started|"
              + "starts|stopped|stops|throws|waits)\\b.*");
  private static final int MOST_LANES = 8;
  private static final int ROW = 34;
  private static final int SLOT = 30;

  private final List<Event> events = new ArrayList<>();
  private final List<String> lanes;
  private final TreeMap<Long, Double> xOfTime = new TreeMap<>();
  private final double left;
  private double right;

  private record Event(long millis, String text, double x) {}

  private Timeline(List<String> inOrder, boolean timed) {
    lanes = lanes(inOrder);
    int longest = lanes.stream().mapToInt(lane -> Svg.cut(lane, 24).length()).max().orElse(0);
    left = 24 + 7.5 * Math.max("expected".length(), longest);
    long span = timed ? millis(inOrder.getLast()) - millis(inOrder.getFirst()) : 0;
    right = left;
    long last = -1;
    for (var line : inOrder) {
      long millis = timed ? millis(line) : 0;
      if (timed && millis != last && last >= 0) {
        right += 26 + (span == 0 ? 0 : 60.0 * (millis - last) / span);
      }
      right += SLOT;
      xOfTime.putIfAbsent(millis, right);
      events.add(new Event(millis, text(line), right));
      last = millis;
    }
  }

  /** Draws what a finding tells in order, if that is more than one event. */
  static Optional<String> of(Finding finding) {
    var lines = finding.inOrder().stream().filter(Predicate.not(Timeline::isRest)).toList();
    if (lines.size() < 2) {
      return Optional.empty();
    }
    boolean timed = lines.stream().allMatch(line -> TIMED.matcher(line).matches());
    return Optional.of(new Timeline(lines, timed).drawn(finding, timed));
  }

  /** Whether expected and but was are times that the drawing marks. */
  static boolean marksTimes(Finding finding) {
    var lines = finding.inOrder().stream().filter(Predicate.not(Timeline::isRest)).toList();
    var was = times(finding.butWas());
    return lines.size() > 1
        && lines.stream().allMatch(line -> TIMED.matcher(line).matches())
        && !times(finding.expected()).isEmpty()
        && !was.isEmpty()
        && lines.stream().map(Timeline::millis).toList().containsAll(was);
  }

  /** Whether a line only counts what is left out. */
  static boolean isRest(String line) {
    return line.matches("and \\d+ more");
  }

  private static long millis(String line) {
    var timed = TIMED.matcher(line);
    return timed.matches() ? Long.parseLong(timed.group(1)) : 0;
  }

  private static String text(String line) {
    var timed = TIMED.matcher(line);
    return timed.matches() ? timed.group(2) : line;
  }

  private static List<String> lanes(List<String> lines) {
    var names = new LinkedHashSet<String>();
    lines.forEach(line -> names.add(subject(text(line))));
    var lanes = new ArrayList<>(names.stream().limit(MOST_LANES).toList());
    if (names.size() > MOST_LANES) {
      lanes.set(MOST_LANES - 1, "others");
    }
    return lanes;
  }

  /** Who acts in a line, or else its first word. */
  private static String subject(String text) {
    var subject = SUBJECT.matcher(text);
    return subject.matches() ? subject.group(1).replaceAll(" of .*", "") : text.split(" ", 2)[0];
  }

  private String drawn(Finding finding, boolean timed) {
    var svg = new Svg();
    int top = timed ? 40 : 24;
    for (int lane = 0; lane < lanes.size(); lane++) {
      double y = top + lane * ROW;
      svg.text(8, y + 5, "lane-name", Svg.cut(lanes.get(lane), 24));
      svg.line(left, y, right + SLOT, y, "lane");
    }
    var expected = times(finding.expected());
    boolean both = marksTimes(finding);
    int rows = lanes.size() + (both ? 2 : 0);
    double bottom = top + rows * ROW - 10;
    if (timed) {
      xOfTime.forEach(
          (millis, x) -> {
            svg.line(x, 20, x, bottom, "time");
            svg.text(x, 14, "small middle", millis + " ms");
          });
    }
    if (both) {
      marks(svg, "expected", top + (rows - 2) * ROW, expected, expected);
      marks(svg, "but was", top + (rows - 1) * ROW, times(finding.butWas()), expected);
    }
    for (int i = 0; i < events.size(); i++) {
      var event = events.get(i);
      int lane = lanes.indexOf(subject(event.text));
      double y = top + (lane < 0 ? lanes.size() - 1 : lane) * ROW;
      svg.circle(event.x, y, 11, "event");
      svg.text(event.x, y + 4, "small middle", String.valueOf(i + 1));
    }
    return svg.drawn(
        right + 2 * SLOT, bottom + 10, "What happened: lanes for " + String.join(", ", lanes));
  }

  private void marks(Svg svg, String name, double y, List<Long> times, List<Long> expected) {
    svg.text(8, y + 5, "lane-name", name);
    svg.line(left, y, right + SLOT, y, "lane");
    var open = new ArrayList<>(expected);
    for (var time : times) {
      boolean fits = open.remove(time);
      double x = x(time);
      svg.box(x - 17, y - 11, 34, 22, fits ? "mark" : "mark wrong");
      svg.text(x, y + 4, "small middle", String.valueOf(time));
    }
  }

  /** The place of a time, between those of its neighbours. */
  private double x(long millis) {
    var before = xOfTime.floorEntry(millis);
    var after = xOfTime.ceilingEntry(millis);
    if (before == null || after == null) {
      return before == null ? left : right;
    }
    double part =
        before.getKey().equals(after.getKey())
            ? 0
            : (double) (millis - before.getKey()) / (after.getKey() - before.getKey());
    return before.getValue() + part * (after.getValue() - before.getValue());
  }

  private static List<Long> times(String text) {
    var numbers = NUMBERS.matcher(text);
    return numbers.matches()
        ? List.of(numbers.group(1).split(", ")).stream().map(Long::valueOf).toList()
        : List.of();
  }
}
