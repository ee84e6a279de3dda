package workbook.contracts.health;

import static workbook.contracts.health.PulseBench.BAD;
import static workbook.contracts.health.PulseBench.GOOD;
import static workbook.contracts.health.PulseBench.HOUR;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import workbook.checker.Trial;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;

/** What the checks say of a service that has ended, and what it leaves behind. */
final class Ends {

  private Ends() {}

  // A crash is known at once, not when the beats are missed.
  static void dead(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp(
        "services that fail: after a beat, before any, and before they are watched; one is"
            + " cancelled");
    var beating = contract.bench(trial);
    var crash = trial.gate();
    var service =
        beating.watched(
            _ -> {
              crash.pass();
              throw new IllegalStateException("out of paper");
            });
    beating.expect("before start", "waiting", GOOD, BAD);
    service.start();
    beating.beat();
    beating.expect("while it runs", "beating", GOOD, GOOD);
    crash.open();
    beating.expectEnd(service);
    beating.expect("after a beat and a failure", "dead", BAD, BAD);
    trial.advanceTo(HOUR);
    beating.expect("an hour later", "dead", BAD, BAD);
    beating.beat();
    beating.expect("after a beat that comes late", "dead", BAD, BAD);

    var early = contract.bench(trial);
    var failing =
        early.watched(
            _ -> {
              throw new AssertionError("no configuration");
            });
    failing.start();
    early.expectEnd(failing);
    early.expect("after a failure before any beat", "dead", BAD, BAD);

    var late = contract.bench(trial);
    late.beat();
    late.pulse.watch(failing);
    late.expect("when it is watched after its failure", "dead", BAD, BAD);
    var cancelled = contract.bench(trial);
    cancelled.pulse.watch(new Cancelled());
    cancelled.expect("when its completion was cancelled", "dead", BAD, BAD);
  }

  /** A service whose completion was cancelled: that is no normal end. */
  private static final class Cancelled implements HostedService {

    private final CompletableFuture<Void> completion = new CompletableFuture<>();

    Cancelled() {
      completion.cancel(true);
    }

    @Override
    public String name() {
      return "cancelled";
    }

    @Override
    public void start() {}

    @Override
    public void stop(Deadline deadline) {}

    @Override
    public CompletionStage<Void> completion() {
      return completion;
    }
  }

  static void ended(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp("a limit of 5 s; a service that beats and is stopped, one that just returns");
    var stopped = contract.bench(trial);
    var gate = trial.gate();
    var service = stopped.watched(gate::pass);
    service.start();
    stopped.beat();
    service.stop(Deadline.after(Duration.ofMinutes(1), TimeSource.system()));
    stopped.expectEnd(service);
    stopped.expect("after it was stopped", "ended", GOOD, BAD);
    trial.advanceTo(HOUR);
    stopped.expect("an hour later", "ended", GOOD, BAD);

    var returned = contract.bench(trial);
    var returning = returned.watched(_ -> trial.note("work"));
    returning.start();
    returned.expectEnd(returning);
    returned.expect("when it has returned before any beat", "ended", GOOD, BAD);
  }

  // Anybody may ask, so a description is public.
  static void secret(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp("a service that fails with 'no route to db-7, password hunter2', and a cause");
    var bench = contract.bench(trial);
    var service =
        bench.watched(
            _ -> {
              throw new IllegalStateException(
                  "no route to db-7, password hunter2", new RuntimeException("hunter2 is wrong"));
            });
    service.start();
    bench.expectEnd(service);
    for (var check : List.of(bench.live, bench.ready)) {
      var description = bench.look("the check of a dead service", check).description();
      trial.expectThat(
          "a description without the exception's text",
          !description.contains("hunter2") && !description.contains("db-7"),
          description);
    }
  }

  static void noThread(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp("a watched service that beats, is checked, becomes stale, and ends");
    trial.watchThreads();
    var bench = contract.bench(trial);
    var gate = trial.gate();
    var service = bench.watched(gate::pass);
    service.start();
    bench.beat();
    bench.look("live", bench.live);
    trial.advanceTo(6_000);
    bench.look("ready", bench.ready);
    gate.open();
    bench.expectEnd(service);
    trial.expectNoNewThread("no thread but the service's own, which has ended");
  }
}
