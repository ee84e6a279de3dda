package workbook.proof.queue;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The queue and the loop of section 19.3 of the .NET chapter, put into Java line by line, and what
 * they do, measured in real time for chapter 02. A program, not a test: its numbers depend on the
 * machine. Needs nothing but a JDK 25:
 *
 * <pre>{@code java checker/proof/src/test/java/workbook/proof/queue/SeedQueue.java}</pre>
 */
final class SeedQueue {

  private static final int IMAGE_BYTES = 100_000;

  private final JobQueue queue = new JobQueue();
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean stopping;

  private SeedQueue() {}

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

  private record Job(byte[] image, int millis) {

    void run() throws InterruptedException {
      Thread.sleep(millis);
    }
  }

  static void main() throws InterruptedException {
    System.out.println("growth: a request each ms with an image of 100 KB, 10 ms of work for it");
    new SeedQueue().growth();
    System.out.println("stop:   20 requests, 50 ms of work for each, stop after 320 ms");
    new SeedQueue().stop();
  }

  private void growth() throws InterruptedException {
    var worker = Thread.ofVirtual().start(this::executeUntilInterrupted);
    for (int accepted = 1; accepted <= 1_000; accepted++) {
      queue.enqueue(new Job(new byte[IMAGE_BYTES], 10));
      Thread.sleep(1);
      if (accepted % 250 == 0) {
        System.out.printf(
            "        accepted %4d, done %3d, waiting %3d, heap %3d MB%n",
            accepted, done.get(), queue.jobs.size(), heapInUse() / 1_000_000);
      }
    }
    stopping = true;
    worker.join();
  }

  private void stop() throws InterruptedException {
    var worker = Thread.ofVirtual().start(this::executeUntilInterrupted);
    for (int n = 0; n < 20; n++) {
      queue.enqueue(new Job(new byte[0], 50));
    }
    Thread.sleep(320);
    stopping = true;
    worker.interrupt(); // what a cancelled token does to a wait in .NET
    worker.join();
    System.out.printf(
        "        202 was answered 20 times, done %d, lost %d%n", done.get(), 20 - done.get());
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

  // region loop
  void execute() throws InterruptedException {
    while (!stopping) {
      var job = queue.dequeue();
      try {
        job.run();
        done.incrementAndGet();
      } catch (Exception e) {
        System.out.println("        ERROR a job failed: " + e);
      }
    }
  }
  // endregion
}
