package workbook.contracts.shutdown;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Trial;
import workbook.shutdown.StopSignal;

/** What run does with its host, from the start to the exit code. */
final class HostRuns {

  private HostRuns() {}

  /** Somebody has to wait, or the JVM ends: virtual threads do not keep it alive. */
  static void runs(Trial trial, ShutdownSignalContract page) {
    trial.setUp("a host that runs until the rule ends it");
    var bench = page.bench(trial);
    var run = bench.running();
    trial.expect("starts of the host: 1", bench.host.starts.get(), 1);
    trial.expect("requests to stop, before anybody asks: 0", bench.host.requests.get(), 0);
    bench.host.ends();
    bench.expectCode("when the host has ended well", run, 0);
    trial.expect("calls of halt: none", bench.process.halts(), List.of());
  }

  /** The supervisor reads one number, a person the log. */
  static void failingHost(Trial trial, ShutdownSignalContract page) {
    trial.setUp("the host fails: by itself, and after SIGTERM");
    for (boolean asked : new boolean[] {false, true}) {
      var bench = page.bench(trial);
      var run = bench.running();
      if (asked) {
        bench.process.signal(StopSignal.SIGTERM);
      }
      var cause = new IllegalStateException("invariant broken");
      bench.host.fails(cause);
      bench.expectCode(asked ? "after SIGTERM and a failure" : "after a failure", run, 1);
      expectLogged(trial, cause);
    }
    trial.setUp(
        "a service was cancelled though nobody had asked: the host fails with that, as a stage that"
            + " depends on another tells it, and as the stage itself does");
    for (boolean itself : new boolean[] {false, true}) {
      var bench = page.bench(trial);
      if (itself) {
        bench.host.itsOwnEnd();
      }
      var run = bench.running();
      var cause = new CancellationException("time-out in a library");
      bench.host.fails(cause);
      bench.expectCode("after a cancellation that nobody asked for", run, 1);
      expectLogged(trial, cause);
    }
  }

  private static void expectLogged(Trial trial, Throwable cause) {
    trial.expectThat(
        "a warning or an error is logged with the cause attached",
        trial.log().hasWarningWith(cause),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  static void failingStart(Trial trial, ShutdownSignalContract page) {
    trial.setUp("the start of the host throws an IOException, or an Error");
    for (var cause : List.of(new IOException("port in use"), new NoClassDefFoundError("driver"))) {
      var bench = page.bench(trial);
      bench.host.atStart(() -> Staff.fail(cause));
      bench.expectCode("after a failed start", bench.run(), 1);
      expectLogged(trial, cause);
    }
    trial.setUp("SIGTERM while the start of the host waits at a gate; then the start fails");
    var gate = trial.gate();
    var bench = page.bench(trial);
    var cause = new IOException("port in use");
    bench.host.atStart(
        () -> {
          gate.pass();
          throw cause;
        });
    var run = bench.running();
    bench.process.signal(StopSignal.SIGTERM);
    bench.expectAsked("while it starts");
    gate.open();
    bench.expectCode("after SIGTERM and a failed start", run, 1);
    expectLogged(trial, cause);
  }

  /** Whoever interrupts run wants it to end: the host, which goes on, is somebody else's then. */
  static void interruptOfTheCaller(Trial trial, ShutdownSignalContract page) {
    for (boolean before : new boolean[] {false, true}) {
      trial.setUp(
          before
              ? "run is called by a thread that is interrupted already; the host does not end"
              : "run waits for the host, which does not end; its thread is interrupted");
      interruptOfTheCaller(trial, page.bench(trial), before);
    }
  }

  private static void interruptOfTheCaller(Trial trial, SignalBench bench, boolean before) {
    var flag = new AtomicBoolean();
    var run =
        trial.start(
            "main",
            () -> {
              if (before) {
                Thread.currentThread().interrupt();
              }
              try {
                bench.runner.run(bench.host);
                flag.set(Thread.currentThread().isInterrupted());
              } catch (InterruptedException e) {
                flag.set(true);
              }
              return "normally";
            });
    if (!before) {
      trial.expectSoon("the host is started", () -> bench.host.starts.get() > 0, () -> "it is not");
      trial.expectWaiting("run waits for the end of the host", run);
      trial.note("interrupt the caller of run");
      run.thread().interrupt();
    }
    trial.expectReturn("run ends, though the host goes on", run);
    trial.expect("requests to stop, since the host goes on: 0", bench.host.requests.get(), 0);
    bench.host.ends();
    trial.expectThat(
        "run throws InterruptedException or leaves the flag set",
        flag.get(),
        "neither: the interrupt is lost");
  }

  static void arguments(Trial trial, ShutdownSignalContract page) {
    var runner = trial.subject(page.create(new FakeProcess(trial)));
    trial.expectRefused("a null process", () -> page.create(Trial.noValue()));
    trial.lookAt("run");
    trial.expectRefused("a null host", () -> runner.run(Trial.noValue()));
  }
}
