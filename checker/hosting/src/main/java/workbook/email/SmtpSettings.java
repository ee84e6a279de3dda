package workbook.email;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where and how mails are handed over.
 *
 * @param host the server's name; its certificate must be made out to it
 * @param port its port
 * @param security whether the connection is encrypted
 * @param credentials for logging in; empty if the server wants none
 * @param from who sends, in the mail and towards the server
 * @param timeouts how long to wait at most
 * @param tls whom to trust; {@link SSLContext#getDefault()} for the JDK's own choice
 */
public record SmtpSettings(
    String host,
    int port,
    Security security,
    Optional<Credentials> credentials,
    Mailbox from,
    Timeouts timeouts,
    SSLContext tls) {

  private static final int LAST_PORT = 65_535;
  private static final Duration LEAST = Duration.ofMillis(1);

  /**
   * Refuses null and a number that is not a port.
   *
   * @throws IllegalArgumentException if the port is not from 1 to 65535
   */
  public SmtpSettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(security, "security");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(timeouts, "timeouts");
    Objects.requireNonNull(tls, "tls");
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("port must be from 1 to 65535, was " + port);
    }
  }

  /** Whether a connection is encrypted. */
  public enum Security {
    /** Not at all: for a server on this machine. */
    NONE,
    /** It begins in the open and must become TLS before anything else is said. */
    STARTTLS
  }

  /**
   * What to log in with.
   *
   * @param user the user's name
   * @param password the password
   */
  public record Credentials(String user, String password) {

    /** Checks for null. */
    public Credentials {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
    }

    /** Neither, since texts like this one end up in logs. */
    @Override
    public String toString() {
      return "(credentials)";
    }
  }

  /**
   * How long to wait at most, in real time. All are at least 1 ms: to a socket, 0 means for ever.
   * They may be as long as a Duration can be: 300 years, or {@code ChronoUnit.FOREVER}, are as good
   * as no limit.
   *
   * @param connect for the connection
   * @param read for the next byte from the server
   * @param write for the server to take what is written
   * @param overall for a whole mail, from the connection to the reply to its last byte: a server
   *     that sends a byte now and then keeps each of the others
   */
  public record Timeouts(Duration connect, Duration read, Duration write, Duration overall) {

    /**
     * Refuses null and a limit below 1 ms.
     *
     * @throws IllegalArgumentException if one is shorter than 1 ms
     */
    public Timeouts {
      atLeast1Ms(connect, "connect");
      atLeast1Ms(read, "read");
      atLeast1Ms(write, "write");
      atLeast1Ms(overall, "overall");
    }

    private static void atLeast1Ms(Duration value, String name) {
      Objects.requireNonNull(value, name);
      if (value.compareTo(LEAST) < 0) {
        throw new IllegalArgumentException(name + " must be at least 1 ms, was " + value);
      }
    }
  }
}
