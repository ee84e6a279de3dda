package workbook.proof.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;

class SystemTimeTest {

  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final TimeSource time = TimeSource.system();
  private final CancellationSource source = new CancellationSource();

  @Test
  void aSleepLastsAtLeastAsLongAsAsked() throws InterruptedException {
    long before = time.nanoTime();
    assertThat(time.sleep(Duration.ofMillis(5), CancellationToken.none())).isTrue();
    assertThat(time.nanoTime() - before).isGreaterThanOrEqualTo(5_000_000);
    assertThat(time.sleep(Duration.ofSeconds(-1), CancellationToken.none())).isTrue();
  }

  @Test
  void aTokenEndsASleepBeforeAndDuring() throws Exception {
    var result = new CompletableFuture<Boolean>();
    var sleeper = Thread.ofVirtual().start(() -> result.complete(sleepForEver()));
    source.cancel();
    assertThat(result.get()).isFalse();
    sleeper.join();
    assertThat(time.sleep(FOR_EVER, source.token())).isFalse();
  }

  private boolean sleepForEver() {
    try {
      return time.sleep(FOR_EVER, source.token());
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }

  @Test
  void anInterruptBeforehandIsHonouredByBothWaits() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.sleep(FOR_EVER, source.token()))
        .isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.join(Thread.currentThread(), FOR_EVER))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void joinTellsWhetherTheThreadHasEnded() throws InterruptedException {
    var thread = Thread.ofVirtual().start(this::sleepForEver);
    assertThat(time.join(thread, Duration.ZERO)).isFalse();
    assertThat(time.join(thread, Duration.ofMillis(1))).isFalse();
    source.cancel();
    assertThat(time.join(thread, FOR_EVER)).isTrue();
  }

  @Test
  void aDeadlineCountsDownToZeroAndNoFurther() {
    var passed = Deadline.after(Duration.ofSeconds(-1), time);
    assertThat(passed.remaining()).isZero();
    assertThat(passed.hasPassed()).isTrue();
    var ahead = Deadline.after(Duration.ofHours(1), time);
    assertThat(ahead.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
    assertThat(ahead.hasPassed()).isFalse();
    assertThat(Deadline.after(FOR_EVER, time).hasPassed()).isFalse();
    assertThat(Deadline.after(FOR_EVER.negated(), time).hasPassed()).isTrue();
  }
}
