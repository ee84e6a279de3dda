package workbook.proof.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import org.mockito.Mockito;
import workbook.checker.Gate;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.testing.Bench;
import workbook.testing.Call;
import workbook.testing.UnderTest;
import workbook.tests.FailureListener;
import workbook.tests.TimedServices;

/** Right: nested classes, mocks that count, and small steps of time instead of a clock. */
@ExtendWith(UnderTest.class)
public final class NestedServiceTests {

  private final Bench bench = new Bench();
  private final Gate gate = bench.gate();
  private final Work work = mock();
  private final FailureListener listener = mock();
  private final TimedServices services;
  private final HostedService service;
  private volatile boolean interrupted;

  /**
   * Tests of the services that are made here.
   *
   * @param services makes the services under test
   */
  public NestedServiceTests(TimedServices services) {
    this.services = services;
    this.service = services.create("s", Duration.ofHours(1), bench.time(), work, listener);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void expectRuns(int minutes, int runs) throws Exception {
    bench.advance(Duration.ofMinutes(minutes));
    then(work).should(times(runs)).run(any());
  }

  private Call<@Nullable Void> stop(int minutes) {
    var deadline = Deadline.after(Duration.ofMinutes(minutes), bench.time());
    return bench.start("stop within " + minutes, () -> service.stop(deadline));
  }

  private @Nullable Object waits() throws InterruptedException {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      interrupted = true;
      throw e;
    }
    return null;
  }

  @Test
  void stopBeforeStartDoesNotCount() throws Exception {
    stop(1).result();
    expectRuns(30, 0);
    service.start();
    expectRuns(59, 0);
    expectRuns(1, 1);
  }

  @Nested
  class Started {

    @BeforeEach
    void start() throws Exception {
      service.start();
    }

    @Test
    void worksOnceAnHour() throws Exception {
      expectRuns(59, 0);
      expectRuns(1, 1);
      bench.setWallClock(Duration.ofDays(-1));
      expectRuns(59, 1);
      expectRuns(1, 2);
      expectRuns(60, 3);
    }

    @Test
    void isNotStartedAgain() throws Exception {
      assertThatIllegalStateException().as("second start").isThrownBy(service::start);
      stop(1).result();
      assertThatIllegalStateException().as("start after stop").isThrownBy(service::start);
      expectRuns(60, 0);
    }

    @Test
    void survivesExceptions() throws Exception {
      var first = new IOException("1");
      var second = new IllegalArgumentException("2");
      willThrow(first, second, new InterruptedException("3")).given(work).run(any());
      willThrow(new IllegalStateException("deaf")).given(listener).failed(second);
      expectRuns(60, 1);
      expectRuns(60, 2);
      expectRuns(60, 3);
      expectRuns(60, 4);
      InOrder order = Mockito.inOrder(listener);
      then(listener).should(order).failed(first);
      then(listener).should(order).failed(second);
    }

    @Test
    void survivesAFlag() throws Exception {
      willAnswer(
              _ -> {
                Thread.currentThread().interrupt();
                return null;
              })
          .given(work)
          .run(any());
      expectRuns(180, 3);
    }

    @Test
    void endsByAnError() throws Exception {
      willThrow(new LinkageError("no such class")).given(work).run(any());
      expectRuns(180, 1);
      assertThat(service.completion().toCompletableFuture().isCompletedExceptionally())
          .as("its completion has failed")
          .isTrue();
    }

    @Test
    void stopsAtOnceWhenNothingRuns() throws Exception {
      bench.advance(Duration.ofMinutes(20));
      assertThat(stop(30).isWaiting()).as("stop waits").isFalse();
      expectRuns(60, 0);
    }
  }

  @Nested
  class AtWork {

    private final ArgumentCaptor<CancellationToken> token =
        ArgumentCaptor.forClass(CancellationToken.class);

    @BeforeEach
    void start() throws Exception {
      willAnswer(_ -> waits()).willAnswer(_ -> null).given(work).run(any());
      service.start();
      bench.advance(Duration.ofMinutes(60));
    }

    @Test
    void catchesUpOnceAndIsOnTheGridAgain() throws Exception {
      expectRuns(140, 1); // until 3:20
      gate.open();
      bench.settle();
      expectRuns(0, 2);
      expectRuns(39, 2);
      expectRuns(1, 3);
    }

    @Test
    void stopAsksAndWaits() throws Exception {
      var first = stop(90);
      assertThat(first.isWaiting()).as("stop waits").isTrue();
      then(work).should().run(token.capture());
      assertThat(token.getValue().isCancelled()).as("the token of the run is cancelled").isTrue();
      assertThat(stop(90).isWaiting()).as("another stop waits").isTrue();
      bench.advance(Duration.ofMinutes(70));
      gate.open();
      first.result();
      assertThat(interrupted).as("the run was interrupted").isFalse();
      expectRuns(60, 1);
    }

    @Test
    void stopForces() throws Exception {
      var longer = stop(90);
      bench.settle();
      var shorter = stop(30);
      bench.advance(Duration.ofMinutes(30));
      assertThat(shorter.thrown()).as("late").isInstanceOf(TimeoutException.class);
      longer.result();
      assertThat(interrupted).as("the run was interrupted").isTrue();
      assertThat(service.completion().toCompletableFuture().isCompletedExceptionally())
          .as("its completion has failed")
          .isFalse();
      then(listener).shouldHaveNoInteractions();
    }

    @Test
    void stopCanBeInterrupted() {
      var stop = stop(90);
      bench.settle();
      stop.interrupt();
      assertThat(stop.thrown()).as("interrupted").isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void eachIsItsOwn() throws Exception {
    Work other = mock();
    services.create("t", Duration.ofMinutes(5), bench.time(), other, listener).start();
    service.start();
    bench.advance(Duration.ofMinutes(12));
    then(other).should(times(2)).run(any());
    then(work).shouldHaveNoInteractions();
  }
}
