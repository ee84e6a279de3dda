package workbook.contracts.shutdown;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;

/**
 * The rules of running a host until a signal or an exit. No process is needed: the rule plays its
 * part. For real signals see {@link ProgramContract}.
 */
@Tag("step-3")
@Step(module = WorkbookModule.SHUTDOWN, number = 3, type = "ShutdownSignal")
public abstract class ShutdownSignalContract {

  /**
   * Makes the runner under test.
   *
   * @param process how it hears that it should end
   * @return a new runner
   */
  protected abstract HostRunner create(HostProcess process);

  final SignalBench bench(Trial trial) {
    return new SignalBench(trial, this::create);
  }

  @Rule(
      number = "4.35",
      says = "Run MUST start the host, wait for its end, and return 0 when it ended well.",
      check = "that run itself waits for the host's completion, on the thread that called it",
      lookAt = {"error", "run"})
  void runs(Trial trial) {
    HostRuns.runs(trial, this);
  }

  @Rule(
      number = "4.36",
      says = "The first signal, SIGTERM or SIGINT, MUST ask the host to stop, and do no more.",
      check =
          "that the action asks the host and does not wait for it; that both signals are treated"
              + " alike; that run sets no time limit, since the host has one; that signals and"
              + " the exit are heard through the HostProcess only",
      lookAt = "run")
  void firstSignal(Trial trial) {
    Signals.firstSignal(trial, this);
  }

  @Rule(
      number = "4.37",
      says = "A signal that comes while the host starts MUST ask it to stop.",
      check = "that signals are listened for before the host is started",
      lookAt = "run")
  void signalDuringStart(Trial trial) {
    Signals.signalDuringStart(trial, this);
  }

  @Rule(
      number = "4.38",
      says =
          "A second signal of either kind MUST halt the process at once, with 128 plus its own"
              + " number.",
      check =
          "what tells the second signal from the first, whichever two they are, also while the host"
              + " starts or the JVM exits; that halt is called, not exit, which waits",
      lookAt = "run")
  void secondSignal(Trial trial) {
    Signals.secondSignal(trial, this);
  }

  @Rule(
      number = "4.39",
      says = "When the host fails, run MUST log the cause and return 1.",
      check =
          "what happens when the completion fails, with a CancellationException, too: only the host"
              + " decides what is a failure; that the cause itself is the logger's last argument",
      lookAt = {"error", "toCompletableFuture", "run"})
  void failingHost(Trial trial) {
    HostRuns.failingHost(trial, this);
  }

  @Rule(
      number = "4.40",
      says = "When the host does not start, run MUST log the cause and return 1.",
      check =
          "what happens when start throws, an Error, too, and after a signal; that run does not"
              + " wait for a host that was not started",
      lookAt = {"toCompletableFuture", "run"})
  void failingStart(Trial trial) {
    HostRuns.failingStart(trial, this);
  }

  @Rule(
      number = "4.41",
      says =
          "When the JVM is told to exit, the exit action MUST ask the host to stop and MUST wait"
              + " for its end.",
      check =
          "that the action is there before the host is started; that it asks the host and waits for"
              + " its completion, good or bad, without throwing; that an exit is no signal, nor a"
              + " signal an exit",
      lookAt = "run")
  void exit(Trial trial) {
    Exits.exit(trial, this);
  }

  @Rule(
      number = "4.42",
      says =
          "An interrupt of the thread that waits in run MUST end the wait, and MUST NOT be lost.",
      check =
          "what waits there: join does not hear of an interrupt, get and await do; what catch"
              + " blocks around the wait do: they throw on or set the flag again, and do not ask"
              + " the host to stop",
      lookAt = "run")
  void interruptOfTheCaller(Trial trial) {
    HostRuns.interruptOfTheCaller(trial, this);
  }

  @Rule(
      number = "4.43",
      says = "A process or a host that is null MUST be refused.",
      check = "that the constructor and run call Objects.requireNonNull",
      lookAt = "<init>")
  void arguments(Trial trial) {
    HostRuns.arguments(trial, this);
  }

  @Rule(
      number = "4.50",
      says =
          "Of two signals at the same time one MUST ask the host to stop, and the other MUST halt.",
      check =
          "that looking whether it is the first signal and marking it are one step: compareAndSet"
              + " or a lock",
      lookAt = "run")
  void twoSignals(Trial trial) {
    Signals.twoSignals(trial, this);
  }
}
