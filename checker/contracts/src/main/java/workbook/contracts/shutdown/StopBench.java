package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import workbook.checker.Caller;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.contracts.shutdown.Staff.Member;
import workbook.hosting.CancellationSource;
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
  final TimeSource time;
  private final CancellationSource over = new CancellationSource(); // the trial, for who sleeps on

  StopBench(Trial trial, BiFunction<Duration, TimeSource, StopSequence> maker) {
    this(trial, maker, GRACE, trial.time());
  }

  /** With a grace and a time of its own; whoever waits, waits in the trial's time. */
  StopBench(
      Trial trial,
      BiFunction<Duration, TimeSource, StopSequence> maker,
      Duration grace,
      TimeSource time) {
    this.trial = trial;
    this.time = time;
    trial.afterwards(over::cancel);
    this.staff = new Staff(trial);
    this.a = staff.member("a");
    this.b = staff.member("b");
    this.c = staff.member("c");
    this.sequence = trial.subject(maker.apply(grace, time));
  }

  /** Stops a, b and c on the calling thread, with 10 s to go. */
  Object stopAll() throws Exception {
    return stopNow(Deadline.after(LIMIT, time), a, b, c);
  }

  private Object stopNow(Deadline deadline, Member... services) throws Exception {
    sequence.stop(List.of(services), deadline);
    return "normally";
  }

  Caller<Object> stop() {
    return trial.start("stopper", this::stopAll);
  }

  Caller<Object> stop(String caller, Member... services) {
    return trial.start(caller, () -> stopNow(Deadline.after(LIMIT, time), services));
  }

  Caller<Object> stop(String caller, Deadline deadline, Member... services) {
    return trial.start(caller, () -> stopNow(deadline, services));
  }

  void sleep(long millis) throws InterruptedException {
    trial.time().sleep(Duration.ofMillis(millis), over.token());
  }

  void expectNotInterrupted(Member service) {
    trial.expectThat(
        service.name() + " was not interrupted",
        !service.stopInterrupted.get(),
        "the thread in its stop was interrupted");
  }

  /** Waits until the gate is open, whatever interrupts come. */
  static void passInTheEnd(Gate gate) {
    while (true) {
      try {
        gate.pass();
        return;
      } catch (InterruptedException e) {
        // ignored, as some services do
      }
    }
  }
}
