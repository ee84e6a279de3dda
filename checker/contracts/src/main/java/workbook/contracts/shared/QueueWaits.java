package workbook.contracts.shared;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.checker.fakes.CountingToken;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;

/** How a wait at a queue ends without an item: what the contracts of 02 and 05 ask alike. */
public final class QueueWaits {

  private QueueWaits() {}

  /**
   * Cancelling must wake its own taker only, lose no item, and leave no registration. Closes the
   * queue.
   *
   * @param trial the trial
   * @param queue a queue that is empty
   */
  public static void cancelled(Trial trial, QueueCalls queue) {
    var source = new CancellationSource();
    var other = queue.taker("taker 1");
    trial.expectWaiting("the first taker waits", other);
    var cancelled = queue.taker("taker 2", source.token());
    trial.expectWaiting("the second taker waits", cancelled);
    trial.note("cancel taker 2");
    source.cancel();
    trial.expect(
        "the cancelled taker got nothing",
        trial.expectReturn("the cancelled taker returns", cancelled),
        "nothing");
    trial.expectWaiting("the other taker still waits", other);
    queue.put("a");
    trial.expect(
        "the other taker got a", trial.expectReturn("the other taker gets an item", other), "a");
    queue.put("b");
    var beforehand = queue.taker("taker 3", source.token());
    trial.expect(
        "a taker whose token was cancelled beforehand got nothing",
        trial.expectReturn("a taker whose token was cancelled beforehand returns", beforehand),
        "nothing");
    trial.expect("b is still there", queue.take("b is taken"), "b");
    queue.put("c");
    var token = new CountingToken();
    trial.expectReturn("c is taken", queue.taker("taker 4", token));
    var waiting = queue.taker("taker 5", token);
    trial.expectWaiting("a taker waits with the same token", waiting);
    queue.put("d");
    trial.expectReturn("d is taken", waiting);
    expectNoneRegistered(trial, "two items were taken", token);
    var interrupted = queue.taker("taker 6", token);
    trial.expectWaiting("a taker waits with the same token", interrupted);
    trial.note("interrupt taker 6");
    interrupted.thread().interrupt();
    trial.settle();
    if (!interrupted.isDone()) {
      return; // other rules ask for the end
    }
    expectNoneRegistered(trial, "the taker was interrupted", token);
    var last = queue.taker("taker 7", token);
    trial.expectWaiting("a taker waits with the same token", last);
    queue.close();
    trial.settle();
    if (last.isDone()) {
      expectNoneRegistered(trial, "the queue was closed", token);
    }
  }

  private static void expectNoneRegistered(Trial trial, String end, CountingToken token) {
    trial.expect(
        "after " + end + ", actions registered with the token",
        String.valueOf(token.registrations()),
        "0");
  }

  /**
   * A taker that is interrupted before it asks must get InterruptedException, with the flag clear.
   *
   * @param trial the trial
   * @param queue a queue, empty or not
   */
  public static void interruptedBeforehand(Trial trial, QueueCalls queue) {
    var flag = new AtomicBoolean();
    var taker =
        trial.start(
            "interrupted before",
            () -> {
              Thread.currentThread().interrupt();
              return takeAndReadFlag(queue, flag);
            });
    expectInterrupted(trial, "the taker interrupted beforehand", taker, flag);
  }

  /**
   * A taker that is interrupted while it waits must get InterruptedException, with the flag clear.
   *
   * @param trial the trial
   * @param queue a queue that is empty
   */
  public static void interruptedWhileWaiting(Trial trial, QueueCalls queue) {
    var flag = new AtomicBoolean();
    var taker = trial.start("interrupted during", () -> takeAndReadFlag(queue, flag));
    trial.expectWaiting("the taker waits", taker);
    trial.note("interrupt the taker");
    taker.thread().interrupt();
    expectInterrupted(trial, "the taker interrupted while waiting", taker, flag);
  }

  private static String takeAndReadFlag(QueueCalls queue, AtomicBoolean flag)
      throws InterruptedException {
    try {
      return queue.dequeue(CancellationToken.none());
    } finally {
      flag.set(Thread.currentThread().isInterrupted());
    }
  }

  private static void expectInterrupted(
      Trial trial, String who, Caller<String> taker, AtomicBoolean flag) {
    trial.expectThrow(who + " gets InterruptedException", taker, InterruptedException.class);
    trial.expect("the interrupt flag", flag.get() ? "set" : "clear", "clear");
  }

  /**
   * Closing must wake every taker that waits, whatever token it waits with.
   *
   * @param trial the trial
   * @param queue a queue that is empty
   */
  public static void closed(Trial trial, QueueCalls queue) {
    var takers = new ArrayList<Caller<String>>();
    takers.add(queue.taker("taker 1", new CancellationSource().token()));
    takers.add(queue.taker("taker 2"));
    takers.add(queue.taker("taker 3"));
    takers.forEach(taker -> trial.expectWaiting("every taker waits", taker));
    queue.close();
    for (var taker : takers) {
      trial.expect(
          "every taker got nothing", trial.expectReturn("every taker returns", taker), "nothing");
    }
  }
}
