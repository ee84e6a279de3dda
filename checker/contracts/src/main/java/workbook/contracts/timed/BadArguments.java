package workbook.contracts.timed;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import workbook.checker.Trial;
import workbook.checker.fakes.ManualTicks;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/** Bad arguments. */
final class BadArguments {

  private BadArguments() {}

  static void ofTheTimer(Trial trial, TickSourceContract contract) {
    trial.subject(contract.create(TickSourceContract.PERIOD, trial.time()));
    var name = contract.nameOfPeriod();
    trial.expectThrow(
        "a null " + name + " is refused",
        () -> contract.create(Trial.noValue(), trial.time()),
        RuntimeException.class);
    for (int seconds : List.of(0, -5)) {
      trial.expectThrow(
          "a " + name + " of " + seconds + " s is refused with IllegalArgumentException",
          () -> contract.create(Duration.ofSeconds(seconds), trial.time()),
          IllegalArgumentException.class);
    }
    trial.expectRefused(
        "a null time source", () -> contract.create(TickSourceContract.PERIOD, Trial.noValue()));
  }

  static void ofTheService(Trial trial, TimedServiceContract contract) {
    Supplier<TickSource> timer = () -> new ManualTicks(trial.time());
    Work work = _ -> {};
    trial.subject(contract.create(TimedServiceBench.NAME, timer, work));
    trial.expectRefused("a null name", () -> contract.create(Trial.noValue(), timer, work));
    trial.expectRefused(
        "a null timer", () -> contract.create(TimedServiceBench.NAME, Trial.noValue(), work));
    trial.expectRefused(
        "null work", () -> contract.create(TimedServiceBench.NAME, timer, Trial.noValue()));
  }
}
