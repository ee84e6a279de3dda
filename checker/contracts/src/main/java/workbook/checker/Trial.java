package workbook.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/**
 * What one rule is tried with: virtual time, callers, the log, a journal of what happened, and the
 * {@link Expectations}.
 *
 * <p><b>Threads.</b> {@link #note} and {@link #time} may be used from any thread, the rest only
 * from the rule's own.
 */
public final class Trial extends Expectations {

  private static final String LIVES_ON = "the JVM lives on: a library never ends its application";

  private final VirtualTime time;
  private final Journal journal;
  private final Findings findings;
  private final LogCapture log = new LogCapture();
  private final List<Caller<?>> actors = new CopyOnWriteArrayList<>();
  private final List<Executable> cleanUps = new ArrayList<>();
  private final Thread.@Nullable UncaughtExceptionHandler handlerBefore;
  private Set<Long> threadsBefore = Set.of();
  private final Limit limit = Limit.of(Patience.RULE);
  private volatile boolean hasTakenLong;

  private Trial(VirtualTime time, Journal journal, Findings findings) {
    super(findings);
    this.time = time;
    this.journal = journal;
    this.findings = findings;
    this.handlerBefore = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(findings::died);
  }

  /** Begins a trial of a rule; {@link #close} ends it. */
  static Trial of(Rule rule, String type) {
    var time = new VirtualTime();
    var journal = new Journal(time);
    return new Trial(time, journal, new Findings(rule, type, journal));
  }

  /**
   * Says what the rule is tried with, as the learner will read it.
   *
   * @param text one line
   */
  public void setUp(String text) {
    findings.setUp(text);
  }

  /**
   * Says where to look from here to the next set-up, where this scenario tells better than the rule
   * does, also for a call that waits and does not return. The line of an exception still counts
   * first.
   *
   * @param places as in {@link Rule#lookAt}; none for the rule's own
   */
  public void lookAt(String... places) {
    findings.lookAt(places);
  }

  /**
   * Names the object under test, so that findings can point into its source.
   *
   * @param object the learner's object
   * @param <T> its type
   * @return the same object
   */
  public <T> T subject(T object) {
    findings.subject(object.getClass());
    return object;
  }

  /** The time of this trial, a virtual one that stood at 0 ms when the trial began. */
  public VirtualTime time() {
    return time;
  }

  /** The end of this trial, for a clock that it has besides. */
  public EndOfTrial end() {
    return time.end();
  }

  /** What was logged since the trial began. */
  public LogCapture log() {
    return log;
  }

  /**
   * Gives the rule up where it cannot be tried. It is shown with the reason and does not count as
   * kept.
   *
   * @param reason why this machine cannot try it
   * @return nothing: it always throws
   */
  public RuleSkipped skip(String reason) {
    throw findings.skipped(reason);
  }

  /**
   * Gives the rule up where nothing was found and yet not all was tried. It is shown as not
   * decided, and does not count as kept.
   *
   * @param reason why there is no verdict, such as "the machine is busy"
   * @param remedy what the learner can do to get one
   * @return nothing: it always throws
   */
  public RuleNotDecided notDecided(String reason, String remedy) {
    throw findings.notDecided(reason, remedy);
  }

  /**
   * Adds to the journal.
   *
   * @param what a few words
   */
  public void note(String what) {
    journal.note(what);
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
   * Makes a gate that is shut; when the trial is over, it is opened for whoever still waits there.
   */
  public Gate gate() {
    var gate = new Gate(time);
    afterwards(gate::open);
    return gate;
  }

  /**
   * Makes a call on a thread of its own, which takes part in the virtual time.
   *
   * @param name who calls, for the journal
   * @param call the call
   * @param <T> what it returns
   * @return the caller
   */
  public <T extends @Nullable Object> Caller<T> start(String name, Callable<T> call) {
    var actor = new Caller<>(name, call, time);
    actors.add(actor);
    return actor;
  }

  @Override
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
    var limit = Limit.of(Patience.SIGNAL);
    // region edge
    Awaitility.await()
        .pollInSameThread()
        .forever()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> newThreads().isEmpty() || limit.hasPassed());
    // endregion
    var left = newThreads();
    if (!left.isEmpty()) {
      throw broken(expected, "left running: " + String.join(", ", left));
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

  /**
   * Expects that some calls stand nowhere in the learner's classes, made or not: for what no rule
   * can let happen.
   *
   * @param expected what should be, in words
   * @param test the learner's test class, from which all classes are found
   * @param calls the calls: whose method and which, such as {@code java/lang/Runtime.exit}, with
   *     the parameters and the result behind it, as in {@code java/lang/String.getBytes()[B}, if
   *     others of that name are none of them
   */
  public void expectNotWritten(String expected, Class<?> test, Set<String> calls) {
    for (var call : WrittenCall.in(test)) {
      if (calls.contains(call.method()) || calls.contains(call.method() + call.descriptor())) {
        var name = call.method().substring(call.method().lastIndexOf('/') + 1);
        throw findings.of(
            expected,
            name.replace(".<init>", "'s constructor") + " is called",
            new StackTraceElement[] {call.at()});
      }
    }
  }

  /** Whether the rule was given up by {@link #skip}, whoever else throws the same. */
  boolean wasSkipped(@Nullable Throwable thrown) {
    return thrown instanceof RuleSkipped && findings.gaveUpWith(thrown);
  }

  /** The verdict on whatever a rule's own code ran into. */
  AssertionError explain(Throwable e, String gap) {
    return findings.explain(e, gap);
  }

  @Override
  public void mayLast(Duration by) {
    limit.extend(by);
  }

  /** A limit of one of its waits has passed. */
  void tookLong() {
    hasTakenLong = true;
  }

  /** Whether a limit of one of its waits has passed. */
  boolean hasTakenLong() {
    return hasTakenLong;
  }

  /** How long the rule may last. */
  Limit limit() {
    return limit;
  }

  /** The finding for a rule that was cut off. */
  AssertionError cutOff(Thread thread) {
    var stuck =
        LearnerCode.place(thread.getStackTrace()).isPresent()
            ? thread
            : actors.stream() // the rule's own thread only waits for one of these
                .filter(actor -> !actor.isDone())
                .findFirst()
                .map(Caller::thread)
                .orElse(thread);
    return findings.of(
        "an end within " + limit.time().toSeconds() + " s",
        Words.stillRunning(stuck),
        stuck.getStackTrace());
  }

  /** The finding for a JVM that was told to exit. */
  RuleBroken exited(Throwable call) {
    return findings.of(
        LIVES_ON,
        "System.exit was called, so the rules after this one were not run",
        call.getStackTrace());
  }

  /** The finding for a JVM that would be ended without a word. */
  RuleBroken halted(StackTraceElement call) {
    return findings.of(
        LIVES_ON, "it calls Runtime.halt, so no rule was tried", new StackTraceElement[] {call});
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
    end().come(time::allRest);
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
}
