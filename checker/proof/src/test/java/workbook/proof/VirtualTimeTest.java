package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import workbook.checker.VirtualTime;

/** Time does not move before all are at rest. */
class VirtualTimeTest {

  enum Kind {
    VIRTUAL,
    PLATFORM;

    Thread unstarted(Runnable task) {
      return this == VIRTUAL
          ? Thread.ofVirtual().unstarted(task)
          : Thread.ofPlatform().daemon().unstarted(task);
    }
  }

  private volatile boolean isDone;

  /** Whoever makes a thread may be held up before it starts it. */
  @ParameterizedTest
  @EnumSource
  void waitsForAThreadThatWasMadeEarlier(Kind kind) {
    var time = new VirtualTime();
    var thread =
        kind.unstarted(
            () -> {
              for (int n = 0; n < 1_000; n++) {
                Thread.yield();
              }
              isDone = true;
            });
    time.advanceTo(0);
    thread.start();
    time.advanceTo(0);
    assertThat(isDone).isTrue();
  }
}
