package workbook.contracts.email;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.email.EmailQueue;
import workbook.email.RetryPolicy;
import workbook.email.Undelivered;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;

/** The rules of a service that sends what is queued. */
@Tag("step-3")
@Step(module = WorkbookModule.EMAIL, number = 3, type = "EmailProcessingService")
public abstract class EmailProcessingServiceContract {

  /**
   * Makes the service under test. It is not started.
   *
   * @param name its name
   * @param queue where the mails come from
   * @param scopes where each attempt gets its EmailService
   * @param policy how often to try, and how long to wait in between
   * @param undelivered told of what is not sent
   * @param random where the jitter comes from
   * @return a new service
   */
  protected abstract HostedService create(
      String name,
      EmailQueue queue,
      ServiceScopeFactory scopes,
      RetryPolicy policy,
      Undelivered undelivered,
      RandomGenerator random);

  final ProcessingBench bench(Trial trial, ProcessingBench.Sender sender) {
    return bench(trial, ProcessingBench.POLICY, new Random(5), sender);
  }

  final ProcessingBench bench(
      Trial trial, RetryPolicy policy, RandomGenerator random, ProcessingBench.Sender sender) {
    return new ProcessingBench(
        trial,
        sender,
        bench -> create(ProcessingBench.NAME, bench.queue, bench, policy, bench, random));
  }

  @Rule(
      number = "5.34",
      says =
          "Each attempt MUST get its EmailService from a scope of its own, and the scope MUST be"
              + " closed before the next mail is taken, after a failure too.",
      check =
          "that a scope is opened for each attempt, not for the service; that it is closed when"
              + " the attempt fails, too; that the scope is asked for the sender each time",
      lookAt = {"createScope", "execute"})
  void scopes(Trial trial) {
    Scopes.ofEachAttempt(trial, this);
  }

  @Rule(
      number = "5.35",
      says =
          "A failure to close a scope MUST be logged, and MUST NOT change the outcome of its"
              + " mail.",
      check =
          "that close is guarded by itself, whatever it throws: in try-with-resources it replaces a"
              + " success, and a mail that was sent would be sent again or given up",
      lookAt = {"DeadLetter", "execute"})
  void scopeCannotBeClosed(Trial trial) {
    Scopes.cannotBeClosed(trial, this);
  }

  @Rule(
      number = "5.36",
      says =
          "The service MUST put a retryable mail back into the queue with a delay that begins"
              + " with first and doubles up to longest, however long these are.",
      check =
          "that the first wait is first, not twice first; that no wait is longer than longest;"
              + " that doubling does not overflow after many attempts, nor toNanos() throw for 300"
              + " years: the mail would be lost",
      lookAt = {"nextDouble", "execute"})
  void backoff(Trial trial) {
    Delays.backoff(trial, this);
  }

  @Rule(
      number = "5.37",
      says =
          "With jitter, each delay MUST be drawn with the given generator, MUST be shorter than"
              + " the full delay by at most the share that the policy says, and MUST NOT be longer"
              + " than longest.",
      check =
          "that each delay is drawn anew, with the given generator; that jitter only shortens a"
              + " delay, by the share that the policy says; that it is taken off after the cap",
      lookAt = {"multipliedBy", "execute"})
  void jitter(Trial trial) {
    Delays.jitter(trial, this);
  }

  @Rule(
      number = "5.38",
      says = "A mail that waits for its next attempt MUST NOT hold up the mails after it.",
      check =
          "that the service does not sleep between two attempts; that it puts the mail back with"
              + " a delay, and takes the next",
      lookAt = "execute")
  void nobodyIsHeldUp(Trial trial) {
    Attempts.holdUpNobody(trial, this);
  }

  @Rule(
      number = "5.39",
      says =
          "A mail that is refused for good MUST NOT be tried again, and MUST become a dead letter"
              + " at once, with its cause.",
      check =
          "that only the recipients in retry are tried again; that the dead letter has the cause"
              + " and the number of attempts",
      lookAt = "execute")
  void permanent(Trial trial) {
    Attempts.refused(trial, this);
  }

  @Rule(
      number = "5.40",
      says =
          "A mail MUST be tried as often as the policy says and no more, and MUST then become a"
              + " dead letter with the number of its attempts and its last cause.",
      check =
          "that the policy's number of attempts includes the first; that the cause is that of the"
              + " last attempt",
      lookAt = "execute")
  void limit(Trial trial) {
    Attempts.limit(trial, this);
  }

  @Rule(
      number = "5.41",
      says =
          "After a partial success the service MUST try again only the recipients in retry, with"
              + " the same Message-ID, and MUST make a dead letter only for the recipients in"
              + " refused.",
      check =
          "that the mail that is put back is to the recipients in retry only, with the same"
              + " Message-ID; that the dead letter is to the refused ones only, and does not wait"
              + " for the others",
      lookAt = {"refused", "execute"})
  void partialSuccess(Trial trial) {
    Attempts.partialSuccess(trial, this);
  }

  @Rule(
      number = "5.42",
      says =
          "A mail whose attempt throws an exception other than EmailException MUST become a dead"
              + " letter after that attempt, and the service MUST go on.",
      check =
          "that every Exception is caught around one mail, also that of opening a scope or asking"
              + " it for the sender; that only an EmailException is tried again: a bug does not go"
              + " away by itself",
      lookAt = "execute")
  void otherExceptions(Trial trial) {
    Attempts.otherExceptions(trial, this);
  }

  @Rule(
      number = "5.43",
      says =
          "An exception of Undelivered MUST be logged with the mail's Message-ID, and MUST NOT"
              + " keep other mails from being sent or reported.",
      check =
          "that each call of Undelivered is guarded by itself, whatever it throws, also in the loop"
              + " that reports what is left",
      lookAt = {"DeadLetter", "execute"})
  void reportFails(Trial trial) {
    Attempts.reportFails(trial, this);
  }

  @Rule(
      number = "5.44",
      says =
          "Stop MUST let the attempt in progress end, and MUST NOT begin another; the service"
              + " MUST report every accepted mail that is left as unsent, once.",
      check =
          "that the loop ends between two mails when its token is cancelled; that the queue is"
              + " shut down then, and all that it hands over is reported, also what waits for its"
              + " next attempt; that what dequeue has returned is sent or reported; that nothing is"
              + " reported twice",
      lookAt = "execute")
  void stop(Trial trial) {
    Stops.leaveNoMailHalfDone(trial, this);
  }

  @Rule(
      number = "5.45",
      says =
          "A mail whose attempt fails while the service stops MUST be reported as unsent if it is"
              + " retryable, and as a dead letter if it is not.",
      check =
          "that what is put back after stop has begun is reported when the service ends; that a"
              + " mail that retry refuses is still the service's to report",
      lookAt = {"refused", "execute"})
  void failureDuringStop(Trial trial) {
    Stops.failureMeanwhile(trial, this);
  }

  @Rule(
      number = "5.46",
      says =
          "At the deadline stop MUST interrupt the attempt and throw a TimeoutException, and the"
              + " service MUST report its mail and the rest as unsent.",
      check =
          "that the interrupt reaches the attempt; that what the attempt throws then is handled"
              + " like any other failure; that the interrupt flag does not keep what is left from"
              + " being reported",
      lookAt = {"isInterrupted", "execute"})
  void deadline(Trial trial) {
    Stops.atTheDeadline(trial, this);
  }

  @Rule(
      number = "5.47",
      says =
          "A service that has ended MUST leave its queue shut down, its completion complete and no"
              + " thread; a second start MUST be refused; stop before start and stop twice MUST be"
              + " harmless.",
      check =
          "that the queue is shut down in a finally; that stop does not wait for a thread that"
              + " was never started; that a second start is refused",
      lookAt = "execute")
  void theEnd(Trial trial) {
    Stops.leftovers(trial, this);
  }

  @Rule(
      number = "5.48",
      says =
          "An Error MUST fail the completion, and the service MUST report its mail and every"
              + " other that is left as unsent.",
      check =
          "that what is left is reported in a finally; that the mail in hand, which is in no"
              + " queue, is reported, too, also where its scope could not be opened; that the Error"
              + " is thrown on",
      lookAt = {"warn", "execute"})
  void error(Trial trial) {
    Stops.error(trial, this);
  }

  @Rule(
      number = "5.49",
      says =
          "The service MUST log a sent mail at INFO, a failed attempt at WARN and a dead letter"
              + " at ERROR, each with its Message-ID, and MUST NOT log an address, a subject or a"
              + " text, nor a part of one.",
      check =
          "that each log line has the Message-ID, and the right level; that no cause is logged"
              + " with its stack: servers repeat addresses in their replies; that nothing is masked"
              + " or cut instead",
      lookAt = {"warn", "execute"})
  void log(Trial trial) {
    Privacy.ofTheLog(trial, this);
  }

  @Rule(
      number = "5.50",
      says =
          "A null name, queue, scopes, policy, undelivered or random MUST be refused with a"
              + " message that names the argument.",
      check =
          "that the constructor begins with Objects.requireNonNull and the argument's name, for"
              + " each argument",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheService(trial, this);
  }
}
