package workbook.contracts.shutdown;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import workbook.checker.Caller;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.shutdown.HostProcess;
import workbook.shutdown.StopSignal;

/** A process whose operating system is the rule. It survives its own end. */
final class FakeProcess implements HostProcess {

  private final Trial trial;
  private final AtomicReference<@Nullable Consumer<StopSignal>> onSignal = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> onExit = new AtomicReference<>();
  private final List<Integer> halts = new CopyOnWriteArrayList<>();
  private volatile @Nullable StopSignal early;

  FakeProcess(Trial trial) {
    this.trial = trial;
  }

  /** Sends a signal as soon as somebody hears of them. */
  void signalAtOnce(StopSignal signal) {
    early = signal;
  }

  @Override
  public void onStopSignal(Consumer<StopSignal> action) {
    onSignal.set(action);
    var signal = early;
    if (signal != null) {
      trial.note(signal.toString());
      var handler = Thread.ofVirtual().name(signal + " handler").start(() -> action.accept(signal));
      try {
        handler.join(Patience.SIGNAL.limit()); // or it waits for what the caller does next
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void onExit(Runnable action) {
    onExit.set(action);
  }

  @Override
  public void halt(int status) {
    trial.note("halt " + status);
    halts.add(status);
  }

  List<Integer> halts() {
    return List.copyOf(halts);
  }

  /** Sends a signal, and expects that its action returns. */
  void signal(StopSignal signal) {
    var action = signalAction();
    var call =
        trial.start(
            signal + " handler",
            () -> {
              trial.note(signal.toString());
              action.accept(signal);
              return "normally";
            });
    trial.expectReturn("the action for " + signal + " returns at once", call);
  }

  /** Sends a signal here and now, on the calling thread. */
  void deliver(StopSignal signal) {
    signalAction().accept(signal);
  }

  private Consumer<StopSignal> signalAction() {
    var action = onSignal.get();
    if (action == null) {
      throw trial.broken("signals are heard", "onStopSignal of the process was not called");
    }
    return action;
  }

  /** Lets somebody call System.exit. */
  Caller<Object> exit() {
    var action = onExit.get();
    if (action == null) {
      throw trial.broken("exits are heard", "onExit of the process was not called");
    }
    return trial.start(
        "exit",
        () -> {
          trial.note("exit");
          action.run();
          trial.note("the exit action returned");
          return "normally";
        });
  }
}
