package workbook.proof.shutdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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

/** A host whose one thread does everything, one thing after the other. */
public final class EventLoopHost implements ServiceHost {

  private static final Logger log = LoggerFactory.getLogger(EventLoopHost.class);

  private final List<HostedService> services;
  private final List<LifecycleListener> listeners;
  private final HostOptions options;
  private final StopSequence stopping;
  private final TimeSource time;
  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("loop").factory());
  private final AtomicBoolean startCalled = new AtomicBoolean();
  private volatile boolean asked;
  private volatile @Nullable Throwable fault; // written under this
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final List<HostedService> started = new ArrayList<>(); // these two are the loop's
  private boolean ended;

  /** See {@link ServiceHost}. */
  public EventLoopHost(
      List<? extends HostedService> services,
      List<? extends LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time) {
    this.services = List.copyOf(Objects.requireNonNull(services, "services"));
    this.listeners = List.copyOf(Objects.requireNonNull(listeners, "listeners"));
    this.options = Objects.requireNonNull(options, "options");
    this.stopping = Objects.requireNonNull(stopping, "stopping");
    this.time = Objects.requireNonNull(time, "time");
    for (var service : this.services) {
      if (this.services.stream().filter(other -> other == service).count() > 1) {
        throw new IllegalArgumentException("more than one " + service.name());
      }
    }
  }

  @Override
  public void start() throws Exception {
    if (startCalled.getAndSet(true)) {
      throw new IllegalStateException("start was called before");
    }
    try {
      loop.submit(this::startAll).get();
    } catch (RejectedExecutionException e) {
      log.info("asked to stop before the start");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Error error -> throw error;
        case Exception exception -> throw exception;
        case null, default -> throw e;
      }
    }
  }

  private Void startAll() throws Exception {
    if (ended) {
      return null;
    }
    try {
      for (var service : services) {
        if (!asked) {
          service.start();
          started.add(service);
          service.completion().whenComplete((_, thrown) -> ended(service, thrown));
        }
      }
    } catch (Throwable e) {
      failed(e);
      stopAll();
      throw e;
    }
    if (started.size() == services.size()) {
      listeners.forEach(listener -> safely(listener::started));
    }
    return null;
  }

  private void ended(HostedService service, Throwable thrown) {
    var cause = thrown instanceof CompletionException e ? e.getCause() : thrown;
    if (cause == null || (asked && cause instanceof CancellationException)) {
      return;
    }
    log.warn("'{}' failed", service.name(), cause);
    if (options.onCrash() == CrashPolicy.STOP_HOST) {
      failed(cause);
      requestStop();
    }
  }

  private synchronized void failed(Throwable cause) {
    if (fault == null) {
      fault = cause;
    } else if (fault != cause) {
      fault.addSuppressed(cause);
    }
  }

  @Override
  public void requestStop() {
    asked = true;
    try {
      loop.execute(this::stopAll);
    } catch (RejectedExecutionException e) {
      log.debug("the host has ended already");
    }
  }

  private void stopAll() {
    if (ended) {
      return;
    }
    ended = true;
    listeners.forEach(listener -> safely(listener::stopping));
    try {
      stopping.stop(started, Deadline.after(options.stopWithin(), time));
    } catch (Throwable e) {
      failed(e);
    }
    listeners.forEach(listener -> safely(listener::stopped));
    loop.shutdown();
    if (fault == null) {
      end.complete(null);
    } else {
      end.completeExceptionally(fault);
    }
  }

  private static void safely(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      log.error("a listener", e);
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return end.minimalCompletionStage();
  }
}
