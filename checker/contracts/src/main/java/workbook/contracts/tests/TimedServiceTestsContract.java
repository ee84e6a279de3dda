package workbook.contracts.tests;

import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.tests.TimedServices;

/** The rules of tests of a service: what they catch. The services are in {@link FaultyService}. */
@Tag("step-2")
@Step(module = WorkbookModule.TESTS, number = 2, type = "TimedServiceTests")
public abstract class TimedServiceTestsContract extends TestsContract {

  /**
   * Makes the tests.
   *
   * @param services makes the services under test
   * @return an object of the class of tests
   */
  protected abstract Object create(TimedServices services);

  @Override
  final Object tests() {
    return create(new HandedServices(RightServices.OfALoop::new));
  }

  @Override
  final List<Subject> right() {
    return RightOnes.services();
  }

  @Override
  final List<Subject> wrong() {
    return FaultyService.all();
  }

  @Override
  final List<Subject> hopeless() {
    return HopelessService.all();
  }

  private void caught(Trial trial, ServiceFault fault) {
    Caught.each(trial, this, FaultyService.with(fault));
  }

  @Rule(
      number = "8.60",
      says = "The tests MUST catch a service that does its work as soon as it is started.",
      check = "that there is no run before the first period is over",
      lookAt = "<init>")
  void firstAtOnce(Trial trial) {
    caught(trial, ServiceFault.FIRST_AT_ONCE);
  }

  @Rule(
      number = "8.61",
      says = "The tests MUST catch a service that counts its periods from its creation.",
      check = "that time passes between create and start, and that the first run is still in time",
      lookAt = "<init>")
  void fromItsCreation(Trial trial) {
    caught(trial, ServiceFault.FROM_ITS_CREATION);
  }

  @Rule(
      number = "8.62",
      says = "The tests MUST catch a service that counts its periods by the wall clock.",
      check = "bench.setWallClock(...) while it runs, back an hour: the runs come as before",
      lookAt = "<init>")
  void wallClock(Trial trial) {
    caught(trial, ServiceFault.WALL_CLOCK);
  }

  @Rule(
      number = "8.63",
      says = "The tests MUST catch a service that waits a whole period after each run.",
      check = "work that takes time, and when the run after it begins",
      lookAt = "<init>")
  void fixedDelay(Trial trial) {
    caught(trial, ServiceFault.FIXED_DELAY);
  }

  @Rule(
      number = "8.64",
      says = "The tests MUST catch a service that makes up for each period that a long run took.",
      check = "work that takes several periods: how many runs come after it",
      lookAt = "<init>")
  void catchesUp(Trial trial) {
    caught(trial, ServiceFault.CATCHES_UP);
  }

  @Rule(
      number = "8.65",
      says = "The tests MUST catch a service that leaves out what fell due during a run.",
      check = "when the run after a long one begins",
      lookAt = "<init>")
  void dropsWhatIsLate(Trial trial) {
    caught(trial, ServiceFault.DROPS_WHAT_IS_LATE);
  }

  @Rule(
      number = "8.66",
      says = "The tests MUST catch a service that begins a new grid with a late run.",
      check = "when the two runs after one that takes two periods and a half begin",
      lookAt = "<init>")
  void newGrid(Trial trial) {
    caught(trial, ServiceFault.NEW_GRID);
  }

  @Rule(
      number = "8.67",
      says = "The tests MUST catch a service that begins a run while another is in progress.",
      check = "that runs are counted, or noted, while a long one is in progress",
      lookAt = "<init>")
  void overlaps(Trial trial) {
    caught(trial, ServiceFault.OVERLAPS);
  }

  @Rule(
      number = "8.68",
      says = "The tests MUST catch a service that can be started twice.",
      check = "that a second start throws an IllegalStateException",
      lookAt = "<init>")
  void startsTwice(Trial trial) {
    caught(trial, ServiceFault.STARTS_TWICE);
  }

  @Rule(
      number = "8.69",
      says = "The tests MUST catch a service that can be started again after it was stopped.",
      check = "that a start after stop throws an IllegalStateException",
      lookAt = "<init>")
  void startsAgain(Trial trial) {
    caught(trial, ServiceFault.STARTS_AGAIN);
  }

  @Rule(
      number = "8.70",
      says = "The tests MUST catch a service that never works when stop was called before start.",
      check = "stop, start, and a run at the next period",
      lookAt = "<init>")
  void earlyStopCounts(Trial trial) {
    caught(trial, ServiceFault.EARLY_STOP_COUNTS);
  }

  @Rule(
      number = "8.71",
      says = "The tests MUST catch a service that ends by an exception of its work.",
      check = "that the run after a failed one comes",
      lookAt = "<init>")
  void exceptionEndsIt(Trial trial) {
    caught(trial, ServiceFault.EXCEPTION_ENDS_IT);
  }

  @Rule(
      number = "8.72",
      says = "The tests MUST catch a service that survives unchecked exceptions of its work only.",
      check = "that the work throws an exception that is checked, too",
      lookAt = "<init>")
  void checkedEndsIt(Trial trial) {
    caught(trial, ServiceFault.CHECKED_ENDS_IT);
  }

  @Rule(
      number = "8.73",
      says = "The tests MUST catch a service that keeps an exception of its work to itself.",
      check = "that the listener is told, once, of the exception that the work threw",
      lookAt = "<init>")
  void failureUnheard(Trial trial) {
    caught(trial, ServiceFault.FAILURE_UNHEARD);
  }

  @Rule(
      number = "8.74",
      says = "The tests MUST catch a service that does its work again at once when it has failed.",
      check = "that the runs are counted exactly, and not only that there are some",
      lookAt = "<init>")
  void retries(Trial trial) {
    caught(trial, ServiceFault.RETRIES);
  }

  @Rule(
      number = "8.75",
      says = "The tests MUST catch a service that ends by an InterruptedException of its work.",
      check = "that the work throws an InterruptedException when nobody has stopped the service",
      lookAt = "<init>")
  void ownInterruptEndsIt(Trial trial) {
    caught(trial, ServiceFault.OWN_INTERRUPT_ENDS_IT);
  }

  @Rule(
      number = "8.76",
      says = "The tests MUST catch a service that ends by an interrupt flag that its work leaves.",
      check = "work that interrupts its own thread and returns",
      lookAt = "<init>")
  void flagEndsIt(Trial trial) {
    caught(trial, ServiceFault.FLAG_ENDS_IT);
  }

  @Rule(
      number = "8.77",
      says = "The tests MUST catch a service that ends by an exception of its listener.",
      check = "that the listener throws, and that the next run comes",
      lookAt = "<init>")
  void listenerEndsIt(Trial trial) {
    caught(trial, ServiceFault.LISTENER_ENDS_IT);
  }

  @Rule(
      number = "8.78",
      says = "The tests MUST catch a service that goes on after an Error of its work.",
      check = "that no run comes after an Error",
      lookAt = "<init>")
  void errorSurvived(Trial trial) {
    caught(trial, ServiceFault.ERROR_SURVIVED);
  }

  @Rule(
      number = "8.79",
      says = "The tests MUST catch a service that completes normally after an Error of its work.",
      check = "how completion() ends after an Error, and not only that it does",
      lookAt = "<init>")
  void errorUnseen(Trial trial) {
    caught(trial, ServiceFault.ERROR_UNSEEN);
  }

  @Rule(
      number = "8.80",
      says = "The tests MUST catch a service that does not cancel the token of its work.",
      check = "that the work keeps its token, and what that says when stop has begun",
      lookAt = "<init>")
  void tokenNotCancelled(Trial trial) {
    caught(trial, ServiceFault.TOKEN_NOT_CANCELLED);
  }

  @Rule(
      number = "8.81",
      says = "The tests MUST catch a service that sleeps on when it is stopped.",
      check = "that stop between two runs returns at once, without any time passing",
      lookAt = "<init>")
  void stopSleepsOn(Trial trial) {
    caught(trial, ServiceFault.STOP_SLEEPS_ON);
  }

  @Rule(
      number = "8.82",
      says = "The tests MUST catch a service that returns from stop while a run is in progress.",
      check = "a run that waits at a gate, and stop: bench.start(...), then isWaiting()",
      lookAt = "<init>")
  void stopDoesNotWait(Trial trial) {
    caught(trial, ServiceFault.STOP_DOES_NOT_WAIT);
  }

  @Rule(
      number = "8.83",
      says = "The tests MUST catch a service that interrupts the run as soon as it is stopped.",
      check = "how the run ends that waits at a gate: by the gate, and not by an interrupt",
      lookAt = "<init>")
  void stopInterrupts(Trial trial) {
    caught(trial, ServiceFault.STOP_INTERRUPTS);
  }

  @Rule(
      number = "8.84",
      says = "The tests MUST catch a service that begins a late run after it was stopped.",
      check = "stop, a period that passes, and only then the end of the run in progress",
      lookAt = "<init>")
  void oneMoreRun(Trial trial) {
    caught(trial, ServiceFault.ONE_MORE_RUN);
  }

  @Rule(
      number = "8.85",
      says = "The tests MUST catch a service that waits for a run beyond the deadline.",
      check = "bench.advance(...) up to the deadline: stop waits no longer",
      lookAt = "<init>")
  void waitsForEver(Trial trial) {
    caught(trial, ServiceFault.WAITS_FOR_EVER);
  }

  @Rule(
      number = "8.86",
      says = "The tests MUST catch a service that returns from stop normally at the deadline.",
      check = "that stop throws a TimeoutException at the deadline",
      lookAt = "<init>")
  void givesUpSilently(Trial trial) {
    caught(trial, ServiceFault.GIVES_UP_SILENTLY);
  }

  @Rule(
      number = "8.87",
      says = "The tests MUST catch a service that does not interrupt the run at the deadline.",
      check = "what becomes of the run after the deadline",
      lookAt = "<init>")
  void notForced(Trial trial) {
    caught(trial, ServiceFault.NOT_FORCED);
  }

  @Rule(
      number = "8.88",
      says = "The tests MUST catch a service that fails its completion after a forced end.",
      check = "how completion() ends when the run was interrupted",
      lookAt = "<init>")
  void forcedIsAFailure(Trial trial) {
    caught(trial, ServiceFault.FORCED_IS_A_FAILURE);
  }

  @Rule(
      number = "8.89",
      says = "The tests MUST catch a service that returns from a second stop during a run.",
      check = "that two calls of stop wait, and not only the first",
      lookAt = "<init>")
  void secondStopReturns(Trial trial) {
    caught(trial, ServiceFault.SECOND_STOP_RETURNS);
  }

  @Rule(
      number = "8.90",
      says = "The tests MUST catch a service that holds a second stop beyond its own deadline.",
      check = "a second stop whose deadline comes before that of the first",
      lookAt = "<init>")
  void stopHoldsALock(Trial trial) {
    caught(trial, ServiceFault.STOP_HOLDS_A_LOCK);
  }

  @Rule(
      number = "8.91",
      says = "The tests MUST catch a service that ignores an interrupt of the caller of stop.",
      check = "interrupt() of the call of stop: it ends with an InterruptedException",
      lookAt = "<init>")
  void interruptSwallowed(Trial trial) {
    caught(trial, ServiceFault.INTERRUPT_SWALLOWED);
  }
}
