package workbook.contracts.queue;

import java.util.List;
import java.util.concurrent.TimeoutException;
import workbook.checker.Trial;
import workbook.contracts.shared.BusyService;
import workbook.contracts.shared.ServiceEnds;
import workbook.contracts.shared.ServiceStops;

/** The stop itself: when it is called, by whom, and what it leaves. */
final class Stops {

  private Stops() {}

  static void everyWorker(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "four workers and a normal stop; then two workers, two items and a stop at the deadline");
    trial.watchThreads();
    var first = contract.bench(trial, 4).start();
    first.enqueue("one");
    first.expectDone("the item ran", "one");
    trial.expectReturn("stop returns", first.stop());
    trial.expectNoNewThread("no worker is left after a normal stop");
    var gate = trial.gate();
    var second = contract.bench(trial, 2).start();
    for (var name : List.of("two", "three")) {
      second.enqueue(name, _ -> gate.pass());
      second.expectBegun("the item begins", name);
    }
    var stop = second.stop();
    trial.advanceTo(10_000);
    trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    trial.expectNoNewThread("no worker is left after the deadline");
    stubbornItem(trial, contract);
    politeItem(trial, contract);
    BetweenTwoLines.ends(trial, contract);
  }

  private static void stubbornItem(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "one worker; 'four' ignores interrupts, 'five' is queued; a stop at the deadline; then"
            + " 'four' ends");
    trial.watchThreads();
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue(
        "four",
        _ -> {
          for (boolean passed = false; !passed; ) {
            try {
              gate.pass();
              passed = true;
            } catch (InterruptedException e) {
              trial.note("four interrupted, goes on");
            }
          }
        });
    bench.enqueue("five");
    bench.expectBegun("four begins", "four");
    var stop = bench.stop();
    bench.advanceToTheDeadline();
    trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    gate.open();
    trial.expectNoNewThread("no worker is left when four has ended");
    trial.expect("four was run, not five", List.copyOf(bench.begun), List.of("four"));
    ServiceEnds.expectNormal(trial, bench.service);
  }

  private static void politeItem(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker; at the interrupt 'six' ends and sets the interrupt flag again; stop");
    trial.watchThreads();
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue(
        "six",
        _ -> {
          try {
            gate.pass();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    bench.enqueue("seven");
    bench.expectBegun("six begins", "six");
    var stop = bench.stop();
    bench.advanceToTheDeadline();
    trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    trial.expectNoNewThread("no worker is left");
    trial.expect("six was run, not seven", List.copyOf(bench.begun), List.of("six"));
    ServiceEnds.expectNormal(trial, bench.service);
  }

  static void atAnyTime(Trial trial, QueuedServiceContract contract) {
    trial.setUp("stop; start; stop from two threads while an item is in progress; stop again");
    var never = contract.bench(trial, 1);
    trial.expectReturn("stop before start returns", never.stop());
    var busy = busy(trial, contract);
    var stops = ServiceStops.fromTwoThreads(trial, busy);
    ServiceStops.expectEnd(trial, busy, stops);
    ServiceStops.afterTheDeadline(trial, () -> busy(trial, contract));
    BetweenTwoLines.startAndStop(trial, contract);
    BetweenTwoLines.twoStops(trial, contract);
  }

  static void interruptOfTheCaller(Trial trial, QueuedServiceContract contract) {
    ServiceStops.interruptOfTheCaller(trial, () -> busy(trial, contract));
  }

  private static BusyService busy(Trial trial, QueuedServiceContract contract) {
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.expectBegun("the item begins", "one");
    return new BusyService(bench.service, gate);
  }
}
