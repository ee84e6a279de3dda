package workbook.proof.shutdown;

import java.util.List;
import java.util.Map;
import workbook.proof.Broken.Right;

/** Right implementations of module 04, each built in another way. */
public final class RightHosts {

  /** The table. */
  public static final List<Right> ALL =
      List.of(
          BrokenOrderlyStops.STOP.reference(),
          BrokenOrderlyStops.STOP.right(FutureStop.class),
          BrokenOrderlyStops.STOP.right(RecursiveStop.class),
          BrokenOrderlyStops.STOP.right(WorkerStop.class),
          BrokenHosts.HOST.reference(),
          BrokenHosts.HOST.right(LatchHost.class),
          BrokenHosts.HOST.right(AtomicHost.class),
          BrokenHosts.HOST.right(EventLoopHost.class),
          BrokenHosts.HOST.right(OneThreadHost.class),
          BrokenShutdownSignals.SIGNAL.reference(),
          BrokenShutdownSignals.SIGNAL.right(CountingSignal.class),
          BrokenShutdownSignals.SIGNAL.right(FutureSignal.class),
          BrokenShutdownSignals.SIGNAL.right(EarlySignal.class),
          BrokenPrograms.PROGRAM.reference(),
          BrokenPrograms.PROGRAM.right(
              "with latches",
              Map.of(
                  "OrderlyStop", FutureStop.class,
                  "Host", LatchHost.class,
                  "ShutdownSignal", CountingSignal.class)),
          BrokenPrograms.PROGRAM.right(
              "with atomics and futures",
              Map.of(
                  "OrderlyStop", RecursiveStop.class,
                  "Host", AtomicHost.class,
                  "ShutdownSignal", FutureSignal.class)),
          BrokenPrograms.PROGRAM.right(
              "with as few threads as can be",
              Map.of(
                  "OrderlyStop", WorkerStop.class,
                  "Host", OneThreadHost.class,
                  "ShutdownSignal", EarlySignal.class)));

  private RightHosts() {}
}
