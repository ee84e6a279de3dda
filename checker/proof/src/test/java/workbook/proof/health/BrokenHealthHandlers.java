package workbook.proof.health;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Right;
import workbook.proof.Broken.Table;

/** Wrong endpoints, and right ones. */
public final class BrokenHealthHandlers {

  static final Table HANDLER = new Table(WorkbookModule.HEALTH, "HealthHandler");

  /** Right ones, each built in another way. */
  public static final List<Right> RIGHT =
      List.of(
          HANDLER.reference(),
          HANDLER.right(ReadyFlagHandler.class),
          HANDLER.right(RoutesHandler.class));

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          HANDLER
              .broken("one-for-both")
              .why("Live asks the ready reporter: a database that is down kills the process.")
              .change("var report = live.report();", "var report = ready.report();")
              .hangs()
              .fails("7.26", "7.30", "7.32", "7.37", "7.38"),
          HANDLER
              .broken("ready-asks-both")
              .why("Ready asks the live reporter as well.")
              .change("var report = ready.report();", "live.report(); var report = ready.report();")
              .fails("7.26"),
          HANDLER
              .broken("live-asks-both")
              .why(
                  "Live makes the ready report, too, and throws it away: it waits for the"
                      + " database.")
              .change("var report = live.report();", "ready.report(); var report = live.report();")
              .hangs()
              .fails("7.26", "7.38"),
          HANDLER
              .broken("kept")
              .why("The first ready report is kept.")
              .change(
                  "  private void sendReady(",
                  "  private volatile HealthReport kept;\n\n  private void sendReady(")
              .change(
                  "var report = ready.report();",
                  "var report = kept == null ? ready.report() : kept; kept = report;")
              .fails("7.26", "7.32"),
          HANDLER
              .broken("ready-from-the-beginning")
              .why("Nobody waits for the host's start.")
              .change("host = Host.STARTING;", "host = Host.RUNNING;")
              .fails("7.27"),
          HANDLER
              .broken("stopping-not-heard")
              .why("Ready stays ready while the host stops.")
              .change("    host = Host.STOPPING;\n", "")
              .fails("7.28", "7.31"),
          HANDLER
              .broken("stopped-too-late")
              .why("Ready turns when all has been stopped, not before.")
              .change("public void stopping() {", "public void stopped() {")
              .fails("7.28", "7.31"),
          HANDLER
              .broken("stopped-starts-over")
              .why("After the end all is as it was before the start.")
              .change(
                  "  @Override\n  public void stopping() {",
                  "  @Override\n  public void stopped() {\n    host = Host.STARTING;\n  }\n\n"
                      + "  @Override\n  public void stopping() {")
              .fails("7.28"),
          HANDLER
              .broken("looked-too-early")
              .why("The host is looked at before the report, which may take long.")
              .change("    var report = ready.report();\n", "")
              .change(
                  "    var now = host; // looked at last: it may have changed while the checks"
                      + " ran\n",
                  "    var now = host;\n    var report = ready.report();\n")
              .fails("7.31"),
          HANDLER
              .broken("member-disagrees")
              .why("The status code knows the host, the document's status does not.")
              .change(
                  "body.put(\"status\", word(status));",
                  "body.put(\"status\", word(report.status()));")
              .fails("7.27", "7.28", "7.31"),
          HANDLER
              .broken("no-host")
              .why("The document does not say why it is not ready.")
              .change("Map.of(\"host\", word(now))", "Map.of()")
              .fails("7.27", "7.28", "7.31"),
          HANDLER
              .broken("in-the-language-of-the-machine")
              .why("Words are put in small letters as the machine's language does it.")
              .change("toLowerCase(Locale.ROOT)", "toLowerCase(Locale.getDefault())")
              .fails("7.27"),
          HANDLER
              .broken("nothing-to-report")
              .why("A host that does not run makes no report: nobody sees what is wrong.")
              .change(
                  "var report = ready.report();",
                  "var report =\n"
                      + "        host == Host.RUNNING\n"
                      + "            ? ready.report()\n"
                      + "            : new HealthReport(HealthStatus.UNHEALTHY, List.of());")
              .hangs()
              .fails("7.28", "7.30"),
          HANDLER
              .broken("live-names-the-host")
              .why("Live says how the host is, too.")
              .change(
                  "send(exchange, report.status(), Map.of(), report);",
                  "send(exchange, report.status(), Map.of(\"host\", word(host)), report);")
              .fails("7.29"),
          HANDLER
              .broken("live-until-stopping")
              .why("Who drains its work is not live, and gets killed.")
              .change(
                  "send(exchange, report.status(), Map.of(), report);",
                  "send(exchange, host == Host.STOPPING ? HealthStatus.UNHEALTHY : report.status(),"
                      + " Map.of(), report);")
              .fails("7.29"),
          HANDLER
              .broken("live-from-started")
              .why("Who takes long to start is not live, and is started again.")
              .change(
                  "send(exchange, report.status(), Map.of(), report);",
                  "send(exchange, host == Host.STARTING ? HealthStatus.UNHEALTHY : report.status(),"
                      + " Map.of(), report);")
              .fails("7.29"),
          HANDLER
              .broken("one-lock")
              .why("Requests and events take the same lock.")
              .change("public void handle(", "public synchronized void handle(")
              .change("public void stopping(", "public synchronized void stopping(")
              .hangs()
              .fails("7.30", "7.31", "7.38"),
          HANDLER
              .broken("one-at-a-time")
              .why("Requests take turns.")
              .change("public void handle(", "public synchronized void handle(")
              .hangs()
              .fails("7.38"),
          HANDLER
              .broken("last-report")
              .why("Stopping makes a last report, which may take long.")
              .change(
                  "    host = Host.STOPPING;\n",
                  "    host = Host.STOPPING;\n    try {\n      ready.report();\n"
                      + "    } catch (InterruptedException e) {\n"
                      + "      Thread.currentThread().interrupt();\n    }\n")
              .hangs()
              .fails("7.30", "7.31"),
          HANDLER
              .broken("degraded-is-503")
              .why("What is degraded gets no more work.")
              .change(
                  "status == HealthStatus.UNHEALTHY ? 503 : 200",
                  "status != HealthStatus.HEALTHY ? 503 : 200")
              .fails("7.26", "7.32"),
          HANDLER
              .broken("always-200")
              .why("The status code is that of the request, not of the application.")
              .change("status == HealthStatus.UNHEALTHY ? 503 : 200", "200")
              .fails("7.26", "7.27", "7.28", "7.31", "7.32", "7.33", "7.37"),
          HANDLER
              .broken("five-hundred")
              .why("Unhealthy is 500, as if the health check itself had failed.")
              .change(
                  "status == HealthStatus.UNHEALTHY ? 503 : 200",
                  "status == HealthStatus.UNHEALTHY ? 500 : 200")
              .fails("7.26", "7.27", "7.28", "7.31", "7.32", "7.33", "7.37"),
          HANDLER
              .broken("unhealthy-is-a-problem")
              .why("An unhealthy answer has a problem for a body.")
              .change(
                  "    Replies.json(exchange, status == HealthStatus.UNHEALTHY ? 503 : 200, body);",
                  "    if (status == HealthStatus.UNHEALTHY) {\n"
                      + "      Replies.problem(exchange, 503, \"not ready\");\n"
                      + "      return;\n    }\n"
                      + "    Replies.json(exchange, 200, body);")
              .fails("7.26", "7.27", "7.28", "7.31", "7.32", "7.33"),
          HANDLER
              .broken("plain-text")
              .why("The body is one word.")
              .change(
                  "Replies.json(exchange, status == HealthStatus.UNHEALTHY ? 503 : 200, body);",
                  "Replies.bytes(exchange, status == HealthStatus.UNHEALTHY ? 503 : 200,"
                      + " \"text/plain\", word(status).getBytes());")
              .fails("7.26", "7.27", "7.28", "7.29", "7.31", "7.32", "7.33"),
          HANDLER
              .broken("capitals")
              .why("The words are in capitals.")
              .change(".toLowerCase(Locale.ROOT)", "")
              .fails("7.26", "7.27", "7.28", "7.29", "7.31", "7.32", "7.33"),
          HANDLER
              .broken("concatenated")
              .why("The JSON is put together by hand.")
              .change(
                  "    Replies.json(exchange, status == HealthStatus.UNHEALTHY ? 503 : 200, body);",
"""
    var text = new StringBuilder("{\\"status\\":\\"" + word(status) + "\\",");
    more.forEach((key, value) -> text.append("\\"" + key + "\\":\\"" + value + "\\","));
    text.append("\\"checks\\":[");
    for (var entry : report.checks()) {
      text.append(text.toString().endsWith("[") ? "" : ",");
      text.append("{\\"name\\":\\"" + entry.name() + "\\",");
      text.append("\\"status\\":\\"" + word(entry.result().status()) + "\\",");
      text.append("\\"description\\":\\"" + entry.result().description() + "\\",");
      text.append("\\"durationMs\\":" + entry.duration().toMillis() + "}");
    }
    text.append("]}");
    Replies.bytes(exchange, status == HealthStatus.UNHEALTHY ? 503 : 200, "application/json",
        text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));\
""")
              .fails("7.33"),
          HANDLER
              .broken("duration-is-a-text")
              .why("The duration is a text with a unit.")
              .change("entry.duration().toMillis()", "entry.duration().toMillis() + \" ms\"")
              .fails("7.33"),
          HANDLER
              .broken("duration-in-seconds")
              .why("The duration is in seconds.")
              .change("entry.duration().toMillis()", "entry.duration().toSeconds()")
              .fails("7.33"),
          HANDLER
              .broken("no-description")
              .why("The document does not say why.")
              .change("      members.put(\"description\", entry.result().description());\n", "")
              .fails("7.33"),
          HANDLER
              .broken("by-name")
              .why("The checks stand in the order of their names.")
              .change(
                  "    body.put(\"checks\", checks);",
                  "    checks.sort(java.util.Comparator.comparing(check ->"
                      + " String.valueOf(check.get(\"name\"))));\n"
                      + "    body.put(\"checks\", checks);")
              .fails("7.33"),
          HANDLER
              .broken("may-be-kept")
              .why("An answer may be kept by whoever passes it on.")
              .change(
                  "      exchange.getResponseHeaders().set(\"Cache-Control\", \"no-store\");\n", "")
              .fails("7.34"),
          HANDLER
              .broken("no-cache")
              .why("no-cache means: keep it, and ask before it is used again.")
              .change("\"no-store\"", "\"no-cache, max-age=0\"")
              .fails("7.34"),
          HANDLER
              .broken("good-answers-not-kept")
              .why("A 503 may be kept.")
              .change(
                  "      exchange.getResponseHeaders().set(\"Cache-Control\", \"no-store\");\n", "")
              .change(
                  "    Replies.json(",
                  "    if (status != HealthStatus.UNHEALTHY) {\n"
                      + "      exchange.getResponseHeaders().set(\"Cache-Control\","
                      + " \"no-store\");\n"
                      + "    }\n"
                      + "    Replies.json(")
              .change(
                  "default -> Replies.bytes(",
                  "default -> { exchange.getResponseHeaders().set(\"Cache-Control\", \"no-store\");"
                      + " Replies.bytes(")
              .change("HealthPage.bytes());", "HealthPage.bytes()); }")
              .fails("7.34"),
          HANDLER
              .broken("page-as-text")
              .why("The page is shown as its source.")
              .change("\"text/html; charset=utf-8\"", "\"text/plain\"")
              .fails("7.35"),
          HANDLER
              .broken("page-asks")
              .why("The page makes a report of its own.")
              .change("default -> Replies.bytes(", "default -> { ready.report(); Replies.bytes(")
              .change("HealthPage.bytes());", "HealthPage.bytes()); }")
              .hangs()
              .fails("7.35", "7.38"),
          HANDLER
              .broken("no-page")
              .why("There is no page.")
              .change("List.of(\"/health\", LIVE, READY)", "List.of(LIVE, READY)")
              .fails("7.34", "7.35", "7.36", "7.37", "7.38"),
          HANDLER
              .broken("page-anywhere")
              .why("Whatever begins with /health is the page.")
              .change("!PATHS.contains(path)", "!path.startsWith(\"/health\")")
              .fails("7.36", "7.37"),
          HANDLER
              .broken("no-allow")
              .why("405 without Allow.")
              .change(
                  "      exchange.getResponseHeaders().set(\"Allow\", String.join(\", \","
                      + " METHODS));\n",
                  "")
              .fails("7.36"),
          HANDLER
              .broken("query-in-the-path")
              .why("A path with a query is not known.")
              .change(
                  "exchange.getRequestURI().getRawPath();", "exchange.getRequestURI().toString();")
              .fails("7.32"),
          HANDLER
              .broken("any-letters")
              .why("Capitals and small letters are the same.")
              .change(
                  "exchange.getRequestURI().getRawPath();",
                  "exchange.getRequestURI().getRawPath().toLowerCase(Locale.ROOT);")
              .fails("7.36"),
          HANDLER
              .broken("any-method")
              .why("Any method is answered like GET.")
              .change("!METHODS.contains(method)", "method.isEmpty()")
              .fails("7.36", "7.37"),
          HANDLER
              .broken("not-closed")
              .why("The exchange is not closed.")
              .change("    try (exchange) {", "    try {")
              .hangs()
              .fails("7.37"),
          HANDLER
              .broken("in-chunks")
              .why("The answer is sent in chunks.")
              .change(
                  "default -> Replies.bytes(exchange, 200, \"text/html; charset=utf-8\","
                      + " HealthPage.bytes());",
"""
default -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(HealthPage.bytes());
        }\
""")
              .fails("7.37"),
          HANDLER
              .broken("interrupt-lost")
              .why("The interrupt is caught and forgotten.")
              .change("      return true;\n", "      return false;\n")
              .fails("7.39"),
          HANDLER
              .broken("flag-too-early")
              .why("The flag is set before the answer is sent: its channel is closed.")
              .change(
                  "      Replies.problem(exchange, 503, \"no longer answering\");\n",
                  "      Thread.currentThread().interrupt();\n"
                      + "      Replies.problem(exchange, 503, \"no longer answering\");\n")
              .fails("7.34", "7.39"),
          HANDLER
              .broken("interrupted-may-be-kept")
              .why("The answer to an interrupted report may be kept.")
              .change(
                  "Replies.problem(exchange, 503,",
                  "exchange.getResponseHeaders().remove(\"Cache-Control\");\n"
                      + "      Replies.problem(exchange, 503,")
              .fails("7.34"),
          HANDLER
              .broken("interrupt-is-healthy")
              .why("An interrupted report is answered 200.")
              .change("Replies.problem(exchange, 503,", "Replies.problem(exchange, 200,")
              .fails("7.39"),
          HANDLER
              .broken("live-not-checked")
              .why("A live reporter of null is found out by the first request.")
              .change("Objects.requireNonNull(live, \"live\")", "live")
              .fails("7.40"),
          HANDLER
              .broken("ready-not-checked")
              .why("A ready reporter of null is found out by the first request.")
              .change("Objects.requireNonNull(ready, \"ready\")", "ready")
              .fails("7.40"));

  private BrokenHealthHandlers() {}
}
