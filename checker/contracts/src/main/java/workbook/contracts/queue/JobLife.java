package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.checker.http.Wire.Answer;
import workbook.hosting.CancellationToken;
import workbook.queue.ImageTransform;

/** A job that was accepted, up to the request that fetches its result. */
final class JobLife {

  private JobLife() {}

  static void status(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("one job; GET before a worker takes it, while it is at work, and after it");
    var gate = trial.gate();
    var bench =
        HandlerBench.of(
            trial,
            contract,
            _ -> {
              gate.pass();
              return HandlerBench.RESULT;
            });
    var job = bench.job(HandlerBench.IMAGE);
    var id = job.substring("/jobs/".length());
    var document = bench.document(job);
    trial.expectThat(
        "the member id is the id of the Location",
        id.equals(document.get("id")),
        "the Location is " + job + ", the job is " + document);
    bench.expectStatus("before a worker takes the job", job, "queued");
    var worker = bench.work(0);
    trial.settle();
    trial.lookAt("apply", "handle");
    bench.expectStatus("while a worker is at it", job, "running");
    trial.lookAt();
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

  static void result(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "one JPEG; its result is asked for before a worker takes it, meanwhile, and after it");
    var gate = trial.gate();
    var bench =
        HandlerBench.of(
            trial,
            contract,
            _ -> {
              gate.pass();
              return HandlerBench.RESULT.clone();
            });
    var job =
        bench.location(bench.wire.send("POST", "/jobs", "image/jpeg; q=1", HandlerBench.IMAGE));
    bench.expectProblem("GET on the result of a queued job", bench.get(job + "/result"), 404);
    var worker = bench.work(0);
    trial.settle();
    bench.expectProblem("GET on the result of a running job", bench.get(job + "/result"), 404);
    gate.open();
    trial.expectReturn("the item runs to its end", worker);
    var answer = bench.get(job + "/result");
    trial.expect("GET on the result of a job that succeeded is answered 200", answer.status(), 200);
    trial.expect("its content type is image/png", answer.mediaType(), "image/png");
    trial.expectThat(
        "the body is what the transform made",
        Arrays.equals(answer.body(), HandlerBench.RESULT),
        HandlerBench.difference(answer.body(), HandlerBench.RESULT));
    var again = bench.get(job + "/result");
    trial.expectThat(
        "a second GET gives the same",
        Arrays.equals(again.body(), HandlerBench.RESULT),
        again.status() + ", " + HandlerBench.difference(again.body(), HandlerBench.RESULT));
  }

  static void failure(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "jobs whose transform throws: exceptions with quotes, backslashes, line breaks and letters"
            + " of other scripts in their messages, one without a message, one with a cause, and"
            + " two Errors");
    var failures =
        List.of(
            new IOException("the image is \"damaged\""),
            new StackOverflowError("too deep"),
            new IOException("C:\\temp\\new \"a\\\" is no image, {0} or %s, </script>\\"),
            new IOException("line 1\nline 2\r\n\tline 3 \b\f\u0001\u001b[2K\u007f"),
            new IOException("no thumbnail", new IllegalStateException("caused by a broken cache")),
            new IOException("zu gro\u00df: 5 \u20ac, \u0416, \u6f22, \ud83d\ude00 \u2028"),
            new NoClassDefFoundError("a codec is missing"),
            new IllegalStateException());
    var next = new AtomicInteger();
    var bench =
        HandlerBench.of(
            trial,
            contract,
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
      var job = bench.job(HandlerBench.IMAGE);
      var items = bench.items();
      int last = items.size() - 1;
      var worker =
          trial.start(
              "worker",
              () -> {
                trial.note("a worker takes the item, " + words);
                Thread.currentThread().setName(WORKER);
                try {
                  items.get(last).run(CancellationToken.none());
                  return trial.log().hasWarningWith(failure);
                } catch (Throwable e) {
                  return isIn(failure, e);
                }
              });
      boolean known = trial.expectReturn("the item ends", worker);
      trial.lookAt("status", "handle");
      var document = bench.document(job);
      trial.lookAt();
      bench.expectStatus("after a " + words, document, "failed");
      var answer = bench.get(job);
      var reason = bench.answers.json(answer).get("reason");
      var message = failure.getMessage();
      trial.expectThat(
          message == null
              ? "the reason says what was thrown, " + words + ", which has no message"
              : "the reason is the exception's message, " + Wire.escaped(message),
          reason instanceof String text
              && plain(text).contains(message == null ? words : plain(message)),
          "the reason is " + Wire.escaped(Trial.describe(reason)));
      expectNoInternals(trial, answer);
      bench.expectProblem(
          "GET on the result of a job that failed", bench.get(job + "/result"), 404);
      trial.expectThat(
          "the " + words + " is thrown on to the worker, or logged with its stack",
          known,
          "neither, so nobody will know where it came from");
    }
  }

  /** Whether it is what was thrown, or the cause of that, however often it was wrapped. */
  private static boolean isIn(Throwable failure, Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(each -> each == failure);
  }

  // The interrupt is meant for the worker: an item that swallows it keeps the service from
  // stopping.
  static void interrupt(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "a worker is interrupted while it is at work on a job: the transform throws the"
            + " InterruptedException on; then another one, which sets the flag and throws what a"
            + " channel throws");
    var gate = trial.gate();
    ImageTransform throwsOn =
        _ -> {
          gate.pass();
          return HandlerBench.RESULT;
        };
    ImageTransform setsTheFlag =
        image -> {
          try {
            return throwsOn.apply(image);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
          }
        };
    for (var transform : List.of(throwsOn, setsTheFlag)) {
      interrupt(HandlerBench.of(trial, contract, transform));
    }
  }

  private static void interrupt(HandlerBench bench) {
    var trial = bench.trial;
    var job = bench.job(HandlerBench.IMAGE);
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

  static void mix(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "three images; the third job is done first, then the first, the second fails; then two"
            + " bodies that come by turns");
    var bench =
        HandlerBench.of(
            trial,
            contract,
            image -> {
              var text = new String(image, UTF_8);
              if (text.equals("two")) {
                throw new IOException("cannot do two");
              }
              return ("result of " + text).getBytes(UTF_8);
            });
    var one = bench.job("one".getBytes(UTF_8));
    var two = bench.job("two".getBytes(UTF_8));
    var accepted = bench.post("three".getBytes(UTF_8));
    var three = bench.location(accepted);
    bench.workToTheEnd(2);
    bench.expectStatus("when only the third job is done", one, "queued");
    bench.expectStatus("when only the third job is done", three, "succeeded");
    bench.workToTheEnd(0);
    expectText(bench, "the result of the first job", one, "result of one");
    var failing = bench.work(1);
    trial.expectSoon("the second item ends", failing::isDone, () -> "it still runs");
    bench.expectStatus("when the second job has failed", one, "succeeded");
    bench.expectStatus("when the second job has failed", two, "failed");
    expectText(bench, "the result of the first job, again", one, "result of one");
    expectText(bench, "the result of the third job", three, "result of three");
    trial.lookAt("handle");
    for (var path : List.of(one, two, three, "/jobs/none")) {
      expectNoOthers(trial, bench.get(path), path, List.of(one, two, three));
    }
    expectNoOthers(trial, accepted, three, List.of(one, two, three));
    trial.lookAt();
    SlowClients.keepTheirBytes(trial, contract);
  }

  // An id of a few characters could stand there by chance; that it is short is for another rule.
  private static void expectNoOthers(Trial trial, Answer answer, String path, List<String> jobs) {
    var all = answer.headers() + " " + answer.text();
    var others =
        jobs.stream()
            .filter(job -> !job.equals(path))
            .map(job -> job.substring("/jobs/".length()))
            .filter(id -> id.length() >= 8 && all.contains(id))
            .toList();
    trial.expectThat(
        "an answer about one job says nothing of others",
        others.isEmpty(),
        answer.request() + " names another");
  }

  private static final String WORKER = "pool-7-thread-3";
  private static final Pattern STACK_FRAME =
      Pattern.compile("[\\w$.]+\\([\\w$]+\\.java(:\\d+)?\\)");

  private static void expectNoInternals(Trial trial, Answer answer) {
    var all = answer.headers() + " " + answer.text();
    var frame = STACK_FRAME.matcher(all);
    trial.expectThat(
        "no stack trace in an answer, which is for whoever sent the image",
        !frame.find(),
        frame.hasMatch() ? "there is one, with " + frame.group() : "");
    trial.expectThat(
        "no name of a thread in an answer",
        !all.contains(WORKER),
        "the worker's, " + WORKER + ", is in " + Wire.escaped(answer.text()));
  }

  /** A text without the characters that a reason may well leave out. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s\\u2028]+", "");
  }

  private static void expectText(HandlerBench bench, String whose, String job, String text) {
    var answer = bench.get(job + "/result");
    bench.trial.lookAt("WorkItem.of", "enqueue", "handle");
    bench.trial.expectThat(
        whose + " is \"" + text + "\"",
        answer.text().equals(text),
        "\"" + Wire.escaped(answer.text()) + "\"");
    bench.trial.lookAt();
  }
}
