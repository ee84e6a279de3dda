package workbook.proof.shutdown;

import java.util.Map;
import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the stop, the signals and the whole program, in module 04. */
class ShutdownProofTest extends ModuleProof {

  ShutdownProofTest() {
    super(
        WorkbookModule.SHUTDOWN,
        Set.of("OrderlyStop", "ShutdownSignal", "Program"),
        right("OrderlyStop", FutureStop.class),
        right("OrderlyStop", RecursiveStop.class),
        right("OrderlyStop", WorkerStop.class),
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
