package workbook.proof.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;
import workbook.testing.Bench;
import workbook.testing.Call;
import workbook.testing.UnderTest;
import workbook.tests.Queues;

/** Right: one parameterized test that plays small scripts, and JUnit's own assertions. */
@ExtendWith(UnderTest.class)
public final class ScriptedQueueTests {

  private final Queues queues;
  private final Map<String, CancellationSource> sources = new HashMap<>();
  private final Map<String, Call<String>> takers = new HashMap<>();

  /**
   * Tests of the queues that are made here.
   *
   * @param queues makes the queues under test
   */
  public ScriptedQueueTests(Queues queues) {
    this.queues = queues;
  }

  // +a offers a, !a does so on a thread that is interrupted; 1? asks for taker 1, 1! does so
  // interrupted, 1x cancels it, 1i interrupts it; ) closes.
  @ParameterizedTest
  @CsvSource({
    "3, +b +a +c 1? 2? 3?, yes yes yes b a c",
    "2, +a +b +c 1? 2?, yes yes no a b",
    "1, +a 1? +b +c, yes a yes no",
    "2, 1? +a 1? 2? +b 2?, waits yes a waits yes b",
    "1, 1? 2? 1x 1? 2? +a 2?, waits waits cancel nothing waits yes a",
    "1, 1x +a 1? 2?, cancel yes nothing a",
    "1, 1? 1i 1?, waits interrupt clear",
    "1, +a 1! 2?, yes clear a",
    "1, !a, yes",
    "2, +a ) +b 1? 2?, yes close no a nothing",
    "1, 1? 2? ) 1? 2? ), waits waits close nothing nothing close"
  })
  void plays(int capacity, String script, String expected, Bench bench) throws Exception {
    var queue = queues.create(capacity);
    var heard = new StringJoiner(" ");
    for (var step : script.split(" ")) {
      heard.add(play(bench, queue, step));
    }
    assertEquals(expected, heard.toString(), "at capacity " + capacity + ": " + script);
  }

  private String play(Bench bench, BackgroundTaskQueue queue, String step) throws Exception {
    char first = step.charAt(0);
    if (first == ')') {
      return bench.start("close", () -> outcomeOfClose(queue)).result();
    }
    var name = step.substring(1);
    return switch (first) {
      case '+', '!' -> answer(bench, queue, name, first == '!');
      default -> taker(bench, queue, String.valueOf(first), name.charAt(0));
    };
  }

  private static String outcomeOfClose(BackgroundTaskQueue queue) {
    try {
      queue.close();
      return "close";
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  private static String answer(
      Bench bench, BackgroundTaskQueue queue, String name, boolean interrupted) {
    var call =
        bench.start(
            name,
            () -> {
              if (interrupted) {
                Thread.currentThread().interrupt();
              }
              return queue.enqueue(WorkItem.of(name, _ -> {})) ? "yes" : "no";
            });
    if (call.isWaiting()) {
      return "waits";
    }
    var thrown = call.thrown();
    try {
      return thrown == null ? call.result() : thrown.toString();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private String taker(Bench bench, BackgroundTaskQueue queue, String name, char what)
      throws Exception {
    var source = sources.computeIfAbsent(name, _ -> new CancellationSource());
    switch (what) {
      case 'x' -> {
        source.cancel();
        return "cancel";
      }
      case 'i' -> {
        Objects.requireNonNull(takers.get(name), name).interrupt();
        return "interrupt";
      }
      default -> {
        var call =
            takers.computeIfAbsent(
                name, _ -> bench.start(name, () -> take(queue, source.token(), what == '!')));
        return call.isWaiting() ? "waits" : call.result();
      }
    }
  }

  private static String take(
      BackgroundTaskQueue queue, CancellationToken cancel, boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      return queue.dequeue(cancel).map(WorkItem::name).orElse("nothing");
    } catch (InterruptedException e) {
      return Thread.currentThread().isInterrupted() ? "set" : "clear";
    }
  }

  @Test
  @SuppressWarnings({"NullAway", "DataFlowIssue"}) // null is what is tested
  void refusesBadArguments() {
    var queue = queues.create(1);
    assertThrows(NullPointerException.class, () -> queue.enqueue(null), "null for an item");
    assertThrows(IllegalArgumentException.class, () -> queues.create(0), "a capacity of 0");
  }
}
