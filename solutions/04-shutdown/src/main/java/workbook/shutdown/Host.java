package workbook.shutdown;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;

/** Starts services in order, watches them, and stops them in reverse when asked to. */
public final class Host implements ServiceHost {

  private static final Logger log = LoggerFactory.getLogger(Host.class);

  private enum State {
    NEW,
    STARTING,
    RUNNING,
    STOPPING
  }

  // The states go by in this order. Whoever moves the host on to STOPPING begins the one stop that
  // there is. While it is STARTING nobody does, so start alone decides what comes after it.
  private final List<HostedService> services;
  private final List<LifecycleListener> listeners;
  private final HostOptions options;
  private final StopSequence stopping;
  private final TimeSource time;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final List<HostedService> started = new ArrayList<>(); // start's, and then the stop's
  private State state = State.NEW; // these four guarded by this
  private boolean startCalled;
  private boolean stopRequested;
  private @Nullable Throwable fault;

  /**
   * A host that has not been started.
   *
   * @param services what it runs, in the order in which they are started
   * @param listeners who hears of its life
   * @param options how it behaves
   * @param stopping how services are stopped
   * @param time in which the deadline is counted
   * @throws IllegalArgumentException if a service is listed twice; the message names it
   */
  public Host(
      List<? extends HostedService> services,
      List<? extends LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time) {
    this.services = eachOnce(Objects.requireNonNull(services, "services"));
    this.listeners = List.copyOf(Objects.requireNonNull(listeners, "listeners"));
    this.options = Objects.requireNonNull(options, "options");
    this.stopping = Objects.requireNonNull(stopping, "stopping");
    this.time = Objects.requireNonNull(time, "time");
  }

  private static List<HostedService> eachOnce(List<? extends HostedService> services) {
    var seen = Collections.newSetFromMap(new IdentityHashMap<HostedService, Boolean>());
    for (var service : services) {
      if (!seen.add(service)) {
        throw new IllegalArgumentException(
            "services holds '" + service.name() + "' twice: a service is started once");
      }
    }
    return List.copyOf(services);
  }

  // region start
  @Override
  public void start() throws Exception {
    if (!beginStart()) {
      return;
    }
    try {
      for (var service : services) {
        if (isStopRequested()) {
          break;
        }
        service.start();
        started.add(service);
        watch(service);
      }
    } catch (Throwable e) {
      addFault(e);
      stopServices();
      throw e;
    }
    if (started.size() == services.size()) {
      tell("started", LifecycleListener::started);
    }
    endStart();
  }

  // endregion

  private synchronized boolean beginStart() {
    if (startCalled) {
      throw new IllegalStateException("the host was already started: a new one is needed");
    }
    startCalled = true;
    if (stopRequested) {
      return false;
    }
    state = State.STARTING;
    return true;
  }

  private synchronized void endStart() {
    state = State.RUNNING;
    if (stopRequested) {
      beginStop();
    }
  }

  private synchronized boolean isStopRequested() {
    return stopRequested;
  }

  // region request
  @Override
  public synchronized void requestStop() {
    stopRequested = true;
    if (state == State.NEW || state == State.RUNNING) {
      beginStop();
    }
  }

  private void beginStop() {
    state = State.STOPPING;
    Thread.ofVirtual().name("host").start(this::stopServices);
  }

  // endregion

  @Override
  public CompletionStage<Void> completion() {
    return completion.minimalCompletionStage();
  }

  private void stopServices() {
    tell("stopping", LifecycleListener::stopping);
    try {
      stopping.stop(List.copyOf(started), Deadline.after(options.stopWithin(), time));
    } catch (Throwable e) {
      addFault(e);
    }
    tell("stopped", LifecycleListener::stopped);
    end();
  }

  private void end() {
    Throwable failure;
    synchronized (this) {
      failure = fault;
    }
    if (failure == null) {
      completion.complete(null);
    } else {
      completion.completeExceptionally(failure);
    }
  }

  // region watch
  private void watch(HostedService service) {
    service
        .completion()
        .whenComplete(
            (_, thrown) -> {
              if (thrown != null) {
                failed(service, causeOf(thrown));
              }
            });
  }

  private void failed(HostedService service, Throwable cause) {
    if (isStopRequested() && isCancellation(cause)) {
      return;
    }
    log.error("the work of service '{}' failed", service.name(), cause);
    if (options.onCrash() == CrashPolicy.STOP_HOST) {
      addFault(cause);
      requestStop();
    }
  }

  // endregion

  /** Stages that depend on another wrap its failure. */
  private static Throwable causeOf(Throwable thrown) {
    var cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? cause : thrown;
  }

  private static boolean isCancellation(Throwable cause) {
    return cause instanceof CancellationException || cause instanceof InterruptedException;
  }

  private synchronized void addFault(Throwable cause) {
    if (fault == null) {
      fault = cause;
    } else if (fault != cause) {
      fault.addSuppressed(cause);
    }
  }

  private void tell(String event, Consumer<LifecycleListener> call) {
    for (var listener : listeners) {
      try {
        call.accept(listener);
      } catch (Throwable e) {
        log.error("a listener failed when it was told '{}'; the others are told, too", event, e);
      }
    }
  }
}
