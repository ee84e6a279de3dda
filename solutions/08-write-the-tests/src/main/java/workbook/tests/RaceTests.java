package workbook.tests;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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

  /** A room, and what the threads of one order saw. */
  private static final class Race {

    final Reservations room;
    final Map<String, Integer> before; // who had which seat
    final List<Integer> given = new ArrayList<>();
    final List<Boolean> cancelled = new ArrayList<>();
    final List<Map<String, Integer>> lists = new ArrayList<>();
    int told;

    Race(Rooms rooms, int seats, String... guests) {
      room = rooms.create(seats, () -> told++);
      for (var guest : guests) {
        assertThat(room.reserve(guest)).as("a seat for %s", guest).isPresent();
      }
      before = room.seating();
      told = 0;
    }

    Race reserve(String guest) {
      room.reserve(guest).ifPresent(given::add);
      return this;
    }

    void await(String guest) throws InterruptedException {
      room.await(guest).ifPresent(given::add);
    }

    Race cancel(String guest) {
      cancelled.add(room.cancel(guest));
      return this;
    }

    void close() {
      lists.add(room.close());
    }
  }

  private EveryOrder<Race> race(int seats, String... guests) {
    return EveryOrder.of(() -> new Race(rooms, seats, guests));
  }

  // region reserve
  @Test
  void twoWhoReserveHaveASeatEach() {
    race(2)
        .thread("a", race -> race.reserve("a"))
        .thread("b", race -> race.reserve("b"))
        .check(
            race -> {
              assertThat(race.given).as("seats given").containsExactlyInAnyOrder(1, 2);
              assertThat(race.room.free()).as("seats free").isZero();
              assertThat(race.told).as("how often it was told that it is sold out").isOne();
            })
        .verify();
  }

  // endregion

  @Test
  void oneOfTwoHasTheLastSeat() {
    race(1)
        .thread("a", race -> race.reserve("a"))
        .thread("b", race -> race.reserve("b"))
        .check(race -> assertThat(race.given).as("seats given of one").containsExactly(1))
        .verify();
  }

  @Test
  void aGuestWhoAsksTwiceHasOneSeat() {
    race(2)
        .thread("a", race -> race.reserve("a"))
        .thread("a again", race -> race.reserve("a"))
        .check(race -> assertThat(race.given).as("seats given to a").hasSize(1))
        .verify();
  }

  @Test
  void oneReservesWhileAnotherCancels() {
    race(2, "x")
        .thread("a", race -> race.reserve("a"))
        .thread("x", race -> race.cancel("x"))
        .check(race -> assertThat(race.room.free()).as("seats free").isOne())
        .verify();
  }

  @Test
  void twoCancelTheirSeats() {
    race(2, "x", "y")
        .thread("x", race -> race.cancel("x"))
        .thread("y", race -> race.cancel("y"))
        .check(race -> assertThat(race.room.free()).as("seats free").isEqualTo(2))
        .verify();
  }

  @Test
  void aSeatIsCancelledOnceAndKeptByWhoHasItNext() {
    race(1, "x")
        .thread("x", race -> race.cancel("x"))
        .thread("x again, then a", race -> race.cancel("x").reserve("a"))
        .check(
            race -> {
              assertThat(race.cancelled).as("answers to two cancels").containsOnlyOnce(true);
              assertThat(race.room.seating()).as("who sits there").isEqualTo(Map.of("a", 1));
              assertThat(race.room.free()).as("seats free").isZero();
            })
        .verify();
  }

  @Test
  void whoWaitsGetsTheSeatThatIsCancelled() {
    race(1, "x")
        .thread("a", race -> race.await("a"))
        .thread("x", race -> race.cancel("x"))
        .check(race -> assertThat(race.given).as("seats given").containsExactly(1))
        .verify();
  }

  @Test
  void oneOfTwoWhoWaitGetsTheSeatAndTheOtherWaitsOn() {
    race(1, "x")
        .thread("a", race -> race.await("a"))
        .thread("b", race -> race.await("b"))
        .thread("x", race -> race.cancel("x"))
        .preemptions(0) // three threads have many orders; here nobody need be stopped
        .checkWaiting(
            (race, waiting) -> {
              assertThat(race.given).as("seats given of one").containsExactly(1);
              assertThat(waiting).as("who waits on").hasSize(1);
            })
        .verify();
  }

  @Test
  void aSeatIsNotLeftToAGuestWhoHasOne(Bench bench) throws Exception {
    var room = new Race(rooms, 2, "x", "y").room;
    for (var guest : List.of("a", "a", "b")) {
      bench.start(guest, () -> room.await(guest));
      bench.settle();
    }

    room.cancel("x");
    bench.settle();
    room.cancel("y");
    bench.settle();

    assertThat(room.seating()).as("who has a seat").containsOnlyKeys("a", "b");
  }

  @Test
  void whoIsInterruptedWaitsNoLongerAndGetsNoSeat(Bench bench) throws Exception {
    var room = new Race(rooms, 1, "x").room;
    var waiter = bench.start("a", () -> room.await("a"));
    bench.settle();
    waiter.interrupt();

    assertThat(waiter.thrown()).as("what it threw").isInstanceOf(InterruptedException.class);
    room.cancel("x");
    assertThat(room.free()).as("seats free when x has cancelled").isOne();
  }

  @Test
  void closeEndsEveryWait(Bench bench) throws Exception {
    var room = new Race(rooms, 1, "x").room;
    var first = bench.start("a", () -> room.await("a"));
    var second = bench.start("b", () -> room.await("b"));
    bench.settle();
    room.close();

    assertThat(first.result()).as("the seat of a").isEmpty();
    assertThat(second.result()).as("the seat of b").isEmpty();
  }

  @Test
  void whoWaitsNoticesTheClose() {
    race(1, "x")
        .thread("a", race -> race.await("a"))
        .thread("close", race -> race.room.close())
        .check(race -> assertThat(race.given).as("seats given").isEmpty())
        .verify();
  }

  @Test
  void theListHasWhoGotASeat() {
    race(1)
        .thread("a", race -> race.reserve("a"))
        .thread("close", Race::close)
        .check(RaceTests::theListIsOfWhoGotASeat)
        .verify();
  }

  @Test
  void theListHasWhoWaitedAndGotASeat() {
    race(1, "x")
        .thread("a", race -> race.await("a"))
        .thread("x, then close", race -> race.cancel("x").close())
        .check(RaceTests::theListIsOfWhoGotASeat)
        .verify();
  }

  private static void theListIsOfWhoGotASeat(Race race) {
    assertThat(race.lists.getFirst().values())
        .as("seats on the list")
        .containsExactlyElementsOf(race.given);
  }

  @Test
  void theListHasNobodyWhoCancelled() {
    race(1, "x")
        .thread("x", race -> race.cancel("x"))
        .thread("close", Race::close)
        .check(
            race ->
                assertThat(race.lists.getFirst().containsKey("x"))
                    .as("x is on the list, and was told %s", race.cancelled)
                    .isNotEqualTo(race.cancelled.getFirst()))
        .verify();
  }

  @Test
  void twoWhoCloseHaveTheSameList() {
    race(1, "x")
        .thread("close", Race::close)
        .thread("close again", Race::close)
        .check(race -> assertThat(race.lists).as("lists").containsOnly(race.before))
        .verify();
  }

  @Test
  void twoSwapTheSameGuests() {
    race(2, "x", "y")
        .thread("x", race -> race.room.swap("x", "y"))
        .thread("y", race -> race.room.swap("y", "x"))
        .check(race -> assertThat(race.room.seating()).as("seating").isEqualTo(race.before))
        .verify();
  }

  @Test
  void nobodySeesHalfASwap() {
    race(2, "x", "y")
        .thread("swap", race -> race.room.swap("x", "y"))
        .thread("look", race -> race.lists.add(race.room.seating()))
        .check(race -> assertThat(race.lists.getFirst()).as("seen").containsValues(1, 2))
        .verify();
  }

  @Test
  void whoCancelsDuringASwapIsGone() {
    race(2, "x", "y")
        .thread("swap", race -> race.room.swap("x", "y"))
        .thread("x", race -> race.cancel("x"))
        .check(race -> assertThat(race.room.seating()).as("seating").containsOnlyKeys("y"))
        .verify();
  }

  @Test
  void twoSwapsShareAGuest() {
    race(3, "x", "y", "z")
        .thread("x and y", race -> race.room.swap("x", "y"))
        .thread("y and z", race -> race.room.swap("y", "z"))
        .check(race -> assertThat(race.room.seating()).as("seating").containsValues(1, 2, 3))
        .verify();
  }

  @Test
  void othersGetOnWhileSoldOutIsTold(Bench bench) throws Exception {
    var gate = bench.gate();
    var room =
        rooms.create(
            1,
            () -> {
              try {
                gate.pass();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    var last = bench.start("a", () -> room.reserve("a"));
    assertThat(last.isWaiting()).as("the listener is at the gate").isTrue();
    assertThat(bench.start("b", room::free).result()).as("seats free meanwhile").isZero();
    gate.open();
    assertThat(last.result()).as("the seat of a").contains(1);
  }

  // region later
  @Test
  void theBoardShowsThatItIsSoldOut() {
    var board = new AtomicInteger();
    var room = rooms.create(1, () -> runAsync(board::incrementAndGet)); // a thread of the JDK's

    assertThat(room.reserve("a")).as("the only seat").contains(1);

    await("the board").until(() -> board.get() == 1);
  }
  // endregion
}
