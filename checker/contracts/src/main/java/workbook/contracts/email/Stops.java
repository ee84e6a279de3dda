package workbook.contracts.email;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceEnds;
import workbook.contracts.shared.ServiceStarts;
import workbook.email.EmailException;

/** The end of the service: what a stop, its deadline or an Error leaves. */
final class Stops {

  private Stops() {}

  static void leaveNoMailHalfDone(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 waits for its second attempt, m2 is being sent, m3 and m4 wait; stop");
    var gate = trial.gate();
    var bench =
        contract.bench(
            trial,
            (message, _) -> {
              if (ProcessingBench.name(message).equals("m1")) {
                throw ProcessingBench.notNow(SmtpBench.ANN);
              }
              pass(gate);
            });
    bench.start();
    for (var name : List.of("m1", "m2", "m3", "m4")) {
      bench.enqueue(name);
    }
    bench.expectTried("before stop", "m1", "m2");
    var stop = bench.stop();
    trial.expectWaiting("stop waits for the attempt in progress", stop);
    gate.open();
    trial.expectReturn("stop returns when it has ended", stop);
    trial.settle();
    bench.unsent.sort(Comparator.comparing(u -> ProcessingBench.name(u.message())));
    bench.expectEnds(
        "after stop", List.of("m2"), List.of(), List.of("m1 after 1", "m3 after 0", "m4 after 0"));
    bench.expectTried("after stop", "m1", "m2");
    trial.expect(
        "no scope is left open: what comes last is close 2", bench.scopes.getLast(), "close 2");
    asAMailIsTaken(trial, contract);
  }

  // The queue knows nothing of it any more, so only the service can tell.
  private static void asAMailIsTaken(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 is taken from the queue; stop, before dequeue has returned it");
    var gate = trial.gate();
    var bench = contract.bench(trial, (_, _) -> {});
    bench.start();
    bench.queue.deliverThrough(gate);
    bench.enqueue("m1");
    var stop = bench.stop();
    trial.expectWaiting("stop waits for dequeue to return", stop);
    gate.open();
    trial.expectReturn("stop returns", stop);
    trial.settle();
    trial.expectThat(
        "m1, which was taken as the stop began, is sent, or reported as unsent",
        bench.sent.size() + bench.unsent.size() == 1,
        "it was sent %d times, and reported %d times"
            .formatted(bench.sent.size(), bench.unsent.size()));
  }

  // What is put back while the service stops has nobody who would take it.
  static void failureMeanwhile(Trial trial, EmailProcessingServiceContract contract) {
    for (var reply : List.of("451", "550")) {
      trial.setUp("m1 is being sent; stop; then m1 gets " + reply);
      var gate = trial.gate();
      var bench =
          contract.bench(
              trial,
              (_, _) -> {
                pass(gate);
                throw reply.equals("451")
                    ? ProcessingBench.notNow(SmtpBench.ANN)
                    : ProcessingBench.never(SmtpBench.ANN);
              });
      bench.start();
      bench.enqueue("m1");
      bench.expectTried("before stop", "m1");
      var stop = bench.stop();
      trial.expectWaiting("stop waits for the attempt in progress", stop);
      gate.open();
      trial.expectReturn("stop returns", stop);
      if (reply.equals("451")) {
        bench.expectEnds("after stop", List.of(), List.of(), List.of("m1 after 1"));
      } else {
        bench.expectEnds("after stop", List.of(), List.of("m1 after 1"), List.of());
      }
    }
    trial.setUp("somebody shuts the queue down while m2 is sent; then Bob gets 451 and Cid 550");
    var gate = trial.gate();
    var bench =
        contract.bench(
            trial,
            (_, _) -> {
              pass(gate);
              throw new EmailException(
                  "mx replied 550", List.of(SmtpBench.BOB), List.of(SmtpBench.CID), null);
            });
    bench.start();
    bench.enqueue(ProcessingBench.mail("m2", SmtpBench.BOB, SmtpBench.CID));
    bench.expectTried("before the shutdown", "m2");
    bench.queue.shutDown();
    gate.open();
    bench.expectEnds("then", List.of(), List.of("m2 after 1"), List.of("m2 after 1"));
    trial.expect(
        "the dead letter is to Cid, the unsent mail to Bob: cid, bob",
        List.of(
            ProcessingBench.to(bench.dead.getFirst().message().to()),
            ProcessingBench.to(bench.unsent.getFirst().message().to())),
        List.of("cid", "bob"));
  }

  static void atTheDeadline(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 is being sent and does not end; m2 waits; stop with 10 s to go");
    var gate = trial.gate();
    var bench = contract.bench(trial, (_, _) -> pass(gate));
    bench.start();
    bench.enqueue("m1", "m2");
    bench.expectTried("before stop", "m1");
    var stop = bench.stop();
    trial.advanceTo(9_999);
    trial.expectWaiting("stop waits for the attempt in progress, at 9.999 s", stop);
    trial.advanceTo(10_000);
    trial.expectThrow("stop throws at 10 s", stop, TimeoutException.class);
    trial.expectSoon(
        "m1 and m2 are reported as unsent",
        () -> bench.unsent.size() >= 2,
        () ->
            "reported: "
                + Trial.describe(
                    bench.unsent.stream()
                        .map(u -> ProcessingBench.name(u.message()))
                        .sorted()
                        .toList()));
    bench.unsent.sort(Comparator.comparing(u -> ProcessingBench.name(u.message())));
    bench.expectEnds(
        "after the deadline", List.of(), List.of(), List.of("m1 after 1", "m2 after 0"));
  }

  static void leftovers(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("stop before start; start, start again; one mail; stop, and stop again");
    trial.watchThreads();
    var bench = contract.bench(trial, (_, _) -> {});
    trial.expectReturn("stop before start returns", bench.stop());
    bench.start();
    ServiceStarts.second(trial, bench.service);
    trial.expect("the service's name", bench.service.name(), ProcessingBench.NAME);
    bench.enqueue("m1");
    bench.expectEnds("then", List.of("m1"), List.of(), List.of());
    trial.expectReturn("stop of an idle service returns", bench.stop());
    trial.expectReturn("stop returns the second time", bench.stop());
    trial.expect("no time has passed: 0 ms", trial.time().millis(), 0L);
    ServiceEnds.expectNormal(trial, bench.service);
    trial.expectThat(
        "the queue accepts nothing more",
        !bench.queue.enqueue(ProcessingBench.mail("m2")),
        "it accepts a mail");
    trial.expect("no error is logged", trial.log().at(Level.ERROR), List.of());
    trial.expectNoNewThread("no thread is left");
  }

  static void error(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("send throws an Error for m1; m2 waits");
    var error = new NoClassDefFoundError("jakarta/mail/Session");
    var gate = trial.gate();
    var bench =
        contract.bench(
            trial,
            (_, _) -> {
              pass(gate);
              throw error;
            });
    bench.start();
    bench.enqueue("m1", "m2");
    gate.open();
    ServiceEnds.expectFailure(trial, bench.service, error);
    var left =
        new ArrayList<>(
            ProcessingBench.names(bench.unsent.stream().map(u -> u.message()).toList()));
    left.sort(null);
    trial.expect("reported as unsent: m1, m2", left, List.of("m1", "m2"));
    trial.expect("dead letters: 0", bench.dead.size(), 0);
    errorOfTheScope(trial, contract);
  }

  private static void errorOfTheScope(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("opening a scope throws an Error, for m3; m4 waits");
    var error = new NoClassDefFoundError("jakarta/mail/Session");
    var bench =
        contract
            .bench(trial, (_, _) -> {})
            .failing(
                () -> {
                  throw error;
                },
                () -> {},
                () -> {})
            .start();
    bench.enqueue("m3", "m4");
    ServiceEnds.expectFailure(trial, bench.service, error);
    var left =
        new ArrayList<>(
            ProcessingBench.names(bench.unsent.stream().map(u -> u.message()).toList()));
    left.sort(null);
    trial.expect("reported as unsent: m3, m4", left, List.of("m3", "m4"));
  }

  private static void pass(Gate gate) throws EmailException {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmailException("interrupted", List.of(SmtpBench.ANN), List.of(), e);
    }
  }
}
