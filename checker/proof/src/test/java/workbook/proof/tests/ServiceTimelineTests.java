package workbook.proof.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.testing.Bench;
import workbook.testing.Call;
import workbook.testing.UnderTest;
import workbook.tests.TimedServices;

/** Right: no mock, a latch instead of a gate, and one list of what happened, and when. */
@ExtendWith(UnderTest.class)
public final class ServiceTimelineTests {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final TimedServices services;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch latch = new CountDownLatch(1);
  private Bench bench = new Bench(); // a test's own
  private long begin;

  /**
   * Tests of the services that are made here.
   *
   * @param services makes the services under test
   */
  public ServiceTimelineTests(TimedServices services) {
    this.services = services;
  }

  @BeforeEach
  void begin(Bench bench) {
    this.bench = bench;
    begin = bench.time().nanoTime();
  }

  private void note(String what) {
    long passed = bench.time().nanoTime() - begin;
    log.add(Duration.ofNanos(passed).toSeconds() + " " + what);
  }

  /** A service whose runs do one thing after the other, and then nothing. */
  private HostedService service(Work... runs) {
    var left = new ArrayList<>(List.of(runs));
    Work work =
        stop -> {
          note("run");
          if (!left.isEmpty()) {
            left.removeFirst().run(stop);
          }
        };
    return services.create(
        "backup",
        PERIOD,
        bench.time(),
        work,
        failure -> {
          note("heard " + failure.getMessage());
          throw new IllegalStateException("nobody listens");
        });
  }

  private void advance(int seconds) {
    bench.advance(Duration.ofSeconds(seconds));
  }

  private Call<@Nullable Void> stop(HostedService service, int seconds) {
    var deadline = Deadline.after(Duration.ofSeconds(seconds), bench.time());
    var call = bench.start("stop", () -> service.stop(deadline));
    bench.settle();
    return call;
  }

  private static State end(HostedService service) {
    return service.completion().toCompletableFuture().state();
  }

  private void waits(BooleanSupplier end) throws Exception {
    try {
      latch.await();
      note(String.valueOf(end.getAsBoolean()));
    } catch (InterruptedException e) {
      note("interrupted");
      throw e;
    }
  }

  @Test
  void calm() throws Exception {
    var service = service();
    stop(service, 1).result();
    advance(7);
    service.start();
    advance(30);
    bench.setWallClock(Duration.ofMinutes(-90));
    advance(160);
    assertEquals(List.of("67 run", "127 run", "187 run"), List.copyOf(log), "started at 7 s");
    assertThrows(IllegalStateException.class, service::start, "a second start");
    stop(service, 1).result();
    assertEquals(State.SUCCESS, end(service), "the completion after stop");
    assertThrows(IllegalStateException.class, service::start, "a start after stop");
    advance(120);
    assertEquals(3, log.size(), "runs in the end");
  }

  @Test
  void busy() throws Exception {
    service(_ -> bench.time().sleep(Duration.ofSeconds(130), none())).start();
    advance(310);
    assertEquals(List.of("60 run", "190 run", "240 run", "300 run"), List.copyOf(log), "runs");
  }

  private static CancellationToken none() {
    return CancellationToken.none();
  }

  @Test
  void unlucky() throws Exception {
    var service =
        service(
            _ -> {
              throw new UnsupportedOperationException("a");
            },
            _ -> {
              throw new IOException("b");
            },
            _ -> {
              throw new InterruptedException("c");
            },
            _ -> Thread.currentThread().interrupt());
    service.start();
    advance(300);
    assertEquals(
        List.of(
            "60 run",
            "60 heard a",
            "120 run",
            "120 heard b",
            "180 run",
            "180 heard c",
            "240 run",
            "300 run"),
        List.copyOf(log),
        "four failures");
  }

  @Test
  void broken() throws Exception {
    var service =
        service(
            _ -> {
              throw new StackOverflowError();
            });
    service.start();
    advance(120);
    assertEquals(List.of("60 run"), List.copyOf(log), "runs");
    assertEquals(State.FAILED, end(service), "the completion");
  }

  @Test
  void stopped() throws Exception {
    var service = service(stop -> waits(stop::isCancelled));
    service.start();
    advance(60);
    var first = stop(service, 100);
    var second = stop(service, 100);
    advance(90);
    assertTrue(first.isWaiting(), "the first stop waits");
    assertTrue(second.isWaiting(), "the second stop waits");
    latch.countDown();
    first.result();
    second.result();
    assertEquals(List.of("60 run", "150 true"), List.copyOf(log), "the token says true");
  }

  @Test
  void forced() throws Exception {
    var service = service(stop -> waits(stop::isCancelled));
    service.start();
    advance(60);
    var interrupted = stop(service, 100);
    interrupted.interrupt();
    assertInstanceOf(InterruptedException.class, interrupted.thrown(), "who is interrupted");
    var patient = stop(service, 100);
    var hasty = stop(service, 10);
    assertTrue(hasty.isWaiting(), "it waits for its deadline");
    advance(10);
    assertInstanceOf(TimeoutException.class, hasty.thrown(), "at the deadline");
    patient.result();
    assertEquals(List.of("60 run", "70 interrupted"), List.copyOf(log), "at the deadline");
    assertEquals(State.SUCCESS, end(service), "the completion");
  }
}
