package workbook.proof.shutdown;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.ServiceHost;
import workbook.shutdown.StopSequence;

/** A host whose thread waits at a latch from the start on: a request opens it, and no more. */
public final class LatchHost implements ServiceHost {

  private static final Logger log = LoggerFactory.getLogger(LatchHost.class);

  private final List<HostedService> services;
  private final List<LifecycleListener> listeners;
  private final HostOptions options;
  private final StopSequence stopping;
  private final TimeSource time;
  private final Deque<HostedService> started = new ArrayDeque<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicBoolean startCalled = new AtomicBoolean();
  private final AtomicBoolean claimed = new AtomicBoolean(); // by start, or by an early request
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** See {@link ServiceHost}. */
  public LatchHost(
      List<? extends HostedService> services,
      List<? extends LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time) {
    Objects.requireNonNull(services, "services");
    var seen = new HashSet<HostedService>();
    for (var service : services) {
      if (!seen.add(service)) {
        throw new IllegalArgumentException("registered twice: " + service.name());
      }
    }
    this.services = List.copyOf(services);
    this.listeners = List.copyOf(Objects.requireNonNull(listeners, "listeners"));
    this.options = Objects.requireNonNull(options, "options");
    this.stopping = Objects.requireNonNull(stopping, "stopping");
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public void start() throws Exception {
    if (!startCalled.compareAndSet(false, true)) {
      throw new IllegalStateException("started before");
    }
    if (!claimed.compareAndSet(false, true)) {
      return;
    }
    try {
      for (var service : services) {
        if (asked.getCount() == 0) {
          break;
        }
        service.start();
        started.addLast(service);
        service.completion().exceptionally(thrown -> crashed(service, thrown));
      }
    } catch (Exception | Error e) {
      failed(e);
      stopAll();
      throw e;
    }
    if (started.size() == services.size()) {
      for (var listener : listeners) {
        safely(listener::started);
      }
    }
    Thread.ofVirtual()
        .name("host waits for a stop")
        .start(
            () -> {
              try {
                asked.await();
              } catch (InterruptedException e) {
                log.warn("interrupted by somebody: stopping", e);
              }
              stopAll();
            });
  }

  private Void crashed(HostedService service, Throwable thrown) {
    var cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean wanted = asked.getCount() == 0 && cause instanceof CancellationException;
    if (!wanted) {
      log.warn("{} has failed", service.name(), cause);
      if (options.onCrash() != CrashPolicy.IGNORE) {
        failed(cause);
        asked.countDown();
      }
    }
    return null;
  }

  private void failed(Throwable cause) {
    var first = fault.compareAndExchange(null, cause);
    if (first != null && first != cause) {
      first.addSuppressed(cause);
    }
  }

  @Override
  public void requestStop() {
    asked.countDown();
    if (claimed.compareAndSet(false, true)) {
      end.complete(null);
    }
  }

  private void stopAll() {
    for (var listener : listeners) {
      safely(listener::stopping);
    }
    try {
      stopping.stop(List.copyOf(started), Deadline.after(options.stopWithin(), time));
    } catch (Exception | Error e) {
      failed(e);
    }
    for (var listener : listeners) {
      safely(listener::stopped);
    }
    if (fault.get() == null) {
      end.complete(null);
    } else {
      end.completeExceptionally(fault.get());
    }
  }

  private static void safely(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      log.warn("a listener failed", e);
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return end;
  }
}
