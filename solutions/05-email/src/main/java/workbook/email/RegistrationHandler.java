package workbook.email;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.http.Replies;

/**
 * Registers users over HTTP and welcomes each with a mail, which is sent in the background. Mounted
 * at {@code /register}.
 *
 * <ul>
 *   <li>{@code POST /register} with a form, {@code name} and {@code email}: 200. The user is
 *       registered, and the queue has accepted one mail to that name and address, which greets the
 *       user by name.
 *   <li>Everything else is a problem (RFC 9457): 400 if the name is blank or has a line break or
 *       another control character, or if the address is not exactly one plain ASCII address (see
 *       {@link EmailService}); 404 for another path; 405 with {@code Allow} for another method; 409
 *       if the address is registered already; 503 with {@code Retry-After} if the queue is full or
 *       shut down.
 * </ul>
 *
 * <p><b>All or nothing.</b> After a problem, nobody was registered by the request and no mail was
 * accepted. A user who was registered before stays so.
 *
 * <p><b>Order.</b> The answer does not wait for the mail to be sent.
 *
 * <p><b>Threads.</b> Requests are handled side by side, on whatever threads the server has: one
 * that arrives slowly holds up no other.
 *
 * <p><b>Privacy.</b> Nothing that a request contains is logged or sent back, not even a part of it.
 */
public final class RegistrationHandler implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(RegistrationHandler.class);
  private static final String RETRY_AFTER_SECONDS = "10";

  private final EmailQueue queue;
  private final Users users;

  /**
   * A handler.
   *
   * @param queue takes the mails
   * @param users takes the users
   * @throws NullPointerException if an argument is null; the message names it
   */
  public RegistrationHandler(EmailQueue queue, Users users) {
    this.queue = Objects.requireNonNull(queue, "queue");
    this.users = Objects.requireNonNull(users, "users");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/register")) {
        Replies.problem(exchange, 404, "there is nothing here: POST a form to /register");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        Replies.problem(exchange, 405, "the only method here is POST");
      } else {
        var form = RegistrationForm.read(exchange);
        if (form.isPresent()) {
          register(exchange, form.get());
        }
      }
    }
  }

  private void register(HttpExchange exchange, RegistrationForm form) throws IOException {
    var mailbox = new Mailbox(form.name(), form.email());
    try {
      Headers.mailbox(mailbox, "email");
    } catch (IllegalArgumentException e) {
      Replies.problem(exchange, 400, "give a name and one address, such as ann@example.com");
      return;
    }
    if (form.name().isBlank()) {
      Replies.problem(exchange, 400, "give a name");
    } else if (!users.add(form.email(), form.name())) {
      Replies.problem(exchange, 409, "this address is registered already");
    } else {
      welcome(exchange, mailbox);
    }
  }

  private void welcome(HttpExchange exchange, Mailbox mailbox) throws IOException {
    var message =
        EmailMessage.to(
            mailbox, "Welcome!", "Hello " + mailbox.name() + ",\n\nthank you for registering.\n");
    if (!queue.enqueue(message)) {
      users.remove(mailbox.address());
      exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
      Replies.problem(exchange, 503, "too busy or about to stop: try again later");
      return;
    }
    log.info("{} accepted", message);
    Replies.json(exchange, 200, Map.of("status", "registered"));
  }
}
