package workbook.contracts.tests;

import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.tests.Rooms;

/** The rules of tests of a room: what they catch. The rooms are in {@link FaultyReservations}. */
@Tag("step-3")
@Step(module = WorkbookModule.TESTS, number = 3, type = "RaceTests")
public abstract class RaceTestsContract extends TestsContract {

  /**
   * Makes the tests.
   *
   * @param rooms makes the rooms under test
   * @return an object of the class of tests
   */
  protected abstract Object create(Rooms rooms);

  @Override
  final Object tests() {
    return create((Rooms) right().getFirst().hands().get());
  }

  @Override
  final List<Subject> right() {
    return RightOnes.rooms();
  }

  @Override
  final List<Subject> wrong() {
    return HandedRooms.faulty();
  }

  @Override
  final List<Subject> hopeless() {
    return HopelessReservations.all();
  }

  private void caught(Trial trial, String fault) {
    Caught.each(trial, this, HandedRooms.faulty(fault));
  }

  @Rule(
      number = "8.100",
      says = "The tests MUST catch a room that gives two guests the same seat.",
      check = "two who reserve in every order, in a room of two seats: seats 1 and 2",
      lookAt = "<init>")
  void sameSeat(Trial trial) {
    caught(trial, RaceFault.SAME_SEAT);
  }

  @Rule(
      number = "8.101",
      says =
          "The tests MUST catch a room that throws an exception at who is late for the last seat.",
      check = "two who reserve the last seat, in every order",
      lookAt = "<init>")
  void lateOneThrows(Trial trial) {
    caught(trial, RaceFault.LATE_ONE_THROWS);
  }

  @Rule(
      number = "8.102",
      says = "The tests MUST catch a room that refuses a guest while it serves another.",
      check = "two who reserve in every order, when there are two seats: both get one",
      lookAt = "<init>")
  void busyRefuses(Trial trial) {
    caught(trial, RaceFault.BUSY_REFUSES);
  }

  @Rule(
      number = "8.103",
      says = "The tests MUST catch a room that gives a guest two seats who asks twice at once.",
      check = "the same guest on two threads, and two seats free: one call gets a seat",
      lookAt = "<init>")
  void twoSeats(Trial trial) {
    caught(trial, RaceFault.TWO_SEATS);
  }

  @Rule(
      number = "8.104",
      says = "The tests MUST catch a room that miscounts when two reserve at once.",
      check = "what free() says after two have reserved, in every order",
      lookAt = "<init>")
  void losesASale(Trial trial) {
    caught(trial, RaceFault.LOSES_A_SALE);
  }

  @Rule(
      number = "8.105",
      says = "The tests MUST catch a room that miscounts when two cancel at once.",
      check = "what free() says after two guests have cancelled, in every order",
      lookAt = "<init>")
  void losesAReturn(Trial trial) {
    caught(trial, RaceFault.LOSES_A_RETURN);
  }

  @Rule(
      number = "8.106",
      says = "The tests MUST catch a room that miscounts when one reserves while another cancels.",
      check = "what free() says after one reserved while another cancelled",
      lookAt = "<init>")
  void twoLocks(Trial trial) {
    caught(trial, RaceFault.TWO_LOCKS);
  }

  @Rule(
      number = "8.107",
      says = "The tests MUST catch a room that frees a seat twice when two cancel it at once.",
      check = "two threads that cancel the same guest: the answers, and what free() says",
      lookAt = "<init>")
  void freedTwice(Trial trial) {
    caught(trial, RaceFault.FREED_TWICE);
  }

  @Rule(
      number = "8.108",
      says = "The tests MUST catch a room that says yes to both of two who cancel the same seat.",
      check = "the two answers, and not only what free() says: one is true",
      lookAt = "<init>")
  void bothCancel(Trial trial) {
    caught(trial, RaceFault.BOTH_CANCEL);
  }

  @Rule(
      number = "8.109",
      says = "The tests MUST catch a room that cancels the seat of who has it next.",
      check = "cancel on one thread; cancel, then reserve for the next, on the other",
      lookAt = "<init>")
  void cancelsTheNext(Trial trial) {
    caught(trial, RaceFault.CANCELS_THE_NEXT);
  }

  @Rule(
      number = "8.110",
      says = "The tests MUST catch a room that lets a guest sleep who misses a cancel.",
      check = "await and cancel in every order: who waits gets the seat in each",
      lookAt = "<init>")
  void missesTheCancel(Trial trial) {
    caught(trial, RaceFault.MISSES_THE_CANCEL);
  }

  @Rule(
      number = "8.111",
      says = "The tests MUST catch a room that sends a woken guest away when another was quicker.",
      check = "two who wait for one seat, and checkWaiting(...): the other waits on",
      lookAt = "<init>")
  void looksOnce(Trial trial) {
    caught(trial, RaceFault.LOOKS_ONCE);
  }

  @Rule(
      number = "8.112",
      says = "The tests MUST catch a room that seats a woken guest where another sits already.",
      check = "two who wait for one seat that is cancelled: one of the two has it",
      lookAt = "<init>")
  void takesBlindly(Trial trial) {
    caught(trial, RaceFault.TAKES_BLINDLY);
  }

  @Rule(
      number = "8.113",
      says = "The tests MUST catch a room that wakes only who waited before the cancel began.",
      check = "await and cancel in every order, also one where the wait begins during the cancel",
      lookAt = "<init>")
  void asksTooEarly(Trial trial) {
    caught(trial, RaceFault.ASKS_TOO_EARLY);
  }

  @Rule(
      number = "8.114",
      says = "The tests MUST catch a room that wakes one guest only, who has a seat already.",
      check = "three who wait, two of them for one guest, and two seats: the other guest has one",
      lookAt = "<init>")
  void wakesTheWrongOne(Trial trial) {
    caught(trial, RaceFault.WAKES_THE_WRONG_ONE);
  }

  @Rule(
      number = "8.115",
      says = "The tests MUST catch a room that goes on waiting when its guest is interrupted.",
      check = "interrupt() of who waits: thrown() is an InterruptedException",
      lookAt = "<init>")
  void interruptIgnored(Trial trial) {
    caught(trial, RaceFault.INTERRUPT_IGNORED);
  }

  @Rule(
      number = "8.116",
      says =
          "The tests MUST catch a room that keeps the next seat for a guest who was interrupted.",
      check = "what is free when somebody cancels after an interrupted wait",
      lookAt = "<init>")
  void seatForAGhost(Trial trial) {
    caught(trial, RaceFault.SEAT_FOR_A_GHOST);
  }

  @Rule(
      number = "8.117",
      says = "The tests MUST catch a room that wakes one of those who wait when it is closed.",
      check = "two who wait when the room is closed: both come to their end",
      lookAt = "<init>")
  void closeWakesOne(Trial trial) {
    caught(trial, RaceFault.CLOSE_WAKES_ONE);
  }

  @Rule(
      number = "8.118",
      says = "The tests MUST catch a room that lets a guest sleep who misses the close.",
      check = "await and close in every order: who waits comes to an end in each",
      lookAt = "<init>")
  void missesTheClose(Trial trial) {
    caught(trial, RaceFault.MISSES_THE_CLOSE);
  }

  @Rule(
      number = "8.119",
      says = "The tests MUST catch a room that gives a seat when the list is closed.",
      check = "reserve and close in every order: who got a seat is on the list, and nobody else",
      lookAt = "<init>")
  void leftOffTheList(Trial trial) {
    caught(trial, RaceFault.LEFT_OFF_THE_LIST);
  }

  @Rule(
      number = "8.120",
      says = "The tests MUST catch a room that gives a woken guest a seat after the close.",
      check = "await on one thread, cancel and close on the other: who got a seat is on the list",
      lookAt = "<init>")
  void wokenTooLate(Trial trial) {
    caught(trial, RaceFault.WOKEN_TOO_LATE);
  }

  @Rule(
      number = "8.121",
      says = "The tests MUST catch a room that says yes to a cancel of who is on the closed list.",
      check = "cancel and close in every order: who was told true is not on the list",
      lookAt = "<init>")
  void stillOnTheList(Trial trial) {
    caught(trial, RaceFault.STILL_ON_THE_LIST);
  }

  @Rule(
      number = "8.122",
      says = "The tests MUST catch a room that gives who closes second a list without guests.",
      check = "two who close in every order: both have the same list, with the guest on it",
      lookAt = "<init>")
  void listNotReady(Trial trial) {
    caught(trial, RaceFault.LIST_NOT_READY);
  }

  @Rule(
      number = "8.123",
      says = "The tests MUST catch a room that hangs when two swap the same two guests.",
      check = "swap(a, b) on one thread and swap(b, a) on the other: both come to their end",
      lookAt = "<init>")
  void deadlock(Trial trial) {
    caught(trial, RaceFault.DEADLOCK);
  }

  @Rule(
      number = "8.124",
      says = "The tests MUST catch a room that shows two guests on one seat while they swap.",
      check = "seating() on a thread of its own while two swap: no seat is there twice",
      lookAt = "<init>")
  void swapInTwoSteps(Trial trial) {
    caught(trial, RaceFault.SWAP_IN_TWO_STEPS);
  }

  @Rule(
      number = "8.125",
      says = "The tests MUST catch a room that brings a guest back who cancels during a swap.",
      check = "swap(a, b) and cancel(a) in every order: a has no seat in the end",
      lookAt = "<init>")
  void bringsBack(Trial trial) {
    caught(trial, RaceFault.BRINGS_BACK);
  }

  @Rule(
      number = "8.126",
      says = "The tests MUST catch a room that seats two on one seat when two swaps share a guest.",
      check = "swap(a, b) and swap(b, c) in every order: three seats in the end",
      lookAt = "<init>")
  void swapsCross(Trial trial) {
    caught(trial, RaceFault.SWAPS_CROSS);
  }

  @Rule(
      number = "8.127",
      says = "The tests MUST catch a room that tells twice that it is sold out.",
      check = "how often the listener ran when two took the last two seats, in every order",
      lookAt = "<init>")
  void toldTwice(Trial trial) {
    caught(trial, RaceFault.TOLD_TWICE);
  }

  @Rule(
      number = "8.128",
      says = "The tests MUST catch a room that tells nobody that it is sold out.",
      check = "how often the listener ran when two took the last two seats: once, not never",
      lookAt = "<init>")
  void neverTold(Trial trial) {
    caught(trial, RaceFault.NEVER_TOLD);
  }

  @Rule(
      number = "8.129",
      says = "The tests MUST catch a room that lets all wait while its listener is told.",
      check = "a listener that waits at a gate, and a call on another thread meanwhile",
      lookAt = "<init>")
  void toldUnderALock(Trial trial) {
    caught(trial, RaceFault.TOLD_UNDER_A_LOCK);
  }
}
