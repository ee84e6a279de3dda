package workbook.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;
import workbook.checker.RuleBroken.Finding;
import workbook.checker.interleaving.Interleavings;
import workbook.hosting.NotStarted;

/**
 * What one rule is tried with: virtual time, callers, the log, a journal of what happened, and the
 * expectations. Each expectation says in words what should be; when it is not, the finding carries
 * the set-up, the place to look at and the journal with it.
 *
 * <p><b>Threads.</b> {@link #note} and {@link #time} may be used from any thread, the rest only
 * from the rule's own.
 */
public final class Trial {

  private static final int MOST_NOTES = 24;

  private final Rule rule;
  private final String type;
  private final VirtualTime time = new VirtualTime();
  private final LogCapture log = new LogCapture();
  private final List<Note> journal = Collections.synchronizedList(new ArrayList<>());
  private final List<Actor<?>> actors = new CopyOnWriteArrayList<>();
  private final List<Executable> cleanUps = new ArrayList<>();
  private String setUp = "";
  private @Nullable Class<?> subject;
  private Set<Long> threadsBefore = Set.of();

  private final Thread.@Nullable UncaughtExceptionHandler handlerBefore;
  private volatile @Nullable Death firstDeath;

  private record Note(long millis, String what) {}

  /** A thread that ended with an exception that nobody caught. */
  private record Death(String thread, Throwable cause) {

    @Override
    public String toString() {
      return "the thread '" + thread + "' ended with " + describe(cause);
    }
  }

  Trial(Rule rule, String type) {
    this.rule = rule;
    this.type = type;
    this.handlerBefore = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(this::died);
  }

  private synchronized void died(Thread thread, Throwable cause) {
    var death = new Death(thread.getName(), cause);
    note(death.toString());
    if (firstDeath == null) {
      firstDeath = death;
    }
  }

  /**
   * Says what the rule is tried with, as the learner will read it.
   *
   * @param text one line
   */
  public void setUp(String text) {
    setUp = text;
  }

  /**
   * Names the object under test, so that findings can point into its source.
   *
   * @param object the learner's object
   * @param <T> its type
   * @return the same object
   */
  public <T> T subject(T object) {
    subject = object.getClass();
    return object;
  }

  /**
   * The time of this trial.
   *
   * @return a virtual time that stood at 0 ms when the trial began
   */
  public VirtualTime time() {
    return time;
  }

  /**
   * What was logged since the trial began.
   *
   * @return the capture
   */
  public LogCapture log() {
    return log;
  }

  /**
   * Adds to the journal.
   *
   * @param what a few words
   */
  public void note(String what) {
    journal.add(new Note(time.millis(), what));
  }

  /**
   * Does something when the trial is over, whatever its outcome.
   *
   * @param cleanUp what to do; its failure is ignored
   */
  public void afterwards(Executable cleanUp) {
    cleanUps.add(cleanUp);
  }

  /**
   * Makes a call on a thread of its own, which takes part in the virtual time.
   *
   * @param name who calls, for the journal
   * @param call the call
   * @param <T> what it returns
   * @return the caller
   */
  public <T extends @Nullable Object> Actor<T> start(String name, Callable<T> call) {
    var actor = new Actor<>(name, call, time);
    actors.add(actor);
    return actor;
  }

  /** Waits until everyone who takes part has ended or is waiting. */
  public void settle() {
    time.settle();
  }

  /**
   * Moves the time on, to a point counted from the beginning of the trial.
   *
   * @param millis the virtual time in milliseconds
   */
  public void advanceTo(long millis) {
    time.advanceTo(millis);
  }

  /**
   * Expects a value.
   *
   * @param expected what should be, in words
   * @param actual what is
   * @param wanted what should be
   */
  public void expect(String expected, @Nullable Object actual, @Nullable Object wanted) {
    if (!Objects.equals(actual, wanted)) {
      throw broken(expected, describe(actual));
    }
  }

  /**
   * Expects what an assertion asserts.
   *
   * @param expected what should be, in words
   * @param actual what is
   * @param assertion throws an AssertionError if it is not; its message is shown
   * @param <T> the type of what is
   */
  public <T> void expect(String expected, T actual, Consumer<T> assertion) {
    try {
      assertion.accept(actual);
    } catch (AssertionError e) {
      throw broken(
          expected, describe(actual) + " (" + onOneLine(String.valueOf(e.getMessage())) + ")");
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
    long limit = System.nanoTime() + Patience.SIGNAL.limit().toNanos();
    // Where a thread has died, what it was to bring about will hardly come.
    long limitAfterDeath = limit - Patience.SIGNAL.limit().toNanos() * 9 / 10;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - (firstDeath == null ? limit : limitAfterDeath) > 0) {
        throw broken(expected, butWas.get());
      }
      LockSupport.parkNanos(20_000);
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
  public <T extends @Nullable Object> T expectReturn(String expected, Actor<T> actor) {
    if (!actor.await()) {
      throw broken(expected, stillRunning(actor.thread()), actor.thread().getStackTrace());
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
  public <E extends Throwable> E expectThrow(String expected, Actor<?> actor, Class<E> type) {
    if (!actor.await()) {
      throw broken(expected, stillRunning(actor.thread()), actor.thread().getStackTrace());
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
   * Expects that a caller is still waiting once all have come to rest.
   *
   * @param expected what should be, in words
   * @param actor the caller
   */
  public void expectWaiting(String expected, Actor<?> actor) {
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
   * Expects that a race ends well in every order of the racers' steps, simple orders first, as far
   * as the race's limits let it be tried: what has not been tried is not held against the learner.
   *
   * @param expected what should be, in words
   * @param race the racers and the check
   */
  public void expectInEveryOrder(String expected, Interleavings<?> race) {
    var result = race.explore();
    if (result.violation().isPresent()) {
      var violation = result.violation().get();
      journal.clear();
      violation.trace().forEach(this::note);
      throw broken(expected, onOneLine(violation.text()));
    }
  }

  /**
   * Expects that an argument is refused: with a NullPointerException or IllegalArgumentException
   * whose message names it.
   *
   * @param call the call with the bad argument, in words
   * @param executable the call
   * @param mentions what the message must mention: the argument's name, and its value if it has one
   */
  public void expectRefused(String call, Executable executable, String... mentions) {
    var expected =
        call + " is refused with a message that mentions " + String.join(" and ", mentions);
    try {
      executable.execute();
    } catch (NullPointerException | IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage());
      if (Arrays.stream(mentions).allMatch(message::contains) && !isUnplanned(e)) {
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

  /** Remembers which threads live now. */
  public void watchThreads() {
    threadsBefore = LiveThreads.now().keySet();
  }

  /**
   * Expects that no thread lives but those that were remembered and the trial's own callers. A
   * thread that has done its work may take a moment to go.
   *
   * @param expected what should be, in words
   */
  public void expectNoNewThread(String expected) {
    try {
      // region edge
      Awaitility.await()
          .pollInSameThread()
          .atMost(Patience.SIGNAL.limit())
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> newThreads().isEmpty());
      // endregion
    } catch (ConditionTimeoutException e) {
      throw broken(expected, "left running: " + String.join(", ", newThreads()));
    }
  }

  private Collection<String> newThreads() {
    var threads = LiveThreads.now();
    threads.keySet().removeAll(threadsBefore);
    threads.remove(Thread.currentThread().threadId());
    actors.forEach(actor -> threads.remove(actor.thread().threadId()));
    threads.values().removeIf(name -> name.contains(VirtualTime.HELPER));
    return threads.values().stream().sorted().toList();
  }

  // The JVM's own message for a null that was stumbled over, not looked for.
  private static boolean isUnplanned(RuntimeException e) {
    return e instanceof NullPointerException
        && String.valueOf(e.getMessage()).startsWith("Cannot ");
  }

  /**
   * Ends the trial without a verdict: the rule cannot be tried here. It is shown as skipped, and
   * never counted as kept.
   *
   * @param reason why not, in words
   */
  public void skip(String reason) {
    throw new TestAbortedException(reason);
  }

  /**
   * The finding that breaks the rule.
   *
   * @param expected what should have been, in words
   * @param butWas what was, in words
   * @return the error to throw
   */
  public RuleBroken broken(String expected, String butWas) {
    return broken(expected, butWas, new StackTraceElement[0]);
  }

  private RuleBroken broken(String expected, String butWas, StackTraceElement[] stack) {
    var death = firstDeath;
    return death == null
        ? finding(expected, butWas, stack)
        : finding(expected, butWas + "; " + death, death.cause.getStackTrace());
  }

  private RuleBroken finding(String expected, String butWas, StackTraceElement[] stack) {
    var lookAt =
        LearnerCode.place(stack)
            .or(() -> Optional.ofNullable(subject).map(c -> LearnerCode.place(c, rule.lookAt())))
            .orElse(type + "." + rule.lookAt());
    var frames = LearnerCode.frames(stack);
    return new RuleBroken(rule, new Finding(setUp, lookAt, expected, butWas, journal()), frames);
  }

  /** The finding for whatever a rule's own code ran into. */
  AssertionError explain(Throwable e, boolean reachedGap) {
    if (reachedGap) {
      return new RuleNotStarted(rule);
    }
    return switch (e) {
      case RuleBroken known -> known;
      case VirtualTime.NotAtRest restless ->
          broken(
              rest(restless.thread()),
              restless.getMessage() + ": " + stillRunning(restless.thread()),
              restless.getStackTrace());
      default -> broken("no exception here", describe(e) + " was thrown", e.getStackTrace());
    };
  }

  private static String rest(Thread thread) {
    return switch (thread.getState()) {
      case TIMED_WAITING -> "every wait is on the time that was handed in";
      case BLOCKED -> "no monitor is held during a wait: who stands in line cannot be interrupted";
      default -> "every thread waits, or comes to its end";
    };
  }

  /** The finding for a rule that was cut off. */
  AssertionError cutOff(Thread thread, Duration limit) {
    var stuck =
        LearnerCode.place(thread.getStackTrace()).isPresent()
            ? thread
            : actors.stream() // the rule's own thread only waits for one of these
                .filter(actor -> !actor.isDone())
                .findFirst()
                .map(Actor::thread)
                .orElse(thread);
    return broken(
        "an end within " + limit.toSeconds() + " s", stillRunning(stuck), stuck.getStackTrace());
  }

  /** The finding for a JVM that was told to exit. */
  RuleBroken exited(Throwable call) {
    return broken(
        "the JVM lives on: a library never ends its application",
        "System.exit was called, so the rules after this one were not run",
        call.getStackTrace());
  }

  /** Ends what the trial began, as far as it can be ended: a learner's close may hang or throw. */
  void close() {
    var thread = Thread.ofPlatform().daemon().name("clean-up").start(this::cleanUp);
    try {
      thread.join(Patience.SIGNAL.limit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    actors.forEach(actor -> actor.thread().interrupt());
    thread.interrupt();
    Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
    log.close();
  }

  private void cleanUp() {
    for (var cleanUp : cleanUps.reversed()) {
      try {
        cleanUp.execute();
      } catch (Throwable e) {
        // The verdict has been given: what is cleaned up afterwards does not change it.
      }
    }
  }

  private List<String> journal() {
    List<Note> notes;
    synchronized (journal) {
      notes = List.copyOf(journal);
    }
    boolean timeless = notes.stream().allMatch(note -> note.millis == 0);
    var shown =
        notes.stream()
            .limit(MOST_NOTES)
            .map(note -> timeless ? note.what : note.millis + " ms " + note.what)
            .collect(Collectors.toCollection(ArrayList::new));
    if (notes.size() > MOST_NOTES) {
      shown.add("and " + (notes.size() - MOST_NOTES) + " more");
    }
    return shown;
  }

  private static String stillRunning(Thread thread) {
    var what =
        switch (thread.getState()) {
          case TERMINATED -> "has just ended";
          case RUNNABLE -> "is running";
          case TIMED_WAITING -> "is in a timed wait on the real clock";
          case BLOCKED -> "is waiting for a monitor";
          default -> "is waiting";
        };
    var where = LearnerCode.place(thread.getStackTrace());
    return "the thread '%s' %s%s"
        .formatted(thread.getName(), what, where.map(place -> " at " + place).orElse(""));
  }

  /**
   * Text for a value, as a finding shows it.
   *
   * @param value any value
   * @return one line
   */
  public static String describe(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Optional<?> optional -> optional.map(Trial::describe).orElse("nothing");
      case Collection<?> many when many.isEmpty() -> "none";
      case Collection<?> many ->
          many.stream().map(Trial::describe).collect(Collectors.joining(", "));
      case Throwable thrown ->
          thrown.getClass().getSimpleName()
              + (thrown.getMessage() == null
                  ? " without a message"
                  : ": " + thrown.getMessage().lines().findFirst().orElse(""));
      default -> value.toString();
    };
  }

  private static String onOneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
