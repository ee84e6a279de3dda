package workbook.proof.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The health check of section 19.8 of the .NET chapter, put into Java line by line, and what it
 * says of a dead worker and of a stuck one, measured in real time for chapter 07; and a time-out
 * that gives up and leaves its thread behind. A program, not a test. Needs nothing but a JDK 25:
 *
 * <pre>{@code java checker/proof/src/test/java/workbook/proof/health/SeedHealthCheck.java}</pre>
 */
final class SeedHealthCheck {

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

  private SeedHealthCheck() {}

  static void main() throws InterruptedException {
    System.out.println(
        "flag:  two workers, a round each 100 ms; in its third round one throws, one hangs");
    flag();
    System.out.println("polls: a check that hangs, asked 20 times with a time-out of 50 ms");
    polls();
  }

  private static void flag() throws InterruptedException {
    var mailer = new SeedHealthCheck();
    var cleaner = new SeedHealthCheck();
    var dead = Thread.ofVirtual().start(() -> work(mailer, () -> Integer.parseInt("none")));
    var stuck = Thread.ofVirtual().start(() -> work(cleaner, NEVER::await));
    dead.setUncaughtExceptionHandler((_, _) -> {});
    Thread.sleep(5_000);
    System.out.printf(
        "       5 s later: mailer %s, its thread %s%n", mailer.checkHealth(), state(dead));
    System.out.printf(
        "       5 s later: cleaner %s, its thread %s%n", cleaner.checkHealth(), state(stuck));
  }

  private static String state(Thread thread) {
    return thread.isAlive() ? "waits for ever" : "has ended";
  }

  @FunctionalInterface
  private interface Trouble {
    void come() throws InterruptedException;
  }

  private static void work(SeedHealthCheck health, Trouble trouble) {
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

  private static void polls() {
    var begun = new AtomicInteger();
    var ended = new AtomicInteger();
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    int unhealthy = 0;
    for (int poll = 1; poll <= 20; poll++) {
      // region poll
      var result =
          CompletableFuture.supplyAsync(() -> ask(begun, ended), threads)
              .orTimeout(50, TimeUnit.MILLISECONDS)
              .exceptionally(_ -> "Unhealthy")
              .join();
      // endregion
      unhealthy += result.equals("Unhealthy") ? 1 : 0;
    }
    System.out.printf(
        "       %d times Unhealthy, and %d threads hang%n", unhealthy, begun.get() - ended.get());
    System.exit(0); // nothing else would end them
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
