package workbook.checker.shutdown;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import workbook.checker.Actor;
import workbook.checker.Contract;
import workbook.checker.Gate;
import workbook.checker.Module;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;
import workbook.shutdown.StopSignal;

/**
 * The rules of running a host. No process is needed: its part is played by the rule. For real
 * signals see {@link ProgramContract}.
 */
@Tag("step-3")
@Step(module = Module.SHUTDOWN, number = 3, type = "ShutdownSignal")
public abstract class ShutdownSignalContract extends Contract {

  /** A contract is stateless. */
  protected ShutdownSignalContract() {}

  /**
   * Makes the runner under test.
   *
   * @param process how it hears that it should end
   * @return a new runner
   */
  protected abstract HostRunner create(HostProcess process);

  /** A runner under test, in a process and with a host that are played by the rule. */
  private final class Bench {

    final Trial trial;
    final FakeProcess process;
    final FakeHost host;
    final HostRunner runner;

    Bench(Trial trial) {
      this.trial = trial;
      this.process = new FakeProcess(trial);
      this.host = new FakeHost(trial);
      this.runner = trial.subject(create(process));
    }

    Actor<Integer> run() {
      return trial.start("main", () -> runner.run(host));
    }

    Actor<Integer> running() {
      var run = run();
      trial.expectSoon("the host is started", () -> host.starts.get() > 0, () -> "it is not");
      trial.expectWaiting("run waits for the end of the host", run);
      return run;
    }

    void expectAsked(String when) {
      trial.expectSoon(
          "the host is asked to stop " + when,
          () -> host.requests.get() > 0,
          () -> "requestStop was not called");
    }

    void expectCode(String expected, Actor<Integer> run, int code) {
      trial.expect(
          "the exit code " + expected + ": " + code,
          trial.expectReturn("run returns " + expected, run),
          code);
    }
  }

  /**
   * Somebody has to wait, or the JVM ends: virtual threads do not keep it alive.
   *
   * <p>If this fails, check: that run itself waits for the host's completion, on the thread that
   * called it.
   */
  @Rule(
      number = "4.35",
      says = "Run MUST start the host, wait for its end, and return 0 when it ended well.",
      lookAt = "run")
  void runs(Trial trial) {
    trial.setUp("a host that runs until the rule ends it");
    var bench = new Bench(trial);
    var run = bench.running();
    trial.expect("starts of the host: 1", bench.host.starts.get(), 1);
    trial.expect("requests to stop, before anybody asks: 0", bench.host.requests.get(), 0);
    bench.host.ends();
    bench.expectCode("when the host has ended well", run, 0);
    trial.expect("calls of halt: none", bench.process.halts(), List.of());
  }

  /**
   * A signal is a request.
   *
   * <p>If this fails, check: that the action asks the host and does not wait for it; that both
   * signals are treated alike.
   */
  @Rule(
      number = "4.36",
      says = "The first signal, SIGTERM or SIGINT, MUST ask the host to stop, and do no more.",
      lookAt = "run")
  void firstSignal(Trial trial) {
    trial.setUp("a signal while the host runs; the host ends later");
    for (var signal : StopSignal.values()) {
      var bench = new Bench(trial);
      var run = bench.running();
      bench.process.signal(signal);
      bench.expectAsked("after " + signal);
      trial.expectWaiting("run waits for the end of the host", run);
      trial.expect("calls of halt: none", bench.process.halts(), List.of());
      bench.host.ends();
      bench.expectCode("after " + signal + " and a good end", run, 0);
    }
  }

  /**
   * Starts may take long, and supervisors have little patience.
   *
   * <p>If this fails, check: that signals are heard from before the host is started.
   */
  @Rule(
      number = "4.37",
      says = "A signal that comes while the host starts MUST ask it to stop.",
      lookAt = "run")
  void signalDuringStart(Trial trial) {
    trial.setUp("SIGTERM while the start of the host waits at a gate");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = new Bench(trial);
    bench.host.startingAt(gate);
    var run = bench.running();
    bench.process.signal(StopSignal.SIGTERM);
    bench.expectAsked("while it starts");
    gate.open();
    bench.host.ends();
    bench.expectCode("when the host has ended well", run, 0);
  }

  /**
   * Whoever asks twice does not want to wait.
   *
   * <p>If this fails, check: what tells the first signal from the second; that of two different
   * signals the second is the second, too; halt, not exit, which waits.
   */
  @Rule(
      number = "4.38",
      says = "A second signal, of whichever kind, MUST halt at once with 128 and its number.",
      lookAt = "run")
  void secondSignal(Trial trial) {
    trial.setUp("two signals while the host runs; the host does not end");
    for (var first : StopSignal.values()) {
      for (var second : StopSignal.values()) {
        var bench = new Bench(trial);
        bench.running();
        bench.process.signal(first);
        trial.expect("calls of halt after " + first + ": none", bench.process.halts(), List.of());
        bench.process.signal(second);
        trial.expect(
            "codes handed to halt after %s and %s: %d".formatted(first, second, second.exitCode()),
            bench.process.halts(),
            List.of(second.exitCode()));
        bench.host.ends(); // only a played process goes on from here: let it come to its end
        trial.settle();
      }
    }
  }

  /**
   * The supervisor reads one number, a person the log.
   *
   * <p>If this fails, check: what happens when the completion fails; that the cause itself is
   * handed to the logger, as its last argument.
   */
  @Rule(
      number = "4.39",
      says = "When the host fails, its cause MUST be logged, and run MUST return 1.",
      lookAt = "run")
  void failingHost(Trial trial) {
    trial.setUp("the host fails: by itself, and after SIGTERM");
    for (boolean asked : new boolean[] {false, true}) {
      var bench = new Bench(trial);
      var run = bench.running();
      if (asked) {
        bench.process.signal(StopSignal.SIGTERM);
      }
      var cause = new IllegalStateException("invariant broken");
      bench.host.fails(cause);
      bench.expectCode(asked ? "after SIGTERM and a failure" : "after a failure", run, 1);
      expectLogged(trial, cause);
    }
  }

  private static void expectLogged(Trial trial, Throwable cause) {
    trial.expectThat(
        "a warning or an error is logged with the cause attached",
        trial.log().hasWarningWith(cause),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  /**
   * An application that cannot start says so and goes.
   *
   * <p>If this fails, check: what happens when start throws, an Error, too; that nothing waits for
   * a host that was not started.
   */
  @Rule(
      number = "4.40",
      says = "When the host does not start, the cause MUST be logged, and run MUST return 1.",
      lookAt = "run")
  void failingStart(Trial trial) {
    trial.setUp("the start of the host throws an IOException, or an Error");
    for (var cause : List.of(new IOException("port in use"), new NoClassDefFoundError("driver"))) {
      var bench = new Bench(trial);
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

  /**
   * An exit that somebody calls is the last chance for a stop in order.
   *
   * <p>If this fails, check: the action for exits: it asks the host, and waits for its completion,
   * whether that is a good one or not; and it must not throw, nobody would see it.
   */
  @Rule(
      number = "4.41",
      says = "When the JVM is told to exit, the host MUST be asked to stop, and its end awaited.",
      lookAt = "run")
  void exit(Trial trial) {
    trial.setUp("somebody calls System.exit; the host ends later, once well, once not");
    for (boolean well : new boolean[] {true, false}) {
      var bench = new Bench(trial);
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
  }

  /**
   * Whoever waits can be interrupted, and the interrupt is not lost.
   *
   * <p>If this fails, check: catch blocks around the wait for the completion.
   */
  @Rule(
      number = "4.42",
      says = "An interrupt of the thread that waits in run MUST NOT be lost.",
      lookAt = "run")
  void interruptOfTheCaller(Trial trial) {
    trial.setUp("run waits for the host; its thread is interrupted; the host ends");
    var bench = new Bench(trial);
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
    bench.host.ends();
    trial.expectReturn("run ends", run);
    trial.expectThat(
        "run throws InterruptedException or leaves the flag set",
        flag.get(),
        "neither: whoever interrupted will wait in vain");
  }

  /**
   * Bad arguments are refused where they are handed in.
   *
   * <p>If this fails, check: the constructor and run, {@code Objects.requireNonNull} with the
   * argument's name.
   */
  @Rule(
      number = "4.43",
      says = "A process or a host that is null MUST be refused.",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var runner = trial.subject(create(new FakeProcess(trial)));
    trial.expectRefused("a process of null", () -> create(Trial.noValue()), "process");
    trial.expectRefused("a host of null", () -> runner.run(Trial.noValue()), "host");
  }
}
