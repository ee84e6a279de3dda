package workbook.checker.card;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A schedule, drawn: a lane for each thread, its turns from top to bottom, and the source lines of
 * each turn beside it.
 */
final class Turns {

  private static final Pattern TURN = Pattern.compile("([^:]+):((?: \\S+:[\\d.,]+)*) \\((.+)\\)");
  private static final Pattern PLACE = Pattern.compile("(\\S+)\\.([^.\\s:]+):([\\d.,]+)");
  private static final int LANE = 180;
  private static final int SOURCE = 420;
  private static final int LINE = 17;

  private final UnaryOperator<String> source;
  private final List<String> lanes = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();

  private record Turn(String thread, String steps, String end, List<String> source, boolean ends) {}

  private Turns(UnaryOperator<String> source) {
    this.source = source;
  }

  /**
   * Draws what happened, if it is a schedule.
   *
   * @param inOrder the lines of a finding
   * @param source gives the source line at a place such as {@code (BoundedTaskQueue.java:41)}, or
   *     an empty text
   */
  static Optional<String> of(List<String> inOrder, UnaryOperator<String> source) {
    var drawn = new Turns(source);
    for (var line : inOrder) {
      var turn = TURN.matcher(line);
      if (turn.matches()) {
        drawn.add(turn.group(1), turn.group(2).strip(), turn.group(3));
      } else if (!line.startsWith("... ")) {
        return Optional.empty();
      }
    }
    return drawn.turns.stream().allMatch(turn -> turn.steps.isEmpty())
        ? Optional.empty()
        : Optional.of(drawn.drawn());
  }

  private void add(String thread, String places, String end) {
    if (!lanes.contains(thread)) {
      lanes.add(thread);
    }
    Map<String, TreeSet<Integer>> lines = new LinkedHashMap<>();
    var steps = new ArrayList<String>();
    PLACE
        .matcher(places)
        .results()
        .forEach(
            place -> {
              steps.add(place.group(2) + ":" + place.group(3));
              var numbers = lines.computeIfAbsent(file(place.group(1)), _ -> new TreeSet<>());
              for (var part : place.group(3).split("[.,]+")) {
                numbers.add(Integer.valueOf(part));
              }
            });
    var sources = new ArrayList<String>();
    var stop = PLACE.matcher(end);
    boolean stops = stop.find() && !end.startsWith("still");
    var stopsAt = stops ? file(stop.group(1)) + ":" + stop.group(3) : "";
    lines.forEach(
        (file, all) -> all.forEach(line -> addSource(sources, file + ":" + line, stopsAt)));
    if (sources.stream().noneMatch(line -> line.startsWith("→"))) {
      addSource(sources, stopsAt, stopsAt);
    }
    var how = PLACE.matcher(end).replaceAll("$2:$3");
    turns.add(new Turn(thread, String.join(" ", steps), how, sources, end.equals("done")));
  }

  private static String file(String type) {
    var simple = type.substring(type.lastIndexOf('.') + 1);
    return simple.split("\\$")[0] + ".java";
  }

  private void addSource(List<String> sources, String place, String stopsAt) {
    var code = place.isEmpty() ? "" : source.apply("(" + place + ")");
    if (!code.isEmpty()) {
      var line = place.substring(place.indexOf(':') + 1);
      sources.add((place.equals(stopsAt) ? "→ " : "  ") + line + "  " + code);
    }
  }

  private String drawn() {
    var svg = new Svg();
    int width = lanes.size() * LANE + SOURCE;
    int y = 40;
    double fromX = 0;
    double fromY = 0;
    for (var turn : turns) {
      double x = lanes.indexOf(turn.thread) * LANE + 10;
      int height = Math.max(2, turn.source.size()) * LINE + 12;
      if (fromY > 0) {
        svg.line(fromX, fromY, x + LANE / 2.0 - 10, y, "turn");
      }
      svg.box(x, y, LANE - 20, height, turn.ends ? "event" : "event stopped");
      svg.text(x + 8, y + 18, "code", Svg.cut(turn.steps, 21));
      svg.text(x + 8, y + 18 + LINE, "small", Svg.cut(turn.end, 26));
      for (int i = 0; i < turn.source.size(); i++) {
        svg.text(
            lanes.size() * LANE + 10,
            y + 18 + i * LINE,
            "code source",
            Svg.cut(turn.source.get(i), 56));
      }
      fromX = x + LANE / 2.0 - 10;
      fromY = y + height;
      y += height + 14;
    }
    for (int i = 0; i < lanes.size(); i++) {
      svg.text(i * LANE + 10, 22, "lane-name", Svg.cut(lanes.get(i), 22));
    }
    return svg.drawn(width, y, "The turns of " + String.join(", ", lanes));
  }
}
