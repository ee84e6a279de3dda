package workbook.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.Gate;
import workbook.checker.VirtualTime;
import workbook.hosting.TimeSource;

/**
 * What a test of concurrent code needs: calls on threads of their own, a time that stands still
 * until the test moves it, and gates. Nothing here sleeps, and no verdict depends on how fast the
 * machine is.
 *
 * <p><b>At rest</b> means that every thread has ended or waits for another. The bench waits for
 * that before it answers a question, so "it still waits" is a fact and not a guess.
 *
 * <p><b>Threads.</b> The test's own thread uses the bench; {@link #time} and the gates may be used
 * from any thread.
 *
 * <p>With {@code @ExtendWith(UnderTest.class)} a test class is handed one for each test, which is
 * closed when the test has ended.
 *
 * <pre>{@code
 * var taker = bench.start("taker", () -> queue.dequeue(CancellationToken.none()));
 * assertThat(taker.isWaiting()).as("a taker of an empty queue waits").isTrue();
 * queue.close();
 * assertThat(taker.result()).as("a taker after close").isEmpty();
 * }</pre>
 */
public final class Bench implements AutoCloseable {

  private final VirtualTime time = new VirtualTime();
  private final List<Call<?>> calls = new CopyOnWriteArrayList<>();
  private final List<Gate> gates = new CopyOnWriteArrayList<>();

  /** A bench whose time stands at its beginning. */
  public Bench() {}

  /** The time that {@link #advance} moves: to be handed to what is under test. */
  public TimeSource time() {
    return time;
  }

  /**
   * Makes a call on a virtual thread of its own. Does not wait for it.
   *
   * @param name the name of the thread, for messages
   * @param call the call
   * @param <T> what it returns
   * @return the call, to be asked what has become of it
   */
  public <T extends @Nullable Object> Call<T> start(String name, Callable<T> call) {
    var started = new Call<T>(name, call, time);
    calls.add(started);
    return started;
  }

  /**
   * Makes a call that returns nothing. Does not wait for it.
   *
   * @param name the name of the thread, for messages
   * @param call the call
   * @return the call, to be asked what has become of it
   */
  public Call<@Nullable Void> start(String name, Executable call) {
    return this.<@Nullable Void>start(
        name,
        () -> {
          try {
            call.execute();
            return null;
          } catch (Exception | Error e) {
            throw e;
          } catch (Throwable e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Waits until every thread has ended or waits for another. */
  public void settle() {
    time.settle();
  }

  /**
   * Moves the time on. Who sleeps is woken at its own time on the way, one after the other, and the
   * next is woken when all are at rest again.
   *
   * @param by how far, in whole milliseconds
   */
  public void advance(Duration by) {
    time.advanceTo(time.millis() + by.toMillis());
  }

  /**
   * Sets the wall clock, as an administrator would. What {@link #advance} has moved stays as it is:
   * no sleep becomes shorter or longer.
   *
   * @param forward how far forward; negative is back
   */
  public void setWallClock(Duration forward) {
    time.shiftWallClock(forward);
  }

  /** A gate that is shut. It is opened by the test, or when the bench is closed. */
  public Gate gate() {
    var gate = new Gate(time);
    gates.add(gate);
    return gate;
  }

  /**
   * Opens the gates and interrupts whoever still waits.
   *
   * @throws AssertionError if a call had failed, and the test has not asked for its outcome
   */
  @Override
  public void close() {
    var unheard = calls.stream().filter(Call::failedUnheard).findFirst();
    gates.forEach(Gate::open);
    calls.forEach(Call::interrupt);
    calls.clear();
    unheard.ifPresent(Call::failUnheard);
  }
}
