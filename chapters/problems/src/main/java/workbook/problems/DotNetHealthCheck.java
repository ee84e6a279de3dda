package workbook.problems;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The health check of the .NET chapter, 19.8, put into Java line by line, and what it says of a
 * dead worker and of a stuck one; and a time-out that gives up and leaves its thread behind.
 */
final class DotNetHealthCheck {

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  // region check
  private boolean healthy = true;

  void setHealthy(boolean healthy) {
    this.healthy = healthy;
  }

  String checkHealth() {
    return healthy ? "Healthy" : "Unhealthy: Background service is not responding.";
  }

  // endregion

  private DotNetHealthCheck() {}

  static void main() throws InterruptedException {
    System.out.println(
        "flag:  two workers, a round each 100 ms; in its third round one throws, one hangs");
    for (var said : flag(Duration.ofSeconds(5))) {
      System.out.println("       5 s later: " + said);
    }
    System.out.println("polls: a check that hangs, asked 20 times with a time-out of 50 ms");
    var polls = polls(20);
    System.out.printf(
        "       %d times Unhealthy, and %d threads hang%n", polls.unhealthy, polls.hanging);
  }

  /** What is said of a dead worker and of a stuck one, so long after their trouble. */
  static List<String> flag(Duration after) throws InterruptedException {
    var mailer = new DotNetHealthCheck();
    var cleaner = new DotNetHealthCheck();
    var hanging = new CountDownLatch(1);
    var dead = Thread.ofVirtual().unstarted(() -> work(mailer, () -> Integer.parseInt("none")));
    dead.setUncaughtExceptionHandler((_, _) -> {});
    dead.start();
    var stuck =
        Thread.ofVirtual()
            .start(
                () ->
                    work(
                        cleaner,
                        () -> {
                          hanging.countDown();
                          NEVER.await();
                        }));
    dead.join();
    hanging.await();
    TimeUnit.NANOSECONDS.sleep(after.toNanos());
    return List.of(
        "mailer %s, its thread %s".formatted(mailer.checkHealth(), state(dead)),
        "cleaner %s, its thread %s".formatted(cleaner.checkHealth(), state(stuck)));
  }

  private static String state(Thread thread) {
    return thread.isAlive() ? "waits for ever" : "has ended";
  }

  @FunctionalInterface
  private interface Trouble {
    void come() throws InterruptedException;
  }

  private static void work(DotNetHealthCheck health, Trouble trouble) {
    try {
      for (int round = 1; ; round++) {
        Thread.sleep(100);
        if (round == 3) {
          trouble.come();
        }
        health.setHealthy(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  record Polls(int unhealthy, int hanging) {}

  static Polls polls(int times) {
    var begun = new AtomicInteger();
    var ended = new AtomicInteger();
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    int unhealthy = 0;
    for (int poll = 1; poll <= times; poll++) {
      // region poll
      var result =
          CompletableFuture.supplyAsync(() -> ask(begun, ended), threads)
              .orTimeout(50, TimeUnit.MILLISECONDS)
              .exceptionally(_ -> "Unhealthy")
              .join();
      // endregion
      unhealthy += result.equals("Unhealthy") ? 1 : 0;
    }
    return new Polls(unhealthy, begun.get() - ended.get());
  }

  private static String ask(AtomicInteger begun, AtomicInteger ended) {
    begun.incrementAndGet();
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.incrementAndGet();
    return "Healthy";
  }
}
