package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.contracts.shutdown.Staff.Member;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/** A sequence under test, and the services a, b and c, started in this order. */
final class StopBench {

  static final Duration LIMIT = Duration.ofSeconds(10);
  static final Duration GRACE = Duration.ofMillis(500);

  final Trial trial;
  final Staff staff;
  final Member a;
  final Member b;
  final Member c;
  final StopSequence sequence;

  StopBench(Trial trial, BiFunction<Duration, TimeSource, StopSequence> maker) {
    this.trial = trial;
    this.staff = new Staff(trial);
    this.a = staff.member("a");
    this.b = staff.member("b");
    this.c = staff.member("c");
    this.sequence = trial.subject(maker.apply(GRACE, trial.time()));
  }

  Object stopAll() throws Exception {
    sequence.stop(List.of(a, b, c), Deadline.after(LIMIT, trial.time()));
    return "normally";
  }

  Caller<Object> stop() {
    return trial.start("stopper", this::stopAll);
  }

  Caller<Object> stop(String caller, Member service) {
    return trial.start(
        caller,
        () -> {
          sequence.stop(List.of(service), Deadline.after(LIMIT, trial.time()));
          return "normally";
        });
  }

  void sleep(long millis) throws InterruptedException {
    trial.time().sleep(Duration.ofMillis(millis), CancellationToken.none());
  }

  void expectNotInterrupted(Member service) {
    trial.expectThat(
        service.name() + " was not interrupted",
        !service.stopInterrupted.get(),
        "the thread in its stop was interrupted");
  }

  static void fail(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }
}
