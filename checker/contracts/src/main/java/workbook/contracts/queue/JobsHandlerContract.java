package workbook.contracts.queue;

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

  @Rule(
      number = "2.30",
      says =
          "The handler MUST answer a POST with 202 and a Location as soon as the job is in the"
              + " queue, before the work begins; the Location MUST work from then on.",
      check =
          "that handle runs no transform and waits for no result, not even a moment; that it"
              + " registers the job before enqueue and answers 202 after it",
      lookAt = {"202", "Location", "handle"})
  void acceptedBeforeTheWorkBegins(Trial trial) throws IOException {
    Acceptance.beforeTheWorkBegins(trial, this);
  }

  @Rule(
      number = "2.31",
      says =
          "When the queue refuses a job, the handler MUST answer 503 with Retry-After and MUST NOT"
              + " register the job.",
      check =
          "what enqueue returns; that there is a Retry-After header; that a job that was"
              + " registered before enqueue is taken out again, everywhere",
      lookAt = {"503", "Retry-After", "handle"})
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
      lookAt = {"202", "handle"})
  void workerIsFaster(Trial trial) throws IOException {
    Acceptance.workerIsFaster(trial, this);
  }

  @Rule(
      number = "2.33",
      says =
          "GET on the Location MUST give the job's id and its status: queued, then running, then"
              + " succeeded with the result's path.",
      check =
          "that the item changes the status when it begins and when it ends; that there is a"
              + " member result at the end",
      lookAt = {"status", "handle"})
  void statusOfAJob(Trial trial) throws IOException {
    JobLife.status(trial, this);
  }

  @Rule(
      number = "2.34",
      says =
          "GET on the result MUST give what the transform made, byte for byte, as image/png, and"
              + " 404 before it is there.",
      check =
          "that bytes are sent as they are, not as text; that the type is image/png, whatever was"
              + " sent; that a queued, a running and a failed job have no result: 404",
      lookAt = {"bytes", "image/png", "handle"})
  void result(Trial trial) throws IOException {
    JobLife.result(trial, this);
  }

  @Rule(
      number = "2.35",
      says =
          "When the transform fails, GET MUST give failed with a reason, the result MUST be 404,"
              + " and the item MUST log the cause or throw it on.",
      check =
          "that exceptions and errors are caught; that there is always a reason, escaped, and its"
              + " length counted in bytes; that no stack trace is; that the cause is logged",
      lookAt = {"apply", "handle"})
  void failure(Trial trial) throws IOException {
    JobLife.failure(trial, this);
  }

  @Rule(
      number = "2.36",
      says = "An interrupt of the work MUST reach the worker, and the job MUST become failed.",
      check =
          "that the catch around the transform throws an InterruptedException on or sets the flag"
              + " again; that the job is failed in this case, too",
      lookAt = {"apply", "handle"})
  void interrupt(Trial trial) throws IOException {
    JobLife.interrupt(trial, this);
  }

  @Rule(
      number = "2.37",
      says = "The transform MUST get exactly the bytes that were sent, in chunks or not.",
      check =
          "that the body is read to its end, not as far as bytes are available, and never as text;"
              + " what maxBytes + 1 is when maxBytes is the largest int",
      lookAt = {"getRequestBody", "handle"})
  void exactlyTheBytesSent(Trial trial) throws IOException {
    Acceptance.exactlyTheBytesSent(trial, this);
  }

  @Rule(
      number = "2.38",
      says = "Jobs MUST NOT mix: each has its own image, status and result.",
      check =
          "that no field, buffer, stream or attribute of the exchange belongs to one request: one"
              + " handler, and one context, serve all of them at a time",
      lookAt = {"getRequestBody", "handle"})
  void jobsDoNotMix(Trial trial) throws IOException {
    JobLife.mix(trial, this);
  }

  @Rule(
      number = "2.39",
      says =
          "The handler MUST answer a POST with an empty body with 400 and MUST NOT make it a job.",
      check = "that a body of 0 bytes is found with and without Content-Length",
      lookAt = {"400", "getRequestBody", "handle"})
  void emptyBody(Trial trial) throws IOException {
    BadRequests.emptyBody(trial, this);
  }

  @Rule(
      number = "2.40",
      says =
          "The handler MUST answer 413 before it reads a body that is announced as longer than"
              + " maxBytes, and MUST accept one of exactly maxBytes.",
      check =
          "that Content-Length is looked at before the body is read, as a long, since an int is"
              + " too small for it; that only more than maxBytes is too much",
      lookAt = {"413", "handle"})
  void announcedTooLarge(Trial trial) throws IOException {
    BadRequests.announcedTooLarge(trial, this);
  }

  @Rule(
      number = "2.41",
      says =
          "The handler MUST count a body in chunks while it reads it, answer 413 as soon as it is"
              + " longer than maxBytes, and MUST NOT read on, whatever it answers.",
      check = "that at most maxBytes and a buffer are read, before the answer and after it",
      lookAt = {"getRequestBody", "handle"})
  void chunkedTooLarge(Trial trial) throws IOException {
    BadRequests.chunkedTooLarge(trial, this);
  }

  @Rule(
      number = "2.42",
      says =
          "The handler MUST accept image/png and image/jpeg, with or without parameters, in upper"
              + " or lower case, and MUST answer 415 to any other type and to none.",
      check =
          "that parameters, and blanks before them, are cut off; that case does not matter, in any"
              + " locale; that the rest is compared by equals: image/jpg is another type",
      lookAt = {"Content-Type", "handle"})
  void contentType(Trial trial) throws IOException {
    BadRequests.contentType(trial, this);
  }

  @Rule(
      number = "2.43",
      says =
          "The handler MUST answer 404 to every path but /jobs, a job's and its result's, however"
              + " alike; a query MUST NOT matter.",
      check =
          "that the whole raw path is compared: a slash at the end, %2f or another segment makes"
              + " it another; that an id is looked up letter by letter",
      lookAt = "handle")
  void unknown(Trial trial) throws IOException {
    BadRequests.unknownPath(trial, this);
  }

  @Rule(
      number = "2.44",
      says =
          "The handler MUST answer any other method with 405 and Allow: POST for /jobs, GET for a"
              + " job or a result.",
      check =
          "that each of the three paths lets one method through; that a 405 has an Allow header",
      lookAt = {"405", "getRequestMethod", "handle"})
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
              + " closed; that there is no Connection: close",
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
              + " reads the rest",
      lookAt = {"getRequestBody", "handle"})
  void connectionAfterARefusal(Trial trial) throws IOException {
    Connections.afterARefusal(trial, this);
  }

  @Rule(
      number = "2.47",
      says =
          "A request MUST NOT wait for another one, however slow its body or its client is, nor"
              + " for a job at work; a job MUST NOT wait for another job, either.",
      check =
          "that no lock or permit is held while a body is read, an answer is sent, or a transform"
              + " runs",
      lookAt = "handle")
  void slowRequest(Trial trial) throws IOException {
    SlowClients.holdUpNobody(trial, this);
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
      check = "that SecureRandom or UUID.randomUUID makes them, no counter, clock, Random or hash",
      lookAt = {"randomUUID", "202", "handle"})
  void ids(Trial trial) throws IOException {
    Disclosure.ids(trial, this);
  }

  @Rule(
      number = "2.50",
      says =
          "The handler MUST NOT log a header or a body, and MUST NOT put a path unescaped into a"
              + " log record or an item's name.",
      check =
          "all parts of a record: a message, an exception and those in it, a thread's name, the"
              + " MDC; that an item is named by the id that you made",
      lookAt = {"Logger.debug", "Logger.info", "Logger.warn", "handle"})
  void log(Trial trial) throws IOException {
    Disclosure.log(trial, this);
  }

  @Rule(
      number = "2.51",
      says =
          "An answer MUST be valid JSON whatever a request holds, and MUST NOT repeat any of it.",
      check =
          "that no JSON is put together by hand; that neither a detail nor a header repeats what"
              + " the request holds: use texts of your own",
      lookAt = "handle")
  void answersGiveNothingAway(Trial trial) throws IOException {
    Disclosure.answers(trial, this);
  }

  @Rule(
      number = "2.52",
      says = "A real image MUST become a real thumbnail, from the upload to the download.",
      check = "what the rules above say first: this one only puts them together",
      lookAt = "handle")
  void thumbnail(Trial trial) throws IOException {
    Pictures.thumbnail(trial, this);
  }

  @Rule(
      number = "2.53",
      says = "The constructor MUST refuse a null queue, a null transform and a maxBytes below 1.",
      check = "that the constructor calls Objects.requireNonNull and Arguments.atLeast",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheHandler(trial, this);
  }

  @Rule(
      number = "2.60",
      says =
          "Requests and workers that come at the same time MUST see each other's changes whole, in"
              + " every order of their steps.",
      check =
          "that the state of a job is one object, put in one step and read once for an answer;"
              + " that the map is a concurrent one, or that readers hold its lock, too",
      lookAt = "handle")
  void everyOrder(Trial trial) throws IOException {
    HandlerRace.inEveryOrder(trial, this);
  }

  @Rule(
      number = "2.61",
      says = "The handler MUST keep every job and its result as long as it lives.",
      check =
          "that no job is forgotten because there are many, it still waits, has failed, or was"
              + " fetched",
      lookAt = "handle")
  void keepsJobs(Trial trial) throws Exception {
    Keeping.everyJob(trial, this);
  }
}
