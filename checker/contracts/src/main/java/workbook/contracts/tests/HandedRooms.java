package workbook.contracts.tests;

import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.tests.Reservations;
import workbook.tests.Rooms;

/** Rooms of one kind. They are instrumented, so that the explorer of orders sees their steps. */
final class HandedRooms implements Handed, Rooms {

  private static final Constructor<?> WITH_FAULT =
      instrumented(FaultyReservations.class, String.class, int.class, Runnable.class);
  private static final Map<String, Subject> FAULTY =
      RaceFault.all().stream()
          .collect(
              Collectors.toMap(
                  fault -> fault, HandedRooms::subject, (a, _) -> a, LinkedHashMap::new));

  private final Rooms kind;
  private final Map<Thread, Reservations> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();

  HandedRooms(Rooms kind) {
    this.kind = kind;
  }

  /** Rooms that have this fault. */
  static Subject faulty(String fault) {
    return Objects.requireNonNull(FAULTY.get(fault));
  }

  /** One kind of rooms for each fault. */
  static List<Subject> faulty() {
    return List.copyOf(FAULTY.values());
  }

  private static Subject subject(String fault) {
    return new Subject(
        "a room that " + fault,
        () -> new HandedRooms((seats, soldOut) -> create(WITH_FAULT, fault, seats, soldOut)));
  }

  /** Rooms that are right. */
  static Subject right(String name, Class<? extends Reservations> type) {
    var constructor = instrumented(type, int.class, Runnable.class);
    return new Subject(
        name, () -> new HandedRooms((seats, soldOut) -> create(constructor, seats, soldOut)));
  }

  private static Constructor<?> instrumented(Class<?> type, Class<?>... parameters) {
    try {
      var copy = InstrumentingLoader.only(type.getNestHost()).loadClass(type.getName());
      var constructor = copy.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Reservations create(Constructor<?> constructor, Object... arguments) {
    try {
      return (Reservations) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Reservations create(int seats, Runnable soldOut) {
    return new Counted(kind.create(seats, soldOut));
  }

  @Override
  public int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    waiting.forEach(
        (thread, room) -> {
          thread.interrupt();
          room.close(); // who does not hear an interrupt may hear this
        });
  }

  private final class Counted implements Reservations {

    private final Reservations room;

    Counted(Reservations room) {
      this.room = room;
    }

    private Reservations called() {
      calls.incrementAndGet();
      return room;
    }

    @Override
    public Optional<Integer> reserve(String guest) {
      return called().reserve(guest);
    }

    @Override
    public Optional<Integer> await(String guest) throws InterruptedException {
      waiting.put(Thread.currentThread(), room);
      try {
        return called().await(guest);
      } finally {
        waiting.remove(Thread.currentThread());
      }
    }

    @Override
    public boolean cancel(String guest) {
      return called().cancel(guest);
    }

    @Override
    public boolean swap(String one, String other) {
      return called().swap(one, other);
    }

    @Override
    public int free() {
      return called().free();
    }

    @Override
    public Map<String, Integer> seating() {
      return called().seating();
    }

    @Override
    public Map<String, Integer> close() {
      return called().close();
    }
  }
}
