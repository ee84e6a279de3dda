package workbook.checker.email;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import workbook.checker.Gate;
import workbook.checker.Module;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.email.EmailException;
import workbook.hosting.HostedService;

/**
 * The rules of a service that sends what is queued: what goes wrong, how it stops, what it logs.
 */
@Tag("step-3")
@Step(module = Module.EMAIL, number = 3, type = "EmailProcessingService")
public abstract class EmailProcessingServiceContract extends AttemptRules {

  /** A contract is stateless. */
  protected EmailProcessingServiceContract() {}

  /**
   * What nobody has thought of is no reason to try again, nor to end.
   *
   * <p>If this fails, check: that every Exception is caught, around one mail, also that of opening
   * a scope or asking it for the sender; that only an EmailException is tried again: a header that
   * cannot be one will not become one.
   */
  @Rule(
      number = "5.42",
      says =
          "A mail at which anything but an EmailException is thrown MUST become a dead letter after"
              + " that attempt, and the service MUST go on.",
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

  /**
   * A report that fails does not end the service.
   *
   * <p>If this fails, check: that a call of Undelivered is guarded by itself, also in the loop that
   * reports what is left.
   */
  @Rule(
      number = "5.43",
      says =
          "What Undelivered throws MUST be logged with the mail's Message-ID, and MUST NOT keep"
              + " other mails from being sent or reported.",
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

  /**
   * A stop leaves no mail half done, and forgets none.
   *
   * <p>If this fails, check: that the loop ends when its token is cancelled, between two mails;
   * that the queue is shut down then, and all that it hands over is reported, also what waits for
   * its next attempt; that nothing is reported twice.
   */
  @Rule(
      number = "5.44",
      says =
          "Stop MUST let the attempt in progress end and begin no other; every accepted mail that"
              + " is left MUST be reported as unsent, once.",
      lookAt = "execute")
  void stop(Trial trial) {
    trial.setUp("m1 waits for its second attempt, m2 is being sent, m3 and m4 wait; stop");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
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

  private static void pass(Gate gate) throws EmailException {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmailException("interrupted", List.of(SmtpBench.ANN), List.of(), e);
    }
  }

  /**
   * An attempt that fails while the service stops has an end, too.
   *
   * <p>If this fails, check: what is put back into the queue once stop has begun: it has to be
   * reported when the service ends; what retry answers with false is still yours.
   */
  @Rule(
      number = "5.45",
      says =
          "A mail whose attempt fails while the service stops MUST be reported as unsent if it may"
              + " be tried again, and become a dead letter if not.",
      lookAt = "execute")
  void failureDuringStop(Trial trial) {
    for (var reply : List.of("451", "550")) {
      trial.setUp("m1 is being sent; stop; then m1 gets " + reply);
      var gate = new Gate(trial.time());
      trial.afterwards(gate::open);
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
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
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

  /**
   * At the deadline, too, every mail has an end.
   *
   * <p>If this fails, check: that the interrupt reaches the attempt; that what it throws then is
   * handled like any other failure; that the interrupt flag does not keep what is left from being
   * reported.
   */
  @Rule(
      number = "5.46",
      says =
          "At the deadline stop MUST interrupt the attempt and throw a TimeoutException, and its"
              + " mail and the rest MUST be reported as unsent.",
      lookAt = "execute")
  void deadline(Trial trial) {
    trial.setUp("m1 is being sent and does not end; m2 waits; stop with 10 s to go");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
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

  /**
   * The end is an end.
   *
   * <p>If this fails, check: that the queue is shut down in a finally; that nothing is awaited that
   * does not come; that a second start is refused; the service's threads.
   */
  @Rule(
      number = "5.47",
      says =
          "When the service has ended, the queue MUST be shut down, the completion complete and no"
              + " thread left; stop before start and stop twice MUST be harmless.",
      lookAt = "execute")
  void theEnd(Trial trial) {
    trial.setUp("stop before start; start, start again; one mail; stop, and stop again");
    trial.watchThreads();
    var bench = bench(trial, (_, _) -> {});
    trial.expectReturn("stop before start returns", bench.stop());
    bench.start();
    var again =
        trial.start(
            "second starter",
            () -> {
              bench.service.start();
              return "normally";
            });
    trial.expectThrow("the second start is refused", again, IllegalStateException.class);
    trial.expect("the service's name", bench.service.name(), ProcessingBench.NAME);
    bench.enqueue(ProcessingBench.mail("m1"));
    bench.expectEnds("then", List.of("m1"), List.of(), List.of());
    trial.expectReturn("stop of an idle service returns", bench.stop());
    trial.expectReturn("stop returns the second time", bench.stop());
    trial.expect("no time has passed", trial.time().millis(), 0L);
    var completion = bench.service.completion().toCompletableFuture();
    var watcher = trial.start("watcher", () -> String.valueOf(completion.get()));
    trial.expectReturn("the completion completes normally", watcher);
    trial.expect(
        "the queue accepts nothing more", bench.queue.enqueue(ProcessingBench.mail("m2")), false);
    trial.expect("no error is logged", trial.log().at(Level.ERROR), List.of());
    trial.expectNoNewThread("no thread is left");
  }

  /**
   * An Error ends the service, and nobody's mail with it.
   *
   * <p>If this fails, check: that what is left is reported in a finally; the mail in hand, which is
   * in no queue; that the Error is thrown on.
   */
  @Rule(
      number = "5.48",
      says =
          "An Error MUST be what the completion fails with, and its mail and every other that is"
              + " left MUST be reported as unsent.",
      lookAt = "execute")
  void error(Trial trial) {
    trial.setUp("an Error is thrown at m1; m2 waits");
    var error = new NoClassDefFoundError("jakarta/mail/Session");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench =
        bench(
            trial,
            (_, _) -> {
              pass(gate);
              throw error;
            });
    bench.start();
    bench.enqueue(ProcessingBench.mail("m1"), ProcessingBench.mail("m2"));
    gate.open();
    var completion = bench.service.completion().toCompletableFuture();
    var watcher = trial.start("watcher", () -> String.valueOf(completion.get()));
    var failure = trial.expectThrow("the completion fails", watcher, ExecutionException.class);
    trial.expect("the completion fails with the Error", failure.getCause(), error);
    var left =
        new ArrayList<>(
            ProcessingBench.names(bench.unsent.stream().map(u -> u.message()).toList()));
    left.sort(null);
    trial.expect("reported as unsent", left, List.of("m1", "m2"));
    trial.expect("no dead letter", bench.dead.size(), 0);
  }

  /**
   * Who reads the log learns which mail, and nothing of whom.
   *
   * <p>If this fails, check: the Message-ID in the log lines; causes that are logged with their
   * stack: servers repeat addresses in their replies; the levels.
   */
  @Rule(
      number = "5.49",
      says =
          "A sent mail MUST be logged as information, a failed attempt as a warning and a dead"
              + " letter as an error, each with the Message-ID, and no address and nothing of a"
              + " mail MUST be logged.",
      lookAt = "execute")
  void log(Trial trial) {
    trial.setUp("m1 gets 451 and is then sent; m2 gets 550; m3 meets a bug; stop while m4 waits");
    var bench =
        bench(
            trial,
            (message, attempt) -> {
              switch (ProcessingBench.name(message) + " " + attempt) {
                case "m1 1", "m4 1" -> throw ProcessingBench.notNow(SmtpBench.ANN);
                case "m2 1" -> throw ProcessingBench.never(SmtpBench.ANN);
                case "m3 1" -> throw new IllegalStateException("a bug, with ann@example.com");
                default -> {}
              }
            });
    bench.start();
    bench.enqueue(
        ProcessingBench.mail("m1"), ProcessingBench.mail("m2"), ProcessingBench.mail("m3"));
    trial.advanceTo(60_000);
    bench.enqueue(ProcessingBench.mail("m4"));
    trial.expectReturn("stop returns", bench.stop());
    trial.settle();
    expectLogged(trial, Level.INFO, "m1");
    for (var name : List.of("m1", "m2", "m3")) {
      expectLogged(trial, Level.WARN, name);
    }
    expectLogged(trial, Level.ERROR, "m2");
    expectLogged(trial, Level.ERROR, "m3");
    var log = String.join("\n", trial.log().everything(Level.TRACE)).toLowerCase(Locale.ROOT);
    for (var secret : List.of("ann@example.com", "a delicate")) {
      trial.expectThat(
          "no address and nothing of a mail is logged",
          !log.contains(secret),
          "logged is: " + secret);
    }
  }

  private static void expectLogged(Trial trial, Level level, String name) {
    var kind =
        level == Level.ERROR
            ? "an error"
            : level == Level.WARN ? "a warning" : "a line of information";
    trial.expectThat(
        kind + " names the Message-ID of " + name,
        trial.log().at(Level.INFO).stream()
            .anyMatch(line -> line.startsWith(level.toString()) && line.contains("<" + name + "@")),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  /**
   * What is missing is said so at once.
   *
   * <p>If this fails, check: {@code Objects.requireNonNull} with the argument's name, for each
   * argument of the constructor.
   */
  @Rule(
      number = "5.50",
      says =
          "A name, queue, scopes, policy, undelivered or random that is null MUST be refused with a"
              + " message that names the argument.",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var bench = bench(trial, (_, _) -> {});
    var policy = ProcessingBench.POLICY;
    var random = new Random(5);
    trial.expectRefused(
        "a name of null",
        () -> create(Trial.noValue(), bench.queue, bench, policy, bench, random),
        "name");
    trial.expectRefused("a queue of null", () -> made(bench, 0), "queue");
    trial.expectRefused("scopes of null", () -> made(bench, 1), "scopes");
    trial.expectRefused("a policy of null", () -> made(bench, 2), "policy");
    trial.expectRefused("undelivered of null", () -> made(bench, 3), "undelivered");
    trial.expectRefused("random of null", () -> made(bench, 4), "random");
  }

  private HostedService made(ProcessingBench bench, int missing) {
    return create(
        ProcessingBench.NAME,
        missing == 0 ? Trial.noValue() : bench.queue,
        missing == 1 ? Trial.noValue() : bench,
        missing == 2 ? Trial.noValue() : ProcessingBench.POLICY,
        missing == 3 ? Trial.noValue() : bench,
        missing == 4 ? Trial.noValue() : new Random(5));
  }
}
