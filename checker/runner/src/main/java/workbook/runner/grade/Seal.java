package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what the checker says in a closed process, and tells what it has said from what others say.
 * Messages are numbered, so that none can be said twice, left out or put in another place.
 *
 * <p>A message is a line: its number, its content as JSON in base64, and an HMAC of both.
 *
 * <p><b>Threads.</b> To be used from one thread at a time.
 */
final class Seal {

  /** The length of a secret, in bytes. */
  static final int SECRET = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Gson JSON = new Gson();

  private final Mac mac;
  private long number;

  Seal(byte[] secret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** The next message, as a line without its end. */
  String signed(Message message) {
    var content =
        number++ + " " + Base64.getEncoder().encodeToString(JSON.toJson(message).getBytes(UTF_8));
    return content + " " + HexFormat.of().formatHex(mac.doFinal(content.getBytes(UTF_8)));
  }

  /** The message that a line is; empty if it is not the next one that was signed. */
  Optional<Message> opened(String line) {
    int end = line.lastIndexOf(' ');
    var content = line.substring(0, Math.max(0, end));
    var signature = mac.doFinal(content.getBytes(UTF_8));
    if (!MessageDigest.isEqual(
        HexFormat.of().formatHex(signature).getBytes(UTF_8),
        line.substring(end + 1).getBytes(UTF_8))) {
      return Optional.empty();
    }
    int space = content.indexOf(' ');
    if (!content.substring(0, Math.max(0, space)).equals(String.valueOf(number))) {
      return Optional.empty();
    }
    number++;
    try {
      var json = new String(Base64.getDecoder().decode(content.substring(space + 1)), UTF_8);
      return Optional.ofNullable(JSON.fromJson(json, Message.class));
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      return Optional.empty();
    }
  }
}
