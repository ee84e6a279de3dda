package workbook.proof.email;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.Mailbox;
import workbook.email.RegistrationForm;
import workbook.email.Users;
import workbook.http.Replies;

/** Right: a pattern for addresses, and a finally that undoes the registration. */
public final class PatternRegistrationHandler implements HttpHandler {

  private final EmailQueue queue;
  private final Users users;

  /**
   * A handler.
   *
   * @param queue takes the mails
   * @param users takes the users
   */
  public PatternRegistrationHandler(EmailQueue queue, Users users) {
    this.queue = Objects.requireNonNull(queue, "queue");
    this.users = Objects.requireNonNull(users, "users");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      if (!exchange.getRequestURI().getPath().matches("/register")) {
        Replies.problem(exchange, 404, "not here");
      } else if ("POST".equals(exchange.getRequestMethod())) {
        var form = RegistrationForm.read(exchange).orElse(null);
        if (form != null) {
          answer(exchange, form);
        }
      } else {
        exchange.getResponseHeaders().add("Allow", "POST");
        Replies.problem(exchange, 405, "POST it");
      }
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange, RegistrationForm form) throws IOException {
    boolean controls = form.name().codePoints().anyMatch(Character::isISOControl);
    if (form.name().isBlank() || controls || !Door.isAddress(form.email())) {
      Replies.problem(exchange, 400, "a name and an address, please");
      return;
    }
    if (!users.add(form.email(), form.name())) {
      Replies.problem(exchange, 409, "known already");
      return;
    }
    boolean accepted = false;
    try {
      accepted = queue.enqueue(mail(form));
    } finally {
      if (!accepted) {
        users.remove(form.email());
      }
    }
    if (accepted) {
      Replies.json(exchange, 200, Map.of());
    } else {
      exchange.getResponseHeaders().add("Retry-After", "30");
      Replies.problem(exchange, 503, "later");
    }
  }

  private static EmailMessage mail(RegistrationForm form) {
    var id = "<" + UUID.randomUUID() + "@mail.example>";
    var to = List.of(new Mailbox(form.name(), form.email()));
    return new EmailMessage(id, to, "Good to have you, " + form.name(), "Dear " + form.name());
  }
}
