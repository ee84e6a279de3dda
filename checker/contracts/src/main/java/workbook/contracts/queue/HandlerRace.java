package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import workbook.checker.Trial;
import workbook.checker.http.Json;
import workbook.checker.http.MemoryExchange;
import workbook.checker.http.Wire.Answer;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.contracts.shared.UnlockedMaps;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/** What requests and a worker see of each other, in one order of their steps. */
final class HandlerRace {

  // One preemption shows whatever one thread can see of another that is half done.
  private static final int PREEMPTIONS = 1;
  private static final String REASON = "cannot do it";

  private final List<WorkItem> items = new CopyOnWriteArrayList<>();
  private final List<String> jobs = new CopyOnWriteArrayList<>();
  private final List<String> posts = new CopyOnWriteArrayList<>();
  private final HttpHandler handler;
  private volatile boolean saidToHaveSucceeded;

  private HandlerRace(JobsHandlerContract contract, ImageTransform transform) {
    handler = contract.create(new Taking(items), transform, HandlerBench.LIMIT);
  }

  /** A queue that takes everything and has no worker. */
  record Taking(List<WorkItem> items) implements BackgroundTaskQueue {

    @Override
    public boolean enqueue(WorkItem item) {
      return items.add(item);
    }

    @Override
    public Optional<WorkItem> dequeue(CancellationToken cancel) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  static void inEveryOrder(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "GET on a job that is about to succeed, and on one that is about to fail; two POSTs; each"
            + " in every order of steps; then a look into a map while another thread changes it");
    var subject = new HandlerRace(contract, image -> image).handler;
    var twin = InstrumentingLoader.twin(contract, trial.subject(subject).getClass());
    expectInEveryOrder(
        trial,
        "a job that has succeeded has its result, and a result is whole",
        race(twin, HandlerRace::result)
            .actor("worker", HandlerRace::work)
            .actor("client a", HandlerRace::askForStatus)
            .actor("client b", HandlerRace::askForResult)
            .check(HandlerRace::expectResult));
    expectInEveryOrder(
        trial,
        "a job that has failed has its reason",
        race(
                twin,
                _ -> {
                  throw new IOException(REASON);
                })
            .actor("worker", HandlerRace::workInVain)
            .actor("client", HandlerRace::askForStatus)
            .check(HandlerRace::expectFailed));
    expectInEveryOrder(
        trial,
        "each of two POSTs at the same time becomes a job with its own image",
        Interleavings.from(() -> new HandlerRace(twin, HandlerRace::result))
            .preemptions(PREEMPTIONS)
            .actor("client a", race -> race.post("a"))
            .actor("client b", race -> race.post("b"))
            .check(HandlerRace::expectTwoJobs));
    SharedMaps.usedOneByOne(trial, UnlockedMaps.twin(contract, subject.getClass()));
  }

  // A loop over the characters of a text looks like one that spins, and ends the exploration. A
  // handler waits for nobody: what has been tried by then is enough, and what was seen counts.
  private static void expectInEveryOrder(
      Trial trial, String expected, Interleavings<HandlerRace> race) {
    if (race.explore().violation().isPresent()) {
      trial.expectInEveryOrder(expected, race);
    }
  }

  private static Interleavings<HandlerRace> race(
      JobsHandlerContract twin, ImageTransform transform) {
    return Interleavings.from(
            () -> {
              var race = new HandlerRace(twin, transform);
              race.post("a");
              return race;
            })
        .preemptions(PREEMPTIONS);
  }

  private static byte[] result(byte[] image) {
    return ("result of " + new String(image, UTF_8)).getBytes(UTF_8);
  }

  private void post(String image) throws IOException {
    var answer = MemoryExchange.post(handler, "/jobs", "image/png", image.getBytes(UTF_8));
    if (answer.status() == 202) {
      jobs.add(HandlerBench.path("/jobs", answer.header("location").orElse("none")));
    }
    posts.add("POST was answered " + answer.status());
  }

  private void work() throws Exception {
    expectAccepted(1);
    items.getFirst().run(CancellationToken.none());
  }

  private void workInVain() {
    expectAccepted(1);
    try {
      items.getFirst().run(CancellationToken.none());
    } catch (Exception e) {
      // thrown on to the worker, which a handler may do
    }
  }

  private void expectAccepted(int wanted) {
    expect(jobs.size() == wanted, () -> String.join(", ", posts));
    expect(items.size() == wanted, () -> "the queue was offered " + items.size() + " items");
  }

  // Each client makes one request: an actor that passes a line again and again is taken for one
  // that waits by spinning, and others get a turn.

  private void askForStatus() throws IOException {
    expectAccepted(1);
    var document = document(jobs.getFirst());
    var status = document.get("status");
    expect(
        List.of("queued", "running", "succeeded", "failed").contains(String.valueOf(status)),
        () -> "the status was " + status);
    expect(
        !"succeeded".equals(status) || document.get("result") instanceof String,
        () -> "the status was succeeded, and the member result " + document.get("result"));
    expect(
        !"failed".equals(status) || String.valueOf(document.get("reason")).contains(REASON),
        () -> "the status was failed, and the reason " + document.get("reason"));
    saidToHaveSucceeded |= "succeeded".equals(status);
  }

  private void askForResult() throws IOException {
    expectAccepted(1);
    boolean said = saidToHaveSucceeded;
    var result = MemoryExchange.get(handler, jobs.getFirst() + "/result");
    expect(
        !said || result.status() == 200,
        () -> "the status was succeeded, and then the result was answered " + result.status());
    if (result.status() == 200) {
      expectWhole(result, "a");
    }
  }

  private Map<String, ?> document(String job) throws IOException {
    var answer = MemoryExchange.get(handler, job);
    expect(answer.status() == 200, () -> "GET on an accepted job was answered " + answer.status());
    return Json.object(answer.text());
  }

  private void expectResult() throws IOException {
    var status = document(jobs.getFirst()).get("status");
    expect("succeeded".equals(status), () -> "in the end the status was " + status);
    expectWhole(MemoryExchange.get(handler, jobs.getFirst() + "/result"), "a");
  }

  private void expectFailed() throws IOException {
    var status = document(jobs.getFirst()).get("status");
    expect("failed".equals(status), () -> "in the end the status was " + status);
    askForStatus();
  }

  private static void expectWhole(Answer result, String image) {
    expect(
        result.mediaType().equals("image/png")
            && Arrays.equals(result.body(), result(image.getBytes(UTF_8))),
        () ->
            "GET on the result gave %d, %s, \"%s\""
                .formatted(result.status(), result.mediaType(), result.text()));
  }

  private void expectTwoJobs() throws Exception {
    expectAccepted(2);
    expect(!jobs.get(0).equals(jobs.get(1)), () -> "both got the Location " + jobs.getFirst());
    for (var job : jobs) {
      document(job);
    }
    for (var item : items) {
      item.run(CancellationToken.none());
    }
    var results = new HashSet<String>();
    for (var job : jobs) {
      results.add(MemoryExchange.get(handler, job + "/result").text());
    }
    expect(
        results.equals(Set.of("result of a", "result of b")), () -> "the results were " + results);
  }

  private static void expect(boolean holds, Supplier<String> butWas) {
    if (!holds) {
      throw new AssertionError(butWas.get());
    }
  }
}
