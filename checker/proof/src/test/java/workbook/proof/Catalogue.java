package workbook.proof;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import workbook.proof.Broken.Right;
import workbook.proof.Broken.Table;
import workbook.proof.queue.BrokenAnswers;
import workbook.proof.queue.BrokenBoundedTaskQueues;
import workbook.proof.queue.BrokenJobsHandlers;
import workbook.proof.queue.BrokenQueuedServices;
import workbook.proof.queue.RightJobsHandlers;
import workbook.proof.queue.RightQueues;
import workbook.proof.shutdown.BrokenHosts;
import workbook.proof.shutdown.BrokenOrderlyStops;
import workbook.proof.shutdown.BrokenPrograms;
import workbook.proof.shutdown.BrokenShutdownSignals;
import workbook.proof.shutdown.RightHosts;
import workbook.proof.timed.BrokenFixedDelayTimers;
import workbook.proof.timed.BrokenPeriodicTimers;
import workbook.proof.timed.BrokenTimedServices;
import workbook.proof.timed.RightOnes;

/**
 * Everything that is tried: one line for each table. {@code -Dproof.only=Program} leaves the tables
 * of that type, or of several such as {@code Host|Program}.
 */
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
            BrokenOrderlyStops.ALL,
            BrokenHosts.ALL,
            BrokenShutdownSignals.ALL,
            BrokenPrograms.ALL)
        .flatMap(List::stream)
        .filter(broken -> isWanted(broken.table()))
        .toList();
  }

  static List<Right> right() {
    return Stream.of(RightOnes.ALL, RightQueues.ALL, RightJobsHandlers.ALL, RightHosts.ALL)
        .flatMap(List::stream)
        .filter(right -> isWanted(right.table()))
        .toList();
  }

  private static boolean isWanted(Table table) {
    return table.type().matches(System.getProperty("proof.only", ".*"));
  }

  private static int part(String number, int index) {
    return Integer.parseInt(number.split("\\.")[index]);
  }
}
