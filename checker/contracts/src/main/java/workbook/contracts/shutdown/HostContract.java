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
          "the direction of the loop; that start calls the services itself, one after the other,"
              + " without a thread for each",
      lookAt = "start")
  void startInOrder(Trial trial) {
    HostStarts.startInOrder(trial, this);
  }

  @Rule(
      number = "4.13",
      says =
          "When a service fails to start, start MUST stop those before it in reverse order, MUST"
              + " NOT start those after it, and MUST throw the cause.",
      check =
          "that the failing service is not among the started; that the catch is around the loop,"
              + " and for Error, too; that the completion fails on this path; that the roll-back"
              + " gets stopWithin and happens once, also when a stop is asked for meanwhile; that"
              + " start throws when it is over",
      lookAt = "start")
  void failingStart(Trial trial) {
    HostStarts.failingStart(trial, this);
  }

  @Rule(
      number = "4.14",
      says =
          "A failure while a failed start is rolled back MUST be suppressed in the failure of the"
              + " start.",
      check =
          "what becomes of an exception, or an Error, of the stop sequence during the roll-back;"
              + " addSuppressed",
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
          "that start looks first whether it was called before: also while the first call is in"
              + " progress, after it has failed, and after the host's end",
      lookAt = {"IllegalStateException", "start"})
  void startTwice(Trial trial) {
    HostStarts.startTwice(trial, this);
  }

  @Rule(
      number = "4.16",
      says =
          "A host that is asked to stop before it was started MUST complete normally at once, and a"
              + " later start MUST NOT start any service.",
      check =
          "what requestStop does when there is nothing to stop; that start remembers that the host"
              + " was asked",
      lookAt = "requestStop")
  void stopBeforeStart(Trial trial) {
    HostStops.stopBeforeStart(trial, this);
  }

  @Rule(
      number = "4.17",
      says =
          "A host that is asked to stop while it starts MUST NOT start another service, MUST stop"
              + " those that have started, and MUST complete normally.",
      check =
          "that the loop in start looks each time whether to go on; that the stop, and its time,"
              + " begin only after the service in progress has started; that requestStop does not"
              + " wait for a lock that start holds",
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
          "that requestStop hands the work to a thread of the host's own; that the sequence stops"
              + " the services; where the completion is completed",
      lookAt = "requestStop")
  void requestStop(Trial trial) {
    HostStops.requestStop(trial, this);
  }

  @Rule(
      number = "4.19",
      says =
          "However often, whenever and from whatever thread it is asked to, a host MUST stop once,"
              + " and all who ask MUST see the same end.",
      check =
          "that looking whether the stop has begun and beginning it are one step; that a service, a"
              + " listener or another caller may ask in the middle of it, so that no lock is held"
              + " while others are told; that all get the same completion",
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
      says = "When the stop fails, the completion MUST fail with the same failure.",
      check = "what becomes of an exception of the stop sequence, and of an Error",
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
              + " stop and is kept, be it an Error, without a CompletionException around it, which"
              + " there need not be: another cause belongs to the crash; that later failures,"
              + " also at the same moment, are suppressed in it, but never itself",
      lookAt = {"onCrash", "STOP_HOST", "start"})
  void crash(Trial trial) {
    Crashes.crash(trial, this);
  }

  @Rule(
      number = "4.23",
      says = "A service whose work fails while the host starts MUST stop the host all the same.",
      check =
          "that each service is watched from its own start on, not from the end of the host's; what"
              + " becomes of a stop that is asked for meanwhile",
      lookAt = "start")
  void crashDuringStart(Trial trial) {
    Crashes.crashDuringStart(trial, this);
  }

  @Rule(
      number = "4.24",
      says =
          "With IGNORE a crash MUST be logged, and the host MUST run on and complete normally once"
              + " it is stopped.",
      check = "where the policy is looked at; that the failure is logged all the same",
      lookAt = {"requestStop", "start"})
  void ignoredCrash(Trial trial) {
    Crashes.ignoredCrash(trial, this);
  }

  @Rule(
      number = "4.25",
      says = "A service whose work ends normally MUST NOT stop the host.",
      check = "that only an exceptional completion counts as a crash",
      lookAt = {"requestStop", "start"})
  void workDone(Trial trial) {
    Crashes.workDone(trial, this);
  }

  @Rule(
      number = "4.26",
      says =
          "A cancellation after the host was asked to stop MUST NOT count as a failure, nor be"
              + " logged as one.",
      check =
          "that a CancellationException is told apart when the work of a service ends; that it is"
              + " unwrapped before it is looked at",
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
          "that a cancellation is excused only when the host was asked to stop before; that no"
              + " other failure is excused then",
      lookAt = {"onCrash", "STOP_HOST", "start"})
  void otherFailures(Trial trial) {
    Crashes.otherFailures(trial, this);
  }

  @Rule(
      number = "4.28",
      says =
          "Every listener MUST hear started, stopping and stopped: once, in this order, each when"
              + " it is true.",
      check =
          "where each event is told: started in start, after the last service and only if all have"
              + " started; stopping before the sequence; stopped after it and before the"
              + " completion",
      lookAt = "start")
  void events(Trial trial) {
    Listening.events(trial, this);
  }

  @Rule(
      number = "4.29",
      says = "A stop that a listener asks for when it hears started MUST NOT overtake that event.",
      check = "that the stop does not begin while start still tells listeners of the start",
      lookAt = "start")
  void stopWhenStarted(Trial trial) {
    Listening.stopWhenStarted(trial, this);
  }

  @Rule(
      number = "4.30",
      says =
          "What a listener throws MUST be logged, and MUST NOT affect the other listeners, the"
              + " services or the end of the host.",
      check = "that a catch for Throwable goes around each single call of a listener",
      lookAt = {"accept", "start"})
  void failingListener(Trial trial) {
    Listening.failingListener(trial, this);
  }

  @Rule(
      number = "4.31",
      says = "A host MUST NOT leave a thread behind after its end, even when its start has failed.",
      check =
          "that executors are shut down; that no thread waits on for a stop that nobody asks for;"
              + " the path of a failed start",
      lookAt = {"IllegalStateException", "start"})
  void nothingLeft(Trial trial) {
    HostStops.nothingLeft(trial, this);
  }

  @Rule(
      number = "4.32",
      says = "A service that is listed twice, and anything that is null, MUST be refused.",
      check =
          "that the constructor looks at every argument and every element; that services are"
              + " compared with ==",
      lookAt = "<init>")
  void arguments(Trial trial) {
    HostArguments.arguments(trial, this);
  }

  @Rule(
      number = "4.33",
      says =
          "A host that stops MUST refuse new HTTP connections while a request in flight is"
              + " answered, and the job of that request MUST be done.",
      check =
          "the order in which the services are stopped; that the completion waits for the worker",
      lookAt = "requestStop")
  void requestInFlight(Trial trial) throws Exception {
    RequestInFlight.requestInFlight(trial, this);
  }

  @Rule(
      number = "4.34",
      says =
          "A stop that is asked for at the same time as the start or another stop MUST NOT be lost"
              + " or done twice.",
      check =
          "that looking at the state and changing it are one step, in start and in requestStop;"
              + " between which two lines of the journal another thread came in",
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
