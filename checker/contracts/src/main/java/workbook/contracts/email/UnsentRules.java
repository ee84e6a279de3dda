package workbook.contracts.email;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Gate;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.email.EmailException;

/** The rules of what goes wrong with a mail, and of the mails that a stop leaves. */
abstract class UnsentRules extends AttemptRules {

  /** A contract is stateless. */
  UnsentRules() {}

  /** What nobody has thought of is no reason to try again, nor to end. */
  @Rule(
      number = "5.42",
      says =
          "A mail at which anything but an EmailException is thrown MUST become a dead letter after"
              + " that attempt, and the service MUST go on.",
      check =
          "that every Exception is caught, around one mail, also that of opening a scope or asking"
              + " it for the sender; that only an EmailException is tried again: a header that"
              + " cannot be one will not become one",
      lookAt = "execute")
  void otherExceptions(Trial trial) {
    trial.setUp("send throws IllegalArgumentException at m1, NullPointerException at m2; then m3");
    var thrown =
        List.of(new IllegalArgumentException("subject must not"), new NullPointerException("bug"));
    var next = new AtomicInteger();
    var bench =
        bench(
            trial,
            (message, _) -> {
              if (!ProcessingBench.name(message).equals("m3")) {
                throw thrown.get(next.getAndIncrement());
              }
            });
    bench.start();
    bench.enqueue(
        ProcessingBench.mail("m1"), ProcessingBench.mail("m2"), ProcessingBench.mail("m3"));
    trial.advanceTo(60_000);
    bench.expectEnds(
        "after a minute", List.of("m3"), List.of("m1 after 1", "m2 after 1"), List.of());
    for (int n = 0; n < 2; n++) {
      trial.expect("the cause is what was thrown", bench.dead.get(n).cause(), thrown.get(n));
    }
    trial.setUp("the first scope cannot be opened, for m4; then m5");
    var noScope = new IllegalStateException("no scope");
    var scopes = new AtomicInteger();
    var another =
        bench(trial, (_, _) -> {})
            .failing(
                () -> {
                  if (scopes.incrementAndGet() == 1) {
                    throw noScope;
                  }
                },
                () -> {},
                () -> {})
            .start();
    another.enqueue(ProcessingBench.mail("m4"), ProcessingBench.mail("m5"));
    another.expectEnds("then", List.of("m5"), List.of("m4 after 1"), List.of());
  }

  /** A report that fails does not end the service. */
  @Rule(
      number = "5.43",
      says =
          "What Undelivered throws MUST be logged with the mail's Message-ID, and MUST NOT keep"
              + " other mails from being sent or reported.",
      check =
          "that a call of Undelivered is guarded by itself, also in the loop that reports what is"
              + " left",
      lookAt = "execute")
  void reportFails(Trial trial) {
    trial.setUp("an Undelivered that throws; m1 gets 550, m2 is sent, m3 waits; stop; m4 waits");
    var bench =
        bench(
                trial,
                (message, _) -> {
                  if (ProcessingBench.name(message).equals("m1")) {
                    throw ProcessingBench.never(SmtpBench.ANN);
                  }
                  if (!ProcessingBench.name(message).equals("m2")) {
                    throw ProcessingBench.notNow(SmtpBench.ANN);
                  }
                })
            .failing(
                () -> {},
                () -> {},
                () -> {
                  throw new IllegalStateException("the table is full");
                })
            .start();
    for (var name : List.of("m1", "m2", "m3", "m4")) {
      bench.enqueue(ProcessingBench.mail(name));
    }
    trial.expectReturn("stop returns", bench.stop());
    bench.expectEnds(
        "after stop", List.of("m2"), List.of("m1 after 1"), List.of("m3 after 1", "m4 after 1"));
    for (var name : List.of("m1", "m3", "m4")) {
      trial.expectThat(
          "after the report of " + name + " failed, a warning or an error names its Message-ID",
          bench.warningsAfterReport(name).stream()
              .anyMatch(line -> line.contains("<" + name + "@")),
          "none does");
    }
  }

  /** A stop leaves no mail half done, and forgets none. */
  @Rule(
      number = "5.44",
      says =
          "Stop MUST let the attempt in progress end and begin no other; every accepted mail that"
              + " is left MUST be reported as unsent, once.",
      check =
          "that the loop ends when its token is cancelled, between two mails; that the queue is"
              + " shut down then, and all that it hands over is reported, also what waits for its"
              + " next attempt; that nothing is reported twice",
      lookAt = "execute")
  void stop(Trial trial) {
    trial.setUp("m1 waits for its second attempt, m2 is being sent, m3 and m4 wait; stop");
    var gate = trial.gate();
    var bench =
        bench(
            trial,
            (message, _) -> {
              if (ProcessingBench.name(message).equals("m1")) {
                throw ProcessingBench.notNow(SmtpBench.ANN);
              }
              pass(gate);
            });
    bench.start();
    for (var name : List.of("m1", "m2", "m3", "m4")) {
      bench.enqueue(ProcessingBench.mail(name));
    }
    bench.expectTried("m1 and m2 are tried", "m1", "m2");
    var stop = bench.stop();
    trial.expectWaiting("stop waits for the attempt in progress", stop);
    gate.open();
    trial.expectReturn("stop returns when it has ended", stop);
    trial.settle();
    bench.unsent.sort(java.util.Comparator.comparing(u -> ProcessingBench.name(u.message())));
    bench.expectEnds(
        "after stop", List.of("m2"), List.of(), List.of("m1 after 1", "m3 after 0", "m4 after 0"));
    bench.expectTried("no other attempt", "m1", "m2");
    trial.expect("no scope is left open", bench.scopes.getLast(), "close 2");
  }

  static void pass(Gate gate) throws EmailException {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmailException("interrupted", List.of(SmtpBench.ANN), List.of(), e);
    }
  }

  /** An attempt that fails while the service stops has an end, too. */
  @Rule(
      number = "5.45",
      says =
          "A mail whose attempt fails while the service stops MUST be reported as unsent if it may"
              + " be tried again, and become a dead letter if not.",
      check =
          "what is put back into the queue once stop has begun: it has to be reported when the"
              + " service ends; what retry answers with false is still yours",
      lookAt = "execute")
  void failureDuringStop(Trial trial) {
    for (var reply : List.of("451", "550")) {
      trial.setUp("m1 is being sent; stop; then m1 gets " + reply);
      var gate = trial.gate();
      var bench =
          bench(
              trial,
              (_, _) -> {
                pass(gate);
                throw reply.equals("451")
                    ? ProcessingBench.notNow(SmtpBench.ANN)
                    : ProcessingBench.never(SmtpBench.ANN);
              });
      bench.start();
      bench.enqueue(ProcessingBench.mail("m1"));
      bench.expectTried("m1 is tried", "m1");
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
        bench(
            trial,
            (_, _) -> {
              pass(gate);
              throw new EmailException(
                  "mx replied 550", List.of(SmtpBench.BOB), List.of(SmtpBench.CID), null);
            });
    bench.start();
    bench.enqueue(ProcessingBench.mail("m2", SmtpBench.BOB, SmtpBench.CID));
    bench.expectTried("m2 is tried", "m2");
    bench.queue.shutDown();
    gate.open();
    bench.expectEnds("then", List.of(), List.of("m2 after 1"), List.of("m2 after 1"));
    trial.expect(
        "the dead letter is to Cid, and unsent is the mail to Bob",
        List.of(bench.dead.getFirst().message().to(), bench.unsent.getFirst().message().to()),
        List.of(List.of(SmtpBench.CID), List.of(SmtpBench.BOB)));
  }

  /** At the deadline, too, every mail has an end. */
  @Rule(
      number = "5.46",
      says =
          "At the deadline stop MUST interrupt the attempt and throw a TimeoutException, and its"
              + " mail and the rest MUST be reported as unsent.",
      check =
          "that the interrupt reaches the attempt; that what it throws then is handled like any"
              + " other failure; that the interrupt flag does not keep what is left from being"
              + " reported",
      lookAt = "execute")
  void deadline(Trial trial) {
    trial.setUp("m1 is being sent and does not end; m2 waits; stop with 10 s to go");
    var gate = trial.gate();
    var bench = bench(trial, (_, _) -> pass(gate));
    bench.start();
    bench.enqueue(ProcessingBench.mail("m1"), ProcessingBench.mail("m2"));
    bench.expectTried("m1 is tried", "m1");
    var stop = bench.stop();
    trial.advanceTo(9_999);
    trial.expectWaiting("stop waits for the attempt in progress, at 9.999 s", stop);
    trial.advanceTo(10_000);
    trial.expectThrow("stop throws at 10 s", stop, TimeoutException.class);
    trial.expectSoon(
        "m1 and m2 are reported as unsent",
        () -> bench.unsent.size() >= 2,
        () -> "reported: " + bench.unsent.size());
    bench.unsent.sort(java.util.Comparator.comparing(u -> ProcessingBench.name(u.message())));
    bench.expectEnds(
        "after the deadline", List.of(), List.of(), List.of("m1 after 1", "m2 after 0"));
  }
}
