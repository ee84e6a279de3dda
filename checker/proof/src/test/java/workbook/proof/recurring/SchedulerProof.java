package workbook.proof.recurring;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the scheduler, in module 06. They wait much: three share them out. */
abstract class SchedulerProof extends ModuleProof {

  SchedulerProof(Share share) {
    super(
        WorkbookModule.RECURRING,
        Set.of("DbRecurringJobs"),
        share,
        right("DbRecurringJobs", JdbcRecurringJobs.class),
        right("DbRecurringJobs", PlatformThreadJobs.class));
  }
}
