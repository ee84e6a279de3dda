package workbook.proof.shutdown;

import java.util.Map;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 04. */
class ShutdownProofTest extends ModuleProof {

  ShutdownProofTest() {
    super(
        WorkbookModule.SHUTDOWN,
        right("OrderlyStop", FutureStop.class),
        right("OrderlyStop", RecursiveStop.class),
        right("OrderlyStop", WorkerStop.class),
        right("Host", LatchHost.class),
        right("Host", AtomicHost.class),
        right("Host", EventLoopHost.class),
        right("Host", OneThreadHost.class),
        right("ShutdownSignal", CountingSignal.class),
        right("ShutdownSignal", FutureSignal.class),
        right("ShutdownSignal", EarlySignal.class),
        right(
            "Program",
            "with latches",
            Map.of(
                "OrderlyStop", FutureStop.class,
                "Host", LatchHost.class,
                "ShutdownSignal", CountingSignal.class)),
        right(
            "Program",
            "with atomics and futures",
            Map.of(
                "OrderlyStop", RecursiveStop.class,
                "Host", AtomicHost.class,
                "ShutdownSignal", FutureSignal.class)),
        right(
            "Program",
            "with as few threads as can be",
            Map.of(
                "OrderlyStop", WorkerStop.class,
                "Host", OneThreadHost.class,
                "ShutdownSignal", EarlySignal.class)));
  }
}
