package workbook.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;
import workbook.testing.Bench;
import workbook.testing.Call;
import workbook.testing.UnderTest;

/** Tests of a task queue: of any that keeps what {@link BackgroundTaskQueue} says. */
@ExtendWith(UnderTest.class)
public final class TaskQueueTests {

  // region handed
  private final Queues queues;

  /**
   * Tests of the queues that are made here.
   *
   * @param queues makes the queues under test
   */
  public TaskQueueTests(Queues queues) {
    this.queues = queues;
  }

  // endregion

  @Test
  void itemsComeOutAsTheyWentIn(Bench bench) throws Exception {
    var queue = queueOf(3, "b", "a", "c");

    assertThat(take(bench, queue, 3)).as("items taken").containsExactly("b", "a", "c");
  }

  @Test
  void acceptsAsManyAsItsCapacityAndRefusesTheNext(Bench bench) throws Exception {
    var queue = queues.create(2);

    assertThat(offer(bench, queue, "a", "b", "c"))
        .as("answers to three offers at capacity 2")
        .containsExactly(true, true, false);
    assertThat(take(bench, queue, 2)).as("what is in it then").containsExactly("a", "b");
  }

  @Test
  void takingAnItemMakesRoomForOne(Bench bench) throws Exception {
    var queue = queueOf(1, "a");
    take(bench, queue, 1);

    assertThat(offer(bench, queue, "b", "c"))
        .as("answers to two offers when one item was taken")
        .containsExactly(true, false);
  }

  @Test
  void aTakerOfAnEmptyQueueWaitsForAnItem(Bench bench) throws Exception {
    var queue = queues.create(2);
    for (var name : List.of("a", "b")) {
      var taker = taker(bench, queue, CancellationToken.none());
      assertThat(taker.isWaiting()).as("the taker waits before %s comes", name).isTrue();

      queue.enqueue(item(name));

      assertThat(taker.result()).as("what the taker got").contains(name);
    }
  }

  @Test
  void cancellingEndsTheWaitOfItsOwnTaker(Bench bench) throws Exception {
    var queue = queues.create(1);
    var source = new CancellationSource();
    var cancelled = taker(bench, queue, source.token());
    var other = taker(bench, queue, CancellationToken.none());
    bench.settle();

    source.cancel();

    assertThat(cancelled.result()).as("what the cancelled taker got").isEmpty();
    assertThat(other.isWaiting()).as("the other taker still waits").isTrue();
    assertThat(queue.enqueue(item("a"))).as("an offer after the cancel is accepted").isTrue();
    assertThat(other.result()).as("what the other taker got").contains("a");
  }

  @Test
  void aCancelledTokenWinsOverAnItem(Bench bench) throws Exception {
    var queue = queueOf(1, "a");
    var source = new CancellationSource();
    source.cancel();

    assertThat(taker(bench, queue, source.token()).result())
        .as("what a taker got that was cancelled before")
        .isEmpty();
    assertThat(take(bench, queue, 1)).as("what is left").containsExactly("a");
  }

  @Test
  void anInterruptEndsTheWait(Bench bench) throws Exception {
    var queue = queues.create(1);
    var taker = bench.start("taker", () -> flagWhenInterrupted(queue));
    bench.settle();

    taker.interrupt();

    assertThat(taker.result()).as("what the interrupted taker ended with").isEqualTo("flag clear");
  }

  @Test
  void anInterruptFromBeforeLeavesTheItem(Bench bench) throws Exception {
    var queue = queueOf(1, "a");
    var taker =
        bench.start(
            "taker",
            () -> {
              Thread.currentThread().interrupt();
              return flagWhenInterrupted(queue);
            });

    assertThat(taker.result()).as("what the interrupted taker ended with").isEqualTo("flag clear");
    assertThat(take(bench, queue, 1)).as("what is left").containsExactly("a");
  }

  @Test
  void anInterruptDoesNotKeepAnItemOut(Bench bench) throws Exception {
    var queue = queues.create(1);
    var producer =
        bench.start(
            "producer",
            () -> {
              Thread.currentThread().interrupt();
              return queue.enqueue(item("a"));
            });

    assertThat(producer.result()).as("the answer to an interrupted producer").isTrue();
  }

  @Test
  void afterCloseWhatWasAcceptedCanBeTaken(Bench bench) throws Exception {
    var queue = queueOf(2, "a");
    queue.close();

    assertThat(queue.enqueue(item("b"))).as("an offer after the close is accepted").isFalse();
    assertThat(take(bench, queue, 2)).as("what takers get").containsExactly("a", "nothing");
  }

  @Test
  void closeEndsEveryWait(Bench bench) throws Exception {
    var queue = queues.create(1);
    var first = taker(bench, queue, CancellationToken.none());
    var second = taker(bench, queue, CancellationToken.none());
    bench.settle();

    queue.close();

    assertThat(first.result()).as("what the first taker got").isEmpty();
    assertThat(second.result()).as("what the second taker got").isEmpty();
    assertThatCode(queue::close).as("a second close").doesNotThrowAnyException();
  }

  @Test
  @SuppressWarnings({"NullAway", "DataFlowIssue"}) // null is what is tested
  void refusesBadArguments() {
    var queue = queues.create(1);

    assertThatThrownBy(() -> queue.enqueue(null))
        .as("a null item")
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> queues.create(0))
        .as("a capacity of 0")
        .isInstanceOf(IllegalArgumentException.class);
  }

  private BackgroundTaskQueue queueOf(int capacity, String... names) {
    var queue = queues.create(capacity);
    for (var name : names) {
      assertThat(queue.enqueue(item(name))).as("%s is accepted", name).isTrue();
    }
    return queue;
  }

  private static WorkItem item(String name) {
    return WorkItem.of(name, _ -> {});
  }

  // No offer may wait: one that does is noticed here, and does not hang the test.
  private static List<Boolean> offer(Bench bench, BackgroundTaskQueue queue, String... names)
      throws Exception {
    var answers = new ArrayList<Boolean>();
    for (var name : names) {
      answers.add(bench.start("offer of " + name, () -> queue.enqueue(item(name))).result());
    }
    return answers;
  }

  private static Call<Optional<String>> taker(
      Bench bench, BackgroundTaskQueue queue, CancellationToken cancel) {
    return bench.start("taker", () -> queue.dequeue(cancel).map(WorkItem::name));
  }

  private static List<String> take(Bench bench, BackgroundTaskQueue queue, int count)
      throws Exception {
    var names = new ArrayList<String>();
    for (int n = 0; n < count; n++) {
      names.add(taker(bench, queue, CancellationToken.none()).result().orElse("nothing"));
    }
    return names;
  }

  private static String flagWhenInterrupted(BackgroundTaskQueue queue) {
    try {
      return "returned " + queue.dequeue(CancellationToken.none());
    } catch (InterruptedException e) {
      return Thread.currentThread().isInterrupted() ? "flag set" : "flag clear";
    }
  }
}
