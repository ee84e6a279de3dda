package workbook.checker;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.interleaving.Interleavings;
import workbook.hosting.NotStarted;

/**
 * What a rule can expect. Each expectation says in words what should be; when it is not, the rule
 * is broken, and the finding carries the set-up, the place to look at and the journal with it.
 *
 * <p><b>Threads.</b> To be used from the rule's own thread only.
 */
public abstract sealed class Expectations permits Trial {

  private static final long SHORTEST_PAUSE = 20_000; // between two looks, in ns
  private static final long LONGEST_PAUSE = 1_000_000;

  private final Findings findings;

  Expectations(Findings findings) {
    this.findings = findings;
  }

  /** Waits until everyone who takes part has ended or is waiting. */
  public abstract void settle();

  /**
   * Lets the rule last longer before it is cut off, for what takes its own time.
   *
   * @param by how much longer
   */
  public abstract void mayLast(Duration by);

  /**
   * Expects a value.
   *
   * @param expected what should be, in words; where they do not give the value, it is added
   * @param actual what is
   * @param wanted what should be
   */
  public void expect(String expected, @Nullable Object actual, @Nullable Object wanted) {
    if (!Objects.equals(actual, wanted)) {
      throw broken(Words.withValue(expected, describe(wanted)), describe(actual));
    }
  }

  /**
   * Expects a condition.
   *
   * @param expected what should be, in words
   * @param holds whether it is
   * @param butWas what is, in words
   */
  public void expectThat(String expected, boolean holds, String butWas) {
    if (!holds) {
      throw broken(expected, butWas);
    }
  }

  /**
   * Expects that something comes about: it is bound to, within the limit for a signal.
   *
   * @param expected what should come about, in words
   * @param condition whether it has
   * @param butWas what is instead, in words
   */
  public void expectSoon(String expected, BooleanSupplier condition, Supplier<String> butWas) {
    var limit = Limit.of(Patience.SIGNAL);
    // Where a thread has died, what it was to bring about will hardly come.
    var limitAfterDeath = Limit.of(Patience.SIGNAL.limit().dividedBy(10));
    long pause = SHORTEST_PAUSE;
    while (!condition.getAsBoolean()) {
      if ((findings.aThreadHasDied() ? limitAfterDeath : limit).hasPassed()) {
        if (condition.getAsBoolean()) {
          return;
        }
        throw broken(expected, butWas.get());
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause + pause / 8, LONGEST_PAUSE);
    }
  }

  /**
   * Expects that a caller returns, and gives what it returned.
   *
   * @param expected what should be, in words
   * @param actor the caller
   * @param <T> what it returns
   * @return what it returned
   */
  public <T extends @Nullable Object> T expectReturn(String expected, Caller<T> actor) {
    if (!actor.await()) {
      throw findings.of(expected, actor.thread());
    }
    var thrown = actor.thrown();
    if (thrown != null) {
      throw broken(expected, describe(thrown) + " was thrown", thrown.getStackTrace());
    }
    return actor.returned();
  }

  /**
   * Expects that a caller gets an exception, and gives it.
   *
   * @param expected what should be, in words
   * @param actor the caller
   * @param type the type of the exception
   * @param <E> the type of the exception
   * @return the exception
   */
  public <E extends Throwable> E expectThrow(String expected, Caller<?> actor, Class<E> type) {
    if (!actor.await()) {
      throw findings.of(expected, actor.thread());
    }
    var thrown = actor.thrown();
    if (thrown == null) {
      throw broken(expected, "it returned " + describe(actor.returned()));
    }
    if (!type.isInstance(thrown)) {
      throw broken(expected, describe(thrown) + " was thrown", thrown.getStackTrace());
    }
    return type.cast(thrown);
  }

  /**
   * Expects that a call, made here and now, returns.
   *
   * @param expected what should be, in words
   * @param call the call
   * @param <T> what it returns
   * @return what it returned
   */
  public <T extends @Nullable Object> T expectReturn(String expected, Callable<T> call) {
    try {
      return call.call();
    } catch (NotStarted e) {
      throw e;
    } catch (Throwable e) {
      throw broken(expected, describe(e) + " was thrown", place(e));
    }
  }

  /**
   * Expects that a call, made here and now, throws, and gives what it threw.
   *
   * @param expected what should be, in words
   * @param call the call
   * @param type the type of the exception
   * @param <E> the type of the exception
   * @return the exception
   */
  public <E extends Throwable> E expectThrow(String expected, Executable call, Class<E> type) {
    try {
      call.execute();
    } catch (NotStarted e) {
      throw e;
    } catch (Throwable e) {
      if (type.isInstance(e)) {
        return type.cast(e);
      }
      throw broken(expected, describe(e) + " was thrown", place(e));
    }
    throw broken(expected, "nothing was thrown");
  }

  /** Where it comes from; of a stack that overflowed, the innermost frame is up to chance. */
  private static StackTraceElement[] place(Throwable e) {
    return e instanceof StackOverflowError ? new StackTraceElement[0] : e.getStackTrace();
  }

  /**
   * Expects that a caller is still waiting once all have come to rest.
   *
   * @param expected what should be, in words
   * @param actor the caller
   */
  public void expectWaiting(String expected, Caller<?> actor) {
    settle();
    if (actor.isDone()) {
      var thrown = actor.thrown();
      throw broken(
          expected,
          thrown == null
              ? "it returned " + describe(actor.returned())
              : describe(thrown) + " was thrown");
    }
  }

  /**
   * Expects that a race ends well in every order of the racers' steps, simple orders first. Where
   * not all of them can be tried, and none of the others breaks the rule, it is not decided.
   *
   * @param expected what should be, in words
   * @param race the racers and the check
   */
  public void expectInEveryOrder(String expected, Interleavings<?> race) {
    mayLast(Patience.RULE.limit().multipliedBy(3)); // it has bounds of its own
    var result = race.explore();
    if (result.violation().isPresent()) {
      var violation = result.violation().get();
      findings.tellOnly(violation.trace());
      throw findings.ofRace(expected, Words.onOneLine(violation.text()), violation.stoppedAfter());
    }
    if (result.unfinished().isPresent()) {
      var unfinished = result.unfinished().get();
      throw findings.notDecided(unfinished.reason(), unfinished.remedy());
    }
  }

  /**
   * Expects that an argument is refused, in any words.
   *
   * @param call the call with the bad argument, in words
   * @param executable the call
   */
  public void expectRefused(String call, Executable executable) {
    expectThrow(call + " is refused", executable, RuntimeException.class);
  }

  /**
   * Expects that an argument is refused: with a NullPointerException or IllegalArgumentException
   * whose message names it. Only for what the text of the rule, or the method's own, asks to be
   * named.
   *
   * @param call the call with the bad argument, in words
   * @param executable the call
   * @param mention what the message must mention: the argument's name
   * @param more what else it must mention: its value, if it has one
   */
  public void expectRefused(String call, Executable executable, String mention, String... more) {
    var mentions = Stream.concat(Stream.of(mention), Arrays.stream(more)).toList();
    var expected =
        call + " is refused with a message that mentions " + String.join(" and ", mentions);
    try {
      executable.execute();
    } catch (NullPointerException | IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage());
      if (mentions.stream().allMatch(message::contains) && !isUnplanned(e)) {
        return;
      }
      throw broken(expected, describe(e), e.getStackTrace());
    } catch (NotStarted e) {
      throw e;
    } catch (Throwable e) {
      throw broken(expected, describe(e) + " was thrown", e.getStackTrace());
    }
    throw broken(expected, "nothing was thrown");
  }

  /**
   * Null where the types forbid it, to see it refused.
   *
   * @param <T> the type that is asked for
   * @return null
   */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  public static <T> T noValue() {
    return (T) null;
  }

  // The JVM's own message for a null that was stumbled over, not looked for.
  private static boolean isUnplanned(RuntimeException e) {
    return e instanceof NullPointerException
        && String.valueOf(e.getMessage()).startsWith("Cannot ");
  }

  /**
   * The finding that breaks the rule.
   *
   * @param expected what should have been, in words
   * @param butWas what was, in words
   * @return the error to throw
   */
  public RuleBroken broken(String expected, String butWas) {
    return findings.of(expected, butWas, new StackTraceElement[0]);
  }

  /**
   * The finding that breaks the rule, where a stack tells where.
   *
   * @param expected what should have been, in words
   * @param butWas what was, in words
   * @param stack of what was thrown, or of a thread that does not go on
   * @return the error to throw
   */
  public RuleBroken broken(String expected, String butWas, StackTraceElement[] stack) {
    return findings.of(expected, butWas, stack);
  }

  /**
   * Text for a value, as a finding shows it.
   *
   * @param value any value
   * @return one line
   */
  public static String describe(@Nullable Object value) {
    return Words.describe(value);
  }
}
