package workbook.proof.shutdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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

/** A host without a lock: each move from one phase to the next is one compare-and-set. */
public final class AtomicHost implements ServiceHost {

  private static final Logger log = LoggerFactory.getLogger(AtomicHost.class);

  private enum Phase {
    NEW,
    ENDED_BEFORE_START,
    STARTING,
    STARTING_TO_STOP, // a stop was asked for during the start
    RUNNING,
    STOPPING,
    REFUSED // start after an early end was called
  }

  private final List<HostedService> services;
  private final List<LifecycleListener> listeners;
  private final HostOptions options;
  private final StopSequence stopping;
  private final TimeSource time;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
  private final List<HostedService> started = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();

  /** See {@link ServiceHost}. */
  public AtomicHost(
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
    for (int i = 0; i < this.services.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (this.services.get(i) == this.services.get(j)) {
          throw new IllegalArgumentException(this.services.get(i).name() + " is there twice");
        }
      }
    }
  }

  @Override
  public void start() throws Exception {
    if (!phase.compareAndSet(Phase.NEW, Phase.STARTING)) {
      if (phase.compareAndSet(Phase.ENDED_BEFORE_START, Phase.REFUSED)) {
        return;
      }
      throw new IllegalStateException("a host is started once");
    }
    for (int i = 0; i < services.size() && phase.get() == Phase.STARTING; i++) {
      try {
        services.get(i).start();
      } catch (Throwable cause) {
        phase.set(Phase.STOPPING);
        faults.add(cause);
        stopNow();
        throw cause;
      }
      started.add(services.get(i));
      watch(services.get(i));
    }
    if (phase.get() == Phase.STARTING) {
      tell(LifecycleListener::started);
    }
    if (!phase.compareAndSet(Phase.STARTING, Phase.RUNNING)) {
      phase.set(Phase.STOPPING);
      stopOnOwnThread();
    }
  }

  private void watch(HostedService service) {
    service
        .completion()
        .handle(
            (_, thrown) -> {
              var cause = thrown;
              if (cause instanceof CompletionException wrapped && wrapped.getCause() != null) {
                cause = wrapped.getCause();
              }
              if (cause != null && !(isStopping() && cause instanceof CancellationException)) {
                log.error("{} crashed", service.name(), cause);
                if (options.onCrash() == CrashPolicy.STOP_HOST) {
                  faults.add(cause);
                  requestStop();
                }
              }
              return null;
            });
  }

  private boolean isStopping() {
    return phase.get() == Phase.STOPPING || phase.get() == Phase.STARTING_TO_STOP;
  }

  @Override
  public void requestStop() {
    while (true) {
      switch (phase.get()) {
        case NEW -> {
          if (phase.compareAndSet(Phase.NEW, Phase.ENDED_BEFORE_START)) {
            completion.complete(null);
            return;
          }
        }
        case STARTING -> {
          if (phase.compareAndSet(Phase.STARTING, Phase.STARTING_TO_STOP)) {
            return;
          }
        }
        case RUNNING -> {
          if (phase.compareAndSet(Phase.RUNNING, Phase.STOPPING)) {
            stopOnOwnThread();
            return;
          }
        }
        default -> {
          return;
        }
      }
    }
  }

  private void stopOnOwnThread() {
    Thread.ofPlatform().name("host stop").start(this::stopNow);
  }

  private void stopNow() {
    tell(LifecycleListener::stopping);
    try {
      stopping.stop(started, Deadline.after(options.stopWithin(), time));
    } catch (Throwable e) {
      faults.add(e);
    }
    tell(LifecycleListener::stopped);
    var all = new ArrayList<>(faults);
    if (all.isEmpty()) {
      completion.complete(null);
      return;
    }
    var first = all.removeFirst();
    all.stream().filter(other -> other != first).forEach(first::addSuppressed);
    completion.completeExceptionally(first);
  }

  private void tell(Consumer<LifecycleListener> event) {
    listeners.forEach(
        listener -> {
          try {
            event.accept(listener);
          } catch (Throwable e) {
            log.error("listener {} failed", listener, e);
          }
        });
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion.copy();
  }
}
