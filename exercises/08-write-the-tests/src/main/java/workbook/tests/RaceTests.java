package workbook.tests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workbook.hosting.NotStarted;
import workbook.testing.Bench;
import workbook.testing.EveryOrder;
import workbook.testing.UnderTest;

/**
 * Tests of a room in which several reserve at the same time: of any that keeps what {@link
 * Reservations} says. {@link EveryOrder} makes two threads meet, each time.
 */
@ExtendWith(UnderTest.class)
public final class RaceTests {

  private final Rooms rooms;

  /**
   * Tests of the rooms that are made here.
   *
   * @param rooms makes the rooms under test
   */
  public RaceTests(Rooms rooms) {
    this.rooms = rooms;
  }

  // As many tests as you like, with names of your own. A test that is left out is no gap: the rules
  // say what nobody catches.

  @Test
  void reserving() {
    // TODO: step 3
    throw new NotStarted("step 3", "RaceTests.reserving");
  }

  @Test
  void cancelling() {
    // TODO: step 3
    throw new NotStarted("step 3", "RaceTests.cancelling");
  }

  @Test
  void waiting(Bench bench) throws Exception {
    // TODO: step 3
    throw new NotStarted("step 3", "RaceTests.waiting");
  }

  @Test
  void closing(Bench bench) throws Exception {
    // TODO: step 3
    throw new NotStarted("step 3", "RaceTests.closing");
  }

  @Test
  void swapping() {
    // TODO: step 3
    throw new NotStarted("step 3", "RaceTests.swapping");
  }

  @Test
  void soldOut(Bench bench) throws Exception {
    // TODO: step 3
    throw new NotStarted("step 3", "RaceTests.soldOut");
  }
}
