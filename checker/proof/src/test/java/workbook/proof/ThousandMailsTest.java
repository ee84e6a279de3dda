package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.SmtpServer;
import workbook.email.EmailMessage;
import workbook.email.Mailbox;
import workbook.email.RetryPolicy;
import workbook.email.SmtpSettings.Timeouts;

/** Module 05's solution and a server that fails at random, with a fixed seed. */
class ThousandMailsTest {

  private static final int MAILS = 1_000;
  private static final int SEED = 19;
  private static final double SHARE = 0.04; // of all replies

  @Test
  void noneIsLostAndNoneDoubledButAfterALostReply() throws Exception {
    var random = new Random(SEED);
    var faults = new AtomicInteger();
    var lostReplies = new AtomicInteger();
    var limit = Duration.ofSeconds(20);
    var timeouts = new Timeouts(limit, limit, limit, limit);
    var policy = new RetryPolicy(50, Duration.ofMillis(1), Duration.ofMillis(8), 0.5);
    try (var server = SmtpServer.start()) {
      server.script(
          (at, _) -> {
            if (at == At.QUIT || random.nextDouble() > SHARE) {
              return Optional.empty();
            }
            faults.incrementAndGet();
            boolean drop = at == At.TEXT || random.nextBoolean();
            if (drop && at == At.DOT) {
              lostReplies.incrementAndGet();
            }
            return Optional.of(drop ? new Fault.Drop() : new Fault.Reply("451 4.3.0 not now"));
          });
      var pipeline =
          new EmailPipeline(_ -> EmailPipeline.settings(server, false, timeouts), policy, MAILS);
      var wanted = new HashSet<String>();
      for (int n = 1; n <= MAILS; n++) {
        var message = EmailMessage.to(Mailbox.of("u" + n + "@example.com"), "Hello", "Mail " + n);
        wanted.add(message.messageId());
        pipeline.send(message);
      }
      pipeline.finish();
      var copies = new HashMap<String, Integer>();
      server.mails().forEach(mail -> copies.merge(mail.messageId(), 1, Integer::sum));
      System.out.printf(
          "%d mails, %d faults, %d attempts: %d arrived, %d more than once after %d lost replies%n",
          MAILS,
          faults.get(),
          pipeline.attempts.get(),
          copies.size(),
          copies.values().stream().filter(n -> n > 1).count(),
          lostReplies.get());
      assertThat(copies.keySet()).as("none lost").isEqualTo(wanted);
      assertThat(server.mails()).as("doubles").hasSize(MAILS + lostReplies.get());
      assertThat(pipeline.dead).isEmpty();
      assertThat(pipeline.unsent).isEmpty();
      assertThat(faults.get()).as("faults").isGreaterThan(MAILS / 10);
    }
  }
}
