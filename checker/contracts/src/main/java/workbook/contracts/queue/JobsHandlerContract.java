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
   * @param maxBytes the size of the largest body that is accepted
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
          "The handler MUST answer a POST with 202 and a Location as soon as the job is in the"
              + " queue, before the work begins; the Location MUST work from then on.",
      check =
          "that handle neither runs the transform nor waits for a result; that it registers the job"
              + " before enqueue and sends 202 after it; that the answer has a Location header",
      lookAt = "handle")
  void acceptedBeforeTheWorkBegins(Trial trial) throws IOException {
    Acceptance.beforeTheWorkBegins(trial, this);
  }

  @Rule(
      number = "2.31",
      says =
          "When the queue refuses a job, the handler MUST answer 503 with Retry-After and MUST NOT"
              + " register the job.",
      check =
          "that handle looks at what enqueue returns; that the answer has a Retry-After header;"
              + " that a job that was registered before enqueue is taken out again",
      lookAt = "handle")
  void refusedByTheQueue(Trial trial) throws IOException {
    Acceptance.refusedByTheQueue(trial, this);
  }

  @Rule(
      number = "2.32",
      says =
          "The handler MUST NOT overwrite what a worker has done with the job before enqueue"
              + " returns.",
      check =
          "that the job is registered, as queued, before enqueue is called; that from then on only"
              + " the item changes its state",
      lookAt = "handle")
  void workerIsFaster(Trial trial) throws IOException {
    Acceptance.workerIsFaster(trial, this);
  }

  @Rule(
      number = "2.33",
      says =
          "GET on the Location MUST give the job's id and its status: queued, then running, then"
              + " succeeded with the result's path.",
      check =
          "that the item changes the status when it begins and when it ends; that the document has"
              + " a member result at the end; how the change reaches the threads that answer"
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
          "that the bytes are sent as they are, not as text; that the content type is image/png;"
              + " what GET on a result answers before there is one",
      lookAt = "handle")
  void result(Trial trial) throws IOException {
    JobLife.result(trial, this);
  }

  @Rule(
      number = "2.35",
      says =
          "When the transform fails, GET MUST give failed with a reason, the result MUST be 404,"
              + " and the item MUST log the cause or throw it on.",
      check =
          "that the catch around the transform gets all exceptions, and errors as well; that there"
              + " is a reason when the exception has no message; that the reason is no stack trace:"
              + " that is for the log; that the exception is logged or thrown on as it is",
      lookAt = "handle")
  void failure(Trial trial) throws IOException {
    JobLife.failure(trial, this);
  }

  @Rule(
      number = "2.36",
      says = "An interrupt of the work MUST reach the worker, and the job MUST become failed.",
      check =
          "that the catch around the transform throws an InterruptedException on or sets the flag"
              + " again; that the job is failed in this case, too",
      lookAt = "handle")
  void interrupt(Trial trial) throws IOException {
    JobLife.interrupt(trial, this);
  }

  @Rule(
      number = "2.37",
      says = "The transform MUST get exactly the bytes that were sent, in chunks or not.",
      check =
          "that the body is read to its end, not as far as bytes are available; that it never"
              + " becomes a String; what maxBytes + 1 is when maxBytes is the largest int",
      lookAt = "handle")
  void exactlyTheBytesSent(Trial trial) throws IOException {
    Acceptance.exactlyTheBytesSent(trial, this);
  }

  @Rule(
      number = "2.38",
      says = "Jobs MUST NOT mix: each has its own image, status and result.",
      check =
          "that no field of the handler belongs to one request or one job: one handler serves all"
              + " of them",
      lookAt = "handle")
  void jobsDoNotMix(Trial trial) throws IOException {
    JobLife.mix(trial, this);
  }

  @Rule(
      number = "2.39",
      says =
          "The handler MUST answer a POST with an empty body with 400 and MUST NOT make it a job.",
      check = "that a body of 0 bytes is found with and without Content-Length",
      lookAt = "handle")
  void emptyBody(Trial trial) throws IOException {
    BadRequests.emptyBody(trial, this);
  }

  @Rule(
      number = "2.40",
      says =
          "The handler MUST answer 413 before it reads a body that is announced as longer than"
              + " maxBytes, and MUST accept one of exactly maxBytes.",
      check =
          "that Content-Length is looked at before the body is read; that it is parsed as a long: a"
              + " body can be longer than an int can say; that the comparison is more than"
              + " maxBytes, not at least",
      lookAt = "handle")
  void announcedTooLarge(Trial trial) throws IOException {
    BadRequests.announcedTooLarge(trial, this);
  }

  @Rule(
      number = "2.41",
      says =
          "The handler MUST count a body in chunks while it reads it, and answer 413 as soon as it"
              + " is longer than maxBytes.",
      check =
          "that at most maxBytes and one are read before the answer: the limit is there to save"
              + " memory, so reading all and then looking at the length is too late",
      lookAt = "handle")
  void chunkedTooLarge(Trial trial) throws IOException {
    BadRequests.chunkedTooLarge(trial, this);
  }

  @Rule(
      number = "2.42",
      says =
          "The handler MUST accept image/png and image/jpeg, with or without parameters, in upper"
              + " or lower case, and MUST answer 415 to any other type and to none.",
      check =
          "what handle does without a content type; that parameters after a semicolon are cut off;"
              + " that case does not matter; that the comparison is equals, not contains",
      lookAt = "handle")
  void contentType(Trial trial) throws IOException {
    BadRequests.contentType(trial, this);
  }

  @Rule(
      number = "2.43",
      says =
          "The handler MUST answer 404 to an unknown id or path, even one that begins like a known"
              + " one.",
      check =
          "that handle looks at the whole path: the server passes on whatever begins with /jobs;"
              + " that an id that was never given is not found; what follows an id; that the jobs"
              + " are a field of the handler, not static",
      lookAt = "handle")
  void unknown(Trial trial) throws IOException {
    BadRequests.unknownPath(trial, this);
  }

  @Rule(
      number = "2.44",
      says =
          "The handler MUST answer any other method with 405 and Allow: POST for /jobs, GET for a"
              + " job or a result.",
      check = "that each of the three paths looks at the method; that a 405 has an Allow header",
      lookAt = "handle")
  void otherMethods(Trial trial) throws IOException {
    BadRequests.otherMethod(trial, this);
  }

  @Rule(
      number = "2.45",
      says =
          "A 202 MUST NOT have a body, not even an empty one in chunks, and its connection MUST"
              + " stay usable.",
      check =
          "which length sendResponseHeaders gets: -1 is no body, 0 is chunks; that the exchange is"
              + " closed on every path; that there is no Connection: close",
      lookAt = "handle")
  void emptyAnswer(Trial trial) throws IOException {
    Connections.emptyAnswer(trial, this);
  }

  @Rule(
      number = "2.46",
      says =
          "The connection MUST stay usable after a request that was refused without reading its"
              + " body.",
      check =
          "that the exchange is closed on every path, by try-with-resources or finally: closing it"
              + " reads the rest of the request",
      lookAt = "handle")
  void connectionAfterARefusal(Trial trial) throws IOException {
    Connections.afterARefusal(trial, this);
  }

  @Rule(
      number = "2.47",
      says = "A request MUST NOT wait for another one, even one whose body is slow to arrive.",
      check =
          "that no lock is held for more than a look at the map; above all, that none is held while"
              + " a body is read",
      lookAt = "handle")
  void slowRequest(Trial trial) throws IOException {
    Connections.slowRequest(trial, this);
  }

  @Rule(
      number = "2.48",
      says = "A body that breaks off MUST NOT become a job.",
      check = "what a catch around the reading of the body does: what came so far is not the body",
      lookAt = "handle")
  void brokenOff(Trial trial) throws IOException {
    Connections.brokenOff(trial, this);
  }

  @Rule(
      number = "2.49",
      says = "Ids MUST NOT be guessable: each is new and has 72 random bits or more.",
      check =
          "where ids come from: not from a counter, the clock, a Random, or a hash of these or of"
              + " the image; that SecureRandom or UUID.randomUUID makes them",
      lookAt = "handle")
  void ids(Trial trial) throws IOException {
    Disclosure.ids(trial, this);
  }

  @Rule(
      number = "2.50",
      says =
          "The handler MUST NOT put anything from a request into the log or an item's name"
              + " unescaped.",
      check =
          "what is logged of a request: a decoded path, a header or a file's name can hold line"
              + " breaks; that an item is named by the id that you made",
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
          "that no JSON is put together by hand; that a detail does not repeat the path: use a text"
              + " of your own, and let Replies escape it",
      lookAt = "handle")
  void problemsAreWellFormed(Trial trial) throws IOException {
    Disclosure.problems(trial, this);
  }

  @Rule(
      number = "2.52",
      says = "A real image MUST become a real thumbnail, from the upload to the download.",
      check = "what the rules above say first: this one only puts them together",
      lookAt = "handle")
  void thumbnail(Trial trial) throws IOException {
    JobLife.thumbnail(trial, this);
  }

  @Rule(
      number = "2.53",
      says = "The constructor MUST refuse a null queue, a null transform and a maxBytes below 1.",
      check =
          "that the constructor calls Objects.requireNonNull with the argument's name, and"
              + " Arguments.atLeast",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheHandler(trial, this);
  }
}
