package workbook.proof.tests;

import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 08. */
class TestsProofTest extends ModuleProof {

  TestsProofTest() {
    super(
        WorkbookModule.TESTS,
        right("TaskQueueTests", NestedQueueTests.class),
        right("TaskQueueTests", ScriptedQueueTests.class),
        right("TimedServiceTests", NestedServiceTests.class),
        right("TimedServiceTests", ServiceTimelineTests.class),
        right("RaceTests", NestedRaceTests.class),
        right("RaceTests", ModelledRaceTests.class));
  }
}
