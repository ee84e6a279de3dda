package workbook.contracts.shutdown;

import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.ServiceHost;
import workbook.shutdown.StopSequence;

/** The rules of a host, which starts services, stops them, and says how it ended. */
@Tag("step-2")
@Step(module = WorkbookModule.SHUTDOWN, number = 2, type = "Host")
public abstract class HostContract {

  /**
   * Makes the host under test. It is not started.
   *
   * @param services what it runs
   * @param listeners who hears of its life
   * @param options how it behaves
   * @param stopping how services are stopped
   * @param time in which the deadline is counted
   * @return a new host
   */
  protected abstract ServiceHost create(
      List<HostedService> services,
      List<LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time);

  final HostBench bench(Trial trial, LifecycleListener... listeners) {
    return bench(trial, CrashPolicy.STOP_HOST, listeners);
  }

  final HostBench bench(Trial trial, CrashPolicy policy, LifecycleListener... listeners) {
    return new HostBench(trial, this::create, policy, listeners);
  }

  @Rule(
      number = "4.12",
      says = "Services MUST be started in order, each after the one before has started.",
      check =
          "the direction of the loop; that start itself calls the services one after the other,"
              + " without a thread for each",
      lookAt = "start")
  void startInOrder(Trial trial) {
    HostStarts.startInOrder(trial, this);
  }

  @Rule(
      number = "4.13",
      says =
          "When a service fails to start, those before it MUST be stopped, last first, those after"
              + " it never started, and the cause thrown.",
      check =
          "the list of those that were started, and that the failing one is not in it; the catch"
              + " around the loop, for Error, too; that the cause is thrown as it is, after the"
              + " others were stopped; that the completion is completed on this path; that the"
              + " roll-back has the time of a stop, and is the only one, also when somebody asks"
              + " later",
      lookAt = "start")
  void failingStart(Trial trial) {
    HostStarts.failingStart(trial, this);
  }

  @Rule(
      number = "4.14",
      says = "A failure while a failed start is rolled back MUST be suppressed in its cause.",
      check =
          "what happens to an exception of the stop sequence, and to an Error, while the start is"
              + " rolled back; addSuppressed",
      lookAt = "start")
  void failingRollback(Trial trial) {
    HostStarts.failingRollback(trial, this);
  }

  @Rule(
      number = "4.15",
      says =
          "A second start MUST be refused with IllegalStateException and MUST NOT disturb the"
              + " first.",
      check =
          "that start looks first whether it was called before, also while the first call is in"
              + " progress, when it has failed, and when the host has ended",
      lookAt = "start")
  void startTwice(Trial trial) {
    HostStarts.startTwice(trial, this);
  }

  @Rule(
      number = "4.16",
      says =
          "A host asked to stop before it was started MUST end well at once, and its start MUST"
              + " start nothing.",
      check =
          "what requestStop does when there is nothing to stop; that start remembers that it was"
              + " asked",
      lookAt = "requestStop")
  void stopBeforeStart(Trial trial) {
    HostStops.stopBeforeStart(trial, this);
  }

  @Rule(
      number = "4.17",
      says =
          "A host asked to stop while it starts MUST start no further service, stop those that were"
              + " started, and end well.",
      check =
          "that the loop in start looks each time whether it should go on; that the stop does not"
              + " begin before the service in progress has started, nor its time; who begins it"
              + " then; that requestStop does not wait for a lock that start holds",
      lookAt = "start")
  void stopDuringStart(Trial trial) {
    HostStops.stopDuringStart(trial, this);
  }

  @Rule(
      number = "4.18",
      says =
          "requestStop MUST return at once; the services MUST be stopped within stopWithin, and the"
              + " completion MUST wait for the last of them.",
      check =
          "that requestStop hands the work to a thread of the host's own; that the services are"
              + " stopped through the sequence; where the completion is completed",
      lookAt = "requestStop")
  void requestStop(Trial trial) {
    HostStops.requestStop(trial, this);
  }

  @Rule(
      number = "4.19",
      says =
          "However often, from wherever and whenever it is asked for, there MUST be one stop, and"
              + " all MUST see the same end.",
      check =
          "that looking whether the stop has begun and beginning it are one step; that a service, a"
              + " listener and a second caller may ask in the middle of it; that a completion is"
              + " the same for all",
      lookAt = "requestStop")
  void oneStop(Trial trial) {
    HostStops.oneStop(trial, this);
  }

  @Rule(
      number = "4.20",
      says =
          "A service MUST be able to ask for the stop from its own thread: requestStop MUST NOT"
              + " stop services on it.",
      check =
          "that requestStop does not wait for the end; that no service is stopped on the thread"
              + " that calls requestStop",
      lookAt = "requestStop")
  void fromAServicesThread(Trial trial) {
    HostStops.fromAServicesThread(trial, this);
  }

  @Rule(
      number = "4.21",
      says = "A failure to stop MUST be what the completion fails with.",
      check = "what happens to an exception of the stop sequence, and to an Error",
      lookAt = "completion")
  void failingStop(Trial trial) {
    HostStops.failingStop(trial, this);
  }

  @Rule(
      number = "4.22",
      says =
          "A service whose work fails MUST stop the host: the cause is logged, and the completion"
              + " fails with it.",
      check =
          "that the completion of each service is watched; that its failure is logged, asks for the"
              + " stop, and is kept; that whatever fails later is suppressed in it, but not in"
              + " itself; the wrapping in a CompletionException",
      lookAt = "start")
  void crash(Trial trial) {
    Crashes.crash(trial, this);
  }

  @Rule(
      number = "4.23",
      says = "A service whose work fails while the host starts MUST stop the host just the same.",
      check =
          "that each service is watched from its start on, and not from the end of the host's"
              + " start; what becomes of a stop that is asked for meanwhile",
      lookAt = "start")
  void crashDuringStart(Trial trial) {
    Crashes.crashDuringStart(trial, this);
  }

  @Rule(
      number = "4.24",
      says = "With IGNORE a crash MUST be logged, the host MUST run on, and its end MUST be good.",
      check = "where the policy is asked; that the failure is logged all the same",
      lookAt = "start")
  void ignoredCrash(Trial trial) {
    Crashes.ignoredCrash(trial, this);
  }

  @Rule(
      number = "4.25",
      says = "A service whose work ends normally MUST NOT stop the host.",
      check = "that only an exceptional completion is a crash",
      lookAt = "start")
  void workDone(Trial trial) {
    Crashes.workDone(trial, this);
  }

  @Rule(
      number = "4.26",
      says = "A cancellation after the host was asked to stop MUST be no failure, also in the log.",
      check =
          "what is told apart when the work of a service ends with a CancellationException; that it"
              + " is unwrapped before it is looked at",
      lookAt = "start")
  void cancellationAskedFor(Trial trial) {
    Crashes.cancellationAskedFor(trial, this);
  }

  @Rule(
      number = "4.27",
      says =
          "A cancellation that nobody asked for MUST count as a crash, and so MUST any other"
              + " failure while the host stops.",
      check =
          "that a cancellation is excused only when the host was asked to stop before; that nothing"
              + " else is excused then",
      lookAt = "start")
  void otherFailures(Trial trial) {
    Crashes.otherFailures(trial, this);
  }

  @Rule(
      number = "4.28",
      says =
          "Every listener MUST hear started, stopping and stopped: once, in this order, each when"
              + " it is true.",
      check =
          "where each event is told: started in start, after the last service, and only if all have"
              + " started; stopping before the sequence, stopped after it and before the completion"
              + " completes",
      lookAt = "start")
  void events(Trial trial) {
    Listening.events(trial, this);
  }

  @Rule(
      number = "4.29",
      says = "A stop asked for by a listener that hears started MUST NOT overtake that event.",
      check = "that the stop does not begin while start still tells of the start",
      lookAt = "start")
  void stopWhenStarted(Trial trial) {
    Listening.stopWhenStarted(trial, this);
  }

  @Rule(
      number = "4.30",
      says =
          "What a listener throws MUST be logged, and the other listeners, the services and the end"
              + " MUST go on as if it had not.",
      check = "the catch around each single call of a listener, for Throwable",
      lookAt = "start")
  void failingListener(Trial trial) {
    Listening.failingListener(trial, this);
  }

  @Rule(
      number = "4.31",
      says = "After its end, no thread of the host MUST be left, also when its start failed.",
      check =
          "executors that are not shut down; threads that wait for a stop that nobody asks for; the"
              + " way of a failed start",
      lookAt = "start")
  void nothingLeft(Trial trial) {
    HostStops.nothingLeft(trial, this);
  }

  @Rule(
      number = "4.32",
      says = "A service that is there twice, and anything that is null, MUST be refused.",
      check =
          "the constructor; that services are compared with ==, since the same one would be started"
              + " twice",
      lookAt = "<init>")
  void arguments(Trial trial) {
    HostArguments.arguments(trial, this);
  }

  @Rule(
      number = "4.33",
      says =
          "HTTP MUST refuse new connections while a request in flight is answered, and the job that"
              + " it brings MUST be done.",
      check = "the order of the stop; that the completion waits for the worker",
      lookAt = "requestStop")
  void requestInFlight(Trial trial) throws Exception {
    RequestInFlight.requestInFlight(trial, this);
  }

  @Rule(
      number = "4.34",
      says =
          "A stop that is asked for at the same time as the start or another stop MUST be neither"
              + " lost nor done twice.",
      check =
          "that looking at the state and changing it are one step, in start and in requestStop; the"
              + " journal shows between which two lines another thread came in",
      lookAt = "requestStop")
  void requestUnderARace(Trial trial) {
    HostRaces.requestUnderARace(trial, this);
  }

  @Rule(
      number = "4.49",
      says = "Of two starts at the same time exactly one MUST be refused.",
      check = "that looking whether start was called and marking the call are one step",
      lookAt = "start")
  void startsUnderARace(Trial trial) {
    HostRaces.startsUnderARace(trial, this);
  }
}
