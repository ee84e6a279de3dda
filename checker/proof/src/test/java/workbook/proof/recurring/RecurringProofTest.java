package workbook.proof.recurring;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of due times and of the cleanup, in module 06. */
class RecurringProofTest extends ModuleProof {

  RecurringProofTest() {
    super(
        WorkbookModule.RECURRING,
        Set.of("CivilCron", "DailyCleanup"),
        right("CivilCron", HandMadeCron.class),
        right("CivilCron", PatternCron.class),
        right("CivilCron", TimeTableCron.class),
        right("DailyCleanup", SelectingCleanup.class),
        right("DailyCleanup", CountingCleanup.class),
        right("DailyCleanup", OldestFirstCleanup.class));
  }
}
