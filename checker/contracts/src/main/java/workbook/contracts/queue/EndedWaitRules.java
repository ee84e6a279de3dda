package workbook.contracts.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.fakes.CountingToken;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** The rules of a wait that ends without an item, and of interrupts where nobody waits. */
abstract class EndedWaitRules extends PutAndTakeRules {

  /** A contract is stateless. */
  EndedWaitRules() {}

  /** Cancelling ends one wait and takes nothing with it. */
  @Rule(
      number = "2.5",
      says =
          "Cancelling MUST wake its taker with nothing, wake no other, and lose no item; a wait"
              + " that is over MUST leave nothing with its token.",
      check =
          "that the token wakes the taker (CancellationToken.onCancel); that a token cancelled"
              + " beforehand is looked at before the items; that close or an interrupt of somebody"
              + " else is not what wakes; that the registration with the token is closed, however"
              + " the wait ends: the token may live as long as the application",
      lookAt = "dequeue")
  void cancel(Trial trial) {
    trial.setUp("capacity 10; two takers wait; the token of the second is cancelled; then a and b");
    var queue = queue(trial, 10);
    var source = new CancellationSource();
    var other = taker(trial, queue, "taker 1");
    trial.expectWaiting("the first taker waits", other);
    var cancelled = taker(trial, queue, "taker 2", source.token());
    trial.expectWaiting("the second taker waits", cancelled);
    trial.note("cancel taker 2");
    source.cancel();
    trial.expect(
        "the cancelled taker got nothing",
        trial.expectReturn("the cancelled taker returns", cancelled),
        "nothing");
    trial.expectWaiting("the other taker still waits", other);
    put(trial, queue, "a");
    trial.expect(
        "the other taker got a", trial.expectReturn("the other taker gets an item", other), "a");
    put(trial, queue, "b");
    var beforehand = taker(trial, queue, "taker 3", source.token());
    trial.expect(
        "a taker whose token was cancelled beforehand got nothing",
        trial.expectReturn("a taker whose token was cancelled beforehand returns", beforehand),
        "nothing");
    trial.expect("b is still there", take(trial, queue, "b is taken"), "b");
    put(trial, queue, "c");
    var token = new CountingToken();
    trial.expectReturn("c is taken", taker(trial, queue, "taker 4", token));
    var waiting = taker(trial, queue, "taker 5", token);
    trial.expectWaiting("a taker waits with the same token", waiting);
    put(trial, queue, "d");
    trial.expectReturn("d is taken", waiting);
    trial.expectThat(
        "the token has forgotten takers that are gone",
        token.registrations() == 0,
        "actions still registered with it: " + token.registrations());
  }

  /** An interrupt ends a wait with InterruptedException and takes nothing with it. */
  @Rule(
      number = "2.6",
      says =
          "A taker interrupted before or while waiting MUST get InterruptedException, with the flag"
              + " cleared and no item lost.",
      check =
          "that InterruptedException is neither caught nor wrapped; that the flag is not set again"
              + " beside it; that an item is not taken before the interrupt is noticed",
      lookAt = "dequeue")
  void interrupt(Trial trial) {
    trial.setUp("capacity 10; takers interrupted beforehand and while waiting; then a is put in");
    var queue = queue(trial, 10);
    var flags = Collections.synchronizedList(new ArrayList<Boolean>());
    var before =
        trial.start(
            "interrupted before",
            () -> {
              Thread.currentThread().interrupt();
              return takeAndReadFlag(queue, flags);
            });
    trial.expectThrow(
        "the taker interrupted beforehand gets InterruptedException",
        before,
        InterruptedException.class);
    var during = trial.start("interrupted during", () -> takeAndReadFlag(queue, flags));
    trial.expectWaiting("the taker waits", during);
    during.thread().interrupt();
    trial.expectThrow(
        "the taker interrupted while waiting gets InterruptedException",
        during,
        InterruptedException.class);
    trial.expect("the interrupt flag is clear afterwards", flags, List.of(false, false));
    put(trial, queue, "a");
    trial.expect("a is there for the next", take(trial, queue, "a is taken"), "a");
    trial.setUp(
        "capacity 2; a put in while its taker is interrupted, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there",
        race(trial, 2)
            .actor("taker", QueueRace::takeUnlessInterrupted)
            .actor("producer", race -> race.put("a"))
            .actor("interrupter", race -> race.interrupt())
            .check(QueueRace::expectAllTakenOnce)
            .atMost(1, QueueRace.MOST_SCHEDULES));
  }

  private static Optional<WorkItem> takeAndReadFlag(BackgroundTaskQueue queue, List<Boolean> flags)
      throws InterruptedException {
    try {
      return queue.dequeue(CancellationToken.none());
    } finally {
      flags.add(Thread.currentThread().isInterrupted());
    }
  }

  /** Only dequeue waits, so only there an interrupt has something to end. */
  @Rule(
      number = "2.54",
      says =
          "An interrupt of the thread that puts an item in or closes MUST change nothing and MUST"
              + " NOT be lost.",
      check =
          "lockInterruptibly and other methods that can throw InterruptedException, in enqueue and"
              + " close; what is done when they do",
      lookAt = "enqueue")
  void interruptOfOthers(Trial trial) {
    trial.setUp("capacity 10; a put in, and the queue closed, by a thread that is interrupted");
    var queue = queue(trial, 10);
    var producer =
        trial.start(
            "producer",
            () -> {
              Thread.currentThread().interrupt();
              boolean accepted = queue.enqueue(item("a"));
              trial.note(accepted ? "a accepted" : "a refused");
              return accepted
                  ? "accepted" + flag(Thread.currentThread().isInterrupted())
                  : "refused";
            });
    trial.expect(
        "a is accepted, and the flag is still set",
        trial.expectReturn("enqueue answers", producer),
        "accepted, flag set");
    trial.expect("a is there", take(trial, queue, "a is taken"), "a");
    var closer =
        trial.start(
            "closer",
            () -> {
              Thread.currentThread().interrupt();
              trial.note("close");
              queue.close();
              return "closed" + flag(Thread.currentThread().isInterrupted());
            });
    trial.expect(
        "close returns, and the flag is still set",
        trial.expectReturn("close returns", closer),
        "closed, flag set");
    trial.expect("b is refused, since the queue is closed", put(trial, queue, "b"), false);
  }

  private static String flag(boolean isSet) {
    return isSet ? ", flag set" : ", flag clear";
  }
}
