package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.List;
import workbook.checker.Trial;
import workbook.hosting.Deadline;

/** Arguments that a sequence refuses; no service is no bad argument. */
final class StopArguments {

  private StopArguments() {}

  static void arguments(Trial trial, OrderlyStopContract page) {
    var bench = page.bench(trial);
    var sequence = bench.sequence;
    var deadline = Deadline.after(StopBench.LIMIT, trial.time());
    for (var grace : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(-1))) {
      trial.expectThrow(
          "a grace of " + grace + " is refused with an IllegalArgumentException",
          () -> page.create(grace, trial.time()),
          IllegalArgumentException.class);
    }
    trial.expectRefused("a null grace", () -> page.create(Trial.noValue(), trial.time()));
    trial.expectRefused("a null time", () -> page.create(StopBench.GRACE, Trial.noValue()));
    trial.lookAt("stop");
    trial.expectRefused("a null deadline", () -> sequence.stop(List.of(), Trial.noValue()));
    trial.expectRefused("a null list", () -> sequence.stop(Trial.noValue(), deadline));
    trial.expectReturn("with no services, stop returns at once", bench.stop("stopper"));
  }
}
