package workbook.email;

import jakarta.mail.AuthenticationFailedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What to tell a person about a mail that was not sent. Given. */
final class Advice {

  private static final int FIRST_REPLY = 200;
  private static final int FIRST_FAILURE = 400;
  private static final int FIRST_PERMANENT = 500;

  private Advice() {}

  /**
   * What happened, where, and what to do, in words that are fit for a log.
   *
   * @param settings where the mail should have gone
   * @param failure what was thrown, null if the time was up
   * @param code the server's last reply; less than 200 if there was none
   * @return one line
   */
  static String on(SmtpSettings settings, @Nullable Throwable failure, int code) {
    var server = settings.host() + ":" + settings.port();
    if (failure == null) {
      return server
          + " took longer than "
          + settings.timeouts().overall()
          + " for a mail: is it"
          + " overloaded?";
    }
    if (code >= FIRST_FAILURE) {
      return server + " replied " + code + ": " + reply(failure, code);
    }
    if (has(failure, ConnectException.class) || has(failure, UnknownHostException.class)) {
      return "no SMTP server answers at " + server + ": is it running, are host and port right?";
    }
    if (has(failure, CertificateExpiredException.class)) {
      return "the certificate of " + server + " has expired: have it renewed";
    }
    if (has(failure, CertificateException.class)) {
      return "the certificate of "
          + server
          + " is made out to another name, or its issuer is not"
          + " trusted: give the name that is in it as host, or trust its issuer";
    }
    if (has(failure, SSLException.class)) {
      return "no TLS with " + server + ": does it speak TLS 1.2 or 1.3, is its issuer trusted?";
    }
    if (code >= FIRST_REPLY) {
      return server
          + " did not go on: "
          + failure.getClass().getSimpleName()
          + "; does it offer"
          + " what is asked of it, STARTTLS and AUTH?";
    }
    return "the connection to " + server + " was lost, or it took too long to answer";
  }

  private static String reply(Throwable failure, int code) {
    if (has(failure, AuthenticationFailedException.class)) {
      return "the login failed; are user and password right?";
    }
    return code >= FIRST_PERMANENT
        ? "it will not take the mail; see its log for the reason"
        : "not now; it may take the mail later";
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause).anyMatch(type::isInstance);
  }
}
