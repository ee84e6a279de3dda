package workbook.contracts.cleanup;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Trial;
import workbook.contracts.shared.BusyService;
import workbook.contracts.shared.ServiceEnds;
import workbook.contracts.shared.ServiceStarts;
import workbook.contracts.shared.ServiceStops;
import workbook.hosting.CancellationToken;

/** How the service ends. */
final class CleanupStops {

  private CleanupStops() {}

  static void stopWhileWaiting(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("the next run is an hour away; stop with 10 s to go");
    trial.watchThreads();
    var bench = page.bench(trial, _ -> {}).start();
    trial.expectReturn("stop returns at once, at 0 ms", bench.stop());
    trial.expect("no time has passed", trial.time().millis(), 0L);
    trial.expect("no warning, no error in the log", trial.log().at(Level.WARN), List.of());
    ServiceEnds.expectNormal(trial, bench.service);
    trial.expectNoNewThread("no thread is left after stop");
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectRuns("no run after stop", 1);
  }

  static void stopDuringARun(Trial trial, DbCleanupServiceContract page) {
    trial.setUp(
        "a pool with one connection; a run in the middle of a batch; stop with 10 s to go; the"
            + " batch ends at 4 s");
    var pool = new OnePool(trial);
    var gate = trial.gate();
    var seen = Collections.synchronizedList(new ArrayList<String>());
    var tokens = Collections.synchronizedList(new ArrayList<CancellationToken>());
    var bench =
        page.bench(
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
    ServiceEnds.expectNormal(trial, bench.service);
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectRuns("no run after stop", 1);
  }

  static void deadline(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("a pool with one connection; a batch that does not end; stop with 10 s to go");
    var pool = new OnePool(trial);
    var gate = trial.gate();
    var interrupted = new AtomicBoolean();
    var bench =
        page.bench(
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
    ServiceStops.expectTimeout(trial, stop, CleanupBench.NAME);
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

  static void anyTime(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("stop; start; start again; stop from two threads during a run; stop again");
    var gate = trial.gate();
    var bench = page.bench(trial, _ -> gate.pass());
    trial.expectReturn("stop before start returns", bench.stop());
    bench.start();
    ServiceStarts.second(trial, bench.service);
    bench.expectRuns("it has begun no second run", 1);
    var busy = new BusyService(bench.service, gate);
    var stops = ServiceStops.fromTwoThreads(trial, busy);
    ServiceStops.expectEnd(trial, busy, stops);
    bench.expectScopes("one scope, closed", 1);
  }
}
