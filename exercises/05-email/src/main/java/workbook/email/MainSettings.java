package workbook.email;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import workbook.email.SmtpSettings.Credentials;
import workbook.email.SmtpSettings.Security;
import workbook.email.SmtpSettings.Timeouts;

/** Where mails go, from system properties and the environment. Given. */
final class MainSettings {

  private static final String SUBMISSION = "587";
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  private MainSettings() {}

  /**
   * Reads {@code smtp.host}, {@code smtp.port}, {@code smtp.security}, {@code smtp.user} and {@code
   * smtp.from}, and from the environment {@code SMTP_PASSWORD}: a command line can be seen by all.
   *
   * @param properties the system properties
   * @param environment the environment
   * @param ownPort where mails go if no host is given
   * @return the settings
   * @throws IllegalArgumentException if something is missing or makes no sense; the message says
   *     what to give
   */
  static SmtpSettings of(Properties properties, Map<String, String> environment, int ownPort) {
    var host = given(properties, "smtp.host");
    if (host.isEmpty()) {
      var from = new Mailbox("The workbook", "workbook@example.com");
      return settings("localhost", ownPort, Security.NONE, Optional.empty(), from);
    }
    var user = given(properties, "smtp.user");
    var password = Optional.ofNullable(environment.get("SMTP_PASSWORD"));
    if (user.isPresent() && password.isEmpty()) {
      throw new IllegalArgumentException("SMTP_PASSWORD is missing in the environment");
    }
    var from =
        given(properties, "smtp.from")
            .or(() -> user.filter(name -> name.contains("@")))
            .orElseThrow(
                () -> new IllegalArgumentException("give -Dsmtp.from=, the sender's address"));
    return settings(
        host.get(),
        number(given(properties, "smtp.port").orElse(SUBMISSION)),
        security(given(properties, "smtp.security").orElse("starttls")),
        user.map(name -> new Credentials(name, password.orElseThrow())),
        new Mailbox("The workbook", from));
  }

  private static Optional<String> given(Properties properties, String name) {
    return Optional.ofNullable(properties.getProperty(name)).filter(value -> !value.isBlank());
  }

  private static int number(String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("smtp.port must be a number, was '" + port + "'", e);
    }
  }

  private static Security security(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "starttls" -> Security.STARTTLS;
      case "none" -> Security.NONE;
      default ->
          throw new IllegalArgumentException(
              "smtp.security must be starttls or none, was '" + name + "'");
    };
  }

  private static SmtpSettings settings(
      String host, int port, Security security, Optional<Credentials> credentials, Mailbox from) {
    try {
      var trust = SSLContext.getDefault(); // also as -Djavax.net.ssl.trustStore says
      return new SmtpSettings(host, port, security, credentials, from, TIMEOUTS, trust);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK's own TLS cannot be used", e);
    }
  }
}
