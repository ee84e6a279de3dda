package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mockito.ArgumentCaptor;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.checker.http.Wire.Answer;
import workbook.contracts.shared.Answers;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/** A handler under test on a server, and the queue that it was given. */
final class HandlerBench {

  static final int LIMIT = 1_000;
  static final int SLOW = 800;
  static final byte[] IMAGE = "an image".getBytes(UTF_8);
  static final byte[] RESULT = bytes(5_000, 1);

  final Trial trial;
  final BackgroundTaskQueue queue;
  final Wire wire;
  final Answers answers;

  static HandlerBench of(Trial trial, JobsHandlerContract contract, ImageTransform transform)
      throws IOException {
    return of(trial, contract, transform, LIMIT);
  }

  static HandlerBench of(
      Trial trial, JobsHandlerContract contract, ImageTransform transform, int maxBytes)
      throws IOException {
    BackgroundTaskQueue queue = mock(BackgroundTaskQueue.class);
    var handler = trial.subject(contract.create(queue, transform, maxBytes));
    return new HandlerBench(trial, queue, handler);
  }

  private HandlerBench(Trial trial, BackgroundTaskQueue queue, HttpHandler handler)
      throws IOException {
    this.trial = trial;
    this.answers = new Answers(trial);
    this.queue = queue;
    when(queue.enqueue(any())).thenReturn(true);
    wire = new Wire(trial, "/jobs", handler);
  }

  Answer post(byte[] image) {
    return wire.send("POST", "/jobs", "image/png", image);
  }

  Answer get(String path) {
    return wire.send("GET", path);
  }

  /** What the queue was offered. */
  List<WorkItem> items() {
    wire.settle();
    var items = ArgumentCaptor.forClass(WorkItem.class);
    verify(queue, atLeast(0)).enqueue(items.capture());
    return items.getAllValues();
  }

  /** Posts an image, expects that it is accepted, and gives the path of the job. */
  String job(byte[] image) {
    return location(post(image));
  }

  String location(Answer accepted) {
    trial.expect(accepted.request() + " is answered 202", accepted.status(), 202);
    var location = accepted.header("location").orElse("none");
    var path = path("/jobs", location);
    trial.expectThat(
        "a Location header with the job's path, /jobs/{id}",
        path.matches("/jobs/[^/]+"),
        "Location: " + location);
    return path;
  }

  /** The status document of a job. */
  Map<String, @Nullable Object> document(String job) {
    var answer = get(job);
    trial.expect("GET on the location of a job is answered 200", answer.status(), 200);
    answers.expectJsonType(answer);
    return answers.json(answer);
  }

  void expectStatus(String when, String job, String status) {
    expectStatus(when, document(job), status);
  }

  void expectStatus(String when, Map<String, @Nullable Object> document, String status) {
    trial.expectThat(
        when + ", the member status is \"" + status + "\"",
        status.equals(document.get("status")),
        "the job is " + document);
  }

  /** Does what a worker would do, with the item that was offered at this place. */
  Caller<String> work(int index) {
    var items = items();
    trial.expectThat(
        "the queue was offered " + count(index + 1),
        items.size() > index,
        "it was offered " + items.size());
    return trial.start(
        "worker",
        () -> {
          trial.note("a worker takes item " + (index + 1));
          items.get(index).run(CancellationToken.none());
          trial.note("item " + (index + 1) + " ends");
          return "normally";
        });
  }

  void workToTheEnd(int index) {
    trial.expectReturn("the item runs to its end", work(index));
  }

  Answer expectProblem(String request, Answer answer, int status) {
    return answers.expectProblem(request, answer, status);
  }

  Answer expectProblem(Answer answer, int status) {
    return answers.expectProblem(answer.request(), answer, status);
  }

  void expectItems(String expected, int wanted) {
    int offered = items().size();
    trial.expectThat(expected, offered == wanted, "the queue was offered " + count(offered));
  }

  private static String count(int items) {
    return items == 1 ? "1 item" : items + " items";
  }

  /** The path that a link means, seen from the document that it stands in. */
  static String path(String document, String link) {
    try {
      return String.valueOf(URI.create(document).resolve(link).getRawPath());
    } catch (IllegalArgumentException e) {
      return link;
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
}
