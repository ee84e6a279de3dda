package workbook.contracts.shared;

import java.util.Optional;
import java.util.function.Predicate;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;

/** Calls of a queue under test, each from a thread of its own; items are told apart by names. */
public final class QueueCalls {

  /** How a queue hands over an item. */
  public interface Dequeue {

    /**
     * Waits for an item.
     *
     * @param cancel ends the wait
     * @return the item's name, or nothing if the wait was ended
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<String> call(CancellationToken cancel) throws InterruptedException;
  }

  private final Trial trial;
  private final Predicate<String> enqueue;
  private final Dequeue dequeue;
  private final Runnable close;

  /**
   * Calls of one queue.
   *
   * @param trial the trial
   * @param enqueue offers a new item and tells whether it was accepted
   * @param dequeue waits for an item
   * @param close closes the queue
   */
  public QueueCalls(Trial trial, Predicate<String> enqueue, Dequeue dequeue, Runnable close) {
    this.trial = trial;
    this.enqueue = enqueue;
    this.dequeue = dequeue;
    this.close = close;
  }

  /**
   * Offers an item.
   *
   * @param name its name
   * @return "accepted" or "refused"
   */
  public String put(String name) {
    var producer =
        trial.start(
            "producer",
            () -> {
              var answer = enqueue.test(name) ? "accepted" : "refused";
              trial.note(name + " " + answer);
              return answer;
            });
    return trial.expectReturn("enqueue answers at once, true or false", producer);
  }

  /** Closes the queue. */
  public void close() {
    var closer =
        trial.start(
            "closer",
            () -> {
              trial.note("close");
              close.run();
              return "normally";
            });
    trial.expectReturn("close returns, the first time and again", closer);
  }

  /**
   * Waits for an item, here and now.
   *
   * @param cancel ends the wait
   * @return its name, or "nothing"
   * @throws InterruptedException if the thread was interrupted
   */
  public String dequeue(CancellationToken cancel) throws InterruptedException {
    return dequeue.call(cancel).orElse("nothing");
  }

  /**
   * Begins to wait for an item.
   *
   * @param who the name of the thread that waits
   * @return the call, which returns the item's name, or "nothing"
   */
  public Caller<String> taker(String who) {
    return taker(who, CancellationToken.none());
  }

  /**
   * Begins to wait for an item.
   *
   * @param who the name of the thread that waits
   * @param cancel ends the wait
   * @return the call, which returns the item's name, or "nothing"
   */
  public Caller<String> taker(String who, CancellationToken cancel) {
    return trial.start(
        who,
        () -> {
          var taken = dequeue(cancel);
          trial.note(who + " got " + taken);
          return taken;
        });
  }

  /**
   * Takes an item.
   *
   * @param expected what should come about, in words
   * @return its name
   */
  public String take(String expected) {
    return trial.expectReturn(expected, taker("taker"));
  }
}
