package workbook.proof;

import static org.assertj.core.api.Assertions.fail;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import workbook.checker.http.Json;

/**
 * One page of a browser, at the other end of its DevTools protocol: commands and their answers, and
 * what the page complains about in the meantime. Messages are JSON over a web socket.
 *
 * <p><b>Threads.</b> To be used from one thread; what the browser says comes on another.
 */
final class DevTools {

  private final Duration limit;
  private final AtomicInteger commands = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Map<String, @Nullable Object>>> answers =
      new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  /**
   * Connects.
   *
   * @param http ends the connection when it is shut down
   * @param page the address that the browser gives
   * @param limit how long an answer may take
   */
  DevTools(HttpClient http, URI page, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    this.limit = limit;
    this.socket =
        http.newWebSocketBuilder()
            .buildAsync(page, new Listener())
            .get(limit.toSeconds(), TimeUnit.SECONDS);
  }

  /** What the page complained about so far, in order. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Sends a command, and waits for its result. */
  Map<String, @Nullable Object> command(String method, String members) {
    int id = commands.incrementAndGet();
    var answer = new CompletableFuture<Map<String, @Nullable Object>>();
    answers.put(id, answer);
    socket.sendText(
        "{\"id\":%d,\"method\":\"%s\",\"params\":{%s}}".formatted(id, method, members), true);
    try {
      var result = answer.get(limit.toSeconds(), TimeUnit.SECONDS);
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

  static @Nullable Object at(@Nullable Object object, String... path) {
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
  static String quoted(String text) {
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
