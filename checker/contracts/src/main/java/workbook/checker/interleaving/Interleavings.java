package workbook.checker.interleaving;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs a few actors against a learner's object in every order with at most two preemptions, up to
 * 2000 orders, and stops at the first one that breaks a promise.
 *
 * <p>Each schedule starts from a fresh state. Exactly one actor runs at a time; it can be stopped
 * before each line that another thread may notice (see {@link InstrumentingLoader}), and gives way
 * when it waits inside the JDK or ends. Simple schedules come first: none, then one, then two
 * preemptions, with every order of the actors. Nothing is random: the same code gives the same
 * verdict after the same number of schedules, on one core as on a busy machine.
 *
 * <p><b>What it cannot see.</b> Calls into classes that are not instrumented, the JDK above all,
 * are atomic steps. Writes are seen in order by the next actor, so a missing {@code volatile} shows
 * only where the interleaving alone goes wrong. Threads that the learner's code starts run by
 * themselves, and time-outs take real time; code that depends on these, on chance, or on the
 * monitor of a {@code Vector} or a synchronized list, may take another course when it is run again.
 * A violation is then still one that has happened, but some schedules may be missed, and the result
 * says so.
 *
 * <p><b>Threads.</b> The actors run on virtual threads, the rest on one more virtual thread; {@code
 * explore()} waits for it. Set-up, actors, check and clean-up of a schedule never overlap, so the
 * state needs no synchronization. Whatever still waits at the end of a schedule is interrupted, and
 * then unwound by an error at its next line. Only an actor in a wait that ignores interrupts, such
 * as {@code Lock.lock()} in a deadlock, cannot be ended; its thread stays parked. An instance is
 * not for use by several threads.
 *
 * <p>Example, in a contract whose {@code create} is overridden by the learner's test:
 *
 * <pre>{@code
 * var twin = InstrumentingLoader.twin(this, create(1).getClass());
 * var result =
 *     Interleavings.from(() -> new Offers(twin.create(1)))
 *         .actor("producer 1", offers -> offers.add(offers.queue.offer("a")))
 *         .actor("producer 2", offers -> offers.add(offers.queue.offer("b")))
 *         .check(offers -> assertEquals(1, offers.accepted()))
 *         .explore();
 * }</pre>
 *
 * @param <S> the state of one schedule: the learner's object and what the actors saw
 */
public final class Interleavings<S> {
  /**
   * A step of the scenario.
   *
   * @param <S> the state of one schedule
   */
  @FunctionalInterface
  public interface Move<S> {
    /**
     * Does the step.
     *
     * @param state the state of this schedule
     * @throws Exception or an error, to report a violation
     */
    void run(S state) throws Exception;
  }

  /**
   * A check that knows who waits.
   *
   * @param <S> the state of one schedule
   */
  @FunctionalInterface
  public interface Check<S> {
    /**
     * Checks the state after all actors have ended or wait for something nobody will do.
     *
     * @param state the state of this schedule
     * @param waiting the actors that have not ended: name, and learner's line
     * @throws Exception or an error, to report a violation
     */
    void verify(S state, Map<String, String> waiting) throws Exception;
  }

  /**
   * What an exploration has found.
   *
   * @param schedules how many schedules were run
   * @param violation the first violation, if there was one
   * @param unfinished why not all schedules were run, if so; a violation is no such reason
   */
  public record Result(
      int schedules, Optional<Violation> violation, Optional<Unfinished> unfinished) {

    /** Every order was tried, and none breaks a promise. */
    Result(int schedules) {
      this(schedules, Optional.empty(), Optional.empty());
    }

    /** None of the orders that were tried breaks a promise, and there are others. */
    Result(int schedules, String reason, String remedy) {
      this(schedules, Optional.empty(), Optional.of(new Unfinished(reason, remedy)));
    }
  }

  /**
   * Not every order could be tried.
   *
   * @param reason why not
   * @param remedy what to do about it
   */
  public record Unfinished(String reason, String remedy) {}

  /**
   * A broken promise.
   *
   * @param text what is wrong, in one sentence
   * @param trace what happened, in order: one entry per turn, as {@code name: Type.method:lines
   *     (how the turn ended)}
   * @param stoppedAfter the line, as {@code Type.method:line}, after which an actor was stopped
   *     first, if one was
   * @param cause what the check or an actor has thrown, if that is how it was noticed
   */
  public record Violation(
      String text, List<String> trace, Optional<String> stoppedAfter, Optional<Throwable> cause) {
    @Override
    public String toString() {
      return text + "\nIn order:\n  " + String.join("\n  ", trace);
    }
  }

  private final Callable<S> setUp;
  private final Map<String, Move<S>> actors = new LinkedHashMap<>();
  private Check<S> check = (_, waiting) -> nobodyWaits(waiting);
  private Move<S> cleanUp = _ -> {};
  private int mostPreemptions = 2;

  private Interleavings(Callable<S> setUp) {
    this.setUp = setUp;
  }

  /**
   * Starts a scenario.
   *
   * @param <S> the state of one schedule
   * @param setUp makes the state for one schedule
   * @return the scenario, still without actors
   */
  public static <S> Interleavings<S> from(Callable<S> setUp) {
    return new Interleavings<>(setUp);
  }

  /**
   * Adds an actor. What it throws is a violation.
   *
   * @param name how the trace calls it
   * @param step what it does: calls into the learner's object, and notes about their results
   * @return this
   * @throws IllegalArgumentException if there is an actor of that name
   */
  public Interleavings<S> actor(String name, Move<S> step) {
    if (actors.putIfAbsent(name, step) != null) {
      throw new IllegalArgumentException("There are two actors with the name " + name + ".");
    }
    return this;
  }

  /**
   * Sets the check; an actor that still waits is a violation.
   *
   * @param check throws if a promise is broken
   * @return this
   */
  public Interleavings<S> check(Move<S> check) {
    return check(
        (state, waiting) -> {
          nobodyWaits(waiting);
          check.run(state);
        });
  }

  /**
   * Sets the check, which decides also whether an actor may still wait.
   *
   * @param check throws if a promise is broken
   * @return this
   */
  public Interleavings<S> check(Check<S> check) {
    this.check = check;
    return this;
  }

  /**
   * Sets what to do after each check, before actors that still wait are interrupted: to cancel what
   * they wait for, say. It is left out where a schedule was given up.
   *
   * @param cleanUp the last step of each schedule
   * @return this
   */
  public Interleavings<S> cleanUp(Move<S> cleanUp) {
    this.cleanUp = cleanUp;
    return this;
  }

  /**
   * Limits the exploration. Every order without a preemption is tried; those with one and then
   * those with two, as far as 2000 orders go in all.
   *
   * @param count how often, per schedule, an actor is stopped that could go on; default 2
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public Interleavings<S> preemptions(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(count + " preemptions?");
    }
    mostPreemptions = count;
    return this;
  }

  /**
   * Runs the schedules. Their number is bounded by counts, so that every machine tries the same
   * ones. The limit for a rule, see {@link workbook.checker.Patience}, only ends what would go on
   * for ever.
   *
   * @return the first violation, or that there is none
   * @throws IllegalStateException if a schedule cannot be set up or cleaned up, or if the calling
   *     thread is interrupted; its interrupt status is then set
   */
  public Result explore() {
    // On a virtual thread, a change of turns need not wait for the operating system.
    var exploration =
        new Exploration<>(setUp, new LinkedHashMap<>(actors), check, cleanUp, mostPreemptions);
    var result = new FutureTask<>(exploration);
    var carriers = new Carriers();
    carriers.one();
    var explorer = Thread.ofVirtual().name("interleavings").start(result);
    try {
      return result(exploration, result, carriers);
    } catch (InterruptedException e) {
      explorer.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while exploring.", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException unchecked -> unchecked;
        case Error error -> throw error;
        case null, default -> new IllegalStateException("Cannot run the scenario.", e.getCause());
      };
    } finally {
      carriers.all();
    }
  }

  private static Result result(Exploration<?> exploration, Future<Result> result, Carriers carriers)
      throws InterruptedException, ExecutionException {
    for (int begun = 0; ; begun = exploration.begun()) {
      try {
        return result.get(RealTime.limit().toMillis() / 4, MILLISECONDS);
      } catch (TimeoutException e) {
        if (exploration.begun() == begun) {
          carriers.all(); // an actor that runs on and on may keep the explorer from its carrier
        }
      }
    }
  }

  /** Who waits, and where. */
  static String inWords(Map<String, String> waiting) {
    return waiting.entrySet().stream()
        .map(entry -> entry.getKey() + " at " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void nobodyWaits(Map<String, String> waiting) {
    if (!waiting.isEmpty()) {
      throw new AssertionError("waiting for something that nobody will do: " + inWords(waiting));
    }
  }
}
