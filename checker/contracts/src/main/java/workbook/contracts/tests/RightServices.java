package workbook.contracts.tests;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/** Services that keep their promises on one thread. More are in {@link RightServicesOfThreads}. */
final class RightServices {

  private RightServices() {}

  static TimeoutException late(HostedService service) {
    return new TimeoutException("service '" + service.name() + "' had not ended at its deadline");
  }

  /** A loop on a virtual thread, with a future and a source of its own. */
  static final class OfALoop implements HostedService {

    private final ServicePlan plan;
    private final CancellationSource stopping = new CancellationSource();
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private @Nullable Thread thread; // guarded by this

    OfALoop(ServicePlan plan) {
      this.plan = plan;
    }

    @Override
    public String name() {
      return plan.name();
    }

    @Override
    public synchronized void start() {
      if (thread != null) {
        throw new IllegalStateException("service '" + name() + "' was already started");
      }
      long first = plan.now() + plan.period().toNanos();
      thread = Thread.ofVirtual().name(name()).start(() -> run(first));
    }

    private void run(long first) {
      try {
        long due = first;
        while (plan.time().sleep(plan.until(due), stopping.token())) {
          due = plan.nextAfter(due);
          plan.runOnce(stopping.token());
        }
        completion.complete(null);
      } catch (InterruptedException e) {
        completion.complete(null); // nobody but stop interrupts it here
      } catch (Throwable e) {
        completion.completeExceptionally(e);
      }
    }

    @Override
    public void stop(Deadline deadline) throws Exception {
      Thread running;
      synchronized (this) {
        running = thread;
      }
      if (running == null) {
        return;
      }
      stopping.cancel();
      if (!deadline.join(running)) {
        running.interrupt();
        throw late(this);
      }
    }

    @Override
    public CompletionStage<Void> completion() {
      return completion.minimalCompletionStage();
    }
  }

  /** The base class of hosting does all but the work. */
  static final class OfTheBaseClass extends BackgroundService {

    private final ServicePlan plan;
    private volatile long first; // written before the thread is started

    OfTheBaseClass(ServicePlan plan) {
      super(plan.name());
      this.plan = plan;
    }

    @Override
    public synchronized void start() {
      first = plan.now() + plan.period().toNanos();
      super.start();
    }

    @Override
    protected void execute(CancellationToken stopping) throws Exception {
      long due = first;
      while (plan.time().sleep(plan.until(due), stopping)) {
        long begun = plan.now();
        plan.runOnce(stopping);
        while (due <= begun) {
          due += plan.period().toNanos();
        }
      }
    }
  }

  /** A thread made before its start, which never sleeps for long and counts the periods. */
  static final class OfShortSleeps implements HostedService {

    private final ServicePlan plan;
    private final Thread thread;
    private final CancellationSource stopping = new CancellationSource();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final AtomicReference<@Nullable Long> begun = new AtomicReference<>();

    OfShortSleeps(ServicePlan plan) {
      this.plan = plan;
      this.thread = Thread.ofVirtual().name(plan.name()).unstarted(this::run);
    }

    @Override
    public String name() {
      return plan.name();
    }

    @Override
    public void start() {
      if (!begun.compareAndSet(null, plan.now())) {
        throw new IllegalStateException("service '" + name() + "' was already started");
      }
      thread.start();
      started.countDown();
    }

    private void run() {
      long periods = 0; // that were seen so far
      try {
        while (!stopping.token().isCancelled()) {
          long passed = (plan.now() - begin()) / plan.period().toNanos();
          if (passed > periods) {
            periods = passed;
            plan.runOnce(stopping.token());
          } else {
            plan.time().sleep(nap(periods + 1), stopping.token());
          }
        }
        completion.complete(null);
      } catch (InterruptedException e) {
        completion.complete(null);
      } catch (Throwable e) {
        completion.completeExceptionally(e);
      }
    }

    private long begin() {
      var begin = begun.get();
      return begin == null ? plan.now() : begin;
    }

    private Duration nap(long periods) {
      var left = plan.until(begin() + periods * plan.period().toNanos());
      var longest = plan.period().dividedBy(4).plusMillis(1);
      return left.compareTo(longest) < 0 ? left : longest;
    }

    @Override
    public void stop(Deadline deadline) throws Exception {
      if (begun.get() == null) {
        return;
      }
      started.await();
      stopping.cancel();
      if (!deadline.join(thread)) {
        thread.interrupt();
        throw late(this);
      }
    }

    @Override
    public CompletionStage<Void> completion() {
      return completion;
    }
  }
}
