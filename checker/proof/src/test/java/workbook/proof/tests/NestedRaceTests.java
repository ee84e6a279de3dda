package workbook.proof.tests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workbook.checker.interleaving.Interleavings.Move;
import workbook.testing.Bench;
import workbook.testing.EveryOrder;
import workbook.testing.UnderTest;
import workbook.tests.Reservations;
import workbook.tests.Rooms;

/** Right: nested classes, one for each state of the room, and one table of what was answered. */
@ExtendWith(UnderTest.class)
public final class NestedRaceTests {

  private static final class Told {
    private int times;
  }

  /** A room, and what each call was answered, by the call's name. */
  private record State(Reservations room, Told told, Map<String, Object> answers) {

    Object answer(String call) {
      return answers.getOrDefault(call, "nothing yet");
    }

    boolean has(String call) {
      return answer(call) instanceof Optional<?> seat && seat.isPresent();
    }

    Set<Integer> seats() {
      return new TreeSet<>(room.seating().values());
    }
  }

  private interface Call {
    Object on(Reservations room) throws InterruptedException;
  }

  private final Rooms rooms;

  /**
   * Tests of the rooms that are made here.
   *
   * @param rooms makes the rooms under test
   */
  public NestedRaceTests(Rooms rooms) {
    this.rooms = rooms;
  }

  private static Move<State> noting(String name, Call call) {
    return state -> state.answers.put(name, call.on(state.room));
  }

  private static Reservations cancel(Reservations room) {
    room.cancel("x");
    return room;
  }

  private State state(int seats, String... guests) {
    var told = new Told();
    var room = rooms.create(seats, () -> told.times++);
    List.of(guests).forEach(room::reserve);
    told.times = 0;
    return new State(room, told, new ConcurrentHashMap<>());
  }

  @Nested
  class Empty {

    private EveryOrder<State> two(int seats, String one, String other) {
      return EveryOrder.of(() -> state(seats))
          .thread("one", noting("one", room -> room.reserve(one)))
          .thread("other", noting("other", room -> room.reserve(other)));
    }

    @Test
    void roomForBoth() {
      two(2, "a", "b")
          .check(
              state ->
                  assertAll(
                      () -> assertEquals(Set.of("a", "b"), state.room.seating().keySet(), "guests"),
                      () -> assertEquals(Set.of(1, 2), state.seats(), "seats"),
                      () -> assertEquals(0, state.room.free(), "free"),
                      () -> assertEquals(1, state.told.times, "times that it was told")))
          .verify();
    }

    @Test
    void roomForOne() {
      two(1, "a", "b")
          .check(
              state -> assertTrue(state.has("one") != state.has("other"), state.answers::toString))
          .verify();
    }

    @Test
    void theSameGuest() {
      two(2, "a", "a")
          .check(
              state -> assertTrue(state.has("one") != state.has("other"), state.answers::toString))
          .verify();
    }

    @Test
    void closedMeanwhile() {
      EveryOrder.of(() -> state(1))
          .thread("a", noting("a", room -> room.reserve("a")))
          .thread("close", noting("close", Reservations::close))
          .check(
              state ->
                  assertEquals(
                      state.has("a") ? Map.of("a", 1) : Map.of(), state.answer("close"), "list"))
          .verify();
    }

    @Test
    void listener(Bench bench) throws Exception {
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
      bench.start("a", () -> room.reserve("a"));
      bench.settle();
      assertEquals(Map.of("a", 1), bench.start("look", room::seating).result(), "seating");
    }
  }

  @Nested
  class OneGuest {

    private EveryOrder<State> cancelled() {
      return EveryOrder.of(() -> state(1, "x")).thread("x", noting("x", room -> room.cancel("x")));
    }

    @Test
    void twice() {
      cancelled()
          .thread("again", noting("again", room -> room.cancel("x")))
          .check(
              state -> {
                assertEquals(Set.of(true, false), Set.copyOf(state.answers.values()), "answers");
                assertEquals(1, state.room.free(), "free");
              })
          .verify();
    }

    @Test
    void takenAgain() {
      cancelled()
          .thread("again", noting("b", room -> cancel(room).reserve("b")))
          .check(state -> assertEquals(Map.of("b", 1), state.room.seating(), "seating"))
          .verify();
    }

    @Test
    void besideAFreeSeat() {
      EveryOrder.of(() -> state(2, "x"))
          .thread("a", noting("a", room -> room.reserve("a")))
          .thread("x", noting("x", room -> room.cancel("x")))
          .check(state -> assertEquals(1, state.room.free(), "free"))
          .verify();
    }

    @Test
    void awaited() {
      cancelled()
          .thread("a", noting("a", room -> room.await("a")))
          .check(state -> assertEquals(Map.of("a", 1), state.room.seating(), "seating"))
          .verify();
    }

    @Test
    void awaitedByTwo() {
      EveryOrder.of(() -> state(1, "x"))
          .thread("a", noting("a", room -> room.await("a")))
          .thread("b", noting("b", room -> cancel(room).reserve("b")))
          .checkWaiting(
              (state, waiting) -> {
                assertEquals(state.has("b"), waiting.containsKey("a"), "a waits");
                assertEquals(1, state.room.seating().size(), "guests");
              })
          .verify();
    }

    @Test
    void onTheList() {
      cancelled()
          .thread("close", noting("close", Reservations::close))
          .check(
              state ->
                  assertEquals(
                      state.answer("x").equals(true) ? Map.of() : Map.of("x", 1),
                      state.answer("close"),
                      "list"))
          .verify();
    }

    @Test
    void closedWhileSomebodyWaits() {
      EveryOrder.of(() -> state(1, "x"))
          .thread("a", noting("a", room -> room.await("a")))
          .thread("x", noting("close", room -> cancel(room).close()))
          .check(
              state ->
                  assertEquals(
                      state.has("a") ? Map.of("a", 1) : Map.of(), state.answer("close"), "list"))
          .verify();
    }

    @Test
    void closedTwice() {
      EveryOrder.of(() -> state(1, "x"))
          .thread("a", noting("a", room -> room.await("a")))
          .thread("close", noting("close", Reservations::close))
          .check(state -> assertEquals(Optional.empty(), state.answer("a"), "the seat of a"))
          .verify();
      EveryOrder.of(() -> state(1, "x"))
          .thread("close", noting("close", Reservations::close))
          .thread("again", noting("again", Reservations::close))
          .check(state -> assertEquals(state.answer("close"), state.answer("again"), "lists"))
          .verify();
    }

    @Test
    void closedWhileTwoWait() {
      EveryOrder.of(() -> state(1, "x"))
          .thread("a", noting("a", room -> room.await("a")))
          .thread("b", noting("b", room -> room.await("b")))
          .thread("close", noting("close", Reservations::close))
          .preemptions(0)
          .verify();
    }

    @Test
    void interrupted(Bench bench) {
      var room = state(1, "x").room;
      var a = bench.start("a", () -> room.await("a"));
      bench.settle();
      a.interrupt();
      assertThrows(InterruptedException.class, a::result, "the wait of a");
      room.cancel("x");
      assertEquals(Map.of(), room.seating(), "who has a seat then");
    }
  }

  @Nested
  class TwoGuests {

    @Test
    void cancel() {
      EveryOrder.of(() -> state(2, "x", "y"))
          .thread("x", noting("x", room -> room.cancel("x")))
          .thread("y", noting("y", room -> room.cancel("y")))
          .check(state -> assertEquals(2, state.room.free(), "free"))
          .verify();
    }

    @Test
    void cancelForTwo() {
      EveryOrder.of(() -> state(2, "x", "y"))
          .thread("a", noting("a", room -> room.await("a")))
          .thread("a again", noting("a again", room -> room.await("a")))
          .thread("b", noting("b", room -> room.await("b")))
          .thread("x and y", noting("y", room -> room.cancel("x") && room.cancel("y")))
          .preemptions(0)
          .checkWaiting(
              (state, _) -> assertEquals(Set.of("a", "b"), state.room.seating().keySet(), "guests"))
          .verify();
    }

    @Test
    void cancelForTwoInARow() {
      EveryOrder.of(() -> state(2, "x", "y"))
          .thread("a", noting("a", room -> room.await("a")))
          .thread("b", noting("b", room -> room.await("b")))
          .thread("x and y", noting("y", room -> room.cancel("x") && room.cancel("y")))
          .preemptions(0)
          .check(state -> assertEquals(Set.of(1, 2), state.seats(), "seats"))
          .verify();
    }

    private EveryOrder<State> swap() {
      return EveryOrder.of(() -> state(3, "x", "y", "z"))
          .thread("swap", noting("swap", room -> room.swap("x", "y")));
    }

    @Test
    void swapAndLook() {
      swap()
          .thread("look", noting("look", room -> new TreeSet<>(room.seating().values())))
          .check(state -> assertEquals(Set.of(1, 2, 3), state.answer("look"), "seats seen"))
          .verify();
    }

    @Test
    void swapBack() {
      swap()
          .thread("back", noting("back", room -> room.swap("y", "x")))
          .check(state -> assertEquals(3, state.room.seating().size(), "guests"))
          .verify();
    }

    @Test
    void swapAndSwap() {
      swap()
          .thread("other", noting("other", room -> room.swap("y", "z")))
          .check(state -> assertEquals(Set.of(1, 2, 3), state.seats(), "seats"))
          .verify();
    }

    @Test
    void swapAndCancel() {
      swap()
          .thread("x", noting("x", room -> room.cancel("x")))
          .check(state -> assertEquals(Set.of("y", "z"), state.room.seating().keySet(), "guests"))
          .verify();
    }
  }
}
