package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.checker.http.Json;
import workbook.checker.http.MemoryExchange;
import workbook.hosting.CancellationToken;

/** Jobs that nobody has asked for in a while. No network: there are many. */
final class Keeping {

  private static final int MANY = 1_100;

  private Keeping() {}

  static void everyJob(Trial trial, JobsHandlerContract contract) throws Exception {
    trial.setUp(
        MANY + " jobs that wait; then one succeeds and one fails; they are asked for, twice");
    var queue = new HandlerRace.Taking(new ArrayList<>());
    var handler =
        trial.subject(
            contract.create(
                queue,
                image -> {
                  if (new String(image, UTF_8).equals("0")) {
                    throw new IOException("cannot do it");
                  }
                  return HandlerBench.RESULT;
                },
                HandlerBench.LIMIT));
    var jobs = new ArrayList<String>();
    for (int n = 0; n < MANY; n++) {
      var image = String.valueOf(n).getBytes(UTF_8);
      var answer = MemoryExchange.post(handler, "/jobs", "image/png", image);
      trial.expect("POST is answered 202", answer.status(), 202);
      jobs.add(HandlerBench.path("/jobs", answer.header("location").orElse("none")));
    }
    trial.note(MANY + " times POST /jobs -> 202");
    trial.expect("the queue was offered one item for each", queue.items().size(), MANY);
    for (int n : List.of(0, 1, 2, MANY / 2, MANY - 1)) {
      var answer = MemoryExchange.get(handler, jobs.get(n));
      trial.expect(
          "GET on job " + (n + 1) + " of " + MANY + " is answered 200", answer.status(), 200);
      trial.expect("it is still queued", Json.object(answer.text()).get("status"), "queued");
    }
    queue.items().get(1).run(CancellationToken.none());
    trial.note("a worker has done item 2");
    try {
      queue.items().get(0).run(CancellationToken.none());
    } catch (Exception e) {
      trial.note("item 1 has failed");
    }
    for (var when : List.of("asked for once", "asked for again")) {
      for (var path : List.of(jobs.get(0), jobs.get(1), jobs.get(1) + "/result")) {
        var answer = MemoryExchange.get(handler, path);
        trial.note(answer.request() + " -> " + answer.status());
        trial.expect("what has ended is answered 200, " + when, answer.status(), 200);
      }
    }
  }
}
