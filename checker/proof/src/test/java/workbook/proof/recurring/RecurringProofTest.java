package workbook.proof.recurring;

import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 06. */
class RecurringProofTest extends ModuleProof {

  RecurringProofTest() {
    super(
        WorkbookModule.RECURRING,
        right("CivilCron", HandMadeCron.class),
        right("CivilCron", PatternCron.class),
        right("DbRecurringJobs", JdbcRecurringJobs.class),
        right("DbRecurringJobs", PlatformThreadJobs.class),
        right("DailyCleanup", SelectingCleanup.class),
        right("DailyCleanup", CountingCleanup.class),
        right("DailyCleanup", OldestFirstCleanup.class));
  }
}
