package workbook.checker;

import java.time.Duration;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;

/**
 * A gate that work waits at until a rule opens it. Whoever waits takes part in the virtual time. A
 * {@link Trial} makes them.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
public final class Gate {

  private static final Duration FOR_EVER = Duration.ofDays(100_000);

  private final VirtualTime time;
  private final CancellationSource opened = new CancellationSource();

  /** A gate that is shut; its waits take place in this time. */
  public Gate(VirtualTime time) {
    this.time = time;
  }

  /** Opens the gate for good. */
  public void open() {
    opened.cancel();
  }

  /**
   * Waits until the gate is open.
   *
   * @throws InterruptedException if interrupted before or while waiting
   */
  public void pass() throws InterruptedException {
    time.sleep(FOR_EVER, opened.token());
  }

  /**
   * Waits until the gate is open or a token is cancelled.
   *
   * @param token ends the wait when cancelled
   * @throws InterruptedException if interrupted before or while waiting
   */
  public void pass(CancellationToken token) throws InterruptedException {
    time.sleep(FOR_EVER, CancellationToken.anyOf(opened.token(), token));
  }
}
