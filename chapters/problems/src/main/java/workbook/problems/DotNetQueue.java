package workbook.problems;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The queue and the worker of the .NET chapter, 19.3, put into Java line by line. */
final class DotNetQueue {

  private static final int IMAGE_BYTES = 100_000;

  private final JobQueue queue = new JobQueue();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger errors = new AtomicInteger();
  private volatile boolean stopping;

  private DotNetQueue() {}

  private static final class JobQueue {

    // region queue
    private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
    private final Semaphore signal = new Semaphore(0);

    void enqueue(Job job) {
      jobs.add(job);
      signal.release();
    }

    Job dequeue() throws InterruptedException {
      signal.acquire();
      return jobs.poll();
    }
    // endregion
  }

  private record Job(byte[] image, int millis, CountDownLatch begun) {

    void run() throws InterruptedException {
      begun.countDown();
      Thread.sleep(millis);
    }
  }

  static void main() throws InterruptedException {
    System.out.println("growth: a request each ms with an image of 100 KB, 10 ms of work for it");
    growth(1_000);
    System.out.println("stop:   20 requests, stop in the middle of the seventh");
    var lost = stop(20, 7);
    System.out.printf(
        "        202 was answered %d times, done %d, lost %d%n",
        lost.accepted, lost.done, lost.accepted - lost.done);
  }

  record Outcome(int accepted, int done, int waiting, int errors) {}

  static Outcome growth(int requests) throws InterruptedException {
    var seen = new DotNetQueue();
    var worker = Thread.ofVirtual().start(seen::executeUntilInterrupted);
    for (int accepted = 1; accepted <= requests; accepted++) {
      seen.queue.enqueue(new Job(new byte[IMAGE_BYTES], 10, new CountDownLatch(1)));
      Thread.sleep(1);
      if (accepted % 250 == 0) {
        System.out.printf(
            "        accepted %4d, done %3d, waiting %3d, heap %3d MB%n",
            accepted, seen.done.get(), seen.queue.jobs.size(), heapInUse() / 1_000_000);
      }
    }
    seen.stopping = true;
    seen.queue.signal.release(); // it may have no job to look at the flag after
    worker.join();
    return seen.outcome(requests);
  }

  /** Stops while the worker is at the given job, and each takes long enough to be met there. */
  static Outcome stop(int requests, int at) throws InterruptedException {
    var seen = new DotNetQueue();
    var begun = new CountDownLatch(1);
    for (int n = 1; n <= requests; n++) {
      seen.queue.enqueue(
          n == at
              ? new Job(new byte[0], 60_000, begun)
              : new Job(new byte[0], 10, new CountDownLatch(1)));
    }
    var worker = Thread.ofVirtual().start(seen::executeUntilInterrupted);
    begun.await();
    seen.stopping = true;
    worker.interrupt(); // what a cancelled token does to a wait in .NET
    worker.join();
    return seen.outcome(requests);
  }

  private Outcome outcome(int accepted) {
    return new Outcome(accepted, done.get(), queue.jobs.size(), errors.get());
  }

  private void executeUntilInterrupted() {
    try {
      execute();
    } catch (InterruptedException e) {
      // stopped while it waited for a job
    }
  }

  private static long heapInUse() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void logError(Exception e) {
    errors.incrementAndGet();
    System.out.println("        ERROR a job failed: " + e);
  }

  // region loop
  void execute() throws InterruptedException {
    while (!stopping) {
      var job = queue.dequeue();
      try {
        job.run();
        done.incrementAndGet();
      } catch (Exception e) {
        logError(e);
      }
    }
  }
  // endregion
}
