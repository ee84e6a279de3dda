package workbook.contracts.timed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.timed.TickSource;

/** A loop over a timer that writes down when it ticked. */
final class Ticks {

  private static final int MOST_TOO_MANY = 8; // that are shown

  private final Trial trial;
  private final List<Long> at = Collections.synchronizedList(new ArrayList<>());

  Ticks(Trial trial) {
    this.trial = trial;
  }

  void expect(String expected, Long... wanted) {
    expectSince(0, expected, wanted);
  }

  /** Expects ticks at times that are counted from a later beginning. */
  void expectSince(long begin, String expected, Long... wanted) {
    var actual = List.copyOf(at).stream().map(tick -> tick - begin).toList();
    trial.expectThat(
        expected,
        actual.equals(List.of(wanted)),
        actual.isEmpty() ? "no tick" : shown(actual, wanted.length + MOST_TOO_MANY));
  }

  private static String shown(List<Long> ticks, int most) {
    var text = "ticks at " + Trial.describe(ticks.subList(0, Math.min(ticks.size(), most)));
    return ticks.size() > most ? text + " and " + (ticks.size() - most) + " more" : text;
  }

  boolean waitFor(TickSource timer, CancellationToken token) throws InterruptedException {
    boolean ticked = timer.waitForNextTick(token);
    if (ticked) {
      at.add(trial.time().millis());
      trial.note("tick");
    }
    return ticked;
  }

  /** Loops without work. */
  boolean loop(TickSource timer) throws InterruptedException {
    return loop(timer, List.of());
  }

  /** Loops with work of the given lengths, and of the last one from then on. */
  boolean loop(TickSource timer, List<Long> work) throws InterruptedException {
    for (int i = 0; waitFor(timer, CancellationToken.none()); i++) {
      if (!work.isEmpty()) {
        var length = work.get(Math.min(i, work.size() - 1));
        trial.time().sleep(Duration.ofMillis(length), CancellationToken.none());
        trial.note("work of " + length + " ms done");
      }
    }
    return false;
  }
}
