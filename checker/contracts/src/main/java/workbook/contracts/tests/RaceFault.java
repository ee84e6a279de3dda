package workbook.contracts.tests;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

/**
 * What may be wrong with a room: one thing at a time, as in "a room that …". {@link
 * FaultyReservations} has it.
 *
 * <p>Constants of the compiler, and no enum: the explorer of orders takes a read of another class's
 * field for a step, and would stop at each question for the fault.
 */
final class RaceFault {

  static final String SAME_SEAT = "gives two guests the same seat";
  static final String LATE_ONE_THROWS = "throws an exception at who is late for the last seat";
  static final String BUSY_REFUSES = "refuses a guest while it serves another";
  static final String TWO_SEATS = "gives a guest two seats who asks twice at once";
  static final String LOSES_A_SALE = "miscounts when two reserve at once";
  static final String LOSES_A_RETURN = "miscounts when two cancel at once";
  static final String TWO_LOCKS = "miscounts when one reserves while another cancels";
  static final String FREED_TWICE = "frees a seat twice when two cancel it at once";
  static final String BOTH_CANCEL = "says yes to both of two who cancel the same seat";
  static final String CANCELS_THE_NEXT = "cancels the seat of who has it next";
  static final String MISSES_THE_CANCEL = "lets a guest sleep who misses a cancel";
  static final String LOOKS_ONCE = "sends a woken guest away when another was quicker";
  static final String TAKES_BLINDLY = "seats a woken guest where another sits already";
  static final String ASKS_TOO_EARLY = "wakes only who waited before the cancel began";
  static final String WAKES_THE_WRONG_ONE = "wakes one guest only, who has a seat already";
  static final String INTERRUPT_IGNORED = "goes on waiting when its guest is interrupted";
  static final String SEAT_FOR_A_GHOST = "keeps the next seat for a guest who was interrupted";
  static final String CLOSE_WAKES_ONE = "wakes one of those who wait when it is closed";
  static final String MISSES_THE_CLOSE = "lets a guest sleep who misses the close";
  static final String LEFT_OFF_THE_LIST = "gives a seat when the list is closed";
  static final String WOKEN_TOO_LATE = "gives a woken guest a seat after the close";
  static final String STILL_ON_THE_LIST = "says yes to a cancel of who is on the closed list";
  static final String LIST_NOT_READY = "gives who closes second a list without guests";
  static final String DEADLOCK = "hangs when two swap the same two guests";
  static final String SWAP_IN_TWO_STEPS = "shows two guests on one seat while they swap";
  static final String BRINGS_BACK = "brings a guest back who cancels during a swap";
  static final String SWAPS_CROSS = "seats two on one seat when two swaps share a guest";
  static final String TOLD_TWICE = "tells twice that it is sold out";
  static final String NEVER_TOLD = "tells nobody that it is sold out";
  static final String TOLD_UNDER_A_LOCK = "lets all wait while its listener is told";

  private RaceFault() {}

  /** All of them. */
  static List<String> all() {
    return Arrays.stream(RaceFault.class.getDeclaredFields()).map(RaceFault::value).toList();
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
