package workbook.proof.shutdown;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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

/**
 * One thread lives the host's whole life, starts included; start only waits for it. Its completion
 * is the future itself; listeners hear nothing of a host that was never running.
 */
public final class OneThreadHost implements ServiceHost {

  private static final Logger log = LoggerFactory.getLogger(OneThreadHost.class);

  private final List<HostedService> services;
  private final List<LifecycleListener> listeners;
  private final HostOptions options;
  private final StopSequence stopping;
  private final TimeSource time;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Lock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final List<Throwable> crashes = new ArrayList<>(); // these five guarded by lock
  private boolean startCalled;
  private boolean startOver;
  private boolean stopAsked;
  private @Nullable Throwable startFailure;

  /** See {@link ServiceHost}. */
  public OneThreadHost(
      List<? extends HostedService> services,
      List<? extends LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time) {
    this.services = List.copyOf(services);
    this.listeners = List.copyOf(listeners);
    if (options == null || stopping == null || time == null) {
      throw new IllegalArgumentException();
    }
    this.options = options;
    this.stopping = stopping;
    this.time = time;
    for (var service : services) {
      if (services.stream().filter(each -> each == service).count() > 1) {
        throw new IllegalArgumentException(service.name());
      }
    }
  }

  @Override
  public void start() throws Exception {
    Throwable failure;
    lock.lock();
    try {
      if (startCalled) {
        throw new IllegalStateException();
      }
      startCalled = true;
      if (stopAsked) {
        return;
      }
      Thread.ofVirtual().start(this::live);
      while (!startOver) {
        change.awaitUninterruptibly();
      }
      failure = startFailure;
    } finally {
      lock.unlock();
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof Exception exception) {
      throw exception;
    }
  }

  private void live() {
    var running = new ArrayList<HostedService>();
    Throwable failure = null;
    for (var service : services) {
      if (isStopAsked()) {
        break;
      }
      try {
        service.start();
        running.add(service);
        service.completion().whenComplete((_, thrown) -> ended(service, thrown));
      } catch (Throwable e) {
        failure = e;
        break;
      }
    }
    boolean wasRunning = failure == null && running.size() == services.size();
    if (wasRunning) {
      tell(LifecycleListener::started);
    }
    if (failure == null) {
      startIsOver(null);
      awaitRequest();
    }
    stop(running, wasRunning, failure);
    if (failure != null) {
      startIsOver(failure);
    }
  }

  private void stop(List<HostedService> running, boolean wasRunning, @Nullable Throwable failure) {
    if (wasRunning) {
      tell(LifecycleListener::stopping);
    }
    Throwable later = null;
    try {
      stopping.stop(running, Deadline.after(options.stopWithin(), time));
    } catch (Throwable e) {
      later = e;
    }
    if (wasRunning) {
      tell(LifecycleListener::stopped);
    }
    complete(failure, later);
  }

  private void complete(@Nullable Throwable failure, @Nullable Throwable later) {
    var all = new ArrayList<Throwable>();
    if (failure != null) {
      all.add(failure);
    }
    lock.lock();
    try {
      all.addAll(crashes);
    } finally {
      lock.unlock();
    }
    if (later != null) {
      all.add(later);
    }
    if (all.isEmpty()) {
      end.complete(null);
      return;
    }
    var first = all.getFirst();
    all.stream().filter(each -> each != first).distinct().forEach(first::addSuppressed);
    end.completeExceptionally(first);
  }

  private void startIsOver(@Nullable Throwable failure) {
    lock.lock();
    try {
      startFailure = failure;
      startOver = true;
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopAsked() {
    lock.lock();
    try {
      return stopAsked;
    } finally {
      lock.unlock();
    }
  }

  private void awaitRequest() {
    lock.lock();
    try {
      while (!stopAsked) {
        change.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void ended(HostedService service, @Nullable Throwable thrown) {
    if (thrown == null) {
      return;
    }
    var cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof CancellationException && isStopAsked()) {
      return;
    }
    log.warn("{} is down", service.name(), cause);
    if (options.onCrash() == CrashPolicy.STOP_HOST) {
      lock.lock();
      try {
        crashes.add(cause);
      } finally {
        lock.unlock();
      }
      requestStop();
    }
  }

  @Override
  public void requestStop() {
    lock.lock();
    try {
      stopAsked = true;
      if (!startCalled) {
        end.complete(null);
      }
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return end;
  }

  private void tell(Consumer<LifecycleListener> event) {
    for (var listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable e) {
        log.warn("a guest misbehaves", e);
      }
    }
  }
}
