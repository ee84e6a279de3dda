package workbook.contracts.shutdown;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.List;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.hosting.LifecycleListener;

/** What listeners hear of a host, and what they may do. */
final class Listening {

  private Listening() {}

  /** Writes down what it hears, among what the services do. */
  private static final class Hearing implements LifecycleListener {

    private final String name;

    @SuppressWarnings("NullAway.Init") // set before the host starts
    volatile HostBench bench;

    Hearing(String name) {
      this.name = name;
    }

    void hears(String event) {
      if (event.equals("stopped") && bench.hasEnded()) {
        bench.staff.happens("the completion completes before " + name + " hears stopped");
      }
      bench.staff.happens(name + " hears " + event);
    }

    @Override
    public void started() {
      hears("started");
    }

    @Override
    public void stopping() {
      hears("stopping");
    }

    @Override
    public void stopped() {
      hears("stopped");
    }
  }

  static void events(Trial trial, HostContract page) {
    trial.setUp("services a, b, c and two listeners; start, requestStop twice");
    var one = new Hearing("one");
    var two = new Hearing("two");
    var bench = page.bench(trial, one, two);
    one.bench = bench;
    two.bench = bench;
    trial.expectReturn("start returns", bench.callStart("starter"));
    bench.expectAfterStart(
        "started is heard before start returns, when all have started",
        "one hears started",
        "two hears started");
    bench.requestStop();
    bench.requestStop();
    bench.expectGoodEnd();
    trial.lookAt("LifecycleListener.stopped", "requestStop");
    bench.expectAfterStart(
        "stopping is heard before the first service stops, stopped after the last",
        "one hears started",
        "two hears started",
        "one hears stopping",
        "two hears stopping",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops",
        "a stopped",
        "one hears stopped",
        "two hears stopped");
    notAllStarted(trial, page);
  }

  private static void notAllStarted(Trial trial, HostContract page) {
    for (boolean fails : new boolean[] {false, true}) {
      trial.setUp(
          "services a, b, c and a listener; "
              + (fails ? "the start of b fails" : "b asks the host to stop while it starts"));
      var one = new Hearing("one");
      var bench = page.bench(trial, one);
      one.bench = bench;
      bench.b.atStart(
          _ -> {
            if (fails) {
              throw new IOException("port in use");
            }
            bench.host.requestStop();
          });
      var start = bench.callStart("starter");
      if (fails) {
        trial.expectThrow("start throws", start, IOException.class);
      } else {
        trial.expectReturn("start returns", start);
      }
      bench.expectEnd("the host ends");
      var events = bench.staff.events();
      trial.expectThat(
          "nobody hears started, since c was not",
          events.contains("c started") || !events.contains("one hears started"),
          HostBench.shown(events));
    }
  }

  /** A listener may find at the last moment that the application had better not run. */
  static void stopWhenStarted(Trial trial, HostContract page) {
    trial.setUp(
        "two listeners; the first asks for the stop when it hears started, then waits at a gate");
    var two = new Hearing("two");
    var asking = new Asking(trial.gate());
    var bench = page.bench(trial, asking, two);
    asking.bench = bench;
    two.bench = bench;
    var start = bench.callStart("starter");
    bench.expectAfterStart("nothing is stopped while listeners are told of the start");
    asking.gate.open();
    trial.expectReturn("start returns", start);
    bench.expectGoodEnd();
    bench.expectAfterStart(
        "the second listener hears started first, and the rest then",
        "two hears started",
        "two hears stopping",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops",
        "a stopped",
        "two hears stopped");
  }

  private static final class Asking implements LifecycleListener {

    private final Gate gate;

    @SuppressWarnings("NullAway.Init") // set before the host starts
    volatile HostBench bench;

    Asking(Gate gate) {
      this.gate = gate;
    }

    @Override
    public void started() {
      bench.host.requestStop();
      try {
        gate.pass();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static void failingListener(Trial trial, HostContract page) {
    trial.setUp("two listeners; the first throws at every event, once an exception, once an Error");
    failingListener(
        trial,
        page,
        new IllegalStateException("at started"),
        new IllegalStateException("at stopping"),
        new IllegalStateException("at stopped"));
    failingListener(
        trial,
        page,
        new NoClassDefFoundError("at started"),
        new NoClassDefFoundError("at stopping"),
        new NoClassDefFoundError("at stopped"));
  }

  private static void failingListener(Trial trial, HostContract page, Throwable... thrown) {
    var failures = List.of(thrown);
    var two = new Hearing("two");
    var bench = page.bench(trial, throwing(failures), two);
    two.bench = bench;
    trial.expectReturn("start returns", bench.callStart("starter"));
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAfterStart(
        "the second listener hears everything, and all services are stopped",
        "two hears started",
        "two hears stopping",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops",
        "a stopped",
        "two hears stopped");
    for (var failure : failures) {
      trial.expectThat(
          "a warning or an error is logged with the failure " + failure.getMessage(),
          trial.log().hasWarningWith(failure),
          "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    }
  }

  private static LifecycleListener throwing(List<? extends Throwable> failures) {
    return new LifecycleListener() {
      @Override
      public void started() {
        fail(0);
      }

      @Override
      public void stopping() {
        fail(1);
      }

      @Override
      public void stopped() {
        fail(2);
      }

      private void fail(int event) {
        var failure = failures.get(event);
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    };
  }
}
