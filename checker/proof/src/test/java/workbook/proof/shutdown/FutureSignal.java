package workbook.proof.shutdown;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;
import workbook.shutdown.ServiceHost;
import workbook.shutdown.StopSignal;

/** A runner whose exit code is a future, and that starts the host on a thread of its own. */
public final class FutureSignal implements HostRunner {

  private static final Logger log = LoggerFactory.getLogger(FutureSignal.class);

  private final HostProcess process;
  private final Set<StopSignal> heard = EnumSet.noneOf(StopSignal.class); // guarded by itself

  /** See {@link HostRunner}. */
  public FutureSignal(HostProcess process) {
    if (process == null) {
      throw new IllegalArgumentException("process must not be null");
    }
    this.process = process;
  }

  @Override
  public int run(ServiceHost host) throws InterruptedException {
    Objects.requireNonNull(host, "host");
    var code = new CompletableFuture<Integer>();
    process.onStopSignal(signal -> hear(signal, host));
    process.onExit(
        () -> {
          host.requestStop();
          code.join();
        });
    Thread.ofVirtual().name("starting").start(() -> startAndWatch(host, code));
    try {
      return code.get();
    } catch (ExecutionException e) {
      throw new AssertionError("it is never completed exceptionally", e);
    }
  }

  private void startAndWatch(ServiceHost host, CompletableFuture<Integer> code) {
    try {
      host.start();
      host.completion().handle((_, thrown) -> code.complete(codeOf(thrown)));
    } catch (Throwable e) {
      code.complete(codeOf(e));
    }
  }

  private static int codeOf(Throwable failure) {
    if (failure == null) {
      log.info("good bye");
      return 0;
    }
    log.error("the host has failed", failure);
    return 1;
  }

  private void hear(StopSignal signal, ServiceHost host) {
    boolean first;
    synchronized (heard) {
      first = heard.isEmpty();
      heard.add(signal);
    }
    if (first) {
      host.requestStop();
    } else {
      process.halt(signal.exitCode());
    }
  }
}
