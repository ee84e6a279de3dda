package workbook.proof.shutdown;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;
import workbook.shutdown.ServiceHost;

/** A runner that counts signals and waits at a latch, which the end of the host opens. */
public final class CountingSignal implements HostRunner {

  private static final Logger log = LoggerFactory.getLogger(CountingSignal.class);

  private final HostProcess process;

  /** See {@link HostRunner}. */
  public CountingSignal(HostProcess process) {
    this.process = Objects.requireNonNull(process, "process");
  }

  @Override
  public int run(ServiceHost host) throws InterruptedException {
    Objects.requireNonNull(host, "host");
    var signals = new AtomicInteger();
    var ended = new CountDownLatch(1);
    var failure = new AtomicReference<Throwable>();
    process.onExit(
        () -> {
          host.requestStop();
          awaitQuietly(ended);
        });
    process.onStopSignal(
        signal -> {
          if (signals.incrementAndGet() > 1) {
            process.halt(signal.exitCode());
          }
          host.requestStop();
        });
    try {
      host.start();
    } catch (Exception | Error e) {
      log.error("no start", e);
      ended.countDown();
      return 1;
    }
    host.completion()
        .whenComplete(
            (_, thrown) -> {
              failure.set(thrown);
              ended.countDown();
            });
    ended.await();
    var thrown = failure.get();
    if (thrown == null) {
      return 0;
    }
    log.error("the host", thrown instanceof CompletionException e ? e.getCause() : thrown);
    return 1;
  }

  private static void awaitQuietly(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
