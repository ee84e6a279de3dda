package workbook.hosting;

/**
 * The services of one unit of work: a run of a cleanup, a message, a request.
 *
 * <p>A scope gives the same object for the same type each time, and another scope gives another
 * one. What it has created it closes, in the reverse order of creation, when it is closed itself;
 * singletons that it hands out are not its own and stay open.
 *
 * <p><b>Threads.</b> A scope belongs to one thread at a time; it may be handed on to another.
 *
 * <p><b>After close</b>, and from its beginning on, {@link #get} is refused with an
 * IllegalStateException; a second close does nothing.
 */
public interface ServiceScope extends AutoCloseable {

  /**
   * The service of a type, made now if this scope has not made it yet.
   *
   * @param type the type under which it was registered
   * @param <T> that type
   * @return the same object each time within this scope, never null
   * @throws NullPointerException if the type is null; the message names the argument
   * @throws IllegalStateException if the scope is closed, or if the service cannot be made; what
   *     its factory threw is the cause, or a cause of that
   * @throws IllegalArgumentException if nothing is registered under this type; the message names it
   */
  <T> T get(Class<T> type);

  /**
   * Closes everything that this scope has created and that is {@link AutoCloseable}, in reverse
   * order of creation, all of it even if one fails.
   *
   * @throws IllegalStateException if a close failed: the first failure is its cause, and the later
   *     ones are suppressed in it or in that cause
   */
  @Override
  void close();
}
