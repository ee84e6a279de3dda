package workbook.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a body. Each method sends the status, the headers and the whole body; whoever
 * handles the exchange closes it. The length is always given, so no answer is chunked and the
 * connection can be used again.
 */
public final class Replies {

  private Replies() {}

  /**
   * Answers with a JSON object.
   *
   * @param exchange the request to answer
   * @param status the HTTP status
   * @param members the members, in order: numbers, booleans, lists and maps of such values; what is
   *     none of these is a text. Any text is fit, it is escaped here
   * @throws IOException if the client is gone
   */
  public static void json(HttpExchange exchange, int status, Map<String, ?> members)
      throws IOException {
    bytes(exchange, status, "application/json", jsonObject(members).getBytes(UTF_8));
  }

  /**
   * Answers with problem details as in RFC 9457.
   *
   * @param exchange the request to answer
   * @param status the HTTP status, 400 or more
   * @param detail what is wrong and what to do about it, for a person
   * @throws IOException if the client is gone
   */
  public static void problem(HttpExchange exchange, int status, String detail) throws IOException {
    var members = new LinkedHashMap<String, Object>();
    members.put("status", status);
    members.put("title", title(status));
    members.put("detail", detail);
    bytes(exchange, status, "application/problem+json", jsonObject(members).getBytes(UTF_8));
  }

  /**
   * Answers with bytes.
   *
   * @param exchange the request to answer
   * @param status the HTTP status
   * @param contentType the media type
   * @param body the whole body, at least one byte
   * @throws IOException if the client is gone
   */
  public static void bytes(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    if (exchange.getRequestMethod().equals("HEAD")) { // the headers alone
      headers.set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    var out = exchange.getResponseBody();
    out.write(body);
    // Closing the exchange reads what is left of the request first: the client may wait for this.
    out.flush();
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 409 -> "Conflict";
      case 413 -> "Content too large";
      case 415 -> "Unsupported media type";
      case 503 -> "Service unavailable";
      default -> "Error";
    };
  }

  private static String jsonObject(Map<?, ?> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey().toString()) + ":" + jsonValue(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String jsonValue(@Nullable Object value) {
    return switch (value) {
      case null -> throw new NullPointerException("a value of a JSON document is null");
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case Map<?, ?> members -> jsonObject(members);
      case List<?> values ->
          values.stream().map(Replies::jsonValue).collect(Collectors.joining(",", "[", "]"));
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        default -> json.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return json.append('"').toString();
  }
}
