package workbook.testing;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import workbook.checker.interleaving.Interleavings;
import workbook.checker.interleaving.Interleavings.Move;
import workbook.checker.interleaving.Interleavings.Violation;

/**
 * A race that is made to happen: a few threads and what is under test, run in every order of their
 * steps in which one thread is stopped between two of its lines, or none. The same orders are tried
 * on every machine, and nothing is left to chance.
 *
 * <p><b>Threads.</b> In each order one thread runs at a time; the state needs no lock of its own.
 *
 * <p><b>What it cannot see.</b> A missing {@code volatile}: what one thread has written, the next
 * one sees. Calls into the JDK are one step each.
 *
 * <pre>{@code
 * EveryOrder.of(() -> new Race(queues.create(1)))
 *     .thread("a", race -> race.put("a"))
 *     .thread("b", race -> race.put("b"))
 *     .check(race -> assertThat(race.accepted).as("accepted at capacity 1").hasSize(1))
 *     .verify();
 * }</pre>
 *
 * @param <S> the state of one order: what is under test, and what the threads saw
 */
public final class EveryOrder<S> {

  private static final Pattern PLACE =
      Pattern.compile(" (?:(?:at|before|after) )?[\\w$]+\\.[\\w$<>]+:[\\d.,]+");

  private final Interleavings<S> orders;

  private EveryOrder(Interleavings<S> orders) {
    this.orders = orders;
  }

  /**
   * A race without threads.
   *
   * @param state makes the state, once for each order
   * @param <S> the state
   * @return the race
   */
  public static <S> EveryOrder<S> of(Callable<S> state) {
    return new EveryOrder<>(Interleavings.from(state).preemptions(1));
  }

  /**
   * Sets how often a thread is stopped that could go on. Most races need one stop; with each more
   * there are many times as many orders.
   *
   * @param most the number of stops in one order, at most; 1 unless it is set
   * @return this
   */
  public EveryOrder<S> preemptions(int most) {
    orders.preemptions(most);
    return this;
  }

  /**
   * Adds a thread. What it throws fails the test.
   *
   * @param name its name, for the message
   * @param what what it does
   * @return this
   */
  public EveryOrder<S> thread(String name, Move<S> what) {
    orders.actor(name, what);
    return this;
  }

  /**
   * What must hold when all threads have ended; one that waits for ever fails the test.
   *
   * @param check throws if it does not hold
   * @return this
   */
  public EveryOrder<S> check(Move<S> check) {
    orders.check(check);
    return this;
  }

  /**
   * What must hold when all threads have ended or wait for ever.
   *
   * @param check is told who waits; throws if it does not hold
   * @return this
   */
  public EveryOrder<S> checkWaiting(Interleavings.Check<S> check) {
    orders.check(
        (state, waiting) -> {
          var who = new LinkedHashMap<String, String>();
          waiting.forEach((name, _) -> who.put(name, "waits"));
          check.verify(state, who);
        });
    return this;
  }

  /**
   * Runs the race in every order, simple ones first. Where not all orders can be tried, the test is
   * skipped.
   *
   * @throws AssertionError for the first order that does not end well; the message says what is
   *     wrong, and who was stopped when
   */
  public void verify() {
    var result = orders.explore();
    result
        .violation()
        .ifPresent(
            found -> {
              throw new AssertionError(withoutPlaces(found), found.cause().orElse(null));
            });
    result.unfinished().ifPresent(open -> Assumptions.abort(open.reason()));
  }

  /** The lines are of a class that whoever writes the test has not seen, and need not. */
  private static String withoutPlaces(Violation found) {
    return PLACE.matcher(found.toString()).replaceAll("");
  }
}
