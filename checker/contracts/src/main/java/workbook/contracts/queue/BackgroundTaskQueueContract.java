package workbook.contracts.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.CancellationToken;

/**
 * The rules of a bounded queue between those who have work and those who do it: here, those for
 * which it matters what comes between two of its lines. What goes in and comes out is in {@link
 * PutAndTakeRules}, waits that end without an item are in {@link EndedWaitRules}, and many threads
 * at once in {@link CrowdRules}.
 */
@Tag("step-1")
@Step(module = WorkbookModule.QUEUE, number = 1, type = "BoundedTaskQueue")
public abstract class BackgroundTaskQueueContract extends CrowdRules {

  /** A contract is stateless. */
  protected BackgroundTaskQueueContract() {}

  /** Two who offer at the same time cannot both get the last place. */
  @Rule(
      number = "2.10",
      says =
          "The capacity MUST hold when two offer at the same time, in every order of their steps.",
      check =
          "that looking for room and putting the item in are one step, under one lock; the journal"
              + " shows between which two lines another thread came in",
      lookAt = "enqueue")
  void capacityUnderARace(Trial trial) {
    trial.setUp("capacity 1; a and b offered by two threads, in every order of their steps");
    // region race
    trial.expectInEveryOrder(
        "one of the two is accepted",
        race(trial, 1)
            .actor("producer a", race -> race.put("a"))
            .actor("producer b", race -> race.put("b"))
            .check(race -> assertThat(race.accepted).as("accepted").hasSize(1)));
    // endregion
  }

  /** Nobody gets what another has got, and nothing falls between two threads. */
  @Rule(
      number = "2.11",
      says = "Every accepted item MUST be taken once, in every order of putting and taking.",
      check =
          "that taking the item and removing it are one step, under the lock that putting holds"
              + " too",
      lookAt = "dequeue")
  void takenOnce(Trial trial) {
    trial.setUp(
        "capacity 2; a and b put in and taken by two takers, in every order of their steps");
    trial.expectInEveryOrder(
        "a and b are taken, each once",
        race(trial, 2)
            .actor(
                "producer",
                race -> {
                  race.put("a");
                  race.put("b");
                })
            .actor("taker 1", QueueRace::takeOne)
            .actor("taker 2", QueueRace::takeOne)
            .check(QueueRace::expectAllTakenOnce)
            .atMost(2, QueueRace.MOST_SCHEDULES));
    trial.setUp(
        "capacity 2; a and b put in by two producers and taken by two takers, in every order of"
            + " their steps");
    trial.expectInEveryOrder(
        "a and b are taken, each once",
        race(trial, 2)
            .actor("taker 1", QueueRace::takeOne)
            .actor("taker 2", QueueRace::takeOne)
            .actor("producer a", race -> race.put("a"))
            .actor("producer b", race -> race.put("b"))
            .check(QueueRace::expectAllTakenOnce)
            .atMost(1, QueueRace.MOST_SCHEDULES));
  }

  /** A cancelled taker takes nothing with it, however close the item comes to it. */
  @Rule(
      number = "2.12",
      says = "Cancelling MUST wake its taker and lose no item, in every order with a producer.",
      check =
          "what happens to an item, or to the signal for it, when its taker has just been"
              + " cancelled: it must go to the next one. If an interrupt is how you wake the taker,"
              + " it may come when the taker has gone on to other things",
      lookAt = "dequeue")
  void cancelUnderARace(Trial trial) {
    trial.setUp("capacity 2; a put in while its taker is cancelled, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there, and the taker returns",
        race(trial, 2)
            .actor("taker", QueueRace::takeUnlessCancelled)
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(QueueRace::expectAllTakenOnce)
            .atMost(2, QueueRace.MOST_SCHEDULES));
    trial.setUp(
        "capacity 2; two takers; a put in while the first is cancelled, in every order of their"
            + " steps");
    trial.expectInEveryOrder(
        "the first taker returns, and a is not left while the second waits",
        race(trial, 2)
            .actor("taker 1", QueueRace::takeUnlessCancelled)
            .actor("taker 2", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(
                (race, waiting) -> {
                  if (waiting.containsKey("taker 1")) {
                    throw new AssertionError("taker 1 was cancelled and still waits: " + waiting);
                  }
                  race.expect(waiting.isEmpty() || race.taken.equals(race.accepted));
                })
            .cleanUp(race -> race.queue.close())
            .atMost(1, QueueRace.MOST_SCHEDULES));
  }

  /** What was accepted before close is taken after it, and nobody is left waiting. */
  @Rule(
      number = "2.13",
      says =
          "Close MUST end every taker, and what was accepted MUST be taken, in every order of their"
              + " steps.",
      check =
          "that closing and waking are under the same lock as waiting, so that a taker cannot fall"
              + " asleep between its look and the close; that enqueue looks whether the queue is"
              + " closed and puts the item in as one step, or an item is accepted that nobody will"
              + " take",
      lookAt = "close")
  void closeUnderARace(Trial trial) {
    trial.setUp(
        "capacity 2; a put in, closed, and taken until the end, in every order of their steps");
    trial.expectInEveryOrder(
        "the taker comes to its end, with a if it was accepted",
        race(trial, 2)
            .actor(
                "taker",
                race -> {
                  while (race.take(CancellationToken.none())) {
                    // on to the next
                  }
                })
            .actor("producer", race -> race.put("a"))
            .actor("closer", race -> race.queue.close())
            .check(QueueRace::expectTakerGotAll)
            .atMost(2, QueueRace.MOST_SCHEDULES));
  }
}
