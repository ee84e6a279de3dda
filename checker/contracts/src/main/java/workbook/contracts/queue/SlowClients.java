package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Caller;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.checker.http.Connection;
import workbook.checker.http.Wire;

/** Requests whose bytes come slowly or are taken slowly, and others meanwhile. */
final class SlowClients {

  private static final int CROWD = 40;
  private static final int HALF = HandlerBench.SLOW / 2;
  private static final int MORE_THAN_BUFFERS_HOLD = 8_000_000;

  private SlowClients() {}

  static void holdUpNobody(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        CROWD
            + " POSTs whose bodies have come half; a worker at work; a client that does not take"
            + " its result; meanwhile a GET, and a POST from another client");
    var gate = trial.gate();
    var begun = new AtomicInteger();
    var result = HandlerBench.bytes(MORE_THAN_BUFFERS_HOLD, 3);
    var bench =
        HandlerBench.of(
            trial,
            contract,
            image -> {
              if (new String(image, UTF_8).equals("waits")) {
                begun.incrementAndGet();
                gate.pass();
              }
              return result;
            });
    var job = bench.job(HandlerBench.IMAGE);
    bench.workToTheEnd(0);
    slowUploads(trial, bench, job);
    atWork(trial, bench, gate, begun);
    slowDownload(trial, bench, job, result);
  }

  private static void slowUploads(Trial trial, HandlerBench bench, String job) throws IOException {
    var wire = bench.wire.quietly();
    trial.note(CROWD + " times POST /jobs, half of its body");
    var slow = new ArrayList<Connection>();
    try {
      for (int n = 0; n < CROWD; n++) {
        slow.add(begin(trial, wire, new byte[HALF]));
      }
      expectOthersAnswered(bench, "while " + CROWD + " bodies are on their way", job);
      trial.note("the other halves");
      for (var connection : slow) {
        int status = connection.write(new byte[HALF]).answer().status();
        trial.expect("a slow POST is answered 202", status, 202);
      }
    } finally {
      slow.forEach(Connection::close);
    }
    bench.expectItems("a job for each POST", CROWD + 2);
  }

  private static void atWork(Trial trial, HandlerBench bench, Gate gate, AtomicInteger begun) {
    var running = new ArrayList<String>();
    var workers = new ArrayList<Caller<String>>();
    for (int n = 0; n < 2; n++) {
      running.add(bench.job("waits".getBytes(UTF_8)));
      workers.add(bench.work(bench.items().size() - 1));
    }
    trial.settle();
    trial.lookAt("apply", "handle");
    for (var job : running) {
      bench.expectStatus("while two workers are at work", job, "running");
    }
    trial.expect("both transforms have begun", begun.get(), 2);
    trial.lookAt();
    expectOthersAnswered(bench, "while two workers are at work", running.getFirst());
    gate.open();
    for (var worker : workers) {
      trial.expectReturn("the item runs to its end", worker);
    }
  }

  private static void slowDownload(Trial trial, HandlerBench bench, String job, byte[] result)
      throws IOException {
    int begun = bench.wire.answersBegun();
    try (var slow = bench.wire.connectNarrow()) {
      slow.send("GET", job + "/result");
      trial.note("GET on a result of " + result.length + " bytes, and nothing is taken of it");
      trial.expectSoon(
          "the handler begins to send the result",
          () -> bench.wire.answersBegun() > begun,
          () -> "it has not begun to");
      expectOthersAnswered(bench, "while a result is taken slowly", job);
      trial.lookAt("UUID.randomUUID", "202", "handle");
      var other = bench.get(job + "/result").body();
      expectBytes(trial, "another client gets the whole result meanwhile", other, result);
      if (bench.wire.handling() == 0) {
        throw trial.notDecided(
            "the system took " + result.length + " bytes in before anybody read them",
            "run it on a system whose socket buffers are smaller");
      }
      expectBytes(trial, "the slow client gets the whole result", slow.answer().body(), result);
    }
  }

  private static void expectOthersAnswered(HandlerBench bench, String when, String job) {
    bench.trial.expect(when + ", a GET is answered 200", bench.get(job).status(), 200);
    bench.trial.expect(
        when + ", a POST is answered 202", bench.post(HandlerBench.IMAGE).status(), 202);
  }

  // One buffer, stream, field or attribute that all requests share has the bytes of the other when
  // its own go on.
  static void keepTheirBytes(Trial trial, JobsHandlerContract contract) throws IOException {
    for (boolean firstEndsFirst : List.of(true, false)) {
      var seen = Collections.synchronizedList(new ArrayList<byte[]>());
      var bench =
          HandlerBench.of(
              trial,
              contract,
              image -> {
                seen.add(image.clone());
                return image.clone();
              });
      var bodies = List.of(HandlerBench.bytes(2 * HALF, 4), HandlerBench.bytes(2 * HALF, 5));
      var order = firstEndsFirst ? List.of(0, 1) : List.of(1, 0);
      trial.note("half of a body, half of another one; then the rest, in the order " + order);
      var jobs = new String[2];
      try (var one = begin(trial, bench.wire, Arrays.copyOf(bodies.get(0), HALF));
          var two = begin(trial, bench.wire, Arrays.copyOf(bodies.get(1), HALF))) {
        for (int n : order) {
          var rest = Arrays.copyOfRange(bodies.get(n), HALF, 2 * HALF);
          jobs[n] = bench.location((n == 0 ? one : two).write(rest).answer());
        }
      }
      trial.expectThat(
          "two requests at a time get two locations",
          !jobs[0].equals(jobs[1]),
          "both got " + jobs[0]);
      bench.workToTheEnd(1);
      bench.workToTheEnd(0);
      trial.expect("the transform is called once for each of two jobs", seen.size(), 2);
      for (var body : bodies) {
        trial.expectThat(
            "the transform gets each body as it was sent",
            seen.stream().anyMatch(image -> Arrays.equals(image, body)),
            "one of them never came: bytes of two requests are mixed, or one came twice");
      }
      for (int n : order) {
        expectBytes(
            trial,
            "each Location gives the result of its own body",
            bench.get(jobs[n] + "/result").body(),
            bodies.get(n));
      }
    }
  }

  /** Sends a request and the first half of its body, and waits until the handler has read that. */
  private static Connection begin(Trial trial, Wire wire, byte[] half) {
    long read = wire.bytesRead();
    var connection =
        wire.connect()
            .send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + 2 * HALF)
            .write(half);
    trial.lookAt("getRequestBody", "handle");
    trial.expectSoon(
        "the handler reads a body while it comes",
        () -> wire.bytesRead() - read >= half.length,
        () -> "it has read " + (wire.bytesRead() - read) + " of " + half.length + " bytes");
    return connection;
  }

  private static void expectBytes(Trial trial, String expected, byte[] actual, byte[] wanted) {
    trial.expectThat(
        expected, Arrays.equals(actual, wanted), HandlerBench.difference(actual, wanted));
  }
}
