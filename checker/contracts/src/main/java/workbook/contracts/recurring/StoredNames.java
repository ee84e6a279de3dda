package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.AT_THREE;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workbook.checker.Trial;
import workbook.hosting.Work;

/** What a scheduler gives to the database comes back as it was. */
final class StoredNames {

  private static final List<String> NAMES =
      List.of(
          "line\nbreak\r\n\n",
          "tab\t and | ; , = % _ \\ / \\n",
          "it's \"quoted\" {x}",
          " blanks ",
          " blanks",
          "Report of the Night",
          "report of the night",
          "na\u00efve \u65e5\u672c\u8a9e \ud83d\ude42 \u0663",
          "x".repeat(99) + "a",
          "x".repeat(99) + "b",
          "x".repeat(100) + "a",
          "x".repeat(100) + "b");

  private static final List<String> TEXTS = List.of(AT_THREE, "  0\t0 3 ? *\n*  ", "0 00 03 ? * *");

  private static final List<ZoneId> ZONES =
      List.of(
          UTC, ZoneId.of("Asia/Kolkata"), ZoneOffset.ofHoursMinutes(-3, -30), ZoneId.of("GMT+3"));

  private StoredNames() {}

  static void comeBack(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("ids and jobs with all sorts of characters, and with 100 and 101 of them");
    var bench = new SchedulerBench(trial, page);
    for (var name : NAMES) {
      Map<String, Work> alone = Map.of(name, _ -> {});
      Runnable make = () -> page.create("a", bench.database, alone, bench.options(), bench.clock);
      if (isTaken(trial, name, make)) {
        bench.job(name, _ -> {});
      }
    }
    var first = bench.make("a");
    var due = new LinkedHashMap<String, Optional<Instant>>();
    for (int n = 0; n < NAMES.size(); n++) {
      var name = NAMES.get(n);
      var cron = TEXTS.get(n % TEXTS.size());
      var zone = ZONES.get(n % ZONES.size());
      Runnable add = () -> first.addOrUpdate(name, name, cron, zone);
      if (isTaken(trial, name, add)) {
        due.put(name, first.nextRun(name));
      } else if (isTaken(trial, name, () -> first.addOrUpdate(name, name, AT_THREE, zone))) {
        due.put(name, first.nextRun(name)); // it was the text that was refused
      }
    }
    var second = bench.start("b");
    for (var kept : due.entrySet()) {
      var name = kept.getKey();
      var shown = shown(name);
      trial.expect(shown + " is due as it was added", second.nextRun(name), kept.getValue());
      trial.expectReturn(
          shown + " can be triggered",
          () -> {
            second.trigger(name);
            return "normally";
          });
      bench.expectRuns(shown + " runs once when it is triggered", name, 1);
      bench.expectNext(
          shown + " is due as before", second, name, kept.getValue().orElse(Instant.EPOCH));
    }
    for (var name : due.keySet()) {
      trial.expect("remove returns true for " + shown(name), second.remove(name), true);
    }
    trial.expectThat(
        "an id of letters and blanks is accepted",
        due.containsKey("report of the night") && due.containsKey("Report of the Night"),
        "it is refused");
  }

  private static String shown(String name) {
    var text = name.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    return name.length() < 100
        ? "'" + text + "'"
        : "'%s…%s' (%d characters)".formatted(text.charAt(0), name.substring(99), name.length());
  }

  /** Whether a name is accepted; if not, the refusal must name what it refuses. */
  private static boolean isTaken(Trial trial, String name, Runnable call) {
    try {
      call.run();
      return true;
    } catch (RuntimeException e) {
      var message = String.valueOf(e.getMessage());
      trial.expectThat(
          shown(name) + " is accepted, or refused with a message that names it",
          message.contains(name) || TEXTS.stream().anyMatch(message::contains),
          Trial.describe(e) + " was thrown");
      return false;
    }
  }
}
