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
          "GET /health/live MUST ask the live reporter only, and GET /health/ready the ready"
              + " reporter only, once for each request.",
      check =
          "that each path asks the right reporter; that no result is kept from an earlier request",
      lookAt = {"durationMs", "handle"})
  void separate(Trial trial) throws IOException {
    HostEvents.separate(trial, this);
  }

  @Rule(
      number = "7.27",
      says =
          "Until the host has started, ready MUST be unhealthy, with host 'starting'; after that,"
              + " host MUST be 'running'.",
      check =
          "that ready is unhealthy before started is called; that the members status and host agree"
              + " with the status code; that small letters do not depend on the machine's language,"
              + " as with toLowerCase without a locale",
      lookAt = "handle")
  void starting(Trial trial) throws IOException {
    HostEvents.starting(trial, this);
  }

  @Rule(
      number = "7.28",
      says =
          "From stopping on, ready MUST be unhealthy for good, with host 'stopping', whatever its"
              + " checks say.",
      check =
          "that stopping is noticed, even before started; that the host decides, whatever the"
              + " checks say; that stopped changes nothing; that the checks are listed all the"
              + " same",
      lookAt = "handle")
  void stopping(Trial trial) throws IOException {
    HostEvents.stopping(trial, this);
  }

  @Rule(
      number = "7.29",
      says =
          "Live MUST NOT depend on the start or the stop of the host, and MUST NOT mention the"
              + " host.",
      check = "that live does not look at the host's state; that only ready has a member host",
      lookAt = {"status", "handle"})
  void liveAllTheTime(Trial trial) throws IOException {
    HostEvents.liveAllTheTime(trial, this);
  }

  @Rule(
      number = "7.30",
      says = "An event of the host MUST NOT wait for a request, however long its report takes.",
      check =
          "that a request holds no lock while its report is made; that stopping makes no report",
      lookAt = "handle")
  void eventsDoNotWait(Trial trial) throws IOException {
    HostEvents.eventsDoNotWait(trial, this);
  }

  @Rule(
      number = "7.31",
      says =
          "A ready answer that is sent after stopping has returned MUST NOT be healthy, even if the"
              + " request came before.",
      check = "that the host's state is read after the report is made, not before",
      lookAt = {"'host'", "handle"})
  void onItsWay(Trial trial) throws IOException {
    HostEvents.onItsWay(trial, this);
  }

  @Rule(
      number = "7.32",
      says =
          "Live and ready MUST answer 200 if healthy or degraded and 503 if unhealthy, each time"
              + " with a JSON body.",
      check =
          "that all three statuses are answered, on both paths; that an unhealthy answer has a body"
              + " like any other; that the query is not taken for a part of the path",
      lookAt = {"Cache-Control", "handle"})
  void statuses(Trial trial) throws IOException {
    HealthAnswers.statuses(trial, this);
  }

  @Rule(
      number = "7.33",
      says =
          "The JSON MUST list the checks in order, each with name, status, description and"
              + " durationMs, whatever their texts contain and the JVM's default charset is.",
      check =
          "that the members have these names; that durationMs is a number, not a text; that quotes,"
              + " line breaks and letters of any script are escaped, as Replies does it; that"
              + " getBytes is given a charset",
      lookAt = {"durationMs", "handle"})
  void document(Trial trial) throws IOException {
    HealthAnswers.document(trial, this);
  }

  @Rule(
      number = "7.34",
      says =
          "An answer to GET on live, ready or the page MUST carry Cache-Control: no-store, whatever"
              + " its status.",
      check =
          "that the header is set before the answer is sent; that a 503 has it as well as a 200,"
              + " and the page, too",
      lookAt = {"Cache-Control", "getRequestMethod", "handle"})
  void noStore(Trial trial) throws IOException {
    HealthAnswers.noStore(trial, this);
  }

  @Rule(
      number = "7.35",
      says =
          "GET /health MUST be answered with the HealthPage as text/html, and MUST NOT ask a"
              + " reporter.",
      check =
          "that /health itself is a known path; that the content type is set, with its charset;"
              + " that the page is sent as it is, since it asks for the reports itself",
      lookAt = {"Cache-Control", "handle"})
  void page(Trial trial) throws IOException {
    HealthAnswers.page(trial, this);
  }

  @Rule(
      number = "7.36",
      says =
          "An unknown path MUST be answered 404, and another method 405 with Allow, both with a"
              + " problem document.",
      check =
          "that the whole path is compared, since the server hands over every one that begins with"
              + " /health; that a 405 carries Allow",
      lookAt = {"404", "405", "handle"})
  void unknown(Trial trial) throws IOException {
    HealthRequests.unknown(trial, this);
  }

  @Rule(
      number = "7.37",
      says =
          "Each answer MUST have a Content-Length and MUST leave its connection usable for the next"
              + " request.",
      check =
          "that the exchange is closed on every path, by try-with-resources or finally; that"
              + " sendResponseHeaders is given the length",
      lookAt = {"getResponseBody", "sendResponseHeaders", "handle"})
  void connection(Trial trial) throws IOException {
    HealthRequests.connection(trial, this);
  }

  @Rule(
      number = "7.38",
      says = "A request MUST NOT wait for another.",
      check = "that handle is not synchronized; that no lock is held while a report is made",
      lookAt = "handle")
  void sideBySide(Trial trial) throws IOException {
    HealthRequests.sideBySide(trial, this);
  }

  @Rule(
      number = "7.39",
      says =
          "A request whose report is interrupted MUST be answered 503, and the interrupt MUST NOT"
              + " be lost; any other request MUST leave the flag clear.",
      check =
          "that the catch around report sets the flag again, or throws an InterruptedIOException;"
              + " that this comes after the answer, since a set flag closes the answer's channel",
      lookAt = {"problem", "503", "handle"})
  void interrupted(Trial trial) throws IOException {
    HealthRequests.interrupted(trial, this);
  }

  @Rule(
      number = "7.40",
      says = "The endpoint MUST refuse null for its live or its ready reporter.",
      check = "that the constructor refuses null, with a message that names the argument",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheEndpoint(trial, this);
  }
}
