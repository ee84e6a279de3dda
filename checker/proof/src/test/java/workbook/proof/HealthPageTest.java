package workbook.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import workbook.checker.ReservedPort;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.proof.health.RoutesHandler;

/**
 * The page for a person, in a real browser. {@code -Dpictures.write=true} takes the picture of the
 * chapter anew.
 */
class HealthPageTest {

  private static final Path PICTURE = Workbook.ROOT.resolve("chapters/images/07-health.png");
  private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+(?=/health)");

  /** The solution's own main: one worker is killed, the other hung, and the host stopped. */
  @Test
  void theMainTurnsThePage() throws Exception {
    try (var browser = Browser.start(800, 640);
        var port = ReservedPort.forServer();
        var main = new RunningMain(port.number())) {
      browser.open(URI.create(main.address + "/health"));
      browser.waitFor(
          "both are healthy", isAll("ready", "healthy") + " && " + isAll("live", "healthy"));
      assertThat(browser.text("#ready")).contains("the host is running", "disk");
      assertThat(browser.text("#live")).contains("mailer", "cleaner").doesNotContain("disk");

      // region page
      main.post("/workers/mailer/kill");
      main.post("/workers/cleaner/hang");
      browser.waitFor("the killed one is dead", says("live", "mailer", "dead: "));
      browser.waitFor("the hung one is stale", says("live", "cleaner", "stale: "));
      // endregion
      browser.waitFor("ready says the same", says("ready", "cleaner", "stale: "));
      assertThat(browser.evaluate(isAll("live", "unhealthy"))).isEqualTo(true);
      if (Boolean.getBoolean("pictures.write")) {
        Files.createDirectories(PICTURE.getParent());
        Files.write(PICTURE, browser.screenshot());
      }

      if (main.process.supportsNormalTermination()) {
        main.process.destroy();
        browser.waitFor("ready turns before all else", headline("ready") + ".includes('stopping')");
        assertThat(main.process.isAlive()).as("the process, while it is stopping").isTrue();
      }
      main.process.waitFor(30, TimeUnit.SECONDS);
      browser.waitFor("nobody answers any more", headline("live") + ".includes('no answer')");
      assertThat(browser.complaints())
          .allMatch(complaint -> complaint.contains("Failed to load resource"));
    }
  }

  /** What a check says is text, whatever it looks like. */
  @Test
  void textsAreNotMarkup() throws IOException {
    var evil = "<img id=evil src=x onerror=\"document.title='evil'\">";
    HealthReporter reporter =
        () ->
            new HealthReport(
                HealthStatus.DEGRADED,
                List.of(
                    new HealthReport.Entry(
                        evil, HealthResult.degraded(evil + " & 'ü'"), Duration.ofMillis(7))));
    var server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            0,
            "/health",
            new RoutesHandler(reporter, reporter));
    server.start();
    try (var browser = Browser.start(800, 640)) {
      browser.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health"));
      browser.waitFor("the check is shown", headline("live") + " === 'degraded'");
      assertThat(browser.text("#live")).contains(evil, "& 'ü'", "7");
      assertThat(browser.evaluate("document.querySelector('#evil') === null")).isEqualTo(true);
      assertThat(browser.text("#ready h2")).contains("unhealthy", "the host is starting");
      assertThat(browser.evaluate("document.title")).isEqualTo("Health");
    } finally {
      server.stop(0);
    }
  }

  private static String headline(String section) {
    return "document.querySelector('#%s h2 .status').textContent".formatted(section);
  }

  private static String isAll(String section, String status) {
    return headline(section) + ".split(',')[0] === '" + status + "'";
  }

  private static String says(String section, String check, String description) {
    return """
    [...document.querySelectorAll('#%s tr')].some(row =>
      row.cells[0].textContent === '%s' && row.cells[2].textContent.startsWith('%s'))\
    """
        .formatted(section, check, description);
  }

  /** The solution's main in a process of its own. */
  private static final class RunningMain implements AutoCloseable {

    final Process process;
    final String address;

    RunningMain(int port) throws IOException {
      var classes = Workshop.of("solutions/07-health").compile();
      var folders =
          Collections.list(classes.getResources("")).stream()
              .map(url -> Path.of(URI.create(url.toString())).toString())
              .collect(Collectors.joining(File.pathSeparator));
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Dlogback.configurationFile=logback.xml",
                  "-classpath",
                  folders + File.pathSeparator + Workshop.CLASS_PATH,
                  "workbook.health.Main",
                  String.valueOf(port))
              .redirectErrorStream(true)
              .start();
      address = waitForAddress();
    }

    private String waitForAddress() throws IOException {
      var reader = process.inputReader(UTF_8);
      var printed = new ArrayList<String>();
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        printed.add(line);
        var address = ADDRESS.matcher(line);
        if (address.find()) {
          Thread.ofVirtual()
              .start(() -> reader.lines().forEach(_ -> {})); // so that it never blocks
          return address.group();
        }
      }
      throw new AssertionError("the main ended without saying where it is; it printed: " + printed);
    }

    private static void readOn(BufferedReader reader) {
      try {
        while (reader.readLine() != null) {
          // of no interest
        }
      } catch (IOException e) {
        // It was ended.
      }
    }

    void post(String path) throws IOException, InterruptedException {
      try (var client = HttpClient.newHttpClient()) {
        var request =
            HttpRequest.newBuilder(URI.create(address + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
