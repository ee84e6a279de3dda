package workbook.proof.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;
import workbook.testing.Bench;
import workbook.testing.Call;
import workbook.testing.UnderTest;
import workbook.tests.Queues;

/** Right: nested classes, one for each state of the queue, which is made before each test. */
@ExtendWith(UnderTest.class)
public final class NestedQueueTests {

  private static final WorkItem A = WorkItem.of("z", _ -> {});
  private static final WorkItem B = WorkItem.of("b", _ -> {});
  private static final WorkItem C = WorkItem.of("c", _ -> {});

  private final Queues queues;
  private final CancellationSource source = new CancellationSource();
  private final Bench bench;

  /**
   * Tests of the queues that are made here.
   *
   * @param queues makes the queues under test
   */
  public NestedQueueTests(Queues queues) {
    this.queues = queues;
    this.bench = new Bench();
  }

  private Call<Optional<WorkItem>> take(BackgroundTaskQueue queue, CancellationToken cancel) {
    return bench.start("taker", () -> queue.dequeue(cancel));
  }

  private Optional<WorkItem> next(BackgroundTaskQueue queue) throws Exception {
    return take(queue, CancellationToken.none()).result();
  }

  private boolean offer(BackgroundTaskQueue queue, WorkItem item) throws Exception {
    return bench.start("producer", () -> queue.enqueue(item)).result();
  }

  @Nested
  class Full {

    private final BackgroundTaskQueue queue = queues.create(2);

    @BeforeEach
    void fill() throws Exception {
      assertThat(offer(queue, A)).as("the first is accepted").isTrue();
      assertThat(offer(queue, B)).as("the second is accepted").isTrue();
    }

    @Test
    void refuses() throws Exception {
      assertThat(offer(queue, C)).as("a third at capacity 2 is accepted").isFalse();
      assertThat(next(queue)).as("first").contains(A);
      assertThat(next(queue)).as("second").contains(B);
    }

    @Test
    void hasRoomForAsManyAsWereTaken() throws Exception {
      next(queue);
      assertThat(offer(queue, C)).as("accepted when there is room").isTrue();
      assertThat(offer(queue, A)).as("accepted when there is none").isFalse();
    }

    @Test
    void closed() throws Exception {
      queue.close();
      assertThat(next(queue)).as("first").contains(A);
      assertThat(offer(queue, C)).as("accepted after close").isFalse();
      assertThat(next(queue)).as("second").contains(B);
      assertThat(next(queue)).as("third").isEmpty();
    }

    @Test
    void keepsItsItemFromWhoWasCancelledOrInterrupted() throws Exception {
      source.cancel();
      assertThat(take(queue, source.token()).result()).as("cancelled before").isEmpty();
      var interrupted =
          bench.start(
              "interrupted",
              () -> {
                Thread.currentThread().interrupt();
                return queue.dequeue(CancellationToken.none());
              });
      assertThrows(InterruptedException.class, interrupted::result, "interrupted before");
      assertThat(next(queue)).as("first").contains(A);
    }
  }

  @Nested
  class Empty {

    private final BackgroundTaskQueue queue = queues.create(1);

    @Test
    void handsOverToWhoWaits() throws Exception {
      for (var item : new WorkItem[] {A, B}) {
        var taker = take(queue, CancellationToken.none());
        assertThat(taker.isWaiting()).as("waits for %s", item).isTrue();
        assertThat(offer(queue, item)).as("%s is accepted", item).isTrue();
        assertThat(taker.result()).as("taken").contains(item);
      }
    }

    @Test
    void cancelIsForOne() throws Exception {
      var mine = take(queue, source.token());
      var other = take(queue, CancellationToken.none());
      bench.settle();
      source.cancel();
      assertThat(mine.result()).as("cancelled").isEmpty();
      assertThat(other.isWaiting()).as("the other waits").isTrue();
      assertThat(offer(queue, A)).as("accepted after a cancel").isTrue();
      assertThat(other.result()).as("the other").contains(A);
    }

    @Test
    void closeIsForAll() throws Exception {
      var one = take(queue, CancellationToken.none());
      var two = take(queue, CancellationToken.none());
      bench.settle();
      queue.close();
      assertAll(
          () -> assertEquals(Optional.empty(), one.result(), "one"),
          () -> assertEquals(Optional.empty(), two.result(), "two"),
          () -> assertDoesNotThrow(queue::close, "a second close"));
    }

    @Test
    void interruptEndsTheWait() throws Exception {
      var taker =
          bench.start(
              "taker",
              () -> {
                assertThrows(
                    InterruptedException.class,
                    () -> queue.dequeue(CancellationToken.none()),
                    "an interrupted taker");
                return Thread.currentThread().isInterrupted();
              });
      assertThat(taker.isWaiting()).as("it waits").isTrue();
      taker.interrupt();
      assertThat(taker.result()).as("its flag is set").isFalse();
    }

    @Test
    void aProducerMayBeInterrupted() throws Exception {
      var producer =
          bench.start(
              "producer",
              () -> {
                Thread.currentThread().interrupt();
                return queue.enqueue(A);
              });
      assertThat(producer.result()).as("accepted").isTrue();
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // null is what is tested
    void refusesBadArguments() {
      assertThrows(NullPointerException.class, () -> queue.enqueue(null), "null");
      assertThrows(IllegalArgumentException.class, () -> queues.create(0), "a capacity of 0");
    }
  }
}
