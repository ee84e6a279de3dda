package workbook.contracts.shutdown;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.shutdown.StopSignal;

/**
 * The rules of running a host; those about signals are in {@link SignalRules}. No process is
 * needed: its part is played by the rule. For real signals see {@link ProgramContract}.
 */
@Tag("step-3")
@Step(module = WorkbookModule.SHUTDOWN, number = 3, type = "ShutdownSignal")
public abstract class ShutdownSignalContract extends SignalRules {

  /** A contract is stateless. */
  protected ShutdownSignalContract() {}

  /** Somebody has to wait, or the JVM ends: virtual threads do not keep it alive. */
  @Rule(
      number = "4.35",
      says = "Run MUST start the host, wait for its end, and return 0 when it ended well.",
      check = "that run itself waits for the host's completion, on the thread that called it",
      lookAt = "run")
  void runs(Trial trial) {
    trial.setUp("a host that runs until the rule ends it");
    var bench = bench(trial);
    var run = bench.running();
    trial.expect("starts of the host: 1", bench.host.starts.get(), 1);
    trial.expect("requests to stop, before anybody asks: 0", bench.host.requests.get(), 0);
    bench.host.ends();
    bench.expectCode("when the host has ended well", run, 0);
    trial.expect("calls of halt: none", bench.process.halts(), List.of());
  }

  /** The supervisor reads one number, a person the log. */
  @Rule(
      number = "4.39",
      says = "When the host fails, its cause MUST be logged, and run MUST return 1.",
      check =
          "what happens when the completion fails, also with a CancellationException: whether that"
              + " was a good end, the host has decided; that the cause itself is handed to the"
              + " logger, as its last argument",
      lookAt = "run")
  void failingHost(Trial trial) {
    trial.setUp("the host fails: by itself, and after SIGTERM");
    for (boolean asked : new boolean[] {false, true}) {
      var bench = bench(trial);
      var run = bench.running();
      if (asked) {
        bench.process.signal(StopSignal.SIGTERM);
      }
      var cause = new IllegalStateException("invariant broken");
      bench.host.fails(cause);
      bench.expectCode(asked ? "after SIGTERM and a failure" : "after a failure", run, 1);
      expectLogged(trial, cause);
    }
    trial.setUp("a service was cancelled though nobody had asked: the host fails with that");
    var bench = bench(trial);
    var run = bench.running();
    var cause = new CancellationException("time-out in a library");
    bench.host.fails(cause);
    bench.expectCode("after a cancellation that nobody asked for", run, 1);
    expectLogged(trial, cause);
  }

  private static void expectLogged(Trial trial, Throwable cause) {
    trial.expectThat(
        "a warning or an error is logged with the cause attached",
        trial.log().hasWarningWith(cause),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  /** An application that cannot start says so and goes. */
  @Rule(
      number = "4.40",
      says = "When the host does not start, the cause MUST be logged, and run MUST return 1.",
      check =
          "what happens when start throws, an Error, too; that nothing waits for a host that was"
              + " not started",
      lookAt = "run")
  void failingStart(Trial trial) {
    trial.setUp("the start of the host throws an IOException, or an Error");
    for (var cause : List.of(new IOException("port in use"), new NoClassDefFoundError("driver"))) {
      var bench = bench(trial);
      bench.host.atStart(
          () -> {
            if (cause instanceof Error error) {
              throw error;
            }
            throw (Exception) cause;
          });
      bench.expectCode("after a failed start", bench.run(), 1);
      expectLogged(trial, cause);
    }
  }

  /** An exit that somebody calls is the last chance for a stop in order. */
  @Rule(
      number = "4.41",
      says = "When the JVM is told to exit, the host MUST be asked to stop, and its end awaited.",
      check =
          "the action for exits: it asks the host, and waits for its completion, whether that is a"
              + " good one or not; it must not throw, nobody would see it; it is there before the"
              + " host is started; and it is no signal, nor is a signal an exit",
      lookAt = "run")
  void exit(Trial trial) {
    trial.setUp("somebody calls System.exit; the host ends later, once well, once not");
    for (boolean well : new boolean[] {true, false}) {
      var bench = bench(trial);
      bench.running();
      var exit = bench.process.exit();
      bench.expectAsked("when the JVM exits");
      trial.expectWaiting("the exit waits for the end of the host", exit);
      if (well) {
        bench.host.ends();
      } else {
        bench.host.fails(new IllegalStateException("invariant broken"));
      }
      trial.expectReturn("the exit goes on when the host has ended", exit);
    }
    exitDuringStart(trial);
    exitAndSignal(trial);
  }

  private void exitDuringStart(Trial trial) {
    trial.setUp("somebody calls System.exit while the start of the host waits at a gate");
    var gate = trial.gate();
    var bench = bench(trial);
    bench.host.startingAt(gate);
    bench.running();
    var exit = bench.process.exit();
    bench.expectAsked("when the JVM exits");
    trial.expectWaiting("the exit waits for the end of the host", exit);
    gate.open();
    bench.host.ends();
    trial.expectReturn("the exit goes on when the host has ended", exit);
  }

  private void exitAndSignal(Trial trial) {
    for (boolean exitFirst : new boolean[] {true, false}) {
      trial.setUp(
          exitFirst
              ? "somebody calls System.exit; then comes one SIGTERM; the host ends later"
              : "one SIGTERM; then somebody calls System.exit; the host ends later");
      var bench = bench(trial);
      bench.running();
      if (!exitFirst) {
        bench.process.signal(StopSignal.SIGTERM);
      }
      var exit = bench.process.exit();
      if (exitFirst) {
        bench.expectAsked("when the JVM exits");
        bench.process.signal(StopSignal.SIGTERM);
      }
      trial.expectWaiting("the exit waits for the end of the host", exit);
      trial.expect(
          "calls of halt, since there was one signal: none", bench.process.halts(), List.of());
      bench.host.ends();
      trial.expectReturn("the exit goes on when the host has ended", exit);
    }
  }

  /** Whoever waits can be interrupted, and the interrupt is not lost. */
  @Rule(
      number = "4.42",
      says = "An interrupt of the thread that waits in run MUST NOT be lost.",
      check =
          "catch blocks around the wait for the completion; they are not to ask the host for"
              + " anything, it goes on",
      lookAt = "run")
  void interruptOfTheCaller(Trial trial) {
    trial.setUp("run waits for the host; its thread is interrupted; the host ends");
    var bench = bench(trial);
    var flag = new AtomicBoolean();
    var run =
        trial.start(
            "main",
            () -> {
              try {
                bench.runner.run(bench.host);
                flag.set(Thread.currentThread().isInterrupted());
              } catch (InterruptedException e) {
                flag.set(true);
              }
              return "normally";
            });
    trial.expectSoon("the host is started", () -> bench.host.starts.get() > 0, () -> "it is not");
    trial.expectWaiting("run waits for the end of the host", run);
    trial.note("interrupt the caller of run");
    run.thread().interrupt();
    trial.settle();
    trial.expect("requests to stop, since the host goes on: 0", bench.host.requests.get(), 0);
    bench.host.ends();
    trial.expectReturn("run ends", run);
    trial.expectThat(
        "run throws InterruptedException or leaves the flag set",
        flag.get(),
        "neither: whoever interrupted will wait in vain");
  }

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "4.43",
      says = "A process or a host that is null MUST be refused.",
      check = "the constructor and run, Objects.requireNonNull",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var runner = trial.subject(create(new FakeProcess(trial)));
    trial.expectRefused("a process of null", () -> create(Trial.noValue()));
    trial.expectRefused("a host of null", () -> runner.run(Trial.noValue()));
  }
}
