package workbook.shutdown;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a host until a signal, an exit or its own end, and says with what code to exit. */
public final class ShutdownSignal implements HostRunner {

  private static final Logger log = LoggerFactory.getLogger(ShutdownSignal.class);

  private final HostProcess process;

  /**
   * A runner.
   *
   * @param process how it hears that it should end
   */
  public ShutdownSignal(HostProcess process) {
    this.process = Objects.requireNonNull(process, "process");
  }

  // region run
  @Override
  public int run(ServiceHost host) throws InterruptedException {
    Objects.requireNonNull(host, "host");
    var asked = new AtomicBoolean();
    process.onStopSignal(
        signal -> {
          if (asked.compareAndSet(false, true)) {
            log.info("{}: stopping; a second signal ends the process at once", signal);
            host.requestStop();
          } else {
            log.warn("{} again: the process ends at once", signal);
            process.halt(signal.exitCode());
          }
        });
    process.onExit(() -> stopAndWait(host));
    return startAndWait(host);
  }

  // endregion

  private static int startAndWait(ServiceHost host) throws InterruptedException {
    try {
      host.start();
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      log.error("the host did not start", e);
      return 1;
    }
    try {
      // of a dependent stage get throws an ExecutionException also where the cause is a
      // cancellation
      host.completion().thenRun(() -> {}).toCompletableFuture().get();
      log.info("the host has stopped");
      return 0;
    } catch (ExecutionException e) {
      log.error("the host failed", e.getCause());
      return 1;
    }
  }

  /** Somebody has called exit. The host's deadline bounds the wait; its failure has been logged. */
  private static void stopAndWait(ServiceHost host) {
    host.requestStop();
    host.completion().handle((_, _) -> null).toCompletableFuture().join();
  }
}
