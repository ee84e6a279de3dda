package workbook.proof.shutdown;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the host, in module 04. */
class HostProofTest extends ModuleProof {

  HostProofTest() {
    super(
        WorkbookModule.SHUTDOWN,
        Set.of("Host"),
        right("Host", LatchHost.class),
        right("Host", AtomicHost.class),
        right("Host", EventLoopHost.class),
        right("Host", OneThreadHost.class));
  }
}
