package workbook.proof.recurring;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the scheduler, in module 06. */
class SchedulerProofTest extends ModuleProof {

  SchedulerProofTest() {
    super(
        WorkbookModule.RECURRING,
        Set.of("DbRecurringJobs"),
        right("DbRecurringJobs", JdbcRecurringJobs.class),
        right("DbRecurringJobs", PlatformThreadJobs.class));
  }
}
