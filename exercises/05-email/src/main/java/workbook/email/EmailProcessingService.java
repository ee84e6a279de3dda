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
 * <p><b>Failures.</b> A recipient for whom the mail may be tried again gets it back into the queue,
 * with the delay that the policy says; meanwhile the next mail goes ahead. A recipient who is
 * refused for good, or was tried as often as the policy allows, becomes a dead letter. So does,
 * after one attempt, a mail at which anything but an {@link EmailException} is thrown. A scope that
 * cannot be closed is logged; it does not change what has become of the mail. What {@link
 * Undelivered} throws is logged, too. An Error ends the service; its mail counts as unsent.
 *
 * <p><b>Stopping.</b> The attempt in progress comes to its end, no other is begun. When the service
 * ends, for whatever reason, it shuts the queue down and reports every mail that is left as unsent.
 * At the deadline the attempt is interrupted; its mail may be tried again, and so it is left.
 *
 * <p><b>Every accepted mail</b> ends in exactly one way for each recipient: sent, dead, or unsent.
 *
 * <p><b>Log.</b> Each attempt is logged with the Message-ID: a sent mail as information, a failure
 * as a warning, a dead letter as an error. No address and nothing of a mail is logged, nor any
 * exception that might contain it: the cause is in the dead letter.
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
