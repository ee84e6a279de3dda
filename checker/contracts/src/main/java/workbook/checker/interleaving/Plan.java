package workbook.checker.interleaving;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a schedule leaves the default, which is: the running actor goes on, then the next in order.
 *
 * @param switches the departures, by increasing time
 * @param preemptions how many of them stop an actor that could have gone on
 */
record Plan(List<Switch> switches, int preemptions) {
  /**
   * One departure.
   *
   * @param time counts the decisions of a schedule, from 1
   * @param actor the index of the actor that gets the turn
   * @param cost 1 if it stops an actor that could have gone on, else 0
   */
  record Switch(int time, int actor, int cost) {}

  static final Plan DEFAULT = new Plan(List.of(), 0);

  Plan then(int time, int actor, int cost) {
    var longer = new ArrayList<Switch>(switches.size() + 1);
    longer.addAll(switches);
    longer.add(new Switch(time, actor, cost));
    return new Plan(longer, preemptions + cost);
  }

  /** Whether its last departure stops an actor that could have gone on. */
  boolean endsInPreemption() {
    return !switches.isEmpty() && switches.getLast().cost == 1;
  }

  /** The plan whose schedule offered this one. */
  Plan withoutLast() {
    var last = switches.getLast();
    return new Plan(switches.subList(0, switches.size() - 1), preemptions - last.cost);
  }

  /** The time of the last departure; alternatives are only to be planned after it. */
  int end() {
    return switches.isEmpty() ? 0 : switches.getLast().time;
  }

  /** The index of the actor that gets the turn at that time, or -1 for the default. */
  int at(int time) {
    for (var planned : switches) {
      if (planned.time == time) {
        return planned.actor;
      }
    }
    return -1;
  }
}
