package workbook.contracts.tests;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/**
 * A service with one fault, at the place where it is made. Each shows in the same way on every run.
 */
final class FaultyService implements HostedService {

  private static final Map<ServiceFault, Subject> ALL =
      Arrays.stream(ServiceFault.values())
          .collect(
              Collectors.toMap(fault -> fault, FaultyService::subject, (a, _) -> a, TreeMap::new));

  private final ServiceFault fault;
  private final ServicePlan plan;
  private final long created;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final ReentrantLock oneStop = new ReentrantLock();
  private volatile CancellationSource stopping = new CancellationSource();
  private @Nullable Thread thread; // guarded by this, like wasStopped
  private boolean wasStopped;

  FaultyService(ServiceFault fault, ServicePlan plan) {
    this.fault = fault;
    this.plan = plan;
    this.created = clock();
  }

  /** Services with this fault. */
  static Subject with(ServiceFault fault) {
    return Objects.requireNonNull(ALL.get(fault));
  }

  /** One kind of services for each fault. */
  static List<Subject> all() {
    return List.copyOf(ALL.values());
  }

  private static Subject subject(ServiceFault fault) {
    return new Subject(
        "a service that " + fault.why(),
        () -> new HandedServices(plan -> new FaultyService(fault, plan)));
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion.minimalCompletionStage();
  }

  @Override
  public synchronized void start() {
    if (thread != null && !startsAgain(thread)) {
      throw new IllegalStateException("service '" + name() + "' was already started");
    }
    long begin = fault == ServiceFault.FROM_ITS_CREATION ? created : clock();
    long first = fault == ServiceFault.FIRST_AT_ONCE ? begin : begin + period();
    thread = Thread.ofVirtual().name(name()).start(() -> run(first));
  }

  private boolean startsAgain(Thread before) {
    if (fault == ServiceFault.STARTS_AGAIN && !before.isAlive()) {
      stopping = new CancellationSource();
      return true;
    }
    return fault == ServiceFault.STARTS_TWICE;
  }

  private long period() {
    return plan.period().toNanos();
  }

  private long clock() {
    return fault == ServiceFault.WALL_CLOCK
        ? TimeUnit.MILLISECONDS.toNanos(plan.time().now().toEpochMilli())
        : plan.now();
  }

  private void run(long first) {
    try {
      long due = first;
      while (waits(due)) {
        long next = nextAfter(due);
        work();
        due =
            switch (fault) {
              case FIXED_DELAY -> clock() + period();
              case DROPS_WHAT_IS_LATE -> nextAfter(due);
              default -> next;
            };
      }
      completion.complete(null);
    } catch (Throwable e) {
      end(e);
    }
  }

  private boolean waits(long due) throws InterruptedException {
    long left = due - clock();
    if (left <= 0 && fault == ServiceFault.ONE_MORE_RUN) {
      return true;
    }
    var wake = fault == ServiceFault.STOP_SLEEPS_ON ? CancellationToken.none() : stopping.token();
    return plan.time().sleep(Duration.ofNanos(left), wake) && !stopping.token().isCancelled();
  }

  private long nextAfter(long due) {
    long late = Math.max(0, clock() - due);
    if (fault == ServiceFault.CATCHES_UP) {
      return due + period();
    }
    return fault == ServiceFault.NEW_GRID
        ? clock() + period()
        : due + (late / period() + 1) * period();
  }

  private void end(Throwable e) {
    boolean forced = e instanceof InterruptedException && stopping.token().isCancelled();
    boolean unseen = e instanceof Error && fault == ServiceFault.ERROR_UNSEEN;
    if (unseen || (forced && fault != ServiceFault.FORCED_IS_A_FAILURE)) {
      completion.complete(null);
    } else {
      completion.completeExceptionally(e);
    }
  }

  private void work() throws Exception {
    if (fault == ServiceFault.OVERLAPS) {
      Thread.ofVirtual().name(name()).start(this::runBesides);
    } else if (!succeeds() && fault == ServiceFault.RETRIES) {
      succeeds();
    }
  }

  private void runBesides() {
    try {
      plan.runOnce(stopping.token());
    } catch (Throwable e) {
      end(e);
    }
  }

  private boolean succeeds() throws Exception {
    boolean hasToken = fault != ServiceFault.TOKEN_NOT_CANCELLED;
    try {
      plan.work().run(hasToken ? stopping.token() : CancellationToken.none());
      return true;
    } catch (Exception e) {
      failed(e);
      return false;
    } catch (Error e) {
      if (fault != ServiceFault.ERROR_SURVIVED || stopping.token().isCancelled()) {
        throw e;
      }
      return false;
    } finally {
      if (fault != ServiceFault.FLAG_ENDS_IT) {
        Thread.interrupted();
      }
    }
  }

  private void failed(Exception e) throws Exception {
    boolean interrupted = e instanceof InterruptedException;
    boolean ends =
        switch (fault) {
          case EXCEPTION_ENDS_IT -> true;
          case CHECKED_ENDS_IT -> !(e instanceof RuntimeException);
          case OWN_INTERRUPT_ENDS_IT -> interrupted;
          case FORCED_IS_A_FAILURE -> interrupted && stopping.token().isCancelled();
          default -> false;
        };
    if (ends) {
      throw e;
    }
    if (fault == ServiceFault.FAILURE_UNHEARD || (interrupted && stopping.token().isCancelled())) {
      return;
    }
    try {
      plan.failures().failed(e);
    } catch (RuntimeException ofListener) {
      if (fault == ServiceFault.LISTENER_ENDS_IT) {
        throw ofListener;
      }
    }
  }

  @Override
  public void stop(Deadline deadline) throws Exception {
    Thread running;
    boolean again;
    synchronized (this) {
      running = thread;
      again = wasStopped;
      wasStopped |= running != null;
    }
    if (running == null) {
      if (fault == ServiceFault.EARLY_STOP_COUNTS) {
        stopping.cancel();
      }
    } else if (fault == ServiceFault.STOP_HOLDS_A_LOCK) {
      oneStop.lock();
      try {
        stop(running, deadline);
      } finally {
        oneStop.unlock();
      }
    } else if (!again || fault != ServiceFault.SECOND_STOP_RETURNS) {
      stop(running, deadline);
    }
  }

  private void stop(Thread running, Deadline deadline) throws Exception {
    stopping.cancel();
    if (fault == ServiceFault.STOP_INTERRUPTS) {
      running.interrupt();
    }
    if (fault != ServiceFault.STOP_DOES_NOT_WAIT && !ends(running, deadline)) {
      if (fault != ServiceFault.NOT_FORCED) {
        running.interrupt();
      }
      if (fault != ServiceFault.GIVES_UP_SILENTLY) {
        throw new TimeoutException("service '" + name() + "' had not ended at its deadline");
      }
    }
  }

  private boolean ends(Thread running, Deadline deadline) throws InterruptedException {
    if (fault == ServiceFault.WAITS_FOR_EVER) {
      running.join();
    }
    while (true) {
      try {
        return deadline.join(running);
      } catch (InterruptedException e) {
        if (fault != ServiceFault.INTERRUPT_SWALLOWED) {
          throw e;
        }
      }
    }
  }
}
