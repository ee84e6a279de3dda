package workbook.proof.recurring;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;

/** What a scheduler library makes of half past two in the nights when the clocks are changed. */
final class LibraryAlone {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private LibraryAlone() {}

  static void main() {
    // region spring
    var daily = new CronSchedule("0 30 2 ? * *", BERLIN);
    var due = Instant.parse("2030-03-29T12:00:00Z");
    for (int n = 0; n < 3; n++) {
      due = next(daily, due);
      System.out.println("due " + due.atZone(BERLIN));
    }
    // endregion
    var inBetween = Instant.parse("2030-10-27T01:10:00Z"); // 02:10, for the second time
    System.out.println("after a run until " + inBetween.atZone(BERLIN));
    System.out.println("due " + next(daily, inBetween).atZone(BERLIN));
  }

  private static Instant next(CronSchedule schedule, Instant after) {
    return schedule.getNextExecutionTime(ExecutionComplete.simulatedSuccess(after));
  }
}
