package workbook.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;
import java.util.stream.Collectors;
import workbook.http.Replies;

/** Shows what an inbox got, as text. Given. */
final class InboxPage implements HttpHandler {

  private static final Session READER = Session.getInstance(new Properties());

  private final Inbox inbox;

  InboxPage(Inbox inbox) {
    this.inbox = inbox;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var mails = inbox.mails();
      var text =
          mails.stream()
              .map(InboxPage::text)
              .collect(Collectors.joining("\n----\n", mails.size() + " mail(s)\n\n", "\n"));
      Replies.bytes(exchange, 200, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }
  }

  private static String text(byte[] mail) {
    try {
      var message = new MimeMessage(READER, new ByteArrayInputStream(mail));
      return """
      From: %s
      To: %s
      Subject: %s
      Message-ID: %s

      %s\
      """
          .formatted(
              InternetAddress.toUnicodeString(message.getFrom()),
              InternetAddress.toUnicodeString(message.getAllRecipients()),
              message.getSubject(),
              message.getMessageID(),
              message.getContent())
          .replace("\r\n", "\n");
    } catch (MessagingException | IOException e) {
      return "(a mail that cannot be read: " + e.getMessage() + ")";
    }
  }
}
