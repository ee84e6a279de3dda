package workbook.checker.interleaving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import workbook.checker.interleaving.Actor.Status;

/** Who ran through which of the learner's lines, in order: one entry per turn of an actor. */
final class Trace {
  private static final int MOST_LINES = 8;
  private static final int MOST_TURNS = 12;

  private record Turn(Actor actor, List<String> places, String end, boolean isStopped) {}

  private final List<Turn> turns = new ArrayList<>();
  private List<String> places = new ArrayList<>();
  private @Nullable Actor running;

  /** An actor gets the turn, or goes on with it. */
  void starts(Actor actor) {
    if (running != actor) {
      end();
      running = actor;
    }
  }

  void passes(String place) {
    places.add(place);
  }

  /** The running actor cannot go on. */
  void end() {
    if (running != null) {
      turns.add(new Turn(running, places, state(running), running.is(Status.PAUSED)));
      running = null;
      places = new ArrayList<>();
    }
  }

  private static String state(Actor actor) {
    var failure = actor.failure();
    if (failure != null) {
      return "throws " + failure.getClass().getSimpleName();
    }
    if (actor.is(Status.DONE)) {
      return "done";
    }
    var how =
        actor.is(Status.BLOCKED)
            ? "waits at "
            : actor.is(Status.PAUSED) ? "stopped before " : "still runs after ";
    return how + actor.place();
  }

  /** Each turn as {@code name: Type.method:lines (how it ended)}; of many, the first and last. */
  List<String> lines() {
    end();
    var lines = new ArrayList<String>();
    for (int i = 0; i < turns.size(); i++) {
      var turn = turns.get(i);
      boolean isShown = i < MOST_TURNS / 2 || i >= turns.size() - MOST_TURNS / 2;
      if (isShown) {
        lines.add(turn.actor.name + ":" + compact(turn.places) + " (" + turn.end + ")");
      } else if (i == MOST_TURNS / 2) {
        lines.add("... " + (turns.size() - MOST_TURNS) + " more turns ...");
      }
    }
    return lines;
  }

  /** Where an actor that could have gone on was first stopped in the middle of its lines. */
  Optional<String> firstStop() {
    return turns.stream()
        .filter(turn -> turn.isStopped && !turn.places.isEmpty())
        .findFirst()
        .map(turn -> turn.places.getLast());
  }

  private static String compact(List<String> places) {
    var byMethod = new LinkedHashMap<String, Set<String>>();
    for (var place : places) {
      int colon = place.lastIndexOf(':');
      byMethod
          .computeIfAbsent(place.substring(0, colon), _ -> new LinkedHashSet<>())
          .add(place.substring(colon + 1));
    }
    var text = new StringBuilder();
    byMethod.forEach(
        (method, lines) -> text.append(" ").append(method).append(":").append(join(lines)));
    return text.toString();
  }

  private static String join(Set<String> lines) {
    if (lines.size() <= MOST_LINES) {
      return String.join(",", lines);
    }
    var all = List.copyOf(lines);
    return all.getFirst() + ".." + all.getLast();
  }
}
