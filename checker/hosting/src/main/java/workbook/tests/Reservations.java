package workbook.tests;

import java.util.Map;
import java.util.Optional;

/**
 * The seats of a room, numbered from 1. A guest has one seat at most, and a seat one guest.
 *
 * <p><b>Threads.</b> Any thread may call any method at any time. Each call is one step: what it
 * returns and shows is as if the calls were made one after the other. Of two calls that overlap,
 * either may be the first.
 *
 * <p><b>Waits.</b> No call waits for a seat but {@link #await}, and none waits for ever for another
 * call.
 *
 * <p><b>Sold out.</b> Whoever takes the last free seat runs a listener, see {@link Rooms}: once
 * each time, on the thread that gets the seat, before its call returns. Meanwhile others get on
 * with all calls.
 */
public interface Reservations {

  /**
   * Gives a guest a free seat. Does not wait for one.
   *
   * @param guest the guest's name
   * @return the seat; empty if none is free, if the guest has one already, or after close
   */
  Optional<Integer> reserve(String guest);

  /**
   * Gives a guest a free seat, and waits as long as none is free. Whose turn it is, of several who
   * wait or come meanwhile, is left open; but nobody sleeps on while a seat is free. A guest who
   * waits twice gets one seat, and it is left open when the other wait ends.
   *
   * @param guest the guest's name
   * @return the seat; empty only if the guest has one already, or if the room is closed, be it
   *     meanwhile
   * @throws InterruptedException if interrupted while waiting; the guest then gets no seat. What an
   *     earlier interrupt does is left open
   */
  Optional<Integer> await(String guest) throws InterruptedException;

  /**
   * Gives a guest's seat back.
   *
   * @param guest the guest's name
   * @return true if this call gave it back; false if the guest has none, or after close
   */
  boolean cancel(String guest);

  /**
   * Lets two guests change seats.
   *
   * @param one a guest's name
   * @param other another's
   * @return true if they have; false if one of them has no seat, or after close
   */
  boolean swap(String one, String other);

  /** How many seats are free. */
  int free();

  /** Who has which seat, at the time of the call. It does not change any more. */
  Map<String, Integer> seating();

  /**
   * Ends the sale, and every wait. From then on nothing changes.
   *
   * @return who has which seat, for good; the same on each call
   */
  Map<String, Integer> close();
}
