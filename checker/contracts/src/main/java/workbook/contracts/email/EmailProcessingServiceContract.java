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
          "Each attempt MUST get its EmailService from a scope of its own, which MUST be closed"
              + " before the next mail is taken, after a failure too.",
      check =
          "that the scope is opened for each attempt, not for the service; that it is closed when"
              + " the attempt fails, too; that the sender is asked of the scope each time",
      lookAt = "execute")
  void scopes(Trial trial) {
    Scopes.ofEachAttempt(trial, this);
  }

  @Rule(
      number = "5.35",
      says =
          "A scope that cannot be closed MUST be logged, and MUST NOT change what has become of its"
              + " mail.",
      check =
          "try-with-resources: an exception of close replaces a success, and becomes the mail's"
              + " failure; here it would be sent twice or given up although it was sent",
      lookAt = "execute")
  void scopeCannotBeClosed(Trial trial) {
    Scopes.cannotBeClosed(trial, this);
  }

  @Rule(
      number = "5.36",
      says =
          "A mail that may be tried again MUST go back into the queue with a delay that begins with"
              + " first and doubles up to longest.",
      check =
          "the first wait, which is first and not twice first; the cap, which no wait is longer"
              + " than; doubling that overflows after many attempts",
      lookAt = "execute")
  void backoff(Trial trial) {
    Delays.backoff(trial, this);
  }

  @Rule(
      number = "5.37",
      says =
          "With jitter, each delay MUST be drawn by the generator handed in, from the part of the"
              + " full delay that the policy says, and be no longer than longest.",
      check =
          "that the jitter is drawn for each delay, from the generator that was handed in; that it"
              + " only shortens a delay, by the share that the policy says; that it is taken off"
              + " after the cap",
      lookAt = "execute")
  void jitter(Trial trial) {
    Delays.jitter(trial, this);
  }

  @Rule(
      number = "5.38",
      says = "A mail that waits for its next attempt MUST NOT hold up the mails after it.",
      check =
          "that the service does not sleep between two attempts; that it gives the mail back with a"
              + " delay, and takes the next",
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
          "that only the recipients in retry are tried again; the dead letter's cause and number of"
              + " attempts",
      lookAt = "execute")
  void permanent(Trial trial) {
    Attempts.refused(trial, this);
  }

  @Rule(
      number = "5.40",
      says =
          "A mail MUST be tried as often as the policy says and no more, and then become a dead"
              + " letter with its attempts and its last cause.",
      check =
          "the comparison with the policy's attempts, which counts the first one; that the cause is"
              + " that of the last attempt",
      lookAt = "execute")
  void limit(Trial trial) {
    Attempts.limit(trial, this);
  }

  @Rule(
      number = "5.41",
      says =
          "After a partial success only those MUST be tried again who may be, with the same"
              + " Message-ID, and only those MUST become dead letters who are refused.",
      check =
          "that what goes back into the queue is the mail to those in retry only, with the same"
              + " Message-ID; that a recipient who is refused becomes a dead letter of the mail to"
              + " that recipient only, and does not wait for the others",
      lookAt = "execute")
  void partialSuccess(Trial trial) {
    Attempts.partialSuccess(trial, this);
  }

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
    Attempts.otherExceptions(trial, this);
  }

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
    Attempts.reportFails(trial, this);
  }

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
    Stops.leaveNoMailHalfDone(trial, this);
  }

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
    Stops.failureMeanwhile(trial, this);
  }

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
    Stops.atTheDeadline(trial, this);
  }

  @Rule(
      number = "5.47",
      says =
          "When the service has ended, the queue MUST be shut down, the completion complete and no"
              + " thread left; stop before start and stop twice MUST be harmless.",
      check =
          "that the queue is shut down in a finally; that nothing is awaited that does not come;"
              + " that a second start is refused; the service's threads",
      lookAt = "execute")
  void theEnd(Trial trial) {
    Stops.leftovers(trial, this);
  }

  @Rule(
      number = "5.48",
      says =
          "An Error MUST be what the completion fails with, and its mail and every other that is"
              + " left MUST be reported as unsent.",
      check =
          "that what is left is reported in a finally; the mail in hand, which is in no queue; that"
              + " the Error is thrown on",
      lookAt = "execute")
  void error(Trial trial) {
    Stops.error(trial, this);
  }

  @Rule(
      number = "5.49",
      says =
          "A sent mail MUST be logged as information, a failed attempt as a warning and a dead"
              + " letter as an error, each with the Message-ID, and no address and nothing of a"
              + " mail MUST be logged.",
      check =
          "the Message-ID in the log lines; causes that are logged with their stack: servers repeat"
              + " addresses in their replies; the levels",
      lookAt = "execute")
  void log(Trial trial) {
    Privacy.ofTheLog(trial, this);
  }

  @Rule(
      number = "5.50",
      says =
          "A name, queue, scopes, policy, undelivered or random that is null MUST be refused with a"
              + " message that names the argument.",
      check =
          "Objects.requireNonNull with the argument's name, for each argument of the constructor",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheService(trial, this);
  }
}
