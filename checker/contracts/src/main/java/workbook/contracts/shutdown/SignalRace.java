package workbook.contracts.shutdown;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;

/** One schedule of a race of two signals: a runner that waits for its host, in a played process. */
final class SignalRace {

  final FakeProcess process;
  private final Trial trial;
  private final FakeHost host;
  private final Thread main;

  SignalRace(Trial trial, Function<HostProcess, HostRunner> maker) throws InterruptedException {
    this.trial = trial;
    process = new FakeProcess(trial);
    var started = new CountDownLatch(1);
    host = new FakeHost(trial).atStart(started::countDown);
    var runner = maker.apply(process);
    main = Thread.ofPlatform().daemon().name("main").start(() -> run(runner));
    if (!Limit.of(Patience.SIGNAL).awaits(started)) {
      throw new AssertionError("run does not start the host");
    }
    Limit.of(Patience.SIGNAL).awaits(this::isAtRest);
  }

  private boolean isAtRest() {
    return switch (main.getState()) {
      case WAITING, TIMED_WAITING, TERMINATED -> true;
      default -> false;
    };
  }

  private void run(HostRunner runner) {
    try {
      runner.run(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The request and the halt may be handed to other threads, as long as they come. */
  void expectOneRequestAndOneHalt() throws InterruptedException {
    Limit.of(Patience.SIGNAL).awaits(() -> host.requests.get() > 0 && !process.halts().isEmpty());
    // A second halt may be on its way: let it arrive.
    Thread.ofPlatform().start(() -> trial.time().advanceTo(0)).join();
    if (host.requests.get() == 0 || process.halts().size() != 1) {
      throw new AssertionError(
          "the host was asked %d times, halt was called %d times"
              .formatted(host.requests.get(), process.halts().size()));
    }
  }

  void end() throws InterruptedException {
    host.ends();
    main.join(Patience.SIGNAL.limit());
  }
}
