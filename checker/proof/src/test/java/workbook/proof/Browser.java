package workbook.proof;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import workbook.checker.Patience;
import workbook.checker.http.Json;

/**
 * A real browser with one page: Chromium without a window, told what to do over its DevTools
 * protocol, which is JSON over a web socket. The JDK has the web socket and the checker a reader of
 * JSON, so no library is needed, no driver that must match the browser's version, and the page can
 * be asked for what it complained about.
 *
 * <p>Where there is no Chromium, a test that starts one is skipped; with {@code -Dbrowser=required}
 * it fails.
 *
 * <p><b>Threads.</b> To be used from one thread.
 */
public final class Browser implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome.exe");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox", // it may run as root, and sees pages of the workbook only
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-extensions",
          "--no-first-run",
          "--no-default-browser-check",
          "--hide-scrollbars",
          "--force-color-profile=srgb",
          "--lang=en",
          "--remote-debugging-port=0");
  // A first start reads two hundred megabytes; a page may ask its server every few seconds.
  private static final Duration LIMIT = Patience.ANSWER.limit().multipliedBy(3);

  private final Path folder;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final DevTools page;

  private Browser(Path executable, int width, int height) throws IOException {
    folder = Files.createTempDirectory("browser");
    var command = new ArrayList<String>();
    command.add(executable.toString());
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + folder);
    command.add("about:blank");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    try {
      page = new DevTools(http, newPage(port()), LIMIT);
      page.command("Page.enable", "");
      page.command("Runtime.enable", "");
      page.command("Log.enable", "");
      page.command(
          "Emulation.setDeviceMetricsOverride",
          "\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false"
              .formatted(width, height));
    } catch (Exception e) {
      var said = Files.readString(folder.resolve("output.txt"));
      close();
      throw new IOException(executable + " cannot be driven; it said: " + said, e);
    }
  }

  /**
   * Starts a browser with an empty page, or ends the test: skipped where no Chromium is found,
   * failed where one is required.
   *
   * @param width of the page in pixels
   * @param height of the page in pixels
   * @return the browser, to be closed
   */
  public static Browser start(int width, int height) {
    var executable = executable();
    if (executable.isEmpty()) {
      var what = "no Chromium on the PATH (looked for " + String.join(", ", NAMES) + ")";
      if (System.getProperty("browser", "").equals("required")) {
        throw new AssertionError(what + ", and -Dbrowser=required: install one, see .ci/browser");
      }
      return abort(what + ": a page is looked at only in a real browser");
    }
    try {
      return new Browser(executable.get(), width, height);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a page and waits until it has loaded.
   *
   * @param address its address
   */
  public void open(URI address) {
    var answer = page.command("Page.navigate", "\"url\":" + DevTools.quoted(address.toString()));
    if (answer.containsKey("errorText")) {
      fail(address + " cannot be opened: " + answer.get("errorText"));
    }
    waitFor(address + " has loaded", "document.readyState === 'complete'");
  }

  /**
   * Prefers light or dark colours from now on, or shows pages as they are printed.
   *
   * @param scheme {@code light} or {@code dark}
   * @param media {@code screen} or {@code print}
   */
  public void prefer(String scheme, String media) {
    page.command(
        "Emulation.setEmulatedMedia",
        "\"media\":%s,\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":%s}]"
            .formatted(DevTools.quoted(media), DevTools.quoted(scheme)));
  }

  /**
   * Waits until something is so on the page, also across a reload.
   *
   * @param expected what should come about, in words
   * @param condition a JavaScript expression that is true then
   */
  public void waitFor(String expected, String condition) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    var last = "";
    while (System.nanoTime() - limit < 0) {
      try {
        var value = evaluate(condition);
        if (Boolean.TRUE.equals(value)) {
          return;
        }
        last = String.valueOf(value);
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (AssertionError e) {
        last = String.valueOf(e.getMessage()); // such as an element that is not there yet
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the test was cut off", e);
      }
    }
    fail(
        "%s: expected %s to be true, but after %d s it was %s; the page complained: %s; it reads:%n%s"
            .formatted(
                expected, condition, LIMIT.toSeconds(), last, page.complaints(), text("html")));
  }

  /**
   * Evaluates an expression on the page.
   *
   * @param expression JavaScript; a promise is waited for
   * @return its value: a text, a Double, a Boolean, a list, a map, or null
   */
  public @Nullable Object evaluate(String expression) {
    var answer =
        page.command(
            "Runtime.evaluate",
            "\"returnByValue\":true,\"awaitPromise\":true,\"expression\":"
                + DevTools.quoted(expression));
    if (answer.containsKey("exceptionDetails")) {
      fail(
          expression
              + " throws "
              + DevTools.at(answer, "exceptionDetails", "exception", "description"));
    }
    return DevTools.at(answer, "result", "value");
  }

  /**
   * The text of an element as a reader sees it.
   *
   * @param selector a CSS selector; the first match counts
   * @return its text
   */
  public String text(String selector) {
    return String.valueOf(evaluate(element(selector) + ".innerText"));
  }

  /**
   * Clicks in the middle of an element, with the mouse: what lies over it gets the click.
   *
   * @param selector a CSS selector; the first match counts
   */
  public void click(String selector) {
    evaluate(element(selector) + ".scrollIntoView({block: 'center'})");
    var box = "(b => ['x', 'y', 'width', 'height'].map(side => b[side]))(";
    var sides = (List<?>) evaluate(box + element(selector) + ".getBoundingClientRect())");
    var numbers =
        sides == null ? List.<Double>of() : sides.stream().map(Double.class::cast).toList();
    for (var type : List.of("mousePressed", "mouseReleased")) {
      page.command(
          "Input.dispatchMouseEvent",
          "\"type\":\"%s\",\"x\":%s,\"y\":%s,\"button\":\"left\",\"clickCount\":1"
              .formatted(
                  type, numbers.get(0) + numbers.get(2) / 2, numbers.get(1) + numbers.get(3) / 2));
    }
  }

  /**
   * A picture of what is seen.
   *
   * @return an image, encoded as PNG
   */
  public byte[] screenshot() {
    var answer = page.command("Page.captureScreenshot", "\"format\":\"png\"");
    return Base64.getDecoder().decode(String.valueOf(answer.get("data")));
  }

  /**
   * What the page complained about so far: exceptions that nobody caught, errors and warnings in
   * the console, resources that could not be loaded.
   *
   * @return the complaints, in order
   */
  public List<String> complaints() {
    return page.complaints();
  }

  @Override
  public void close() {
    http.shutdownNow();
    var processes = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(ended -> ended.onExit().completeOnTimeout(ended, 5, TimeUnit.SECONDS).join());
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // It is a temporary folder: the system removes what is left.
    }
  }

  /** Waits for the file in which the browser says which port it listens on. */
  private String port() throws IOException, InterruptedException, TimeoutException {
    long limit = System.nanoTime() + LIMIT.toNanos();
    var file = folder.resolve("DevToolsActivePort");
    while (System.nanoTime() - limit < 0 && process.isAlive()) {
      var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
      if (lines.size() > 1) { // written to its end
        return lines.getFirst();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new TimeoutException("no port within " + LIMIT.toSeconds() + " s, or before its end");
  }

  private URI newPage(String port) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .method("PUT", HttpRequest.BodyPublishers.noBody())
            .build();
    var opened = Json.object(http.send(request, BodyHandlers.ofString()).body());
    return URI.create(String.valueOf(opened.get("webSocketDebuggerUrl")));
  }

  private static String element(String selector) {
    return "document.querySelector(" + DevTools.quoted(selector) + ")";
  }
}
