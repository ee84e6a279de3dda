package workbook.proof.email;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.Mailbox;
import workbook.email.RegistrationForm;
import workbook.email.Users;
import workbook.http.Replies;

/**
 * Right: handle hands the exchange to a thread of its own, which answers and closes it; what
 * follows from the form is a chain of steps, each of which may be the last.
 */
public final class LaterRegistrationHandler implements HttpHandler {

  private final EmailQueue queue;
  private final Users users;

  private record Problem(int status, String detail) {}

  /** As the reference's. */
  public LaterRegistrationHandler(EmailQueue queue, Users users) {
    this.queue = Objects.requireNonNull(queue, "queue");
    this.users = Objects.requireNonNull(users, "users");
  }

  @Override
  public void handle(HttpExchange exchange) {
    CompletableFuture.runAsync(
        () -> {
          try (exchange) {
            answer(exchange);
          } catch (IOException e) {
            // the client is gone, so nobody waits for an answer
          }
        },
        Thread.ofVirtual().name("registration")::start);
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/register")) {
      Replies.problem(exchange, 404, "no");
      return;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      Replies.problem(exchange, 405, "no");
      return;
    }
    var form = RegistrationForm.read(exchange);
    if (form.isEmpty()) {
      return;
    }
    var problem = invalid(form.get()).or(() -> known(form.get())).or(() -> refused(form.get()));
    if (problem.isEmpty()) {
      Replies.json(exchange, 200, Map.of("welcome", true));
      return;
    }
    if (problem.get().status == 503) {
      exchange.getResponseHeaders().set("Retry-After", "0");
    }
    Replies.problem(exchange, problem.get().status, problem.get().detail);
  }

  private static Optional<Problem> invalid(RegistrationForm form) {
    boolean name = form.name().chars().noneMatch(Character::isISOControl) && !form.name().isBlank();
    return name && Door.isAddress(form.email())
        ? Optional.empty()
        : Optional.of(new Problem(400, "fill in the form"));
  }

  private Optional<Problem> known(RegistrationForm form) {
    return users.add(form.email(), form.name())
        ? Optional.empty()
        : Optional.of(new Problem(409, "you are known"));
  }

  private Optional<Problem> refused(RegistrationForm form) {
    var to = new Mailbox(form.name(), form.email());
    if (queue.enqueue(EmailMessage.to(to, form.name() + ", welcome", "Hi " + form.name() + "!"))) {
      return Optional.empty();
    }
    users.remove(form.email());
    return Optional.of(new Problem(503, "come back"));
  }
}
