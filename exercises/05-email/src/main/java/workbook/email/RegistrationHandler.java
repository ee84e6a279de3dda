package workbook.email;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import workbook.hosting.NotStarted;

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

  /**
   * A handler.
   *
   * @param queue takes the mails
   * @param users takes the users
   * @throws NullPointerException if an argument is null; the message names it
   */
  public RegistrationHandler(EmailQueue queue, Users users) {
    // TODO: step 4
    throw new NotStarted("step 4", "the constructor of RegistrationHandler");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    // TODO: step 4
    throw new NotStarted("step 4", "RegistrationHandler.handle");
  }
}
