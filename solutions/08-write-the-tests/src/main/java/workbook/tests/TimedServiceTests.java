package workbook.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workbook.checker.Gate;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.testing.Bench;
import workbook.testing.Call;
import workbook.testing.UnderTest;

/**
 * Tests of a service that does its work once a period: of any that keeps what {@link TimedServices}
 * says.
 *
 * <p>A mock may stand in for the work and for the listener: interfaces of one's own whose calls are
 * what a test asks about. Neither the time nor the service is mocked. A mocked time does not pass:
 * it fits one way to sleep, and accuses all others; {@code bench.time()} is a real one. A mocked
 * service is no service, and its tests pass whatever the real one does.
 */
@ExtendWith(UnderTest.class)
public final class TimedServiceTests {

  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Work work = mock();
  private final FailureListener failures = mock();
  private final List<Long> begun = Collections.synchronizedList(new ArrayList<>()); // in seconds
  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

  // region handed
  private final TimedServices services;

  /**
   * Tests of the services that are made here.
   *
   * @param services makes the services under test
   */
  public TimedServiceTests(TimedServices services) {
    this.services = services;
  }

  // endregion

  @Test
  void itsPeriodsBeginWithItsStart(Bench bench) throws Exception {
    var service = service(bench, noting(bench, Duration.ZERO));
    bench.advance(Duration.ofSeconds(3));

    service.start();
    bench.advance(Duration.ofSeconds(35));

    assertThat(begun)
        .as("runs of a service that was started at 3 s")
        .containsExactly(13L, 23L, 33L);
  }

  @Test
  void settingTheWallClockChangesNothing(Bench bench) throws Exception {
    service(bench, noting(bench, Duration.ZERO)).start();
    bench.advance(Duration.ofSeconds(5));

    bench.setWallClock(Duration.ofHours(-1));
    bench.advance(Duration.ofSeconds(30));

    assertThat(begun).as("runs when the clock is set back at 5 s").containsExactly(10L, 20L, 30L);
  }

  @Test
  void whatFallsDueDuringARunBecomesOneRun(Bench bench) throws Exception {
    service(bench, noting(bench, Duration.ofSeconds(25))).start();

    bench.advance(Duration.ofSeconds(55));

    assertThat(begun).as("runs when the first one takes 25 s").containsExactly(10L, 35L, 40L, 50L);
  }

  @Test
  void startsOnce(Bench bench) throws Exception {
    var service = service(bench, work);
    stop(bench, service, 5).result(); // it does not count
    service.start();

    assertThatThrownBy(service::start)
        .as("a second start")
        .isInstanceOf(IllegalStateException.class);
    bench.advance(PERIOD);
    verify(work).run(any());
    stop(bench, service, 5).result();
    assertThatThrownBy(service::start)
        .as("a start after stop")
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anExceptionIsToldAndTheNextRunComes(Bench bench) throws Exception {
    var first = new IllegalStateException("disk full");
    var second = new IOException("no network");
    doThrow(first).doThrow(second).doNothing().when(work).run(any());
    service(bench, work).start();

    bench.advance(PERIOD.multipliedBy(3));

    verify(work, times(3)).run(any());
    verify(failures).failed(first);
    verify(failures).failed(second);
    verifyNoMoreInteractions(failures);
  }

  @Test
  void anInterruptOfTheWorkIsNoStop(Bench bench) throws Exception {
    doThrow(new InterruptedException("of the work's own"))
        .doAnswer(_ -> interrupted())
        .doNothing()
        .when(work)
        .run(any());
    service(bench, work).start();

    bench.advance(PERIOD.multipliedBy(3));

    verify(work, times(3)).run(any());
  }

  // region mocks
  @Test
  void anExceptionOfTheListenerChangesNothing(Bench bench) throws Exception {
    doThrow(new IllegalStateException("disk full")).when(work).run(any());
    doThrow(new IllegalStateException("cannot write that down")).when(failures).failed(any());
    service(bench, work).start();

    bench.advance(PERIOD.multipliedBy(2));

    verify(work, times(2)).run(any());
  }

  // endregion

  @Test
  void anErrorIsTheEnd(Bench bench) throws Exception {
    doThrow(new AssertionError("of the work")).doNothing().when(work).run(any());
    var service = service(bench, work);
    service.start();

    bench.advance(PERIOD.multipliedBy(2));

    verify(work).run(any());
    assertThat(completion(service)).as("its completion").isEqualTo(State.FAILED);
  }

  @Test
  void stopEndsTheWaitForTheNextPeriod(Bench bench) throws Exception {
    var service = service(bench, work);
    service.start();

    stop(bench, service, 5).result();

    assertThat(completion(service)).as("its completion").isEqualTo(State.SUCCESS);
    bench.advance(PERIOD);
    verify(work, never()).run(any());
  }

  @Test
  void stopWaitsForTheRunAndNoOtherBegins(Bench bench) throws Exception {
    var gate = bench.gate();
    doAnswer(call -> pass(gate, call.getArgument(0))).when(work).run(any());
    var service = running(bench);

    var stop = stop(bench, service, 60);
    bench.advance(PERIOD);
    assertThat(stop.isWaiting()).as("stop waits for the run in progress").isTrue();
    gate.open();

    stop.result();
    assertThat(ended).as("how the run ended").containsExactly("by the gate, cancelled");
    verify(work).run(any());
  }

  @Test
  void atTheDeadlineTheRunIsInterrupted(Bench bench) throws Exception {
    var gate = bench.gate();
    doAnswer(call -> pass(gate, call.getArgument(0))).when(work).run(any());
    var service = running(bench);

    var stop = stop(bench, service, 5);
    bench.advance(Duration.ofSeconds(5));

    assertThat(stop.thrown())
        .as("what stop throws at its deadline")
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("clock");
    assertThat(ended).as("how the run ended").containsExactly("by an interrupt");
    assertThat(completion(service)).as("its completion").isEqualTo(State.SUCCESS);
    verify(failures, never()).failed(any());
  }

  @Test
  void eachStopHasADeadlineOfItsOwn(Bench bench) throws Exception {
    var gate = bench.gate();
    doAnswer(call -> pass(gate, call.getArgument(0))).when(work).run(any());
    var service = running(bench);

    var first = stop(bench, service, 60);
    bench.settle();
    var second = stop(bench, service, 5);
    assertThat(second.isWaiting()).as("the second stop waits").isTrue();
    bench.advance(Duration.ofSeconds(5));

    assertThat(second.thrown())
        .as("what the second stop throws at its deadline")
        .isInstanceOf(TimeoutException.class);
    first.result();
  }

  @Test
  void whoStopsItCanBeInterrupted(Bench bench) throws Exception {
    var gate = bench.gate();
    doAnswer(call -> pass(gate, call.getArgument(0))).when(work).run(any());
    var stop = stop(bench, running(bench), 60);
    bench.settle();

    stop.interrupt();

    assertThat(stop.thrown())
        .as("what the interrupted stop throws")
        .isInstanceOf(InterruptedException.class);
  }

  private HostedService service(Bench bench, Work work) {
    return services.create("clock", PERIOD, bench.time(), work, failures);
  }

  /** A service whose first run has begun. */
  private HostedService running(Bench bench) throws Exception {
    var service = service(bench, work);
    service.start();
    bench.advance(PERIOD);
    return service;
  }

  // A mock counts its calls; when they came, it does not know.
  private Work noting(Bench bench, Duration firstTakes) {
    long begin = bench.time().nanoTime();
    return stop -> {
      begun.add(Duration.ofNanos(bench.time().nanoTime() - begin).toSeconds());
      if (begun.size() == 1) {
        bench.time().sleep(firstTakes, stop);
      }
    };
  }

  private @Nullable Object pass(Gate gate, CancellationToken stop) throws InterruptedException {
    try {
      gate.pass();
      ended.add("by the gate, " + (stop.isCancelled() ? "cancelled" : "not cancelled"));
    } catch (InterruptedException e) {
      ended.add("by an interrupt");
      throw e;
    }
    return null;
  }

  private static @Nullable Object interrupted() {
    Thread.currentThread().interrupt();
    return null;
  }

  private static Call<@Nullable Void> stop(Bench bench, HostedService service, int seconds) {
    var deadline = Deadline.after(Duration.ofSeconds(seconds), bench.time());
    return bench.start("stop", () -> service.stop(deadline));
  }

  private static State completion(HostedService service) {
    return service.completion().toCompletableFuture().state();
  }
}
