package workbook.problems;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** What a scheduler library makes of half past two in the nights when the clocks are changed. */
final class LibraryAlone {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** 02:10, for the second time. */
  private static final Instant IN_BETWEEN = Instant.parse("2030-10-27T01:10:00Z");

  private LibraryAlone() {}

  static void main() {
    spring().forEach(due -> System.out.println("due " + due));
    System.out.println("after a run until " + IN_BETWEEN.atZone(BERLIN));
    System.out.println("due " + autumn());
  }

  static List<ZonedDateTime> spring() {
    var found = new ArrayList<ZonedDateTime>();
    // region spring
    var daily = new CronSchedule("0 30 2 ? * *", BERLIN);
    var due = Instant.parse("2030-03-29T12:00:00Z");
    for (int n = 0; n < 3; n++) {
      due = next(daily, due);
      found.add(due.atZone(BERLIN));
    }
    // endregion
    return found;
  }

  static ZonedDateTime autumn() {
    return next(new CronSchedule("0 30 2 ? * *", BERLIN), IN_BETWEEN).atZone(BERLIN);
  }

  private static Instant next(CronSchedule schedule, Instant after) {
    return schedule.getNextExecutionTime(ExecutionComplete.simulatedSuccess(after));
  }
}
