package workbook.tests;

/** Makes the rooms that are under test. A test knows their contract, and not how they are built. */
@FunctionalInterface
public interface Rooms {

  /**
   * A room in which every seat is free, open, and a new one on every call.
   *
   * @param seats how many seats it has, at least 1
   * @param soldOut is run each time that the last free seat is taken
   * @return its reservations
   */
  Reservations create(int seats, Runnable soldOut);

  /**
   * A room whose sold-out nobody hears.
   *
   * @param seats how many seats it has, at least 1
   * @return its reservations
   */
  default Reservations create(int seats) {
    return create(seats, () -> {});
  }
}
