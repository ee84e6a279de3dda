package workbook.contracts.tests;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workbook.tests.Reservations;

/**
 * A room with which nothing is right: a test that asserts something fails with one of its kinds.
 */
final class HopelessReservations implements Reservations {

  /** What it does instead. */
  enum Kind {
    REFUSES("has no seat for anybody"),
    SAYS_YES("gives everybody seat 7 and says yes to all else"),
    THROWS("throws an exception at each call");

    private final String why;

    Kind(String why) {
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  private static final List<Subject> ALL =
      Arrays.stream(Kind.values())
          .map(
              kind ->
                  new Subject(
                      "a room that " + kind.why(),
                      () -> new HandedRooms((_, _) -> new HopelessReservations(kind))))
          .toList();

  private final Kind kind;

  HopelessReservations(Kind kind) {
    this.kind = kind;
  }

  /** One kind of rooms for each. */
  static List<Subject> all() {
    return ALL;
  }

  private boolean saysYes() {
    if (kind == Kind.THROWS) {
      throw new UnsupportedOperationException("each call of this room throws");
    }
    return kind == Kind.SAYS_YES;
  }

  @Override
  public Optional<Integer> reserve(String guest) {
    return saysYes() ? Optional.of(7) : Optional.empty();
  }

  @Override
  public Optional<Integer> await(String guest) {
    return reserve(guest);
  }

  @Override
  public boolean cancel(String guest) {
    return saysYes();
  }

  @Override
  public boolean swap(String one, String other) {
    return saysYes();
  }

  @Override
  public int free() {
    return saysYes() ? 7 : 0;
  }

  @Override
  public Map<String, Integer> seating() {
    return saysYes() ? Map.of("nobody", 7) : Map.of();
  }

  @Override
  public Map<String, Integer> close() {
    return seating();
  }
}
