package workbook.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import workbook.http.Replies;

/**
 * What somebody has typed into the form for registering, as {@code curl -d} or a browser sends it.
 * The fields may hold anything.
 *
 * @param name the field {@code name}; empty if it was not sent
 * @param email the field {@code email}; empty if it was not sent
 */
public record RegistrationForm(String name, String email) {

  private static final int MOST_BYTES = 4_096;
  private static final String TYPE = "application/x-www-form-urlencoded";

  /**
   * Reads the form that a request brings. One that brings none is answered here: 415 for another
   * content type, 413 for more than 4,096 bytes, 400 for what cannot be decoded.
   *
   * @param exchange the request
   * @return the form; empty if the request has been answered
   * @throws IOException if the client is gone
   */
  public static Optional<RegistrationForm> read(HttpExchange exchange) throws IOException {
    if (!mediaType(exchange).equals(TYPE)) {
      Replies.problem(exchange, 415, "send a form, as " + TYPE);
      return Optional.empty();
    }
    var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      Replies.problem(exchange, 413, "send at most " + MOST_BYTES + " bytes");
      return Optional.empty();
    }
    try {
      var fields = fields(new String(body, UTF_8));
      return Optional.of(
          new RegistrationForm(fields.getOrDefault("name", ""), fields.getOrDefault("email", "")));
    } catch (IllegalArgumentException e) {
      Replies.problem(exchange, 400, "the form cannot be decoded: a % is two hex digits short");
      return Optional.empty();
    }
  }

  private static Map<String, String> fields(String body) {
    var fields = new HashMap<String, String>();
    for (var field : body.split("&")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(field.substring(0, equals), UTF_8),
            URLDecoder.decode(field.substring(equals + 1), UTF_8));
      }
    }
    return fields;
  }

  private static String mediaType(HttpExchange exchange) {
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type == null ? "" : type.split(";")[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Neither name nor address, since texts like this one end up in logs. */
  @Override
  public String toString() {
    return "(a form)";
  }
}
