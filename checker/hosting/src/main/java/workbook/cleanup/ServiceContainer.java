package workbook.cleanup;

import workbook.hosting.ServiceScope;
import workbook.hosting.ServiceScopeFactory;

/**
 * Makes services from a list of {@link Registration}s and closes them again. Counterpart of {@code
 * ServiceProvider} in .NET.
 *
 * <p><b>Built</b> from the list, a container makes all singletons at once, in the order of the
 * list; one that an earlier one asks for is made first. So what is wrong with them is seen when the
 * application starts. Nothing is built when
 *
 * <ul>
 *   <li>the list, or something in it, is null (NullPointerException, whose message names it), or a
 *       type is in it twice (IllegalArgumentException, which names the type);
 *   <li>a singleton's factory asks for a scoped service, a captive dependency
 *       (IllegalStateException);
 *   <li>a singleton needs itself, by whatever detour (IllegalStateException);
 *   <li>a factory throws or returns null (IllegalStateException, which names the type, with what
 *       was thrown as its cause, or a cause of that).
 * </ul>
 *
 * <p>The singletons that had been made are then closed, in reverse order, before the exception is
 * thrown. The message of the second and the third, or of one of its causes, names the chain: every
 * type that was being made, and the one that was asked for, in this order, such as {@code Reports
 * -> Mailer -> Connection}.
 *
 * <p><b>Scopes</b> have scoped services of their own, made when they are first asked for, and share
 * the singletons. A type is looked up exactly as it was registered: a service that merely is of
 * that type, too, does not count. What a scoped service's factory asks for comes from the same
 * scope. A scoped service that needs itself, or whose factory throws or returns null, is refused by
 * {@link ServiceScope#get} with the IllegalStateException that is described above. The scope can be
 * used all the same: nothing is kept of what was not made, and what its factory had asked for is
 * closed with the scope. An Error of a factory may be wrapped like an exception, or thrown as it
 * is: it leaves nothing behind either.
 *
 * <p><b>Closing.</b> A service that is {@link AutoCloseable} is closed once, by the scope or the
 * container that made it, in the reverse order in which they were made: a service is made when its
 * factory has returned it. So none is closed before those that were built upon it. Whatever a close
 * throws, Exception or Error, the others are closed; what several throw counts once. When a service
 * that is being closed closes its scope or the container, nothing more happens.
 *
 * <p><b>Interruption.</b> Nothing here waits. When a factory or a close throws
 * InterruptedException, it is wrapped like any other exception, and the thread's interrupt flag is
 * set again.
 *
 * <p><b>Threads.</b> {@link #createScope} may be called from any thread. Scopes do not wait for
 * each other. A scope may be made on one thread and used on another, as long as no two use it at
 * once.
 */
public interface ServiceContainer extends ServiceScopeFactory, AutoCloseable {

  /**
   * Opens a scope. Whoever opens it closes it, before the container.
   *
   * @return a scope of its own, open and empty
   * @throws IllegalStateException if the container is closed
   */
  @Override
  ServiceScope createScope();

  /**
   * Closes the singletons, in reverse order, all of them even if one fails. A second close does
   * nothing.
   *
   * @throws IllegalStateException if a close failed: the first failure is its cause, and the later
   *     ones are suppressed in it or in that cause
   */
  @Override
  void close();
}
