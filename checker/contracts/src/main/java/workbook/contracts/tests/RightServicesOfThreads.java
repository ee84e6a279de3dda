package workbook.contracts.tests;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/** Services that keep their promises on more than one thread. */
final class RightServicesOfThreads {

  private RightServicesOfThreads() {}

  /** What they have in common: some threads that end by a token. */
  private abstract static class OfThreads implements HostedService {

    final ServicePlan plan;
    final CancellationSource stopping = new CancellationSource();
    final CompletableFuture<Void> completion = new CompletableFuture<>();
    private List<Thread> threads = List.of(); // guarded by this

    OfThreads(ServicePlan plan) {
      this.plan = plan;
    }

    /** The threads, which are not started yet; the first run is due then. */
    abstract List<Thread> threads(long first);

    final Thread thread(Runnable run) {
      return Thread.ofVirtual().name(name()).unstarted(run);
    }

    @Override
    public String name() {
      return plan.name();
    }

    @Override
    public synchronized void start() {
      if (!threads.isEmpty()) {
        throw new IllegalStateException("service '" + name() + "' was already started");
      }
      threads = threads(plan.now() + plan.period().toNanos());
      threads.forEach(Thread::start);
    }

    private synchronized List<Thread> started() {
      return threads;
    }

    @Override
    public void stop(Deadline deadline) throws Exception {
      var running = started();
      if (running.isEmpty()) {
        return;
      }
      stopping.cancel();
      boolean ended = true;
      for (var thread : running) {
        ended &= deadline.join(thread);
      }
      if (!ended) {
        running.forEach(Thread::interrupt);
        throw RightServices.late(this);
      }
    }

    @Override
    public CompletionStage<Void> completion() {
      return completion.copy();
    }
  }

  /** One thread looks at the clock, and another one works. */
  static final class OfTwoThreads extends OfThreads {

    private final CancellationSource ended = new CancellationSource();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean due; // guarded by lock, like begun
    private long begun;

    OfTwoThreads(ServicePlan plan) {
      super(plan);
    }

    @Override
    List<Thread> threads(long first) {
      begun = plan.now();
      return List.of(thread(this::work), thread(() -> lookAtTheClock(first)));
    }

    private void lookAtTheClock(long first) {
      var end = CancellationToken.anyOf(stopping.token(), ended.token());
      try {
        for (long tick = first; plan.time().sleep(plan.until(tick), end); ) {
          lock.lock();
          due |= tick - begun > 0; // else the run that begins at this very moment is for it
          changed.signalAll();
          lock.unlock();
          tick += plan.period().toNanos();
        }
      } catch (InterruptedException e) {
        ended.cancel(); // forced
      } catch (Throwable e) {
        completion.completeExceptionally(e);
      }
    }

    private void work() {
      try (var _ = stopping.token().onCancel(this::wake)) {
        ServicePlan.takePart(plan.time());
        while (isDue()) {
          plan.runOnce(stopping.token());
        }
        completion.complete(null);
      } catch (InterruptedException e) {
        completion.complete(null);
      } catch (Throwable e) {
        completion.completeExceptionally(e);
      } finally {
        ended.cancel();
      }
    }

    private boolean isDue() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (!due && !stopping.token().isCancelled()) {
          changed.await();
        }
        due = false;
        begun = plan.now();
        return !stopping.token().isCancelled();
      } finally {
        lock.unlock();
      }
    }

    private void wake() {
      lock.lock();
      changed.signalAll();
      lock.unlock();
    }
  }

  /** The work is done by an executor. */
  static final class OfAnExecutor extends OfThreads {

    private final ExecutorService executor =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().name("work").factory());

    OfAnExecutor(ServicePlan plan) {
      super(plan);
    }

    @Override
    List<Thread> threads(long first) {
      return List.of(thread(() -> run(first)));
    }

    private void run(long first) {
      try {
        for (long due = first; plan.time().sleep(plan.until(due), stopping.token()); ) {
          due = plan.nextAfter(due);
          workOnce();
        }
        completion.complete(null);
      } catch (InterruptedException e) {
        completion.complete(null);
      } catch (ExecutionException e) {
        completion.completeExceptionally(e.getCause());
      } catch (Throwable e) {
        completion.completeExceptionally(e);
      } finally {
        executor.shutdownNow();
      }
    }

    private void workOnce() throws InterruptedException, ExecutionException {
      var run = executor.submit(() -> plan.runOnce(stopping.token()));
      try {
        run.get();
      } catch (InterruptedException e) { // forced
        executor.shutdownNow();
        run.get();
        throw e;
      }
    }
  }

  /** Each run has a thread of its own. */
  static final class OfAThreadForEachRun extends OfThreads {

    private volatile @Nullable Throwable error;

    OfAThreadForEachRun(ServicePlan plan) {
      super(plan);
    }

    @Override
    List<Thread> threads(long first) {
      return List.of(thread(() -> run(first)));
    }

    private void run(long first) {
      try {
        long due = first;
        while (error == null && plan.time().sleep(plan.until(due), stopping.token())) {
          due = plan.nextAfter(due);
          runOnItsOwn();
        }
        end(error);
      } catch (Throwable e) {
        end(e instanceof InterruptedException ? null : e);
      }
    }

    private void runOnItsOwn() throws InterruptedException {
      var run = thread(this::work);
      run.start();
      try {
        run.join();
      } catch (InterruptedException e) { // forced
        run.interrupt();
        run.join();
        throw e;
      }
    }

    private void work() {
      try {
        plan.runOnce(stopping.token());
      } catch (Throwable e) {
        error = e;
      }
    }

    private void end(@Nullable Throwable cause) {
      if (cause == null) {
        completion.complete(null);
      } else {
        completion.completeExceptionally(cause);
      }
    }
  }
}
