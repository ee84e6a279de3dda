package workbook.proof.shutdown;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;
import workbook.shutdown.ServiceHost;
import workbook.shutdown.StopSignal;

/** Hears of signals and exits from its own making on, and keeps them for the host to come. */
public final class EarlySignal implements HostRunner {

  private static final Logger log = LoggerFactory.getLogger(EarlySignal.class);

  private final HostProcess process;
  private @Nullable ServiceHost host; // these three guarded by this
  private int signals;
  private boolean exiting;

  /** See {@link HostRunner}. */
  public EarlySignal(HostProcess process) {
    if (process == null) {
      throw new IllegalArgumentException("nothing to hear signals from");
    }
    this.process = process;
    process.onStopSignal(this::signal);
    process.onExit(this::exit);
  }

  private void signal(StopSignal signal) {
    ServiceHost running;
    synchronized (this) {
      signals++;
      if (signals > 1) {
        process.halt(signal.exitCode());
        return;
      }
      running = host;
    }
    log.warn("{} has come", signal);
    if (running != null) {
      running.requestStop();
    }
  }

  private void exit() {
    ServiceHost running;
    synchronized (this) {
      exiting = true;
      running = host;
    }
    if (running == null) {
      return;
    }
    running.requestStop();
    try {
      running.completion().toCompletableFuture().join();
    } catch (CompletionException e) {
      log.debug("run says so, too", e);
    }
  }

  @Override
  public int run(ServiceHost toRun) throws InterruptedException {
    Objects.requireNonNull(toRun);
    boolean stop;
    synchronized (this) {
      host = toRun;
      stop = signals > 0 || exiting;
    }
    if (stop) {
      toRun.requestStop();
    }
    try {
      toRun.start();
    } catch (Exception | Error e) {
      log.error("no start", e);
      return 1;
    }
    var ended = new CountDownLatch(1);
    var failure = new AtomicReference<@Nullable Throwable>();
    toRun
        .completion()
        .whenComplete(
            (_, thrown) -> {
              failure.set(thrown);
              ended.countDown();
            });
    ended.await();
    if (failure.get() == null) {
      return 0;
    }
    log.error("a bad end", failure.get());
    return 1;
  }
}
