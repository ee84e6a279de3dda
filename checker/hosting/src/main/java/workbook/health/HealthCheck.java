package workbook.health;

import java.time.Duration;
import java.util.Objects;
import workbook.hosting.Arguments;

/**
 * A question about one part of an application. Counterpart of {@code IHealthCheck} in .NET; unlike
 * there, it is one object for the life of the application, so it may keep state.
 *
 * <p><b>Threads.</b> Called on a thread of its own, a new one each time, and never twice at the
 * same time. It may block. When its time is up its thread is interrupted, and what it returns after
 * that is ignored.
 */
@FunctionalInterface
public interface HealthCheck {

  /**
   * Finds out how things are now.
   *
   * @return what was found, never null
   * @throws Exception if it could not be found out, which counts as unhealthy; the text of the
   *     exception is logged and never shown to whoever asks
   */
  HealthResult check() throws Exception;

  /**
   * A check with the name by which it is reported and the time that it may take.
   *
   * @param name the name, which is not blank; nothing secret
   * @param limit the longest time that it may take, longer than zero
   * @param check the check
   */
  record Named(String name, Duration limit, HealthCheck check) {

    /** Checks the name and the limit. */
    public Named {
      Objects.requireNonNull(name, "name");
      Arguments.positive(limit, "limit");
      Objects.requireNonNull(check, "check");
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank, was '" + name + "'");
      }
    }
  }
}
