package workbook.contracts.queue;

import java.util.List;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;

/** Races for the queue, tried in every order of their steps. */
final class Races {

  private Races() {}

  static void capacity(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 1; a and b offered by two threads, in every order of their steps");
    // region race
    trial.expectInEveryOrder(
        "one of the two is accepted",
        QueueRace.of(trial, contract, 1)
            .actor("producer a", race -> race.put("a"))
            .actor("producer b", race -> race.put("b"))
            .check(QueueRace::expectOneAccepted));
    // endregion
    for (int capacity : List.of(1, 2)) {
      trial.setUp(
          "capacity %d; a put in; b offered, while a is taken and c offered then, in every order"
                  .formatted(capacity)
              + " of their steps");
      trial.expectInEveryOrder(
          capacity == 1
              ? "one of b and c is accepted, and one item fits afterwards"
              : "b and c are accepted, and two items fit afterwards",
          QueueRace.of(trial, contract, capacity, "a")
              .actor("producer b", race -> race.put("b"))
              .actor(
                  "taker",
                  race -> {
                    race.takeOne();
                    race.put("c");
                  })
              .check(race -> race.expectAsManyAsFit(capacity)));
    }
  }

  static void takenOnce(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp(
        "capacity 2; a and b put in and taken by two takers, in every order of their steps");
    trial.expectInEveryOrder(
        "a and b are taken, each once",
        QueueRace.of(trial, contract, 2)
            .actor(
                "producer",
                race -> {
                  race.put("a");
                  race.put("b");
                })
            .actor("taker 1", QueueRace::takeOne)
            .actor("taker 2", QueueRace::takeOne)
            .check(QueueRace::expectAllTakenOnce));
    trial.setUp(
        "capacity 2; a and b put in by two producers and taken by two takers, in every order of"
            + " their steps");
    trial.expectInEveryOrder(
        "a and b are taken, each once",
        QueueRace.of(trial, contract, 2)
            .actor("taker 1", QueueRace::takeOne)
            .actor("taker 2", QueueRace::takeOne)
            .actor("producer a", race -> race.put("a"))
            .actor("producer b", race -> race.put("b"))
            .check(QueueRace::expectAllTakenOnce)
            .preemptions(1));
  }

  static void cancel(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 2; a put in while its taker is cancelled, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there, and the taker returns",
        QueueRace.of(trial, contract, 2)
            .actor("taker", QueueRace::takeUnlessCancelled)
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(QueueRace::expectAllTakenOnce));
    trial.setUp(
        "capacity 2; two takers; a put in while the first is cancelled, in every order of their"
            + " steps");
    trial.expectInEveryOrder(
        "the first taker returns, and a is not left while the second waits",
        QueueRace.of(trial, contract, 2)
            .actor("taker 1", QueueRace::takeUnlessCancelled)
            .actor("taker 2", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("canceller", race -> race.source.cancel())
            .check(QueueRace::expectOnlyTheSecondWaits)
            .cleanUp(race -> race.queue.close())
            .preemptions(1));
  }

  static void close(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp(
        "capacity 2; a put in, closed, and taken until the end, in every order of their steps");
    trial.expectInEveryOrder(
        "the taker comes to its end, with a if it was accepted",
        QueueRace.of(trial, contract, 2)
            .actor("taker", QueueRace::takeToTheEnd)
            .actor("producer", race -> race.put("a"))
            .actor("closer", race -> race.queue.close())
            .check(QueueRace::expectTakerGotAll));
    trial.setUp(
        "capacity 2; a put in, closed, and taken until the end by two takers, in every order of"
            + " their steps");
    trial.expectInEveryOrder(
        "both takers come to their end, one with a if it was accepted",
        QueueRace.of(trial, contract, 2)
            .actor("taker 1", QueueRace::takeToTheEnd)
            .actor("taker 2", QueueRace::takeToTheEnd)
            .actor("producer", race -> race.put("a"))
            .actor("closer", race -> race.queue.close())
            .check(QueueRace::expectTakerGotAll)
            .preemptions(1));
  }
}
