package workbook.email;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import workbook.email.SmtpSettings.Credentials;
import workbook.email.SmtpSettings.Security;
import workbook.hosting.TimeSource;

/**
 * Sends each mail over a connection of its own to an SMTP server.
 *
 * <p><b>The connection</b> is closed with QUIT whenever the server still listens. Once the server
 * has accepted the mail, it is sent: whatever happens at QUIT does not change that.
 *
 * <p><b>Security.</b> With STARTTLS, nothing but EHLO and STARTTLS is said before the connection is
 * encrypted and the server's certificate is found to be trusted, valid and made out to its host.
 * Credentials are sent over such a connection only; a server that offers no login then gets no
 * mail.
 *
 * <p><b>Failures.</b> A reply of 5xx refuses for good, whichever command it answers. Everything
 * else may be tried again: a reply of 4xx, a connection that cannot be made, is lost or too slow,
 * TLS that does not come about. After the final dot, any reply of 2xx accepts the mail. A refused
 * recipient does not keep the others from getting the mail, and is judged by the reply to its own
 * RCPT even if the mail then fails for the others, too. The message of an {@link EmailException}
 * names the server as {@code host:port}, and the code of the reply if there was one.
 *
 * <p><b>The mail</b> has the Message-ID that it was given, the date of the given clock, and
 * subject, names and text in UTF-8, whatever the charset of the JVM, in lines of 998 ASCII
 * characters at most. Subject, names and text arrive as they were typed, whatever they look like, a
 * line break in the text as CRLF.
 *
 * <p>Threads, time limits and interrupts are as {@link EmailService} says.
 */
public final class SmtpEmailService implements EmailService {

  private static final Duration LAST_MOMENT = Duration.ofSeconds(1);
  private static final int POSITIVE = 2;
  private static final int PERMANENT = 5;

  private final SmtpSettings settings;
  private final TimeSource time;
  private final Session session;
  private final InternetAddress from;

  /**
   * A service that sends over one server.
   *
   * @param settings the server, and how to talk to it
   * @param time tells the date of a mail
   * @throws NullPointerException if an argument is null; the message names it
   * @throws IllegalArgumentException if there are credentials without TLS, or the settings' {@code
   *     from} cannot be a header field; the message names what it is about
   */
  public SmtpEmailService(SmtpSettings settings, TimeSource time) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.time = Objects.requireNonNull(time, "time");
    if (settings.credentials().isPresent() && settings.security() == Security.NONE) {
      throw new IllegalArgumentException(
          "credentials need security STARTTLS, was NONE: a password is not sent in the open");
    }
    this.from = Headers.mailbox(settings.from(), "from");
    this.session = Session.getInstance(properties()); // the default instance is shared by all
  }

  private Properties properties() {
    var properties = new Properties();
    var timeouts = settings.timeouts();
    properties.put("mail.smtp.connectiontimeout", millis(timeouts.connect()));
    properties.put("mail.smtp.timeout", millis(timeouts.read()));
    properties.put("mail.smtp.writetimeout", millis(timeouts.write()));
    properties.put("mail.smtp.from", from.getAddress());
    properties.put("mail.smtp.auth", settings.credentials().isPresent());
    properties.put("mail.smtp.sendpartial", true);
    properties.put("mail.smtp.starttls.enable", settings.security() == Security.STARTTLS);
    properties.put("mail.smtp.starttls.required", settings.security() == Security.STARTTLS);
    properties.put("mail.smtp.ssl.checkserveridentity", true);
    properties.put("mail.smtp.ssl.socketFactory", settings.tls().getSocketFactory());
    return properties;
  }

  // A String or an Integer: the library ignores a Long, and without a time-out waits for ever.
  // Duration.toMillis() throws where the time is too long for a long.
  private static String millis(Duration time) {
    return String.valueOf(Math.min(TimeUnit.MILLISECONDS.convert(time), Integer.MAX_VALUE));
  }

  @Override
  public void send(EmailMessage message) throws EmailException {
    Objects.requireNonNull(message, "message");
    var delivery = new Delivery(mail(message));
    var thread = Thread.ofVirtual().name("smtp").start(delivery);
    waitForEnd(thread);
    if (!delivery.accepted) {
      throw failure(message.to(), delivery.failure);
    }
  }

  private MimeMessage mail(EmailMessage message) {
    var to = message.to().stream().map(mailbox -> Headers.mailbox(mailbox, "to")).toList();
    var subject = EncodedWords.of(Headers.text(message.subject(), "subject"));
    var mail =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", message.messageId()); // saving would make a new one each time
          }
        };
    try {
      mail.setFrom(from);
      mail.setRecipients(RecipientType.TO, to.toArray(InternetAddress[]::new));
      mail.setSubject(subject, StandardCharsets.UTF_8.name());
      mail.setSentDate(Date.from(time.now()));
      mail.setText(withCrLf(message.body()), StandardCharsets.UTF_8.name());
      mail.saveChanges();
      return mail;
    } catch (MessagingException e) {
      throw new IllegalArgumentException(message + " cannot be made a MIME message", e);
    }
  }

  // On its way the library mends line breaks, but not those inside base64.
  private static String withCrLf(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
  }

  // An interrupt of a virtual thread closes the socket that it waits for: no server can hold it.
  private void waitForEnd(Thread thread) {
    boolean interrupted = false;
    for (var limit : List.of(settings.timeouts().overall(), LAST_MOMENT)) {
      try {
        if (thread.join(limit)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
      thread.interrupt();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** One conversation with the server. Its outcome is fixed before QUIT. */
  private final class Delivery implements Runnable {

    private final MimeMessage mail;
    private volatile boolean accepted;
    private volatile @Nullable Failure failure;

    Delivery(MimeMessage mail) {
      this.mail = mail;
    }

    @Override
    public void run() {
      try (var transport = (SMTPTransport) session.getTransport("smtp")) { // close says QUIT
        try {
          talk(transport);
          accepted = true;
        } catch (MessagingException e) {
          accepted = accepted(e) && codes(e).isEmpty();
          failure = new Failure(e, transport.getLastReturnCode());
        }
      } catch (MessagingException e) {
        // QUIT was not answered; that is of no consequence
      }
    }

    private void talk(SMTPTransport transport) throws MessagingException {
      var user = settings.credentials().map(Credentials::user).orElse(null);
      var password = settings.credentials().map(Credentials::password).orElse(null);
      transport.connect(settings.host(), settings.port(), user, password);
      if (user != null && !transport.supportsExtension("AUTH")) {
        throw new MessagingException("the server offers no login");
      }
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }

  /** What was thrown, and the server's last reply before. */
  private record Failure(MessagingException thrown, int code) {}

  private EmailException failure(List<Mailbox> to, @Nullable Failure failure) {
    if (failure == null) {
      return new EmailException(Advice.on(settings, null, 0), to, List.of(), null);
    }
    var codes = codes(failure.thrown);
    var sent = sent(failure.thrown, to, codes);
    var retry = new ArrayList<Mailbox>();
    var refused = new ArrayList<Mailbox>();
    int worst = sent.isEmpty() ? failure.code : 0;
    for (var mailbox : to) {
      if (!sent.contains(mailbox.address())) {
        int code = codes.getOrDefault(mailbox.address(), failure.code);
        (code / 100 == PERMANENT ? refused : retry).add(mailbox);
        worst = Math.max(worst, code);
      }
    }
    return new EmailException(
        Advice.on(settings, failure.thrown, worst), retry, refused, failure.thrown);
  }

  /** Who gets the mail nevertheless. */
  private static Set<String> sent(
      MessagingException thrown, List<Mailbox> to, Map<String, Integer> codes) {
    var sent = new HashSet<String>();
    if (accepted(thrown)) {
      to.forEach(mailbox -> sent.add(mailbox.address()));
      sent.removeAll(codes.keySet());
    }
    return sent;
  }

  /** Whether the final dot got a yes, which to the library is 250 alone. */
  private static boolean accepted(MessagingException thrown) {
    return thrown instanceof SMTPSendFailedException failed
        && failed.getCommand().equals(".")
        && failed.getReturnCode() / 100 == POSITIVE;
  }

  /** The replies to RCPT: they hang on the next exception, not on the cause. */
  private static Map<String, Integer> codes(MessagingException thrown) {
    var codes = new HashMap<String, Integer>();
    for (Exception e = thrown; e instanceof MessagingException next; e = next.getNextException()) {
      if (next instanceof SMTPAddressFailedException refused) {
        codes.put(refused.getAddress().getAddress(), refused.getReturnCode());
      }
    }
    return codes;
  }
}
