package workbook.proof.recurring;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/**
 * Proves the rules of module 06, but for those of the scheduler, see {@link SchedulerProofTest}.
 */
class RecurringProofTest extends ModuleProof {

  RecurringProofTest() {
    super(
        WorkbookModule.RECURRING,
        Set.of("CivilCron", "DailyCleanup"),
        right("CivilCron", HandMadeCron.class),
        right("CivilCron", PatternCron.class),
        right("DailyCleanup", SelectingCleanup.class),
        right("DailyCleanup", CountingCleanup.class),
        right("DailyCleanup", OldestFirstCleanup.class));
  }
}
