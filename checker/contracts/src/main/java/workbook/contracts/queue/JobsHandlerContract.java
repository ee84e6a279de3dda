package workbook.contracts.queue;

import static org.mockito.Mockito.mock;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;

/**
 * The rules of jobs over HTTP. The server and its sockets are real; the queue is a stand-in that
 * accepts or refuses as the rule needs it, and the rule is its worker.
 */
@Tag("step-3")
@Step(module = WorkbookModule.QUEUE, number = 3, type = "JobsHandler")
public abstract class JobsHandlerContract {

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
    return bench(trial, transform, HandlerBench.LIMIT);
  }

  final HandlerBench bench(Trial trial, ImageTransform transform, int maxBytes) throws IOException {
    BackgroundTaskQueue queue = mock(BackgroundTaskQueue.class);
    return new HandlerBench(trial, queue, trial.subject(create(queue, transform, maxBytes)));
  }

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
    Acceptance.beforeTheWorkBegins(trial, this);
  }

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
    Acceptance.refusedByTheQueue(trial, this);
  }

  @Rule(
      number = "2.32",
      says = "A worker that takes the job before enqueue has returned MUST NOT be overwritten.",
      check =
          "that the job is registered, as queued, before enqueue is called and not after it; that"
              + " only the item changes its state from then on",
      lookAt = "handle")
  void workerIsFaster(Trial trial) throws IOException {
    Acceptance.workerIsFaster(trial, this);
  }

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
    JobLife.status(trial, this);
  }

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
    JobLife.result(trial, this);
  }

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
    JobLife.failure(trial, this);
  }

  @Rule(
      number = "2.36",
      says = "An interrupt of the work MUST reach the worker, and the job MUST be failed.",
      check =
          "the catch around the transform: an InterruptedException is thrown on, or the flag is set"
              + " again; the state of the job in this case",
      lookAt = "handle")
  void interrupt(Trial trial) throws IOException {
    JobLife.interrupt(trial, this);
  }

  @Rule(
      number = "2.37",
      says = "The transform MUST get exactly the bytes that were sent, with or without chunks.",
      check =
          "how the body is read: to its end, not what happens to be available; no detour through a"
              + " String; maxBytes + 1 when maxBytes is the largest int",
      lookAt = "handle")
  void exactlyTheBytesSent(Trial trial) throws IOException {
    Acceptance.exactlyTheBytesSent(trial, this);
  }

  @Rule(
      number = "2.38",
      says = "Jobs MUST NOT mix: each has its own image, status and result.",
      check =
          "fields of the handler that belong to one request or one job: there is one handler for"
              + " all of them",
      lookAt = "handle")
  void jobsDoNotMix(Trial trial) throws IOException {
    JobLife.mix(trial, this);
  }

  @Rule(
      number = "2.39",
      says = "A POST with an empty body MUST be answered 400 and MUST NOT become a job.",
      check = "a body of length 0, which is there with and without Content-Length",
      lookAt = "handle")
  void emptyBody(Trial trial) throws IOException {
    BadRequests.emptyBody(trial, this);
  }

  @Rule(
      number = "2.40",
      says =
          "A body that is announced as more than maxBytes MUST be answered 413 before it is read;"
              + " one of maxBytes MUST be taken.",
      check =
          "that Content-Length is looked at before the body is read; that it is a long: a body can"
              + " be longer than an int can say; more than, not at least, maxBytes",
      lookAt = "handle")
  void announcedTooLarge(Trial trial) throws IOException {
    BadRequests.announcedTooLarge(trial, this);
  }

  @Rule(
      number = "2.41",
      says =
          "A body in chunks MUST be counted while it is read, and answered 413 as soon as it is"
              + " more than maxBytes.",
      check =
          "that no more than maxBytes and one are read before the answer: memory is what the limit"
              + " is for, so reading all and looking at the length is too late",
      lookAt = "handle")
  void chunkedTooLarge(Trial trial) throws IOException {
    BadRequests.chunkedTooLarge(trial, this);
  }

  @Rule(
      number = "2.42",
      says =
          "A POST of image/png or image/jpeg, with or without parameters and in any case, MUST be"
              + " taken; of any other or no type answered 415.",
      check =
          "no content type at all; parameters after a semicolon; upper and lower case; equals, not"
              + " contains",
      lookAt = "handle")
  void contentType(Trial trial) throws IOException {
    BadRequests.contentType(trial, this);
  }

  @Rule(
      number = "2.43",
      says =
          "An unknown id or path MUST be answered 404, also one that only begins like a known one.",
      check =
          "that the server hands over every path that begins with /jobs, so that the handler must"
              + " look at the whole of it; ids that were never given; what follows an id; that the"
              + " jobs are a field of the handler, not a static one",
      lookAt = "handle")
  void unknown(Trial trial) throws IOException {
    BadRequests.unknownPath(trial, this);
  }

  @Rule(
      number = "2.44",
      says =
          "Another method MUST be answered 405 with Allow: POST for /jobs, GET for a job or"
              + " result.",
      check =
          "that the method is looked at for each of the three paths; the Allow header, which a 405"
              + " must have",
      lookAt = "handle")
  void otherMethods(Trial trial) throws IOException {
    BadRequests.otherMethod(trial, this);
  }

  @Rule(
      number = "2.45",
      says = "A 202 MUST have no body, not in chunks either; its connection MUST be usable again.",
      check =
          "the length handed to sendResponseHeaders: -1 is no body, 0 is chunks of unknown length;"
              + " that the exchange is closed on every path; no Connection: close",
      lookAt = "handle")
  void emptyAnswer(Trial trial) throws IOException {
    Connections.emptyAnswer(trial, this);
  }

  @Rule(
      number = "2.46",
      says =
          "After a request that was refused without reading its body, the connection MUST be usable"
              + " again.",
      check =
          "that the exchange is closed on every path, by try-with-resources or finally: closing is"
              + " what reads the rest of the request",
      lookAt = "handle")
  void connectionAfterARefusal(Trial trial) throws IOException {
    Connections.afterARefusal(trial, this);
  }

  @Rule(
      number = "2.47",
      says = "Requests MUST NOT wait for each other: not for one whose body is slow to come.",
      check =
          "synchronized or a lock around more than a look at the map; above all, while a body is"
              + " read",
      lookAt = "handle")
  void slowRequest(Trial trial) throws IOException {
    Connections.slowRequest(trial, this);
  }

  @Rule(
      number = "2.48",
      says = "A body that breaks off MUST NOT become a job.",
      check = "catch blocks around the reading of the body: what was read so far is not the body",
      lookAt = "handle")
  void brokenOff(Trial trial) throws IOException {
    Connections.brokenOff(trial, this);
  }

  @Rule(
      number = "2.49",
      says = "Ids MUST NOT be guessable: each is new and has 72 random bits or more.",
      check =
          "where ids come from: not from a counter, the clock, a hash of either, of the image, or a"
              + " Random; SecureRandom or UUID.randomUUID is what can be used",
      lookAt = "handle")
  void ids(Trial trial) throws IOException {
    Disclosure.ids(trial, this);
  }

  @Rule(
      number = "2.50",
      says = "Nothing from a request MUST get into the log or an item's name unescaped.",
      check =
          "what of a request is logged: a path or a header can hold line breaks and more once it is"
              + " decoded, a file's name and the image as well. The id that you made is enough",
      lookAt = "handle")
  void log(Trial trial) throws IOException {
    Disclosure.log(trial, this);
  }

  @Rule(
      number = "2.51",
      says =
          "A problem MUST be valid JSON whatever the request holds, and MUST NOT repeat its"
              + " markup.",
      check =
          "JSON that is put together by hand; a detail that repeats the path: use a text of your"
              + " own, and Replies to escape it",
      lookAt = "handle")
  void problemsAreWellFormed(Trial trial) throws IOException {
    Disclosure.problems(trial, this);
  }

  @Rule(
      number = "2.52",
      says = "A real image MUST become a real thumbnail, from the upload to the download.",
      check = "look at the rules above first: this one only puts them together",
      lookAt = "handle")
  void thumbnail(Trial trial) throws IOException {
    JobLife.thumbnail(trial, this);
  }

  @Rule(
      number = "2.53",
      says = "A queue or transform that is null, and a maxBytes below 1, MUST be refused.",
      check = "the constructor: Objects.requireNonNull with the argument's name, Arguments.atLeast",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheHandler(trial, this);
  }
}
