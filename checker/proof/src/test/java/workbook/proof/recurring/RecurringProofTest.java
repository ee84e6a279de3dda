package workbook.proof.recurring;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 06. */
class RecurringProofTest extends ModuleProof {

  RecurringProofTest() {
    super(
        WorkbookModule.RECURRING,
        List.of(RightRecurring.ALL),
        List.of(BrokenCivilCrons.ALL, BrokenDbRecurringJobs.ALL, BrokenDailyCleanups.ALL));
  }
}
