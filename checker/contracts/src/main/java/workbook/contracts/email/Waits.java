package workbook.contracts.email;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.contracts.shared.QueueWaits;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** How a wait at the queue ends, and the queue itself. */
final class Waits {

  private Waits() {}

  static void cancelled(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "two takers wait; the token of the second is cancelled; enqueue a and b, take both");
    QueueWaits.cancelled(trial, contract.bench(trial, 10).calls);
    for (int leaves = 0; leaves < 2; leaves++) {
      trial.setUp(
          "retry a in 10 s; two takers wait; the token of the %s is cancelled at 5 s"
              .formatted(leaves == 0 ? "first" : "second"));
      oneLeaves(trial, contract, leaves, false);
    }
    leavesAsItIsDue(trial, contract);
  }

  // Whoever waits for the due time may do so for the others, too.
  private static void oneLeaves(
      Trial trial, EmailQueueContract contract, int leaves, boolean interrupted) {
    var queue = contract.bench(trial, 10);
    long start = trial.time().millis();
    queue.again("a", 1, 10_000);
    var sources = List.of(new CancellationSource(), new CancellationSource());
    var takers = new ArrayList<Caller<String>>();
    for (int n = 0; n < 2; n++) {
      takers.add(queue.calls.taker("taker " + (n + 1), sources.get(n).token()));
      trial.expectWaiting("taker " + (n + 1) + " waits for a", takers.get(n));
    }
    trial.advanceTo(start + 5_000);
    if (interrupted) {
      takers.get(leaves).thread().interrupt();
      trial.expectThrow(
          "the interrupted taker gets InterruptedException",
          takers.get(leaves),
          InterruptedException.class);
    } else {
      sources.get(leaves).cancel();
      trial.expectReturn("the cancelled taker returns", takers.get(leaves));
    }
    var other = takers.get(1 - leaves);
    trial.expectWaiting("the other taker still waits", other);
    trial.advanceTo(start + 10_000);
    trial.expect("a at 10 s", trial.expectReturn("the other taker gets a", other), "a after 1");
  }

  private static void leavesAsItIsDue(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "retry a in 10 s; two takers wait; as a is due, the token of the first is cancelled");
    var source = new CancellationSource();
    var queue = contract.bench(trial, 10, new CancellingTime(trial.time(), source));
    long start = trial.time().millis();
    queue.again("a", 1, 10_000);
    var first = queue.calls.taker("taker 1", source.token());
    trial.expectWaiting("taker 1 waits for a", first);
    var second = queue.calls.taker("taker 2");
    trial.expectWaiting("taker 2 waits for a", second);
    trial.advanceTo(start + 10_000);
    var got = trial.expectReturn("taker 1, which is due or cancelled, returns", first);
    if (got.equals("nothing")) {
      trial.expectReturn("taker 1 got nothing: taker 2 gets a", second);
    }
  }

  /** A clock on which a token is cancelled whenever somebody has slept his time. */
  private record CancellingTime(TimeSource time, CancellationSource source) implements TimeSource {

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public boolean sleep(Duration limit, CancellationToken wake) throws InterruptedException {
      boolean passed = time.sleep(limit, wake);
      if (passed) {
        source.cancel();
      }
      return passed;
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      return time.join(thread, limit);
    }
  }

  static void interrupted(Trial trial, EmailQueueContract contract) {
    trial.setUp("a is due; a taker is interrupted beforehand; another while it waits for b");
    var queue = contract.bench(trial, 10).calls;
    queue.put("a");
    QueueWaits.interruptedBeforehand(trial, queue);
    trial.expect("a is still there", queue.take("a is taken"), "a");
    QueueWaits.interruptedWhileWaiting(trial, queue);
    queue.put("b");
    trial.expect("b is there for the next", queue.take("b is taken"), "b");
    for (int leaves = 0; leaves < 2; leaves++) {
      trial.setUp(
          "retry a in 10 s; two takers wait; the %s is interrupted at 5 s"
              .formatted(leaves == 0 ? "first" : "second"));
      oneLeaves(trial, contract, leaves, true);
    }
  }

  static void shutDown(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "retry a in 9 s, b in 3 s, enqueue c; shut down, twice; enqueue d, retry d; a taker");
    var queue = contract.bench(trial, 10);
    queue.again("a", 2, 9_000);
    queue.again("b", 1, 3_000);
    queue.calls.put("c");
    trial.expect(
        "handed over: c, b after 1, a after 2",
        queue.shutDown(),
        List.of("c", "b after 1", "a after 2"));
    trial.expect("nothing the second time", queue.shutDown(), List.of());
    trial.expect("a new mail is refused", queue.calls.put("d"), "refused");
    trial.lookAt("nanoTime", "retry");
    trial.expect("one that is tried again is refused, too", queue.again("d", 1, 0), "refused");
    trial.lookAt();
    trial.advanceTo(10_000);
    trial.expect("a taker gets nothing", queue.calls.take("a taker returns"), "nothing");
    trial.setUp("three takers wait, one of them until its token is cancelled; shut down");
    trial.lookAt("shutDown");
    QueueWaits.closed(trial, contract.bench(trial, 10).calls);
  }
}
