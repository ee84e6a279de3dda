package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import workbook.checker.interleaving.Interleaver;
import workbook.checker.interleaving.Interleavings;
import workbook.checker.interleaving.Interleavings.Result;

/** The exploration of orders, when what it explores does not take the same steps each time. */
class InterleavingsTest {

  private final Set<String> orders = new TreeSet<>();
  private int runs;

  @Test
  @DisplayName("Two actors of two steps: every order, and nothing else.")
  void everyOrder() {
    var result = explore(2, run -> false);

    assertThat(result.unfinished()).isEmpty();
    assertThat(orders).contains("aabb", "abab", "abba", "baab", "baba", "bbaa").hasSize(6);
  }

  @Test
  @DisplayName("A schedule that is disturbed once leaves nothing undecided, and no order out.")
  void disturbedOnce() {
    int all = explore(2, run -> false).schedules();
    for (int n = 1; n <= all; n++) {
      int disturbed = n;
      orders.clear();
      var result = explore(2, run -> run == disturbed);

      assertThat(result.unfinished()).as("run %d of %d", n, all).isEmpty();
      assertThat(orders)
          .as("run %d of %d", n, all)
          .contains("aabb", "abab", "abba", "baab", "baba", "bbaa");
    }
  }

  @Test
  @DisplayName("Steps that are others again and again are not decided.")
  void anotherCourse() {
    var result = explore(6, run -> run / 30 % 2 == 0);

    assertThat(result.violation()).isEmpty();
    assertThat(result.unfinished())
        .hasValueSatisfying(
            unfinished -> assertThat(unfinished.reason()).contains("took another course"));
  }

  /** Two actors, of whom the first takes three steps more in some runs. */
  private Result explore(int steps, IntPredicate more) {
    runs = 0;
    return Interleavings.from(
            () -> {
              runs++;
              return new StringBuilder();
            })
        .actor(
            "a",
            order -> {
              take(steps, "a", order);
              take(more.test(runs) ? 3 : 0, "", order);
            })
        .actor("b", order -> take(steps, "b", order))
        .check(order -> orders.add(order.toString()))
        .explore();
  }

  private static void take(int steps, String actor, StringBuilder order) {
    for (int n = 1; n <= steps; n++) {
      Interleaver.point("Steps.take:" + n);
      order.append(actor);
    }
  }
}
