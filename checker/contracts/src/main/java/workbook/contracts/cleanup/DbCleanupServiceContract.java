package workbook.contracts.cleanup;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.CancellationToken;
import workbook.hosting.ServiceScopeFactory;

/** The rules of a service that cleans a database: here how it ends. */
@Tag("step-3")
@Step(module = WorkbookModule.CLEANUP, number = 3, type = "DbCleanupService")
public abstract class DbCleanupServiceContract extends RunRules {

  /** A contract is stateless. */
  protected DbCleanupServiceContract() {}

  /** An Error is not for a loop to survive. */
  @Rule(
      number = "3.32",
      says = "An Error in a run MUST end the service, close the scope and fail the completion.",
      check =
          "that Exception is caught around a run, not Throwable; that the scope is closed on this"
              + " path too",
      lookAt = "execute")
  void error(Trial trial) {
    trial.setUp("the first run throws an Error");
    var error = new NoClassDefFoundError("org/postgresql/Driver");
    var bench =
        bench(
            trial,
            _ -> {
              throw error;
            });
    bench.start();
    var completion = bench.completion().toCompletableFuture();
    trial.expectSoon(
        "the completion tells of the failure", completion::isDone, () -> "it is still open");
    var failure = completion.handle((_, thrown) -> thrown).getNow(null);
    trial.expectThat(
        "the completion fails with the Error",
        failure == error || (failure != null && failure.getCause() == error),
        failure == null ? "it completed normally" : "it failed with " + Trial.describe(failure));
    bench.expectScopes("the scope is closed", 1);
    bench.advanceTo(CleanupBench.HOUR);
    bench.expectRuns("no run after the Error", 1);
  }

  /** One run at a time. */
  @Rule(
      number = "3.33",
      says = "A run that takes longer than the period MUST delay the next one: runs never overlap.",
      check =
          "that one thread waits and runs, so that it cannot begin a run before the last one has"
              + " ended",
      lookAt = "execute")
  void noOverlap(Trial trial) {
    trial.setUp("a plan of every hour; the first run takes two and a half");
    var gate = trial.gate();
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var bench =
        bench(
            trial,
            _ -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              gate.pass();
              running.decrementAndGet();
            });
    bench.start();
    bench.advanceTo(2 * CleanupBench.HOUR + CleanupBench.HOUR / 2);
    bench.expectRuns("no other run begins while the first goes on", 1);
    gate.open();
    bench.rest();
    bench.advanceTo(4 * CleanupBench.HOUR);
    trial.expectThat(
        "after it there are runs again",
        bench.runs() >= 2,
        "none, one and a half hours after its end");
    trial.expect("one run at a time", most.get(), 1);
  }

  /** A stop between two runs is quiet and quick. */
  @Rule(
      number = "3.34",
      says =
          "Stop between two runs MUST end the service promptly, without an error in the log or a"
              + " thread left.",
      check =
          "that the wait gets the token that stop cancels; that the loop ends when the wait says"
              + " false; that a normal end is not logged as an error",
      lookAt = "execute")
  void stopWhileWaiting(Trial trial) {
    trial.setUp("the next run is an hour away; stop with 10 s to go");
    trial.watchThreads();
    var bench = bench(trial, _ -> {}).start();
    trial.expectReturn("stop returns at the same time, 0 ms", bench.stop());
    trial.expect("no time has passed", trial.time().millis(), 0L);
    trial.expect("no warning, no error in the log", trial.log().at(Level.WARN), List.of());
    bench.expectNormalEnd();
    trial.expectNoNewThread("no thread is left after stop");
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectRuns("no run after stop", 1);
  }

  /** A stop in the middle of a run spoils nothing. */
  @Rule(
      number = "3.35",
      says =
          "Stop during a run MUST cancel its token, wait for its end undisturbed, and leave the"
              + " database usable.",
      check =
          "that the audit log gets the token that stop cancels, and stop waits; that nobody closes"
              + " the scope or interrupts the thread meanwhile",
      lookAt = "execute")
  void stopDuringARun(Trial trial) {
    trial.setUp(
        "a pool with one connection; a run in the middle of a batch; stop with 10 s to go; the"
            + " batch ends at 4 s");
    var pool = new OnePool(trial);
    var gate = trial.gate();
    var seen = Collections.synchronizedList(new ArrayList<String>());
    var tokens = Collections.synchronizedList(new ArrayList<CancellationToken>());
    var bench =
        bench(
            trial,
            token -> {
              tokens.add(token);
              seen.add(token.isCancelled() ? "cancelled too early" : "not cancelled");
              try {
                gate.pass();
                seen.add("batch ended");
              } catch (InterruptedException e) {
                seen.add("interrupted");
                throw e;
              }
            },
            pool);
    bench.start();
    trial.expect("one connection is lent during the run", pool.lent(), 1);
    var stop = bench.stop();
    trial.expectWaiting("stop waits while the batch is in progress", stop);
    trial.expectThat(
        "the run's token is cancelled",
        tokens.getFirst().isCancelled(),
        "it is not, so the run would go on to its last batch");
    bench.advanceTo(4_000);
    trial.expectWaiting("stop waits while the batch is in progress, at 4 s", stop);
    trial.expect("the scope stays open until then", bench.closed.get(), 0);
    gate.open();
    trial.expectReturn("stop returns when the run has ended", stop);
    trial.expect(
        "the batch was not disturbed", List.copyOf(seen), List.of("not cancelled", "batch ended"));
    bench.expectScopes("the scope is closed when stop returns", 1);
    pool.expectUsable("the pool's connection is back");
    trial.expect("no warning, no error in the log", trial.log().at(Level.WARN), List.of());
    bench.expectNormalEnd();
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectRuns("no run after stop", 1);
  }

  /** At the deadline patience ends, and still nothing is left open. */
  @Rule(
      number = "3.36",
      says =
          "At the deadline the run MUST be interrupted, stop MUST throw a TimeoutException that"
              + " names the service, and the scope MUST be closed.",
      check =
          "what stop does when its wait has come to the deadline; that the scope is closed by the"
              + " thread that was interrupted",
      lookAt = "execute")
  void deadline(Trial trial) {
    trial.setUp("a pool with one connection; a batch that does not end; stop with 10 s to go");
    var pool = new OnePool(trial);
    var gate = trial.gate();
    var interrupted = new AtomicBoolean();
    var bench =
        bench(
            trial,
            _ -> {
              try {
                gate.pass();
              } catch (InterruptedException e) {
                trial.note("the run is interrupted");
                interrupted.set(true);
                throw e;
              }
            },
            pool);
    bench.start();
    var stop = bench.stop();
    bench.advanceTo(9_999);
    trial.expectWaiting("stop waits at 9,999 ms", stop);
    trial.expectThat("no interrupt before the deadline", !interrupted.get(), "there was one");
    bench.advanceTo(10_000);
    var timeout = trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    var message = String.valueOf(timeout.getMessage());
    trial.expectThat(
        "the message names the service '" + CleanupBench.NAME + "'",
        message.contains(CleanupBench.NAME),
        "it says: " + message);
    trial.expectSoon("the run is interrupted", interrupted::get, () -> "it goes on");
    trial.expectSoon(
        "the scope is closed after the interrupt",
        () -> bench.closed.get() == 1,
        () -> "it is still open");
    bench.rest();
    pool.expectUsable("the pool's connection is back");
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectRuns("no further run", 1);
  }

  /** Start is called once, stop at any time. */
  @Rule(
      number = "3.37",
      says =
          "A second start MUST be refused; stop before start, twice, and from two threads at once"
              + " MUST be harmless.",
      check =
          "what the base class does for you, if you use it; what stop does when there is no thread"
              + " yet, and when it has ended",
      lookAt = "execute")
  void anyTime(Trial trial) {
    trial.setUp("stop; start; start again; stop from two threads during a run; stop again");
    var gate = trial.gate();
    var bench = bench(trial, _ -> gate.pass());
    trial.expectReturn("stop before start returns", bench.stop());
    bench.start();
    var again = trial.start("second starter", bench::callStart);
    trial.expectThrow("the second start is refused", again, IllegalStateException.class);
    bench.expectRuns("it has begun no second run", 1);
    var first = bench.stop();
    trial.expectWaiting("the first stop waits for the run", first);
    var second = bench.stop();
    trial.expectWaiting("the second stop waits for the same end", second);
    gate.open();
    trial.expectReturn("the first stop returns", first);
    trial.expectReturn("the second stop returns", second);
    trial.expectReturn("a stop after the end returns", bench.stop());
    bench.expectScopes("one scope, closed", 1);
  }

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "3.38",
      says =
          "A name, scopes, a time or a plan that is null MUST be refused with a message that names"
              + " it.",
      check = "the constructor, Objects.requireNonNull with the argument's name",
      lookAt = "<init>")
  void arguments(Trial trial) {
    trial.setUp("bad arguments, one at a time");
    var name = CleanupBench.NAME;
    var plan = CleanupBench.PLAN;
    var time = trial.time();
    ServiceScopeFactory scopes =
        () -> {
          throw new IllegalStateException("no scope is asked for here");
        };
    trial.subject(create(name, scopes, time, plan));
    trial.expectRefused(
        "a name of null", () -> create(Trial.noValue(), scopes, time, plan), "name");
    trial.expectRefused(
        "scopes of null", () -> create(name, Trial.noValue(), time, plan), "scopes");
    trial.expectRefused(
        "a time of null", () -> create(name, scopes, Trial.noValue(), plan), "time");
    trial.expectRefused(
        "a plan of null", () -> create(name, scopes, time, Trial.noValue()), "plan");
  }
}
