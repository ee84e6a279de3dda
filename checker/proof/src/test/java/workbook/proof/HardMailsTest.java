package workbook.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import workbook.checker.smtp.Certificates;
import workbook.email.EmailMessage;
import workbook.email.Mailbox;
import workbook.email.SmtpSettings;
import workbook.email.SmtpSettings.Credentials;
import workbook.email.SmtpSettings.Security;
import workbook.email.SmtpSettings.Timeouts;

/**
 * Hard mails that module 05's solution sends through an SMTP server that is not the workbook's own.
 * They are read back from the server's folder byte for byte, by the few lines below and not by the
 * library that has written them. {@code .ci/smtp} starts the server and runs this.
 */
class HardMailsTest {

  private static final String PORT = System.getProperty("smtp.port", "");
  private static final Path FOLDER = Path.of(System.getProperty("smtp.mails", ""));
  private static final Credentials LOGIN = new Credentials("mailer@example.com", "open sesame 7");
  private static final Pattern ENCODED_WORD =
      Pattern.compile("=\\?([^?]+)\\?([BbQq])\\?([^?]*)\\?=");

  private static final List<String> FIELDS =
      List.of(
          "Grüße & <Küsse>, \"Ann\"",
          "ようこそ、ワークブックへ。".repeat(30),
          "🎉👩‍🚀".repeat(60),
          "שלום, ברוכים הבאים",
          "=?UTF-8?Q?Hello=0D=0ABcc:_eve@example.com?=",
          "what =?utf-8?q?is?= this (and =? that)",
          "x".repeat(1_000),
          "plain words ".repeat(100).strip(),
          "a backslash \\ and \\\"quotes\\\"",
          "ü".repeat(500),
          "  blanks  within  and at the ends  ");

  private static final List<String> BODIES =
      List.of(
          "Zażółć gęślą jaźń\nこんにちは 🎉\nund tschüß\n",
          "x".repeat(998) + "\n" + "y".repeat(999) + "\n." + "z".repeat(997) + "\nand so on",
          "w".repeat(20_000),
          ".\n..\n.begins with a dot\nMAIL FROM:<eve@example.com>\nFrom here on = 100%\n",
          "blanks at the end   \n\ttab\t\n\n\n=20=3D &amp; \\n %0A =?UTF-8?Q?Hello?=\n",
          "a NUL \0, an escape \33 and a form feed \f\nand こんにちは\n.\n",
          "single\nüber\n\n\nlines".repeat(40),
          "");

  @Test
  void areReadBackByteForByte() throws Exception {
    assumeFalse(PORT.isEmpty(), "no -Dsmtp.port: .ci/smtp runs this");
    var wanted = new HashMap<String, EmailMessage>();
    for (int n = 0; n < Math.max(FIELDS.size(), BODIES.size()); n++) {
      var name = FIELDS.get((n + 1) % FIELDS.size());
      var message =
          EmailMessage.to(
              new Mailbox(name, "ann+" + n + "@example.com"),
              FIELDS.get(n % FIELDS.size()),
              BODIES.get(n % BODIES.size()));
      wanted.put(message.messageId(), message);
      EmailPipeline.sender(settings(new Mailbox(name, "workbook@example.com"))).send(message);
    }
    var came = new HashMap<String, byte[]>();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              came.putAll(mails());
              assertThat(came.keySet()).containsAll(wanted.keySet());
            });
    for (var message : wanted.values()) {
      expectSame(Objects.requireNonNull(came.get(message.messageId())), message);
    }
    System.out.println(wanted.size() + " hard mails were read back byte for byte");
  }

  private static SmtpSettings settings(Mailbox from) {
    var limit = Duration.ofSeconds(20);
    return new SmtpSettings(
        "localhost",
        Integer.parseInt(PORT),
        Security.STARTTLS,
        Optional.of(LOGIN),
        from,
        new Timeouts(limit, limit, limit, limit),
        Certificates.trusted());
  }

  /** What has come, by Message-ID. */
  private static Map<String, byte[]> mails() throws IOException {
    var mails = new HashMap<String, byte[]>();
    for (var file : Workbook.filesIn(FOLDER)) {
      var mail = Files.readAllBytes(file);
      mails.put(header(mail, "Message-ID"), mail);
    }
    return mails;
  }

  private static void expectSame(byte[] mail, EmailMessage message) {
    var to = message.to().getFirst();
    assertThat(decoded(header(mail, "Subject"))).isEqualTo(message.subject());
    assertThat(name(header(mail, "To"))).isEqualTo(to.name());
    assertThat(header(mail, "To")).contains(to.address());
    assertThat(name(header(mail, "From"))).isEqualTo(to.name());
    assertThat(new String(mail, ISO_8859_1).split("\r\n"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998).matches("\\p{ASCII}*"));
    var text = new String(body(mail), charset(header(mail, "Content-Type")));
    assertThat(withoutEnd(text)).isEqualTo(withoutEnd(message.body().replace("\n", "\r\n")));
  }

  // A mail ends with a line break, whether its text does or not.
  private static String withoutEnd(String text) {
    return text.replaceAll("(\r\n)+$", "");
  }

  private static String header(byte[] mail, String name) {
    var head = new String(mail, ISO_8859_1).split("\r\n\r\n", 2)[0].replaceAll("\r\n(?=[ \t])", "");
    var found = Pattern.compile("(?im)^" + name + ":[ \t]*(.*)$").matcher(head);
    return found.find() ? found.group(1).strip() : "";
  }

  private static String name(String field) {
    var phrase = field.substring(0, Math.max(0, field.lastIndexOf('<'))).strip();
    return phrase.startsWith("\"")
        ? phrase.substring(1, phrase.length() - 1).replaceAll("\\\\(.)", "$1")
        : decoded(phrase);
  }

  /** RFC 2047: a blank between two encoded words is none. */
  private static String decoded(String text) {
    var joined = text.replaceAll("\\?=[ \t]+(?==\\?)", "?=");
    return ENCODED_WORD
        .matcher(joined)
        .replaceAll(
            word -> {
              var bytes =
                  word.group(2).equalsIgnoreCase("B")
                      ? Base64.getDecoder().decode(word.group(3))
                      : quoted(word.group(3).replace('_', ' '));
              return Matcher.quoteReplacement(new String(bytes, Charset.forName(word.group(1))));
            });
  }

  private static byte[] body(byte[] mail) {
    var body = new String(mail, ISO_8859_1).split("\r\n\r\n", 2)[1];
    return switch (header(mail, "Content-Transfer-Encoding")) {
      case "base64" -> Base64.getMimeDecoder().decode(body);
      case "quoted-printable" -> quoted(body.replaceAll("=\r\n", ""));
      default -> body.getBytes(ISO_8859_1);
    };
  }

  private static byte[] quoted(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '=') {
        bytes.write(Integer.parseInt(text, at + 1, at + 3, 16));
        at += 2;
      } else {
        bytes.write(text.charAt(at));
      }
    }
    return bytes.toByteArray();
  }

  private static Charset charset(String contentType) {
    var found = Pattern.compile("charset=\"?([\\w-]+)").matcher(contentType);
    return found.find() ? Charset.forName(found.group(1)) : UTF_8;
  }
}
