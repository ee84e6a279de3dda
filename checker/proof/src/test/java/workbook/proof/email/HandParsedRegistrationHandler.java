package workbook.proof.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.Mailbox;
import workbook.email.Users;

/**
 * Right: reads the form byte by byte itself, looks at an address character by character, and leaves
 * by a Refusal wherever something is wrong; a 200 has no body.
 */
public final class HandParsedRegistrationHandler implements HttpHandler {

  private static final int MOST = 4_096;
  private static final String SIGNS = "!#$%&'*+/=?^_`{|}~-.";

  private final EmailQueue queue;
  private final Users users;

  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String header;

    Refusal(int status, String title, String header) {
      super(title, null, false, false);
      this.status = status;
      this.header = header;
    }

    Refusal(int status, String title) {
      this(status, title, "");
    }
  }

  /** As the reference's. */
  public HandParsedRegistrationHandler(EmailQueue queue, Users users) {
    this.queue = Objects.requireNonNull(queue, "queue must be given");
    this.users = Objects.requireNonNull(users, "users must be given");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      register(exchange);
      exchange.sendResponseHeaders(200, -1);
    } catch (Refusal refusal) {
      if (!refusal.header.isEmpty()) {
        var parts = refusal.header.split(": ");
        exchange.getResponseHeaders().set(parts[0], parts[1]);
      }
      var json = "{\"type\":\"about:blank\",\"title\":\"" + refusal.getMessage() + "\"}";
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
      exchange.sendResponseHeaders(refusal.status, json.length());
      exchange.getResponseBody().write(json.getBytes(UTF_8));
    } finally {
      exchange.close();
    }
  }

  private void register(HttpExchange exchange) throws IOException, Refusal {
    if (!"/register".equals(exchange.getRequestURI().getRawPath())) {
      throw new Refusal(404, "not found");
    }
    if (!"POST".equals(exchange.getRequestMethod())) {
      throw new Refusal(405, "not this method", "Allow: POST");
    }
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.matches("(?i)application/x-www-form-urlencoded\\s*(;.*)?")) {
      throw new Refusal(415, "a form, please");
    }
    var fields = fields(exchange.getRequestBody());
    var name = fields.getOrDefault("name", "");
    var email = fields.getOrDefault("email", "");
    if (name.isBlank() || name.chars().anyMatch(c -> c < 32 || (c >= 127 && c < 160))) {
      throw new Refusal(400, "a name, please");
    }
    if (!isAddress(email)) {
      throw new Refusal(400, "an address, please");
    }
    if (!users.add(email, name)) {
      throw new Refusal(409, "known");
    }
    var random = ThreadLocalRandom.current();
    var id = "<%x.%x@mail.example>".formatted(random.nextLong(), random.nextLong());
    var to = List.of(new Mailbox(name, email));
    if (!queue.enqueue(new EmailMessage(id, to, "", "Good morning " + name + "!\n"))) {
      users.remove(email);
      throw new Refusal(503, "too much to do", "Retry-After: 1");
    }
  }

  private static Map<String, String> fields(InputStream body) throws IOException, Refusal {
    var fields = new HashMap<String, String>();
    var text = new ByteArrayOutputStream();
    var name = "";
    for (int read = 0; ; ) {
      int c = body.read();
      if (c >= 0 && ++read > MOST) {
        throw new Refusal(413, "shorter, please");
      }
      switch (c) {
        case '=' -> {
          name = text.toString(UTF_8);
          text.reset();
        }
        case '&', -1 -> {
          fields.put(name, text.toString(UTF_8));
          text.reset();
          name = "";
          if (c < 0) {
            return fields;
          }
        }
        case '+' -> text.write(' ');
        case '%' -> {
          read += 2;
          text.write(16 * digit(body.read()) + digit(body.read()));
        }
        default -> text.write(c);
      }
    }
  }

  private static int digit(int c) throws Refusal {
    int digit = Character.digit(c, 16);
    if (digit < 0) {
      throw new Refusal(400, "a form that can be decoded, please");
    }
    return digit;
  }

  private static boolean isAddress(String text) {
    int at = text.indexOf('@');
    if (at < 1 || at > 64 || text.length() > 254 || at == text.length() - 1) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean fits = letter || (i < at ? SIGNS.indexOf(c) >= 0 : i == at || c == '-' || c == '.');
      boolean dots = c == '.' && (i == 0 || ".@".indexOf(text.charAt(i - 1)) >= 0);
      if (!fits || dots) {
        return false;
      }
    }
    return text.charAt(at - 1) != '.' && !text.endsWith(".");
  }
}
