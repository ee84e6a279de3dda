package workbook.email;

import java.util.random.RandomGenerator;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.NotStarted;
import workbook.hosting.ServiceScopeFactory;

/**
 * A service that takes mails from a queue and sends them, one after the other, each attempt with an
 * {@link EmailService} from a scope of its own.
 *
 * <p><b>Failures.</b> For the recipients who may be tried again, the mail goes back into the queue
 * with the delay that the policy says; meanwhile the next mail goes ahead. For those who are
 * refused for good, or were tried as often as the policy allows, it becomes a dead letter. So does,
 * after one attempt, a mail whose attempt throws an exception other than {@link EmailException}. A
 * failure to close a scope is logged and does not change the outcome of the mail. An exception of
 * {@link Undelivered} is logged, too. An Error ends the service; its mail counts as unsent.
 *
 * <p><b>Stopping.</b> The attempt in progress comes to its end, and no other begins. When the
 * service ends, for whatever reason, it shuts the queue down and reports every mail that is left as
 * unsent. At the deadline the attempt is interrupted; its mail is left, too.
 *
 * <p><b>Every accepted mail</b> ends in exactly one way for each recipient: sent, dead, or unsent.
 *
 * <p><b>Log.</b> Each attempt is logged with the Message-ID: a sent mail at INFO, a failure at
 * WARN, a dead letter at ERROR. No address, subject or text is logged, nor a part of one, nor any
 * exception that might contain one: the cause is in the dead letter.
 */
public final class EmailProcessingService extends BackgroundService {

  /**
   * A service that has not been started.
   *
   * @param name the name of the service
   * @param queue where the mails come from; shut down when the service ends
   * @param scopes where each attempt gets its {@link EmailService}
   * @param policy how often to try, and how long to wait in between
   * @param undelivered told of what is not sent
   * @param random where the jitter comes from
   * @throws NullPointerException if an argument is null; the message names it
   */
  public EmailProcessingService(
      String name,
      EmailQueue queue,
      ServiceScopeFactory scopes,
      RetryPolicy policy,
      Undelivered undelivered,
      RandomGenerator random) {
    super(name);
    // TODO: step 3
    throw new NotStarted("step 3", "the constructor of EmailProcessingService");
  }

  @Override
  protected void execute(CancellationToken stopping) throws Exception {
    // TODO: step 3
    throw new NotStarted("step 3", "EmailProcessingService.execute");
  }
}
