package workbook.cleanup;

import java.util.Objects;

/**
 * A line of a container's list: how a service is made, and how long it lives.
 *
 * <p>A service that is {@link AutoCloseable} is closed by whoever had it made: the scope, or the
 * container. So a factory makes something of its own, and does not hand on what belongs to others.
 *
 * @param type the type under which it is asked for
 * @param lifetime how long it lives
 * @param factory makes it
 * @param <T> the type under which it is asked for
 */
public record Registration<T>(Class<T> type, Lifetime lifetime, Factory<? extends T> factory) {

  /** How long a service lives. */
  public enum Lifetime {
    /** As long as the container: one for all. */
    SINGLETON,
    /** As long as a scope: one for each. */
    SCOPED
  }

  /**
   * Makes a service.
   *
   * @param <T> the service
   */
  @FunctionalInterface
  public interface Factory<T> {

    /**
     * Makes the service.
     *
     * @param services gives what the service needs
     * @return a new service, not null
     * @throws Exception if it cannot be made
     */
    T create(Resolver services) throws Exception;
  }

  /** Checks. */
  public Registration {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(lifetime, "lifetime");
    Objects.requireNonNull(factory, "factory");
  }

  /**
   * One for the whole container. Counterpart of {@code AddSingleton} in .NET.
   *
   * @param type the type under which it is asked for
   * @param factory makes it, once, when the container is built
   * @param <T> that type
   * @return the registration
   */
  public static <T> Registration<T> singleton(Class<T> type, Factory<? extends T> factory) {
    return new Registration<>(type, Lifetime.SINGLETON, factory);
  }

  /**
   * One for each scope. Counterpart of {@code AddScoped} in .NET.
   *
   * @param type the type under which it is asked for
   * @param factory makes it, when a scope is first asked for it
   * @param <T> that type
   * @return the registration
   */
  public static <T> Registration<T> scoped(Class<T> type, Factory<? extends T> factory) {
    return new Registration<>(type, Lifetime.SCOPED, factory);
  }
}
