package workbook.cleanup;

/**
 * What a {@link Registration.Factory} is given to ask for the services that its own service needs.
 *
 * <p>The factory of a scoped service gets what its scope would give. The factory of a singleton
 * gets singletons only: whoever lives as long as the application must not hold what is closed with
 * a scope.
 *
 * <p><b>Threads.</b> While the factory runs, it is to be used on the factory's thread. A service
 * that keeps its resolver may ask later, wherever the service itself may be used: what is given and
 * what is refused is the same.
 */
@FunctionalInterface
public interface Resolver {

  /**
   * The service of a type, made now if it has not been made yet.
   *
   * @param type the type under which it was registered
   * @param <T> that type
   * @return the service, never null
   * @throws IllegalArgumentException if nothing is registered under this type; the message names it
   * @throws IllegalStateException if a singleton asks for a scoped service, if a service would need
   *     itself, or if the service cannot be made; see {@link ServiceContainer}
   */
  <T> T get(Class<T> type);
}
