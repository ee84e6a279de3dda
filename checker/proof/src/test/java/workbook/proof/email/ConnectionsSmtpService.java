package workbook.proof.email;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailService;
import workbook.email.EncodedWords;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings;
import workbook.email.SmtpSettings.Security;
import workbook.hosting.TimeSource;

/**
 * Right: a connection for each recipient, one after the other; all share one overall limit, at
 * which a future closes the socket that is open, and the recipients that are left may be tried
 * again.
 */
public final class ConnectionsSmtpService implements EmailService {

  private final SmtpSettings settings;
  private final TimeSource time;

  /**
   * A service.
   *
   * @param settings the server
   * @param time for the date
   */
  public ConnectionsSmtpService(SmtpSettings settings, TimeSource time) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.time = Objects.requireNonNull(time, "time");
    Door.mailbox(settings.from(), "from");
    settings
        .credentials()
        .filter(_ -> settings.security() == Security.NONE)
        .ifPresent(
            _ -> {
              throw new IllegalArgumentException("no credentials without TLS");
            });
  }

  /** Keeps the socket that it makes, so that somebody else can close it. */
  private static final class Sockets extends SocketFactory {

    private volatile @Nullable Socket socket;
    private volatile boolean closed;

    @Override
    public Socket createSocket() throws IOException {
      var made = new Socket();
      socket = made;
      if (closed) {
        made.close();
      }
      return made;
    }

    void close() {
      closed = true;
      var made = socket;
      if (made != null) {
        try {
          made.close();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public void send(EmailMessage message) throws EmailException {
    Objects.requireNonNull(message, "message");
    Door.text(message.subject(), "subject");
    message.to().forEach(mailbox -> Door.mailbox(mailbox, "to"));
    var sockets = new Sockets();
    var session = Session.getInstance(properties(sockets));
    var late = new CompletableFuture<Void>();
    long limit = millis(settings.timeouts().overall());
    late.completeOnTimeout(null, limit, TimeUnit.MILLISECONDS).thenRun(sockets::close);
    var retry = new ArrayList<Mailbox>();
    var refused = new ArrayList<Mailbox>();
    Exception last = null;
    int code = 0;
    for (var to : message.to()) {
      SMTPTransport transport = null;
      try {
        transport = (SMTPTransport) session.getTransport("smtp");
        connect(transport);
        var mime = mime(session, message, to);
        transport.sendMessage(mime, mime.getAllRecipients());
      } catch (MessagingException | IllegalStateException e) { // or no longer connected
        if (e instanceof SMTPSendFailedException failed
            && failed.getCommand().equals(".")
            && failed.getReturnCode() / 100 == 2) {
          continue;
        }
        last = e;
        code = transport == null ? 0 : transport.getLastReturnCode();
        (code >= 500 ? refused : retry).add(to);
      } finally {
        close(transport);
      }
    }
    late.cancel(false);
    if (last != null) {
      throw new EmailException(
          "failed at " + settings.host() + ":" + settings.port() + " with " + code,
          retry,
          refused,
          last);
    }
  }

  private void connect(SMTPTransport transport) throws MessagingException {
    var login = settings.credentials();
    transport.connect(
        settings.host(),
        settings.port(),
        login.map(SmtpSettings.Credentials::user).orElse(null),
        login.map(SmtpSettings.Credentials::password).orElse(null));
    if (login.isPresent() && !transport.supportsExtension("AUTH")) {
      throw new MessagingException("no login");
    }
  }

  private static void close(@Nullable Transport transport) {
    try {
      if (transport != null) {
        transport.close();
      }
    } catch (MessagingException e) {
      // the outcome is known
    }
  }

  private static long millis(Duration time) {
    return TimeUnit.MILLISECONDS.convert(time);
  }

  private static String limit(Duration time) {
    return String.valueOf(Math.min(millis(time), Integer.MAX_VALUE));
  }

  private Properties properties(Sockets sockets) {
    var properties = new Properties();
    properties.put("mail.smtp.socketFactory", sockets);
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.setProperty("mail.smtp.connectiontimeout", limit(settings.timeouts().connect()));
    properties.setProperty("mail.smtp.timeout", limit(settings.timeouts().read()));
    properties.setProperty("mail.smtp.writetimeout", limit(settings.timeouts().write()));
    properties.setProperty("mail.smtp.auth", "" + settings.credentials().isPresent());
    boolean tls = settings.security() == Security.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", "" + tls);
    properties.setProperty("mail.smtp.starttls.required", "" + tls);
    properties.put("mail.smtp.ssl.socketFactory", settings.tls().getSocketFactory());
    return properties;
  }

  private MimeMessage mime(Session session, EmailMessage message, Mailbox to)
      throws MessagingException {
    var mime = new MimeMessage(session);
    mime.setFrom(address(settings.from()));
    mime.setRecipient(RecipientType.TO, address(to));
    mime.setSubject(EncodedWords.of(message.subject()), "UTF-8");
    mime.setSentDate(Date.from(time.now()));
    mime.setText(message.body().lines().collect(Collectors.joining("\r\n")), "UTF-8");
    mime.saveChanges();
    mime.setHeader("Message-ID", message.messageId());
    // What is sent afterwards is sent as it is.
    return mime;
  }

  private static InternetAddress address(Mailbox mailbox) throws MessagingException {
    var address = new InternetAddress(mailbox.address(), true);
    if (!mailbox.name().isEmpty()) {
      try {
        address.setPersonal(EncodedWords.of(mailbox.name()), StandardCharsets.UTF_8.name());
      } catch (UnsupportedEncodingException e) {
        throw new MessagingException("no UTF-8", e);
      }
    }
    return address;
  }
}
