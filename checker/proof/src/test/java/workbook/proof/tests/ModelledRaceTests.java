package workbook.proof.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.testing.Bench;
import workbook.testing.EveryOrder;
import workbook.testing.UnderTest;
import workbook.tests.Reservations;
import workbook.tests.Rooms;

/**
 * Right: scripts of a few threads. What comes of them has to be what comes of their calls one after
 * the other, in some order, with a room that is written for one thread.
 */
@ExtendWith(UnderTest.class)
public final class ModelledRaceTests {

  private final Rooms rooms;

  /**
   * Tests of the rooms that are made here.
   *
   * @param rooms makes the rooms under test
   */
  public ModelledRaceTests(Rooms rooms) {
    this.rooms = rooms;
  }

  // Seats, guests, then threads: +a reserves, ?a waits, -a cancels, ~ab swaps, ! looks, ) closes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 . +a +b",
        "2 . +a +b",
        "2 . +a +a",
        "2 x +a -x",
        "2 xy -x -y",
        "1 x -x -x+a",
        "1 x ?a -x",
        "1 x ?a -x+b",
        "1 x ?a )",
        "1 . +a )",
        "1 x -x )",
        "1 x ?a -x)",
        "1 x ) )",
        "2 xy ~xy ~yx",
        "2 xy ~xy !",
        "2 xy ~xy -x",
        "3 xyz ~xy ~yz",
        "1 x ?a ?b ) 0",
        "2 xy ?a ?b -x-y 0"
      })
  void isAsOneAfterTheOther(String script) {
    var words = script.split(" ");
    int seats = Integer.parseInt(words[0]);
    var guests = words[1].equals(".") ? new String[0] : words[1].split("");
    boolean isLong = words[words.length - 1].equals("0");
    var threads = List.of(words).subList(2, words.length - (isLong ? 1 : 0));
    var allowed = new HashSet<String>();
    new Model(seats, guests, threads.size()).orders(threads, new int[threads.size()], allowed);

    var race = EveryOrder.of(() -> new Race(rooms, seats, guests, threads.size()));
    for (int n = 0; n < threads.size(); n++) {
      int thread = n;
      race.thread(n + ": " + threads.get(n), state -> state.play(thread, threads.get(thread)));
    }
    race.preemptions(isLong ? 0 : 1)
        .checkWaiting(
            (state, _) ->
                assertTrue(
                    allowed.contains(state.outcome()),
                    () -> script + ": " + state.outcome() + " is none of " + allowed))
        .verify();
  }

  /** What the threads heard: each its own. */
  private abstract static class Outcome {

    final StringBuilder[] heard;
    final Map<String, Integer> first = new TreeMap<>();
    int told;

    Outcome(int threads) {
      heard = Stream.generate(StringBuilder::new).limit(threads).toArray(StringBuilder[]::new);
    }

    /** Seats are open where there is a choice, so only those are named that guests began with. */
    String inWords(Map<String, Integer> seating) {
      var words = new ArrayList<String>();
      for (var entry : new TreeMap<>(seating).entrySet()) {
        var owner = first.entrySet().stream().filter(o -> o.getValue().equals(entry.getValue()));
        words.add(entry.getKey() + owner.map(o -> "@" + o.getKey()).findFirst().orElse(""));
      }
      return words + "/" + new HashSet<>(seating.values()).size();
    }

    String outcome(Map<String, Integer> seating, int free) {
      return Arrays.toString(heard) + " " + inWords(seating) + " free " + free + " told " + told;
    }
  }

  private static final class Race extends Outcome {

    private final Reservations room;

    Race(Rooms rooms, int seats, String[] guests, int threads) {
      super(threads);
      room = rooms.create(seats, () -> told++);
      for (var guest : guests) {
        room.reserve(guest).ifPresent(seat -> first.put(guest, seat));
      }
      told = 0;
    }

    void play(int thread, String script) throws InterruptedException {
      for (int n = 0; n < script.length(); n += length(script.charAt(n))) {
        var guest = guest(script, n);
        heard[thread].append(
            switch (script.charAt(n)) {
              case '+' -> room.reserve(guest).isPresent();
              case '?' -> room.await(guest).isPresent();
              case '-' -> room.cancel(guest);
              case '~' -> room.swap(guest, script.substring(n + 2, n + 3));
              case '!' -> inWords(room.seating());
              default -> inWords(room.close());
            });
      }
    }

    String outcome() {
      return outcome(room.seating(), room.free());
    }
  }

  private static int length(char call) {
    return switch (call) {
      case '~' -> 3;
      case '!', ')' -> 1;
      default -> 2;
    };
  }

  private static String guest(String script, int at) {
    return length(script.charAt(at)) > 1 ? script.substring(at + 1, at + 2) : "";
  }

  /** A room for one thread. */
  private static final class Model extends Outcome {

    private final int seats;
    private final Map<String, Integer> seating = new TreeMap<>();
    private boolean closed;

    Model(int seats, String[] guests, int threads) {
      super(threads);
      this.seats = seats;
      for (var guest : guests) {
        take(guest);
      }
      first.putAll(seating);
      told = 0;
    }

    private Model(Model other) {
      super(other.heard.length);
      seats = other.seats;
      seating.putAll(other.seating);
      first.putAll(other.first);
      closed = other.closed;
      told = other.told;
      for (int n = 0; n < heard.length; n++) {
        heard[n].append(other.heard[n]);
      }
    }

    void orders(List<String> threads, int[] at, Set<String> outcomes) {
      boolean ended = true;
      for (int n = 0; n < threads.size(); n++) {
        var script = threads.get(n);
        if (at[n] < script.length() && !waits(script, at[n])) {
          ended = false;
          var next = new Model(this);
          next.heard[n].append(next.call(script, at[n]));
          var nextAt = at.clone();
          nextAt[n] += length(script.charAt(at[n]));
          next.orders(threads, nextAt, outcomes);
        }
      }
      if (ended) {
        outcomes.add(outcome(seating, seats - seating.size()));
      }
    }

    private boolean waits(String script, int at) {
      boolean full = seating.size() == seats && !closed;
      return full && script.charAt(at) == '?' && !seating.containsKey(guest(script, at));
    }

    private Object call(String script, int at) {
      var guest = guest(script, at);
      return switch (script.charAt(at)) {
        case '+', '?' -> take(guest);
        case '-' -> !closed && seating.remove(guest) != null;
        case '~' -> swap(guest, script.substring(at + 2, at + 3));
        case '!' -> inWords(seating);
        default -> {
          closed = true;
          yield inWords(seating);
        }
      };
    }

    private boolean take(String guest) {
      if (closed || seating.containsKey(guest) || seating.size() == seats) {
        return false;
      }
      int seat = 1;
      while (seating.containsValue(seat)) {
        seat++;
      }
      seating.put(guest, seat);
      told += seating.size() == seats ? 1 : 0;
      return true;
    }

    private boolean swap(String one, String other) {
      if (closed || !seating.containsKey(one) || !seating.containsKey(other)) {
        return false;
      }
      int seat = seating.getOrDefault(one, 0);
      seating.put(one, seating.getOrDefault(other, 0));
      seating.put(other, seat);
      return true;
    }
  }

  @Test
  void aSeatIsForWhoHasNone(Bench bench) {
    var room = rooms.create(2);
    room.reserve("x");
    room.reserve("y");
    for (var guest : List.of("a", "a", "b")) {
      bench.start(guest, () -> room.await(guest));
      bench.settle();
    }
    room.cancel("x");
    bench.settle();
    room.cancel("y");
    bench.settle();
    assertEquals(Set.of("a", "b"), room.seating().keySet(), "guests");
  }

  @Test
  void anInterruptEndsAWait(Bench bench) {
    var room = rooms.create(1);
    room.reserve("x");
    var waiter = bench.start("waiter", () -> room.await("a"));
    assertTrue(waiter.isWaiting(), "it waits");
    waiter.interrupt();
    assertInstanceOf(InterruptedException.class, waiter.thrown(), "what it ended with");
    room.cancel("x");
    assertEquals(1, room.free(), "seats free after it was interrupted, and x has cancelled");
  }

  @Test
  void theListenerHoldsNobodyUp(Bench bench) throws Exception {
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
    var taker = bench.start("taker", () -> room.reserve("a"));
    bench.settle();
    var cancels = bench.start("other", () -> room.cancel("a"));
    assertTrue(cancels.result(), "a cancel while sold-out is told");
    gate.open();
    assertTrue(taker.result().isPresent(), "the taker has a seat");
  }
}
