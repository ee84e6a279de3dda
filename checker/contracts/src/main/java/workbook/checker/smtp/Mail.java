package workbook.checker.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A mail that a server has accepted.
 *
 * @param from the sender that the server was told
 * @param to the recipients that the server was told
 * @param data the mail, byte for byte, without the final dot and the dots that were added for it
 * @param encrypted whether it came over TLS
 * @param user who had logged in
 */
public record Mail(
    String from, List<String> to, byte[] data, boolean encrypted, Optional<String> user) {

  /** Its lines, each without its end. */
  public List<String> lines() {
    return Arrays.asList(new String(data, ISO_8859_1).split("\r\n", -1));
  }

  /** The lines up to the first empty one. */
  public List<String> headerLines() {
    var lines = lines();
    int end = lines.indexOf("");
    return end < 0 ? lines : lines.subList(0, end);
  }

  /** The mail as a mail program reads it. */
  public MimeMessage read() {
    try {
      return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
    } catch (MessagingException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
  }

  /** Its Message-ID; empty if it has none, or several. */
  public String messageId() {
    try {
      var ids = read().getHeader("Message-ID");
      return ids == null || ids.length != 1 ? "" : ids[0];
    } catch (MessagingException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
  }

  /** Whether it is one plain text, without markup and parts. */
  public boolean isPlainText() {
    try {
      return read().isMimeType("text/plain");
    } catch (MessagingException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
  }

  /** Its text as it was before it was encoded for its way, byte for byte; empty if it has none. */
  public byte[] decoded() {
    try {
      return read().getInputStream().readAllBytes();
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
  }

  /** Its text, with {@code \n} at the end of each line; empty if it has none. */
  public String text() {
    try {
      return read().getContent() instanceof String text ? text.replace("\r\n", "\n") : "";
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
  }
}
