package workbook.proof.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailService;
import workbook.email.EncodedWords;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings;
import workbook.email.SmtpSettings.Security;
import workbook.hosting.TimeSource;

/**
 * Right: SMTP by hand over a socket, with the library for nothing but MIME. A timer closes the
 * socket when a limit has passed.
 */
public final class RawSmtpService implements EmailService {

  private final SmtpSettings settings;
  private final TimeSource time;

  /**
   * A service.
   *
   * @param settings the server
   * @param time for the date
   */
  public RawSmtpService(SmtpSettings settings, TimeSource time) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.time = Objects.requireNonNull(time, "time");
    if (settings.security() != Security.STARTTLS && settings.credentials().isPresent()) {
      throw new IllegalArgumentException("credentials are for TLS only");
    }
    Door.mailbox(settings.from(), "from");
  }

  /** A reply that was not the one hoped for. */
  private static final class Refused extends IOException {

    private static final long serialVersionUID = 1L;
    private final int code;

    Refused(int code) {
      super("replied " + code);
      this.code = code;
    }
  }

  @Override
  public void send(EmailMessage message) throws EmailException {
    Objects.requireNonNull(message, "message").to().forEach(to -> Door.mailbox(to, "to"));
    Door.text(message.subject(), "subject");
    var data = data(message);
    var timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("smtp-timer").factory());
    var talk = new Talk(timer, message.to());
    try {
      talk.run(data);
    } catch (IOException e) {
      if (!talk.taken) {
        boolean never = e instanceof Refused refused && refused.code >= 500;
        for (var mailbox : message.to()) {
          if (!talk.later.contains(mailbox) && !talk.never.contains(mailbox)) {
            (never ? talk.never : talk.later).add(mailbox);
          }
        }
        var server = "localhost:" + settings.port();
        throw new EmailException(server + " " + e.getMessage(), talk.later, talk.never, e);
      }
    } finally {
      timer.shutdownNow();
    }
    if (!talk.later.isEmpty() || !talk.never.isEmpty()) {
      throw new EmailException(
          settings.host() + ":" + settings.port() + " refused some with " + talk.codes,
          talk.later,
          talk.never,
          new Refused(talk.codes.getLast()));
    }
  }

  private static long millis(Duration time) {
    return TimeUnit.MILLISECONDS.convert(time);
  }

  private byte[] data(EmailMessage message) {
    try {
      var mime =
          new MimeMessage(Session.getInstance(new Properties())) {
            @Override
            protected void updateMessageID() throws MessagingException {
              setHeader("Message-ID", message.messageId());
            }
          };
      mime.setFrom(address(settings.from()));
      for (var to : message.to()) {
        mime.addRecipient(RecipientType.TO, address(to));
      }
      mime.setSubject(EncodedWords.of(message.subject()));
      mime.setSentDate(Date.from(time.now()));
      mime.setText(String.join("\r\n", message.body().split("\r\n?|\n", -1)), "UTF-8");
      mime.saveChanges();
      var bytes = new ByteArrayOutputStream();
      mime.writeTo(bytes);
      var text = bytes.toString(ISO_8859_1).replaceAll("\r\n|\r|\n", "\r\n");
      var stuffed = text.replaceAll("(?m)^\\.", "..");
      return (stuffed + (stuffed.endsWith("\r\n") ? ".\r\n" : "\r\n.\r\n")).getBytes(ISO_8859_1);
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InternetAddress address(Mailbox mailbox) throws IOException {
    return new InternetAddress(
        mailbox.address(),
        mailbox.name().isEmpty() ? null : EncodedWords.of(mailbox.name()),
        "UTF-8");
  }

  /** One conversation. */
  private final class Talk {

    final List<Mailbox> later = new ArrayList<>();
    final List<Mailbox> never = new ArrayList<>();
    final List<Integer> codes = new ArrayList<>();
    boolean taken;
    private final ScheduledExecutorService timer;
    private final List<Mailbox> to;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    Talk(ScheduledExecutorService timer, List<Mailbox> to) {
      this.timer = timer;
      this.to = to;
    }

    void run(byte[] data) throws IOException {
      try (var raw = socket) {
        after(settings.timeouts().overall(), raw);
        var address = new InetSocketAddress(settings.host(), settings.port());
        raw.connect(
            address, (int) Math.min(millis(settings.timeouts().connect()), Integer.MAX_VALUE));
        raw.setSoTimeout((int) Math.min(millis(settings.timeouts().read()), Integer.MAX_VALUE));
        in = new BufferedInputStream(raw.getInputStream());
        try {
          converse(data);
        } catch (Refused e) {
          quit();
          throw e;
        }
        quit();
      }
    }

    private void after(Duration limit, Socket raw) {
      var _ =
          timer.schedule(
              () -> {
                raw.close();
                return null;
              },
              millis(limit),
              TimeUnit.MILLISECONDS);
    }

    private void converse(byte[] data) throws IOException {
      expect(220);
      var offers = ehlo();
      if (settings.security() == Security.STARTTLS) {
        if (!offers.contains("STARTTLS")) {
          throw new IOException("offers no STARTTLS");
        }
        say("STARTTLS");
        expect(220);
        encrypt();
        offers = ehlo();
      }
      if (settings.credentials().isPresent()) {
        if (!offers.contains("AUTH")) {
          throw new IOException("offers no AUTH");
        }
        var login = settings.credentials().get();
        var plain = ("\0" + login.user() + "\0" + login.password()).getBytes(UTF_8);
        say("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain));
        expect(235);
      }
      say("MAIL FROM:<" + settings.from().address() + ">");
      expect(250);
      for (var mailbox : to) {
        say("RCPT TO:<" + mailbox.address() + ">");
        int code = code(reply());
        if (code >= 400) {
          codes.add(code);
          (code >= 500 ? never : later).add(mailbox);
        }
      }
      if (later.size() + never.size() < to.size()) {
        say("DATA");
        expect(354);
        write(data);
        int code = code(reply());
        if (code / 100 != 2) {
          throw new Refused(code);
        }
      }
      taken = true; // or refused for each: the lists tell
    }

    private void encrypt() throws IOException {
      var factory = settings.tls().getSocketFactory();
      var tls = (SSLSocket) factory.createSocket(socket, settings.host(), settings.port(), true);
      var parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      socket = tls;
      in = new BufferedInputStream(tls.getInputStream());
    }

    private String ehlo() throws IOException {
      say("EHLO localhost");
      var reply = reply();
      if (code(reply) != 250) {
        throw new Refused(code(reply));
      }
      return reply;
    }

    private void quit() {
      try {
        say("QUIT");
        reply();
      } catch (IOException e) {
        // what was accepted is sent
      }
    }

    private void expect(int wanted) throws IOException {
      int code = code(reply());
      if (code != wanted) {
        throw new Refused(code);
      }
    }

    private static int code(String reply) throws IOException {
      try {
        return Integer.parseInt(reply.substring(0, 3));
      } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
        throw new IOException("makes no sense", e);
      }
    }

    private void say(String line) throws IOException {
      write((line + "\r\n").getBytes(ISO_8859_1));
    }

    private void write(byte[] bytes) throws IOException {
      var raw = socket;
      var limit =
          timer.schedule(
              () -> {
                raw.close();
                return null;
              },
              millis(settings.timeouts().write()),
              TimeUnit.MILLISECONDS);
      raw.getOutputStream().write(bytes);
      raw.getOutputStream().flush();
      limit.cancel(false);
    }

    private String reply() throws IOException {
      var reply = new StringBuilder();
      while (true) {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
          if (c < 0) {
            throw new IOException("closed the connection");
          }
          if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("was not waited for");
          }
          line.write(c);
        }
        var text = line.toString(ISO_8859_1);
        reply.append(text);
        if (text.length() < 4 || text.charAt(3) != '-') {
          return reply.toString();
        }
      }
    }
  }
}
