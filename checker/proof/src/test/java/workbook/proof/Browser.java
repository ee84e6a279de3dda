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
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final WebSocket socket;
  private final AtomicInteger commands = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Map<String, @Nullable Object>>> answers =
      new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

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
      socket =
          http.newWebSocketBuilder()
              .buildAsync(newPage(port()), new Listener())
              .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      command("Page.enable", "");
      command("Runtime.enable", "");
      command("Log.enable", "");
      command(
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
   * @param page its address
   */
  public void open(URI page) {
    var answer = command("Page.navigate", "\"url\":" + quoted(page.toString()));
    if (answer.containsKey("errorText")) {
      fail(page + " cannot be opened: " + answer.get("errorText"));
    }
    waitFor(page + " has loaded", "document.readyState === 'complete'");
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
            .formatted(expected, condition, LIMIT.toSeconds(), last, complaints, text("html")));
  }

  /**
   * Evaluates an expression on the page.
   *
   * @param expression JavaScript; a promise is waited for
   * @return its value: a text, a Double, a Boolean, a list, a map, or null
   */
  public @Nullable Object evaluate(String expression) {
    var answer =
        command(
            "Runtime.evaluate",
            "\"returnByValue\":true,\"awaitPromise\":true,\"expression\":" + quoted(expression));
    if (answer.containsKey("exceptionDetails")) {
      fail(expression + " throws " + at(answer, "exceptionDetails", "exception", "description"));
    }
    return at(answer, "result", "value");
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
      command(
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
    var answer = command("Page.captureScreenshot", "\"format\":\"png\"");
    return Base64.getDecoder().decode(String.valueOf(answer.get("data")));
  }

  /**
   * What the page complained about so far: exceptions that nobody caught, errors and warnings in
   * the console, resources that could not be loaded.
   *
   * @return the complaints, in order
   */
  public List<String> complaints() {
    return List.copyOf(complaints);
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
    var page = Json.object(http.send(request, BodyHandlers.ofString()).body());
    return URI.create(String.valueOf(page.get("webSocketDebuggerUrl")));
  }

  /** Sends a command, and waits for its result. */
  private Map<String, @Nullable Object> command(String method, String members) {
    int id = commands.incrementAndGet();
    var answer = new CompletableFuture<Map<String, @Nullable Object>>();
    answers.put(id, answer);
    socket.sendText(
        "{\"id\":%d,\"method\":\"%s\",\"params\":{%s}}".formatted(id, method, members), true);
    try {
      var result = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (at(result, "error") != null) {
        fail(method + " failed: " + at(result, "error", "message"));
      }
      return map(result.get("result"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was cut off", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " got no answer from the browser", e);
    }
  }

  private void heard(Map<String, @Nullable Object> message) {
    if (message.get("id") instanceof Double id) {
      var waiting = answers.remove(id.intValue());
      if (waiting != null) {
        waiting.complete(message);
      }
      return;
    }
    switch (String.valueOf(message.get("method"))) {
      case "Runtime.exceptionThrown" ->
          complaints.add(
              "uncaught: " + at(message, "params", "exceptionDetails", "exception", "description"));
      case "Log.entryAdded" -> {
        var entry = map(at(message, "params", "entry"));
        complaints.add(entry.get("level") + ": " + entry.get("text") + " " + entry.get("url"));
      }
      default -> {
        // of no interest here
      }
    }
  }

  private static String element(String selector) {
    return "document.querySelector(" + quoted(selector) + ")";
  }

  private static @Nullable Object at(@Nullable Object object, String... path) {
    for (var name : path) {
      object = map(object).get(name);
    }
    return object;
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are texts
  private static Map<String, @Nullable Object> map(@Nullable Object object) {
    return object instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }

  /** A text as JSON, which is JavaScript too. */
  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c ->
                json.append(
                    c == '"' || c == '\\' || c < ' ' || c > '~'
                        ? "\\u%04x".formatted(c)
                        : String.valueOf((char) c)));
    return json.append('"').toString();
  }

  /** Puts the parts of messages together. */
  private final class Listener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        heard(Json.object(message.toString()));
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      answers.values().forEach(answer -> answer.completeExceptionally(error));
    }
  }
}
