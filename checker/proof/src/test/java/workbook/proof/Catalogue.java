package workbook.proof;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import workbook.proof.Broken.Right;
import workbook.proof.queue.BrokenAnswers;
import workbook.proof.queue.BrokenBoundedTaskQueues;
import workbook.proof.queue.BrokenJobsHandlers;
import workbook.proof.queue.BrokenQueuedServices;
import workbook.proof.queue.RightJobsHandlers;
import workbook.proof.queue.RightQueues;
import workbook.proof.recurring.BrokenCivilCrons;
import workbook.proof.recurring.BrokenDailyCleanups;
import workbook.proof.recurring.BrokenDbRecurringJobs;
import workbook.proof.recurring.RightRecurring;
import workbook.proof.timed.BrokenFixedDelayTimers;
import workbook.proof.timed.BrokenPeriodicTimers;
import workbook.proof.timed.BrokenTimedServices;
import workbook.proof.timed.RightOnes;

/** Everything that is tried: one line for each table. */
final class Catalogue {

  /** Rule numbers as a reader counts: 1.9 before 1.10. */
  static final Comparator<String> BY_NUMBER =
      Comparator.<String>comparingInt(number -> part(number, 0))
          .thenComparingInt(number -> part(number, 1));

  private Catalogue() {}

  static List<Broken> broken() {
    return Stream.of(
            BrokenPeriodicTimers.ALL, //
            BrokenFixedDelayTimers.ALL,
            BrokenTimedServices.ALL,
            BrokenBoundedTaskQueues.ALL,
            BrokenQueuedServices.ALL,
            BrokenJobsHandlers.ALL,
            BrokenAnswers.ALL,
            BrokenCivilCrons.ALL,
            BrokenDbRecurringJobs.ALL,
            BrokenDailyCleanups.ALL)
        .flatMap(List::stream)
        .toList();
  }

  static List<Right> right() {
    return Stream.of(RightOnes.ALL, RightQueues.ALL, RightJobsHandlers.ALL, RightRecurring.ALL)
        .flatMap(List::stream)
        .toList();
  }

  private static int part(String number, int index) {
    return Integer.parseInt(number.split("\\.")[index]);
  }
}
