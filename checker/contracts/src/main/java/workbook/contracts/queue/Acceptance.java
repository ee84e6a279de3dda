package workbook.contracts.queue;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.lang.Thread.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.queue.WorkItem;

/** How a request becomes a job, and with which bytes. */
final class Acceptance {

  private Acceptance() {}

  static void beforeTheWorkBegins(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("one image; a queue that accepts and no worker; a look around while 202 arrives");
    var transformed = new AtomicInteger();
    var bench =
        HandlerBench.of(
            trial,
            contract,
            _ -> {
              transformed.incrementAndGet();
              return HandlerBench.RESULT;
            });
    bench.wire.holdAfterAnswer();
    var job = bench.location(bench.post(HandlerBench.IMAGE));
    bench.expectItems("when 202 arrives, the queue has accepted one item", 1);
    bench.expectStatus("when 202 arrives", job, "queued");
    bench.wire.release();
    bench.wire.expectIdle();
    trial.expectThat(
        "no work before a worker takes the item",
        transformed.get() == 0,
        "the transform has been called already");
    bench.expectItems("one item for one request", 1);
    expectNoWait(bench);
  }

  // Whether the handler waits is looked at while it is at work: a wait of milliseconds may be
  // missed
  // once, not each time.
  private static void expectNoWait(HandlerBench bench) {
    var length = "Content-Length: " + HandlerBench.IMAGE.length;
    for (int n = 0; n < 5; n++) {
      try (var connection = bench.wire.connect()) {
        connection.send("POST", "/jobs", "Content-Type: image/png", length);
        connection
            .write(HandlerBench.IMAGE)
            .expectNoWait("202 at once, without waiting for the work");
        bench.location(connection.answer());
      }
    }
  }

  static void refusedByTheQueue(Trial trial, JobsHandlerContract contract) throws IOException {
    // region refuse
    trial.setUp("a queue that is full or closed: enqueue returns false");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    when(bench.queue.enqueue(any())).thenReturn(false);
    var answer =
        bench.expectProblem("a POST that the queue refuses", bench.post(HandlerBench.IMAGE), 503);
    // endregion
    bench.answers.expectRetryAfter(answer);
    trial.expect(
        "no Location, since there is no job", answer.header("location").orElse("none"), "none");
    var traces = new StringBuilder(answer.text());
    bench
        .items()
        .forEach(
            item ->
                traces.append(' ').append(item.name()).append(' ').append(TextsWithin.of(item)));
    for (var trace : matches("[A-Za-z0-9_.~-]{10,}", traces)) {
      trial.expect(
          "GET /jobs/" + trace + " is answered 404, since the queue refused",
          bench.get("/jobs/" + trace).status(),
          404);
    }
    when(bench.queue.enqueue(any())).thenReturn(true);
    trial.expect(
        "the next POST, which is accepted, is answered 202",
        bench.post(HandlerBench.IMAGE).status(),
        202);
  }

  static void workerIsFaster(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("a queue whose worker takes the item and ends it while enqueue is being called");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    var worker = new AtomicReference<@Nullable Thread>();
    when(bench.queue.enqueue(any()))
        .thenAnswer(
            call -> {
              WorkItem item = call.getArgument(0);
              var thread =
                  Thread.ofVirtual()
                      .name("worker")
                      .start(
                          () -> {
                            try {
                              item.run(CancellationToken.none());
                              trial.note("the item ends");
                            } catch (Exception e) {
                              trial.note("the item throws " + Trial.describe(e));
                            }
                          });
              worker.set(thread);
              awaitEndOrWait(thread);
              trial.note("enqueue returns");
              return true;
            });
    var job = bench.job(HandlerBench.IMAGE);
    var thread = worker.get();
    trial.expectSoon(
        "the item ends",
        () -> thread != null && !thread.isAlive(),
        () -> "the worker is still at it, or has not begun");
    bench.expectStatus("when the worker has ended", job, "succeeded");
  }

  static void exactlyTheBytesSent(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("70,000 bytes, once with Content-Length and once in chunks; maxBytes 2147483647");
    var seen = Collections.synchronizedList(new ArrayList<byte[]>());
    var bench =
        HandlerBench.of(
            trial,
            contract,
            image -> {
              seen.add(image);
              return HandlerBench.RESULT;
            },
            Integer.MAX_VALUE);
    var sent = HandlerBench.bytes(70_000, 2);
    bench.job(sent);
    bench.workToTheEnd(0);
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", "Content-Type: image/png", "Transfer-Encoding: chunked");
      for (int from = 0; from < sent.length; from += 7_000) {
        connection.writeChunk(Arrays.copyOfRange(sent, from, from + 7_000));
      }
      bench.location(connection.writeChunk(new byte[0]).answer());
    }
    bench.workToTheEnd(1);
    trial.expect("the transform is called once for each of two jobs", seen.size(), 2);
    var ways = List.of("sent with Content-Length", "sent in chunks");
    for (int i = 0; i < seen.size(); i++) {
      trial.expectThat(
          "the transform gets the bytes that were " + ways.get(i),
          Arrays.equals(seen.get(i), sent),
          HandlerBench.difference(seen.get(i), sent));
    }
  }

  private static List<String> matches(String pattern, CharSequence text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group())
        .distinct()
        .toList();
  }

  /** Waits until a thread has ended or waits for another; it is not in a hurry to see either. */
  private static void awaitEndOrWait(Thread thread) {
    var there = Set.of(State.TERMINATED, State.BLOCKED, State.WAITING);
    Limit.of(Patience.SIGNAL).awaits(() -> there.contains(thread.getState()));
  }
}
