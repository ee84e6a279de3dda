package workbook.contracts.tests;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Who has which seat. For one thread at a time; it takes what it is told, be it wrong. It is not
 * instrumented: the explorer of orders sees each call as one step.
 */
public final class Seats {

  private final int count;
  private final Map<String, Integer> byGuest = new TreeMap<>();

  /** So many seats, all free. */
  public Seats(int count) {
    this.count = count;
  }

  /** Other seats, taken by the same guests. */
  public Seats another() {
    var seats = new Seats(count);
    seats.byGuest.putAll(byGuest);
    return seats;
  }

  /** Whether a guest has a seat. */
  public boolean has(String guest) {
    return byGuest.containsKey(guest);
  }

  /** The seat of a guest; 0 if there is none. */
  public int of(String guest) {
    return byGuest.getOrDefault(guest, 0);
  }

  /** The first free seat; 0 if there is none. */
  public int firstFree() {
    return IntStream.rangeClosed(1, count)
        .filter(seat -> !byGuest.containsValue(seat))
        .findFirst()
        .orElse(0);
  }

  /** How many seats nobody has. */
  public int free() {
    return count - byGuest.size();
  }

  /** Puts a guest on a seat, whoever sits there. */
  public void put(String guest, int seat) {
    byGuest.put(guest, seat);
  }

  /** Gives a guest the first free seat; 0 if there is none, or the guest has one already. */
  public int take(String guest) {
    int seat = has(guest) ? 0 : firstFree();
    if (seat > 0) {
      put(guest, seat);
    }
    return seat;
  }

  /** Takes a guest's seat away, and tells whether there was one. */
  public boolean leave(String guest) {
    return byGuest.remove(guest) != null;
  }

  /** Takes a seat away from whoever has it, and tells whether somebody had. */
  public boolean clear(int seat) {
    return byGuest.values().remove(seat);
  }

  /** Lets two guests change seats, and tells whether both had one. */
  public boolean swap(String one, String other) {
    if (!has(one) || !has(other)) {
      return false;
    }
    int seat = of(one);
    put(one, of(other));
    put(other, seat);
    return true;
  }

  /** A copy of all. */
  public Map<String, Integer> copy() {
    return Map.copyOf(byGuest);
  }
}
