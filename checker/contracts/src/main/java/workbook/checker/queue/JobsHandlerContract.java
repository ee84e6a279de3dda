package workbook.checker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import com.sun.net.httpserver.HttpHandler;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import workbook.checker.Contract;
import workbook.checker.Gate;
import workbook.checker.Module;
import workbook.checker.Patience;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.queue.Wire.Answer;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.Thumbnails;
import workbook.queue.WorkItem;

/**
 * The rules of jobs over HTTP. The server and its sockets are real; the queue is a stand-in that
 * accepts or refuses as the rule needs it, and the rule is its worker.
 */
@Tag("step-3")
@Step(module = Module.QUEUE, number = 3, type = "JobsHandler")
public abstract class JobsHandlerContract extends Contract {

  private static final int LIMIT = 1_000;
  private static final int SLOW = 800;
  private static final byte[] IMAGE = "an image".getBytes(UTF_8);
  private static final byte[] RESULT = bytes(5_000, 1);

  /** A contract is stateless. */
  protected JobsHandlerContract() {}

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

  private JobsBench bench(Trial trial, ImageTransform transform) throws IOException {
    return bench(trial, transform, LIMIT);
  }

  private JobsBench bench(Trial trial, ImageTransform transform, int maxBytes) throws IOException {
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
   * the reason when an exception has no message; that the exception is thrown on or logged, as it
   * is.
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

  /**
   * Nothing is no image.
   *
   * <p>If this fails, check: a body of length 0, which is there with and without Content-Length.
   */
  @Rule(
      number = "2.39",
      says = "A POST with an empty body MUST be answered 400 and MUST NOT become a job.",
      lookAt = "handle")
  void emptyBody(Trial trial) throws IOException {
    trial.setUp("no body: with Content-Length: 0, without Content-Length, and chunked");
    var bench = bench(trial, _ -> RESULT);
    bench.expectProblem("a POST with Content-Length: 0", bench.post(new byte[0]), 400);
    for (var header : List.of("Accept: */*", "Transfer-Encoding: chunked")) {
      try (var connection = bench.wire.connect()) {
        connection.send("POST", "/jobs", "Content-Type: image/png", header);
        if (header.endsWith("chunked")) {
          connection.writeChunk(new byte[0]);
        }
        bench.expectProblem("a POST without a body", connection.answer(), 400);
      }
    }
    bench.expectItems("an empty body is no job", 0);
  }

  /**
   * Who announces too much is stopped at the door.
   *
   * <p>If this fails, check: that Content-Length is looked at before the body is read; that it is a
   * long: a body can be longer than an int can say; more than, not at least, maxBytes.
   */
  @Rule(
      number = "2.40",
      says =
          "A body that is announced as more than maxBytes MUST be answered 413 before it is read;"
              + " one of maxBytes MUST be taken.",
      lookAt = "handle")
  void announcedTooLarge(Trial trial) throws IOException {
    trial.setUp(
        "maxBytes 1000; Content-Length 1000; then 1001 and 5000000000, and no body follows");
    var bench = bench(trial, _ -> RESULT);
    trial.expect("a body of 1000 bytes is answered 202", bench.post(new byte[LIMIT]).status(), 202);
    for (var length : List.of("1001", "5000000000")) {
      try (var connection = bench.wire.connect()) {
        var answer =
            connection
                .send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + length)
                .breakOff()
                .answer("Content-Length: " + length + " is answered 413 before the body is read");
        bench.expectProblem("Content-Length: " + length, answer, 413);
      }
    }
    bench.expectItems("no job but the first", 1);
  }

  /**
   * Who does not announce it is counted.
   *
   * <p>If this fails, check: that no more than maxBytes and one are read before the answer: memory
   * is what the limit is for, so reading all and looking at the length is too late.
   */
  @Rule(
      number = "2.41",
      says =
          "A body in chunks MUST be counted while it is read, and answered 413 as soon as it is"
              + " more than maxBytes.",
      lookAt = "handle")
  void chunkedTooLarge(Trial trial) throws IOException {
    trial.setUp("maxBytes 1000; chunks of 1000 bytes in all; then of 21,000, and no end follows");
    var bench = bench(trial, _ -> RESULT);
    String[] headers = {"Content-Type: image/png", "Transfer-Encoding: chunked"};
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", headers);
      connection.writeChunk(new byte[600]).writeChunk(new byte[400]).writeChunk(new byte[0]);
      trial.expect("1000 bytes in chunks are answered 202", connection.answer().status(), 202);
    }
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", headers).writeChunk(new byte[LIMIT]);
      for (int i = 0; i < 20; i++) {
        connection.writeChunk(new byte[LIMIT]);
      }
      bench.expectProblem(
          "a body in chunks of more than 1000 bytes",
          connection.breakOff().answer("more than 1000 bytes are answered 413 before their end"),
          413);
    }
    bench.expectItems("no job but the first", 1);
  }

  /**
   * Images of two types are taken.
   *
   * <p>If this fails, check: no content type at all; parameters after a semicolon; upper and lower
   * case; equals, not contains.
   */
  @Rule(
      number = "2.42",
      says =
          "A POST of image/png or image/jpeg, with or without parameters and in any case, MUST be"
              + " taken; of any other or no type answered 415.",
      lookAt = "handle")
  void contentType(Trial trial) throws IOException {
    trial.setUp("the same bytes with content types that are taken, and with others");
    var bench = bench(trial, _ -> RESULT);
    var taken = List.of("image/png", "image/jpeg", "IMAGE/Png", "image/jpeg; q=1", "image/png;a=b");
    for (var type : taken) {
      trial.expect(
          "Content-Type: " + type + " is answered 202",
          bench.wire.send("POST", "/jobs", type, IMAGE).status(),
          202);
    }
    var others =
        List.of(
            "application/x-www-form-urlencoded", "text/plain; a=image/png", "image/pngx", "image/");
    for (var type : others) {
      bench.expectProblem(
          "Content-Type: " + type, bench.wire.send("POST", "/jobs", type, IMAGE), 415);
    }
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", "Content-Length: " + IMAGE.length).write(IMAGE);
      bench.expectProblem("a POST without Content-Type", connection.answer(), 415);
    }
    bench.expectItems("no job but those that were taken", taken.size());
  }

  /**
   * What is not there is not there.
   *
   * <p>If this fails, check: that the server hands over every path that begins with /jobs, so that
   * the handler must look at the whole of it; ids that were never given; what follows an id.
   */
  @Rule(
      number = "2.43",
      says =
          "An unknown id or path MUST be answered 404, also one that only begins like a known one.",
      lookAt = "handle")
  void unknown(Trial trial) throws IOException {
    trial.setUp("one job that has succeeded; GET on paths that look like its own");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    bench.workToTheEnd(0);
    var id = job.substring("/jobs/".length());
    var paths =
        List.of(
            "/jobsfoo",
            "/jobs/none",
            "/jobs/none/result",
            "/jobs" + id,
            job + "x",
            job + "/other",
            job + "/result/x",
            "/jobsfoo/" + id,
            "/jobs/..%2f..%2fetc%2fpasswd");
    for (var path : paths) {
      bench.expectProblem(bench.get(path), 404);
    }
    var post = bench.wire.send("POST", "/jobsfoo", "image/png", IMAGE);
    bench.expectProblem(post, post.status() == 405 ? 405 : 404);
    bench.expectItems("no job but the first", 1);
  }

  /**
   * A method that is not allowed is told which one is.
   *
   * <p>If this fails, check: that the method is looked at for each of the three paths; the Allow
   * header, which a 405 must have.
   */
  @Rule(
      number = "2.44",
      says =
          "Another method MUST be answered 405 with Allow: POST for /jobs, GET for a job or"
              + " result.",
      lookAt = "handle")
  void otherMethods(Trial trial) throws IOException {
    trial.setUp("a job that has succeeded; GET, PUT on /jobs; POST, PUT on the job and its result");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    bench.workToTheEnd(0);
    for (var path : List.of("/jobs", job, job + "/result")) {
      var right = path.equals("/jobs") ? "POST" : "GET";
      for (var wrong : List.of(right.equals("POST") ? "GET" : "POST", "PUT")) {
        var answer = bench.wire.send(wrong, path, "image/png", IMAGE);
        bench.expectProblem(answer, 405);
        var allow = answer.header("allow").orElse("none");
        var methods = Arrays.stream(allow.split(",")).map(String::strip).toList();
        trial.expectThat(
            "an Allow header with " + right + " and without " + wrong,
            methods.contains(right) && !methods.contains(wrong),
            "Allow: " + allow);
      }
    }
    bench.expectItems("no job but the first", 1);
  }

  /**
   * An answer without a body says so, and the connection lives on.
   *
   * <p>If this fails, check: the length handed to sendResponseHeaders: -1 is no body, 0 is chunks
   * of unknown length; that the exchange is closed on every path; no Connection: close.
   */
  @Rule(
      number = "2.45",
      says = "A 202 MUST have no body, not in chunks either; its connection MUST be usable again.",
      lookAt = "handle")
  void emptyAnswer(Trial trial) throws IOException {
    trial.setUp("two POSTs and a GET on one connection");
    var bench = bench(trial, _ -> RESULT);
    try (var connection = bench.wire.connect()) {
      for (var post : List.of("first", "second")) {
        var answer =
            connection
                .send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + IMAGE.length)
                .write(IMAGE)
                .answer("the " + post + " POST on a connection is answered");
        var job = bench.location(answer);
        trial.expect(
            "the 202 is not sent in chunks",
            answer.header("transfer-encoding").map("Transfer-Encoding: "::concat).orElse("none"),
            "none");
        trial.expect("the 202 has a body of 0 bytes", answer.body().length, 0);
        bench.wire.expectClosed();
        var got = connection.send("GET", job).answer("a GET on the same connection is answered");
        trial.expect("a GET on the same connection is answered 200", got.status(), 200);
        bench.wire.expectClosed();
      }
    }
  }

  /**
   * A refusal is an answer like any other.
   *
   * <p>If this fails, check: that the exchange is closed on every path, by try-with-resources or
   * finally: closing is what reads the rest of the request.
   */
  @Rule(
      number = "2.46",
      says =
          "After a request that was refused without reading its body, the connection MUST be usable"
              + " again.",
      lookAt = "handle")
  void connectionAfterARefusal(Trial trial) throws IOException {
    trial.setUp(
        "one connection; four requests with 20 KB and more that are refused, then a good one");
    var bench = bench(trial, _ -> RESULT, 20_000);
    record Refused(String method, String path, String type, int length, int status) {}
    var refused =
        List.of(
            new Refused("POST", "/jobs", "text/plain", 20_000, 415),
            new Refused("POST", "/jobs", "image/png", 30_000, 413),
            new Refused("PUT", "/jobs", "image/png", 20_000, 405),
            new Refused("GET", "/jobs/none", "image/png", 20_000, 404));
    try (var connection = bench.wire.connect()) {
      for (var request : refused) {
        var type = "Content-Type: " + request.type();
        var answer =
            connection
                .send(request.method(), request.path(), type, "Content-Length: " + request.length())
                .write(new byte[request.length()])
                .answer("a request on a connection that was used before is answered");
        trial.expect(
            "the request is answered " + request.status(), answer.status(), request.status());
        bench.wire.expectClosed();
      }
      var answer =
          connection
              .send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + IMAGE.length)
              .write(IMAGE)
              .answer("a good request on the same connection is answered");
      trial.expect("a good request is answered 202", answer.status(), 202);
    }
  }

  /**
   * A slow client is slow alone.
   *
   * <p>If this fails, check: synchronized or a lock around more than a look at the map; above all,
   * while a body is read.
   */
  @Rule(
      number = "2.47",
      says = "Requests MUST NOT wait for each other: not for one whose body is slow to come.",
      lookAt = "handle")
  void slowRequest(Trial trial) throws IOException {
    trial.setUp("a POST whose body has come half; meanwhile a GET, and a POST from another client");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    int begun = bench.wire.bodiesBegun();
    try (var slow = bench.wire.connect()) {
      slow.send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + SLOW);
      slow.write(new byte[SLOW / 2]);
      trial.note("POST /jobs, half of its body");
      trial.expectSoon(
          "the handler reads the body that comes slowly",
          () -> bench.wire.bodiesBegun() > begun,
          () -> "it has not begun to");
      trial.expect("meanwhile, a GET is answered 200", bench.get(job).status(), 200);
      trial.expect("meanwhile, a POST is answered 202", bench.post(IMAGE).status(), 202);
      trial.note("the other half");
      trial.expect(
          "the slow POST is answered 202", slow.write(new byte[SLOW / 2]).answer().status(), 202);
    }
    bench.expectItems("three jobs", 3);
  }

  /**
   * Half an image is none.
   *
   * <p>If this fails, check: catch blocks around the reading of the body: what was read so far is
   * not the body.
   */
  @Rule(number = "2.48", says = "A body that breaks off MUST NOT become a job.", lookAt = "handle")
  void brokenOff(Trial trial) throws IOException {
    trial.setUp("Content-Length 800, 400 bytes, and the client is gone; the same in chunks");
    var bench = bench(trial, _ -> RESULT);
    for (var header : List.of("Content-Length: " + SLOW, "Transfer-Encoding: chunked")) {
      int begun = bench.wire.bodiesBegun();
      try (var connection = bench.wire.connect()) {
        connection.send("POST", "/jobs", "Content-Type: image/png", header);
        var half = new byte[SLOW / 2];
        var _ = header.endsWith("chunked") ? connection.writeChunk(half) : connection.write(half);
        trial.note("POST /jobs, half of its body, " + header);
        connection.breakOff();
        trial.expectSoon(
            "the handler reads the body",
            () -> bench.wire.bodiesBegun() > begun,
            () -> "it has not begun to");
        bench.wire.expectIdle();
      }
    }
    bench.expectItems("half a body is no job", 0);
  }

  /**
   * Who does not know an id cannot find it out.
   *
   * <p>If this fails, check: where ids come from: not from a counter, the clock, a hash of either,
   * of the image, or a Random; SecureRandom or UUID.randomUUID is what can be used.
   */
  @Rule(
      number = "2.49",
      says = "Ids MUST NOT be guessable: each is new and has 72 random bits or more.",
      lookAt = "handle")
  void ids(Trial trial) throws IOException {
    trial.setUp("64 jobs with the same image, and 8 more at a second, fresh handler");
    var ids = ids(bench(trial, _ -> RESULT), 64);
    var example = "for example " + String.join(", ", ids.subList(0, 3));
    int different = new HashSet<>(ids).size();
    trial.expectThat(
        "64 jobs have 64 different ids", different == 64, "only " + different + ", " + example);
    var repeated = ids(bench(trial, _ -> RESULT), 8).stream().filter(ids::contains).findFirst();
    trial.expectThat(
        "a second handler gives other ids than the first",
        repeated.isEmpty(),
        "both gave " + repeated.orElse("") + ": what repeats at each start can be foretold");
    double bits = randomBits(ids);
    trial.expectThat(
        "72 bits or more that differ from id to id",
        bits >= 72,
        "at most " + (int) bits + " bits, " + example);
  }

  private static List<String> ids(JobsBench bench, int howMany) {
    bench.wire.quietly();
    bench.trial.note(howMany + " times POST /jobs");
    return IntStream.range(0, howMany)
        .mapToObj(_ -> bench.job(IMAGE).substring("/jobs/".length()))
        .toList();
  }

  /**
   * A log line is the application's own.
   *
   * <p>If this fails, check: what of a request is logged: a path or a header can hold line breaks
   * and more once it is decoded. The id that you made is enough.
   */
  @Rule(
      number = "2.50",
      says = "Nothing from a request MUST get into the log or an item's name unescaped.",
      lookAt = "handle")
  void log(Trial trial) throws IOException {
    trial.setUp("line breaks and escape sequences in paths (as %0d%0a) and in headers");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    bench.workToTheEnd(0);
    var encoded = "%0d%0a2030-01-01%20ERROR%20forged%1b%5b2K";
    var paths =
        List.of(
            "/jobs/" + encoded,
            "/jobs" + encoded,
            job + encoded,
            job + "/" + encoded,
            job + "?" + encoded);
    for (var path : paths) {
      bench.get(path);
      bench.wire.send("PUT", path);
      expectCleanLog(trial);
    }
    for (var type : List.of("text/\u001b[2Kforged", "image/png; name=\u001b[2Kforged")) {
      try (var connection = bench.wire.connect()) {
        connection
            .send(
                "POST",
                "/jobs?" + encoded,
                "Content-Type: " + type,
                "User-Agent: a\u001b[2Kforged",
                "X-Request-Id: a\u001b[2Kforged",
                "Content-Length: " + IMAGE.length)
            .write(IMAGE)
            .answer();
      }
      bench.wire.expectIdle();
      expectCleanLog(trial);
    }
    for (var item : bench.items()) {
      trial.expectThat(
          "no item's name with a line break or another control character",
          item.name().chars().noneMatch(Character::isISOControl),
          "an item is named: " + Wire.escaped(item.name()));
    }
  }

  private static void expectCleanLog(Trial trial) {
    for (var message : trial.log().at(Level.TRACE)) {
      trial.expectThat(
          "no log message with a line break or another control character",
          message.chars().noneMatch(Character::isISOControl),
          "logged: " + Wire.escaped(message));
    }
  }

  /**
   * A problem is a document, whatever was asked for.
   *
   * <p>If this fails, check: JSON that is put together by hand; a detail that repeats the path: use
   * a text of your own, and Replies to escape it.
   */
  @Rule(
      number = "2.51",
      says =
          "A problem MUST be valid JSON whatever the request holds, and MUST NOT repeat its"
              + " markup.",
      lookAt = "handle")
  void problemsAreWellFormed(Trial trial) throws IOException {
    trial.setUp("quotes, backslashes, markup and letters of other scripts in paths and headers");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    bench.workToTheEnd(0);
    var odd = "%22%7d%5c%3Cscript%3Ealert(1)%3C/script%3E%0a%c3%a4%e2%82%ac";
    for (var path : List.of("/jobs/" + odd, "/jobs" + odd, job + odd, job + "/" + odd)) {
      expectNoMarkup(trial, bench.expectProblem(bench.get(path), 404));
    }
    var type = "text/\"}\\<script>alert(1)</script>";
    expectNoMarkup(trial, bench.expectProblem(bench.wire.send("POST", "/jobs", type, IMAGE), 415));
    expectNoMarkup(trial, bench.expectProblem(bench.wire.send("<SCRIPT>", "/jobs"), 405));
  }

  private static void expectNoMarkup(Trial trial, Answer problem) {
    trial.expectThat(
        "no markup from the request in the answer",
        !problem.text().toLowerCase(Locale.ROOT).contains("<script"),
        "the body is " + Wire.escaped(problem.text()));
  }

  /**
   * A real image makes a real thumbnail.
   *
   * <p>If this fails, look at the rules above first: this one only puts them together.
   */
  @Rule(
      number = "2.52",
      says = "A real image MUST become a real thumbnail, from the upload to the download.",
      lookAt = "handle")
  void thumbnail(Trial trial) throws IOException {
    trial.setUp("a PNG of 120 x 60 pixels; thumbnails of 40 pixels; then bytes that are no image");
    var picture = new BufferedImage(120, 60, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 120)
        .forEach(
            x -> IntStream.range(0, 60).forEach(y -> picture.setRGB(x, y, Color.ORANGE.getRGB())));
    var png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    var bench = bench(trial, new Thumbnails(40), 1_000_000);
    var job = bench.job(png.toByteArray());
    bench.workToTheEnd(0);
    bench.expectStatus("when the worker has ended", job, "succeeded");
    var answer = bench.get(job + "/result");
    var thumbnail = ImageIO.read(new ByteArrayInputStream(answer.body()));
    trial.expectThat(
        "the result is an image", thumbnail != null, answer.status() + " and no image");
    trial.expect(
        "a thumbnail of 40 x 20 pixels",
        thumbnail.getWidth() + " x " + thumbnail.getHeight(),
        "40 x 20");
    var bad = bench.job("GIF89a or so".getBytes(UTF_8));
    var worker = bench.work(1);
    trial.expectSoon("the second item ends", worker::isDone, () -> "it runs");
    bench.expectStatus("after bytes that are no image", bad, "failed");
  }

  /**
   * Bad arguments are refused where they are handed in.
   *
   * <p>If this fails, check: the constructor: {@code Objects.requireNonNull} with the argument's
   * name, {@code Arguments.atLeast}.
   */
  @Rule(
      number = "2.53",
      says = "A queue or transform that is null, and a maxBytes below 1, MUST be refused.",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BackgroundTaskQueue queue = mock(BackgroundTaskQueue.class);
    ImageTransform transform = image -> image;
    trial.subject(create(queue, transform, 1));
    trial.expectRefused("a queue of null", () -> create(Trial.noValue(), transform, 1), "queue");
    trial.expectRefused(
        "a transform of null", () -> create(queue, Trial.noValue(), 1), "transform");
    trial.expectRefused("maxBytes 0", () -> create(queue, transform, 0), "maxBytes", "0");
    trial.expectRefused("maxBytes -7", () -> create(queue, transform, -7), "maxBytes", "-7");
  }

  private static byte[] bytes(int length, long seed) {
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

  /**
   * What ids can have of randomness at the very most: at each place, no more than the characters
   * that were seen there tell apart.
   */
  private static double randomBits(List<String> ids) {
    int longest = ids.stream().mapToInt(String::length).max().orElse(0);
    return IntStream.range(0, longest)
        .mapToLong(
            at ->
                ids.stream()
                    .filter(id -> id.length() > at)
                    .map(id -> id.charAt(at))
                    .distinct()
                    .count())
        .mapToDouble(seen -> Math.log(seen) / Math.log(2))
        .sum();
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
