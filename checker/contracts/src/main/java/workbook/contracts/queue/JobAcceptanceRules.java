package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import workbook.checker.Patience;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/** The rules of how a request becomes a job, and with which bytes. */
abstract class JobAcceptanceRules {

  static final int LIMIT = 1_000;
  static final int SLOW = 800;
  static final byte[] IMAGE = "an image".getBytes(UTF_8);
  static final byte[] RESULT = bytes(5_000, 1);

  /** For the subclasses in this package. */
  JobAcceptanceRules() {}

  /**
   * Makes the handler under test. It is mounted at {@code /jobs}.
   *
   * @param queue takes the jobs
   * @param transform what a job does with its image
   * @param maxBytes the size of the largest body that is taken
   * @return a new handler
   */
  protected abstract HttpHandler create(
      BackgroundTaskQueue queue, ImageTransform transform, int maxBytes);

  final HandlerBench bench(Trial trial, ImageTransform transform) throws IOException {
    return bench(trial, transform, LIMIT);
  }

  final HandlerBench bench(Trial trial, ImageTransform transform, int maxBytes) throws IOException {
    BackgroundTaskQueue queue = mock(BackgroundTaskQueue.class);
    return new HandlerBench(trial, queue, trial.subject(create(queue, transform, maxBytes)));
  }

  /** Accepted means: it is in the queue, and nobody waits for the work. */
  @Rule(
      number = "2.30",
      says =
          "A POST MUST be answered 202 with a Location as soon as its job is in the queue, before"
              + " the work begins; the Location MUST be good from then on.",
      check =
          "that handle does not run the transform itself and waits for no result; that 202 is sent"
              + " after enqueue and not before; that the job is registered before 202 is sent; the"
              + " Location header",
      lookAt = "handle")
  void acceptedBeforeTheWorkBegins(Trial trial) throws IOException {
    trial.setUp("one image; a queue that accepts and no worker; a look around while 202 arrives");
    var transformed = new AtomicInteger();
    var bench =
        bench(
            trial,
            _ -> {
              transformed.incrementAndGet();
              return RESULT;
            });
    bench.wire.holdAfterAnswer();
    var job = bench.location(bench.post(IMAGE));
    bench.expectItems("when 202 arrives, the queue has accepted one item", 1);
    bench.expectStatus("when 202 arrives", job, "queued");
    bench.wire.release();
    bench.wire.expectIdle();
    trial.expectThat(
        "no work before a worker takes the item",
        transformed.get() == 0,
        "the transform was called " + transformed.get() + " time(s)");
    bench.expectItems("one item for one request", 1);
  }

  /** What the queue refuses is no job. */
  @Rule(
      number = "2.31",
      says =
          "A job that the queue refuses MUST be answered 503 with Retry-After, and MUST NOT be"
              + " registered.",
      check =
          "that the result of enqueue is looked at; the Retry-After header; that a job that was"
              + " registered before enqueue is taken out again",
      lookAt = "handle")
  void refusedByTheQueue(Trial trial) throws IOException {
    // region refuse
    trial.setUp("a queue that is full or closed: enqueue returns false");
    var bench = bench(trial, _ -> RESULT);
    when(bench.queue.enqueue(any())).thenReturn(false);
    var answer = bench.expectProblem("a POST that the queue refuses", bench.post(IMAGE), 503);
    // endregion
    var retryAfter = answer.header("retry-after").orElse("none");
    trial.expectThat(
        "a Retry-After header with seconds, 1 or more, or with a date",
        retryAfter.matches("0*[1-9][0-9]{0,8}") || isHttpDate(retryAfter),
        "Retry-After: " + retryAfter);
    trial.expect(
        "no Location, since there is no job", answer.header("location").orElse("none"), "none");
    var traces = new StringBuilder(answer.text());
    bench.items().forEach(item -> traces.append(' ').append(item.name()));
    for (var trace : matches("[A-Za-z0-9_-]{12,}", traces)) {
      trial.expect(
          "GET /jobs/" + trace + " is answered 404, since the queue refused",
          bench.get("/jobs/" + trace).status(),
          404);
    }
    when(bench.queue.enqueue(any())).thenReturn(true);
    trial.expect(
        "the next POST, which is accepted, is answered 202", bench.post(IMAGE).status(), 202);
  }

  /** A worker may be faster than the handler. */
  @Rule(
      number = "2.32",
      says = "A worker that takes the job before enqueue has returned MUST NOT be overwritten.",
      check =
          "that the job is registered, as queued, before enqueue is called and not after it; that"
              + " only the item changes its state from then on",
      lookAt = "handle")
  void workerIsFaster(Trial trial) throws IOException {
    trial.setUp("a queue whose worker takes the item and ends it while enqueue is being called");
    var bench = bench(trial, _ -> RESULT);
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
    var job = bench.job(IMAGE);
    var thread = worker.get();
    trial.expectSoon(
        "the item ends",
        () -> thread != null && !thread.isAlive(),
        () -> "the worker is still at it, or has not begun");
    bench.expectStatus("when the worker has ended", job, "succeeded");
  }

  /** What is sent is what is worked on. */
  @Rule(
      number = "2.37",
      says = "The transform MUST get exactly the bytes that were sent, with or without chunks.",
      check =
          "how the body is read: to its end, not what happens to be available; no detour through a"
              + " String; maxBytes + 1 when maxBytes is the largest int",
      lookAt = "handle")
  void exactlyTheBytesSent(Trial trial) throws IOException {
    trial.setUp("70,000 bytes, once with Content-Length and once in chunks; maxBytes 2147483647");
    var seen = Collections.synchronizedList(new ArrayList<byte[]>());
    var bench =
        bench(
            trial,
            image -> {
              seen.add(image);
              return RESULT;
            },
            Integer.MAX_VALUE);
    var sent = bytes(70_000, 2);
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
          difference(seen.get(i), sent));
    }
  }

  static byte[] bytes(int length, long seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String difference(byte[] actual, byte[] wanted) {
    int at = Arrays.mismatch(actual, wanted);
    return "%d bytes instead of %d, the first difference at byte %d"
        .formatted(actual.length, wanted.length, at);
  }

  private static boolean isHttpDate(String text) {
    try {
      DateTimeFormatter.RFC_1123_DATE_TIME.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
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
    long limit = System.nanoTime() + Patience.SIGNAL.limit().toNanos();
    while (System.nanoTime() - limit < 0) {
      switch (thread.getState()) {
        case TERMINATED, BLOCKED, WAITING -> {
          return;
        }
        default -> LockSupport.parkNanos(20_000);
      }
    }
  }
}
