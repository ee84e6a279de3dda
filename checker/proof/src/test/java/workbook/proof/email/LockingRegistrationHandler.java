package workbook.proof.email;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.Mailbox;
import workbook.email.RegistrationForm;
import workbook.email.Users;
import workbook.http.Replies;

/**
 * Right: user and mail in one lock, so that nobody sees one without the other; a text as answer.
 */
public final class LockingRegistrationHandler implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(LockingRegistrationHandler.class);

  private final EmailQueue queue;
  private final Users users;
  private final ReentrantLock lock = new ReentrantLock();

  private enum Outcome {
    DONE,
    KNOWN,
    FULL
  }

  /**
   * A handler.
   *
   * @param queue takes the mails
   * @param users takes the users
   */
  public LockingRegistrationHandler(EmailQueue queue, Users users) {
    this.queue = Objects.requireNonNull(queue, "queue");
    this.users = Objects.requireNonNull(users, "users");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath() + " " + exchange.getRequestMethod()) {
        case "/register POST" -> post(exchange);
        case String other when other.startsWith("/register ") -> {
          exchange.getResponseHeaders().set("Allow", "POST");
          Replies.problem(exchange, 405, "POST only");
        }
        default -> Replies.problem(exchange, 404, "nothing here");
      }
    }
  }

  private void post(HttpExchange exchange) throws IOException {
    var form = RegistrationForm.read(exchange);
    if (form.isEmpty()) {
      return;
    }
    var to = new Mailbox(form.get().name(), form.get().email());
    try {
      Door.mailbox(to, "email");
    } catch (IllegalArgumentException e) {
      Replies.problem(exchange, 400, "no address");
      return;
    }
    if (to.name().isBlank()) {
      Replies.problem(exchange, 400, "no name");
      return;
    }
    switch (register(to)) {
      case DONE ->
          Replies.bytes(exchange, 200, "text/plain", "done".getBytes(StandardCharsets.UTF_8));
      case KNOWN -> Replies.problem(exchange, 409, "there is somebody");
      case FULL -> {
        exchange.getResponseHeaders().set("Retry-After", "Fri, 31 Dec 2100 23:59:59 GMT");
        Replies.problem(exchange, 503, "full");
      }
    }
  }

  private Outcome register(Mailbox to) {
    var mail = EmailMessage.to(to, "Hello " + to.name(), "Nice to see you.");
    lock.lock();
    try {
      if (!users.add(to.address(), to.name())) {
        return Outcome.KNOWN;
      }
      if (!queue.enqueue(mail)) {
        users.remove(to.address());
        return Outcome.FULL;
      }
      log.info("{} will be sent", mail.messageId());
      return Outcome.DONE;
    } finally {
      lock.unlock();
    }
  }
}
