package workbook.checker.queue;

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
import workbook.checker.Contract;
import workbook.checker.Gate;
import workbook.checker.Patience;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/** The rules of a job, from the request that brings it to the one that fetches its result. */
abstract class JobLifeRules extends Contract {

  private static final Pattern STACK_FRAME = Pattern.compile("(?m)^\\s*at [\\w./$]+\\(");

  static final int LIMIT = 1_000;
  static final int SLOW = 800;
  static final byte[] IMAGE = "an image".getBytes(UTF_8);
  static final byte[] RESULT = bytes(5_000, 1);

  /** For the subclasses in this package. */
  JobLifeRules() {}

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

  final JobsBench bench(Trial trial, ImageTransform transform) throws IOException {
    return bench(trial, transform, LIMIT);
  }

  final JobsBench bench(Trial trial, ImageTransform transform, int maxBytes) throws IOException {
    BackgroundTaskQueue queue = mock(BackgroundTaskQueue.class);
    return new JobsBench(trial, queue, trial.subject(create(queue, transform, maxBytes)));
  }

  /**
   * Accepted means: it is in the queue, and nobody waits for the work.
   *
   * <p>If this fails, check: that handle does not run the transform itself and waits for no result;
   * that 202 is sent after enqueue and not before; that the job is registered before 202 is sent;
   * the Location header.
   */
  @Rule(
      number = "2.30",
      says =
          "A POST MUST be answered 202 with a Location as soon as its job is in the queue, before"
              + " the work begins; the Location MUST be good from then on.",
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

  /**
   * What the queue refuses is no job.
   *
   * <p>If this fails, check: that the result of enqueue is looked at; the Retry-After header; that
   * a job that was registered before enqueue is taken out again.
   */
  @Rule(
      number = "2.31",
      says =
          "A job that the queue refuses MUST be answered 503 with Retry-After, and MUST NOT be"
              + " registered.",
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

  /**
   * A worker may be faster than the handler.
   *
   * <p>If this fails, check: that the job is registered, as queued, before enqueue is called and
   * not after it; that only the item changes its state from then on.
   */
  @Rule(
      number = "2.32",
      says = "A worker that takes the job before enqueue has returned MUST NOT be overwritten.",
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

  /**
   * The way of a job, seen from outside.
   *
   * <p>If this fails, check: the status that GET answers, and that the item changes it when it
   * begins and when it ends; the member result; how you publish the change to the threads that
   * answer requests.
   */
  @Rule(
      number = "2.33",
      says =
          "GET on the Location MUST tell the job's id and its status: queued, then running, then"
              + " succeeded with the result's path.",
      lookAt = "handle")
  void statusOfAJob(Trial trial) throws IOException {
    trial.setUp("one job; GET before a worker takes it, while it is at work, and after it");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench =
        bench(
            trial,
            _ -> {
              gate.pass();
              return RESULT;
            });
    var job = bench.job(IMAGE);
    var id = job.substring("/jobs/".length());
    var document = bench.document(job);
    trial.expectThat(
        "the member id is the id of the Location",
        id.equals(document.get("id")),
        "the Location is " + job + ", the job is " + document);
    bench.expectStatus("before a worker takes the job", job, "queued");
    var worker = bench.work(0);
    trial.settle();
    bench.expectStatus("while a worker is at it", job, "running");
    gate.open();
    trial.expectReturn("the item runs to its end", worker);
    bench.expectStatus("when the worker has ended", job, "succeeded");
    document = bench.document(job);
    var result = String.valueOf(document.get("result"));
    trial.expectThat(
        "the member result is the path of the result",
        document.get("result") instanceof String,
        "the job is " + document);
    trial.expect(
        "GET on the member result, " + result + ", is answered 200",
        bench.get(JobsBench.path(job, result)).status(),
        200);
  }

  /**
   * The result, and nothing else, and not too early.
   *
   * <p>If this fails, check: that the bytes are sent as they are, not as text; the content type;
   * what GET on a result answers before there is one.
   */
  @Rule(
      number = "2.34",
      says =
          "GET on the result MUST give what the transform made, byte for byte, as image/png, and"
              + " 404 before it is there.",
      lookAt = "handle")
  void result(Trial trial) throws IOException {
    trial.setUp("one job; its result is asked for before a worker takes it, and after it");
    var bench = bench(trial, _ -> RESULT.clone());
    var job = bench.job(IMAGE);
    bench.expectProblem("GET on the result of a queued job", bench.get(job + "/result"), 404);
    bench.workToTheEnd(0);
    var answer = bench.get(job + "/result");
    trial.expect("GET on the result of a job that succeeded is answered 200", answer.status(), 200);
    trial.expect("its content type is image/png", answer.mediaType(), "image/png");
    trial.expectThat(
        "the body is what the transform made",
        Arrays.equals(answer.body(), RESULT),
        difference(answer.body(), RESULT));
    var again = bench.get(job + "/result");
    trial.expectThat(
        "a second GET gives the same",
        Arrays.equals(again.body(), RESULT),
        again.status() + ", " + difference(again.body(), RESULT));
  }

  /**
   * A job that failed says so, to its client and to the operator.
   *
   * <p>If this fails, check: the catch around the transform: all exceptions, and errors as well;
   * the reason when an exception has no message, and that it is no stack trace: that is for the
   * log; that the exception is thrown on or logged, as it is.
   */
  @Rule(
      number = "2.35",
      says =
          "When the transform fails, GET MUST tell failed with a reason, the result MUST be 404,"
              + " and the cause MUST be thrown on or logged.",
      lookAt = "handle")
  void failure(Trial trial) throws IOException {
    trial.setUp(
        "three jobs, whose transform throws an IOException, an exception without a message, an"
            + " Error");
    var failures =
        List.of(
            new IOException("the image is \"damaged\""),
            new IllegalStateException(),
            new StackOverflowError("too deep"));
    var next = new AtomicInteger();
    var bench =
        bench(
            trial,
            _ -> {
              switch (failures.get(next.getAndIncrement())) {
                case Exception e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new AssertionError(e);
              }
            });
    for (int i = 0; i < failures.size(); i++) {
      var failure = failures.get(i);
      var words = failure.getClass().getSimpleName();
      var job = bench.job(IMAGE);
      var items = bench.items();
      int last = items.size() - 1;
      var worker =
          trial.start(
              "worker",
              () -> {
                trial.note("a worker takes the item, " + words);
                try {
                  items.get(last).run(CancellationToken.none());
                  return trial.log().hasWarningWith(failure);
                } catch (Throwable e) {
                  return e == failure || e.getCause() == failure;
                }
              });
      boolean known = trial.expectReturn("the item ends", worker);
      bench.expectStatus("after a " + words, job, "failed");
      var reason = bench.document(job).get("reason");
      var message = failure.getMessage();
      trial.expectThat(
          message == null
              ? "a reason, although the exception has no message"
              : "the reason is the exception's message, " + message,
          reason instanceof String text
              && !text.isBlank()
              && (message == null ? !text.equals("null") : text.contains(message)),
          "the reason is " + Trial.describe(reason));
      trial.expectThat(
          "the reason is for whoever sent the image: no stack trace",
          !STACK_FRAME.matcher(String.valueOf(reason)).find(),
          "the reason is " + Trial.describe(reason));
      bench.expectProblem(
          "GET on the result of a job that failed", bench.get(job + "/result"), 404);
      trial.expectThat(
          "the " + words + " is thrown on to the worker, or logged with its stack",
          known,
          "neither: nobody will ever know where it came from");
    }
  }

  /**
   * An interrupt is meant for the worker.
   *
   * <p>If this fails, check: the catch around the transform: an InterruptedException is thrown on,
   * or the flag is set again; the state of the job in this case.
   */
  @Rule(
      number = "2.36",
      says = "An interrupt of the work MUST reach the worker, and the job MUST be failed.",
      lookAt = "handle")
  void interrupt(Trial trial) throws IOException {
    trial.setUp("a worker is interrupted while it is at work on a job");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench =
        bench(
            trial,
            _ -> {
              gate.pass();
              return RESULT;
            });
    var job = bench.job(IMAGE);
    var items = bench.items();
    var worker =
        trial.start(
            "worker",
            () -> {
              try {
                items.getFirst().run(CancellationToken.none());
                return Thread.currentThread().isInterrupted() ? "" : "the item ended normally";
              } catch (Exception e) {
                return e instanceof InterruptedException || Thread.currentThread().isInterrupted()
                    ? ""
                    : "the item threw " + Trial.describe(e);
              }
            });
    trial.settle();
    trial.note("interrupt the worker");
    worker.thread().interrupt();
    var lost = trial.expectReturn("the item ends", worker);
    trial.expectThat(
        "InterruptedException is thrown on, or the flag is set again",
        lost.isEmpty(),
        lost + ", and the flag was clear: the worker would go on");
    bench.expectStatus("after the interrupt", job, "failed");
  }

  /**
   * What is sent is what is worked on.
   *
   * <p>If this fails, check: how the body is read: to its end, not what happens to be available; no
   * detour through a String; maxBytes + 1 when maxBytes is the largest int.
   */
  @Rule(
      number = "2.37",
      says = "The transform MUST get exactly the bytes that were sent, with or without chunks.",
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

  /**
   * Jobs know nothing of each other.
   *
   * <p>If this fails, check: fields of the handler that belong to one request or one job: there is
   * one handler for all of them.
   */
  @Rule(
      number = "2.38",
      says = "Jobs MUST NOT mix: each has its own image, status and result.",
      lookAt = "handle")
  void jobsDoNotMix(Trial trial) throws IOException {
    trial.setUp("three images; the third job is done first, then the first, the second fails");
    var bench =
        bench(
            trial,
            image -> {
              var text = new String(image, UTF_8);
              if (text.equals("two")) {
                throw new IOException("cannot do two");
              }
              return ("result of " + text).getBytes(UTF_8);
            });
    var one = bench.job("one".getBytes(UTF_8));
    var two = bench.job("two".getBytes(UTF_8));
    var three = bench.job("three".getBytes(UTF_8));
    bench.workToTheEnd(2);
    bench.expectStatus("when only the third job is done", one, "queued");
    bench.expectStatus("when only the third job is done", three, "succeeded");
    bench.workToTheEnd(0);
    expectText(bench, "the result of the first job", one, "result of one");
    var failing = bench.work(1);
    trial.expectSoon("the second item ends", failing::isDone, () -> "it runs");
    bench.expectStatus("when the second job has failed", one, "succeeded");
    bench.expectStatus("when the second job has failed", two, "failed");
    expectText(bench, "the result of the first job, again", one, "result of one");
    expectText(bench, "the result of the third job", three, "result of three");
  }

  private static void expectText(JobsBench bench, String whose, String job, String text) {
    var answer = bench.get(job + "/result");
    bench.trial.expectThat(
        whose + " is \"" + text + "\"",
        answer.text().equals(text),
        "\"" + Wire.escaped(answer.text()) + "\"");
  }

  static byte[] bytes(int length, long seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String difference(byte[] actual, byte[] wanted) {
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
