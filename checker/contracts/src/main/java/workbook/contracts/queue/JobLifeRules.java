package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.hosting.CancellationToken;

/** The rules of a job that was accepted, up to the request that fetches its result. */
abstract class JobLifeRules extends JobAcceptanceRules {

  private static final Pattern STACK_FRAME = Pattern.compile("(?m)^\\s*at [\\w./$]+\\(");

  /** For the subclasses in this package. */
  JobLifeRules() {}

  /** The way of a job, seen from outside. */
  @Rule(
      number = "2.33",
      says =
          "GET on the Location MUST tell the job's id and its status: queued, then running, then"
              + " succeeded with the result's path.",
      check =
          "the status that GET answers, and that the item changes it when it begins and when it"
              + " ends; the member result; how you publish the change to the threads that answer"
              + " requests",
      lookAt = "handle")
  void statusOfAJob(Trial trial) throws IOException {
    trial.setUp("one job; GET before a worker takes it, while it is at work, and after it");
    var gate = trial.gate();
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
        bench.get(HandlerBench.path(job, result)).status(),
        200);
  }

  /** The result, and nothing else, and not too early. */
  @Rule(
      number = "2.34",
      says =
          "GET on the result MUST give what the transform made, byte for byte, as image/png, and"
              + " 404 before it is there.",
      check =
          "that the bytes are sent as they are, not as text; the content type; what GET on a result"
              + " answers before there is one",
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

  /** A job that failed says so, to its client and to the operator. */
  @Rule(
      number = "2.35",
      says =
          "When the transform fails, GET MUST tell failed with a reason, the result MUST be 404,"
              + " and the cause MUST be thrown on or logged.",
      check =
          "the catch around the transform: all exceptions, and errors as well; the reason when an"
              + " exception has no message, and that it is no stack trace: that is for the log;"
              + " that the exception is thrown on or logged, as it is",
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

  /** An interrupt is meant for the worker. */
  @Rule(
      number = "2.36",
      says = "An interrupt of the work MUST reach the worker, and the job MUST be failed.",
      check =
          "the catch around the transform: an InterruptedException is thrown on, or the flag is set"
              + " again; the state of the job in this case",
      lookAt = "handle")
  void interrupt(Trial trial) throws IOException {
    trial.setUp("a worker is interrupted while it is at work on a job");
    var gate = trial.gate();
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

  /** Jobs know nothing of each other. */
  @Rule(
      number = "2.38",
      says = "Jobs MUST NOT mix: each has its own image, status and result.",
      check =
          "fields of the handler that belong to one request or one job: there is one handler for"
              + " all of them",
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

  private static void expectText(HandlerBench bench, String whose, String job, String text) {
    var answer = bench.get(job + "/result");
    bench.trial.expectThat(
        whose + " is \"" + text + "\"",
        answer.text().equals(text),
        "\"" + Wire.escaped(answer.text()) + "\"");
  }
}
