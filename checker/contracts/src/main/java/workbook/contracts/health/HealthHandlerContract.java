package workbook.contracts.health;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.health.HealthEndpoint;
import workbook.health.HealthReporter;

/** The rules of health over HTTP. */
@Tag("step-3")
@Step(module = WorkbookModule.HEALTH, number = 3, type = "HealthHandler")
public abstract class HealthHandlerContract {

  /**
   * Makes the endpoint under test. It has not heard of the host yet.
   *
   * @param live reports whether the process works
   * @param ready reports whether the application can do its work
   * @return a new endpoint
   */
  protected abstract HealthEndpoint create(HealthReporter live, HealthReporter ready);

  final HealthBench bench(Trial trial) throws IOException {
    return new HealthBench(trial, this::create);
  }

  @Rule(
      number = "7.26",
      says =
          "Live MUST ask the live reporter only, ready the ready one only, once for each request.",
      check = "which reporter is asked on which path; results that are kept from the last request",
      lookAt = "handle")
  void separate(Trial trial) throws IOException {
    HostEvents.separate(trial, this);
  }

  @Rule(
      number = "7.27",
      says =
          "Ready MUST be unhealthy, host 'starting', until the host has started; then 'running'.",
      check =
          "what ready says before started was heard; that the members status and host agree with"
              + " the status code; toLowerCase without a locale",
      lookAt = "handle")
  void starting(Trial trial) throws IOException {
    HostEvents.starting(trial, this);
  }

  @Rule(
      number = "7.28",
      says =
          "From stopping on ready MUST be unhealthy, host 'stopping', whatever its checks say, for"
              + " good.",
      check =
          "that stopping is heard, and that it decides whatever the checks say; a host that stops"
              + " before it has started",
      lookAt = "handle")
  void stopping(Trial trial) throws IOException {
    HostEvents.stopping(trial, this);
  }

  @Rule(
      number = "7.29",
      says = "Live MUST NOT depend on the host: not on its start, nor on its stop.",
      check = "that live does not look at the host",
      lookAt = "handle")
  void liveAllTheTime(Trial trial) throws IOException {
    HostEvents.liveAllTheTime(trial, this);
  }

  @Rule(
      number = "7.30",
      says = "An event of the host MUST NOT wait for a request whose report takes long.",
      check =
          "a lock that a request holds while it makes its report; reports that are made in"
              + " stopping",
      lookAt = "handle")
  void eventsDoNotWait(Trial trial) throws IOException {
    HostEvents.eventsDoNotWait(trial, this);
  }

  @Rule(
      number = "7.31",
      says =
          "A ready answer sent after stopping has returned MUST NOT be healthy, whenever it was"
              + " asked.",
      check = "when the host's state is looked at: before the report it is too early",
      lookAt = "handle")
  void onItsWay(Trial trial) throws IOException {
    HostEvents.onItsWay(trial, this);
  }

  @Rule(
      number = "7.32",
      says = "Healthy and degraded MUST be answered 200, unhealthy 503, each with its JSON.",
      check =
          "the three statuses, for both paths; that an unhealthy answer has a body like any other;"
              + " that the path is taken without the query",
      lookAt = "handle")
  void statuses(Trial trial) throws IOException {
    HealthAnswers.statuses(trial, this);
  }

  @Rule(
      number = "7.33",
      says =
          "The JSON MUST hold each check in order: name, status, description and durationMs,"
              + " whatever their texts.",
      check =
          "the names of the members; durationMs as a number, not as a text; texts with quotes, line"
              + " breaks and letters of any script, which Replies knows to escape",
      lookAt = "handle")
  void document(Trial trial) throws IOException {
    HealthAnswers.document(trial, this);
  }

  @Rule(
      number = "7.34",
      says = "Live, ready and the page MUST carry Cache-Control: no-store, whatever their status.",
      check =
          "that the header is set before the answer is sent, on a 503 as on a 200, and on the page",
      lookAt = "handle")
  void noStore(Trial trial) throws IOException {
    HealthAnswers.noStore(trial, this);
  }

  @Rule(
      number = "7.35",
      says = "GET on /health MUST give the HealthPage as text/html, and ask no reporter.",
      check =
          "the path /health itself; the content type, with its charset; that the page is sent as it"
              + " is, and asks for the reports itself",
      lookAt = "handle")
  void page(Trial trial) throws IOException {
    HealthAnswers.page(trial, this);
  }

  @Rule(
      number = "7.36",
      says =
          "An unknown path MUST be answered 404, another method 405 with Allow, both with a"
              + " problem.",
      check =
          "that the server hands over every path that begins with /health, so that the handler must"
              + " look at the whole of it",
      lookAt = "handle")
  void unknown(Trial trial) throws IOException {
    HealthRequests.unknown(trial, this);
  }

  @Rule(
      number = "7.37",
      says = "A connection MUST be usable again after each answer, which MUST have a length.",
      check =
          "that the exchange is closed on every path, by try-with-resources or finally; the length"
              + " handed to sendResponseHeaders",
      lookAt = "handle")
  void connection(Trial trial) throws IOException {
    HealthRequests.connection(trial, this);
  }

  @Rule(
      number = "7.38",
      says = "Requests MUST NOT wait for each other.",
      check = "synchronized or a lock around the whole of handle",
      lookAt = "handle")
  void sideBySide(Trial trial) throws IOException {
    HealthRequests.sideBySide(trial, this);
  }

  @Rule(
      number = "7.39",
      says = "An interrupted report MUST be answered 503, and the interrupt MUST NOT be lost.",
      check =
          "the catch around report: the flag is set again, or the exception goes on as an"
              + " InterruptedIOException; not before the answer is out, for a set flag closes its"
              + " channel",
      lookAt = "handle")
  void interrupted(Trial trial) throws IOException {
    HealthRequests.interrupted(trial, this);
  }

  @Rule(
      number = "7.40",
      says = "A live or ready reporter that is null MUST be refused.",
      check = "the null checks at the door, and that their messages name the argument",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheEndpoint(trial, this);
  }
}
