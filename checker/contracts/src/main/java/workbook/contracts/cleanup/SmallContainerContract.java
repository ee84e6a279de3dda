package workbook.contracts.cleanup;

import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.cleanup.Registration;
import workbook.cleanup.ServiceContainer;

/** The rules of a container that makes services and of the scopes that close them. */
@Tag("step-1")
@Step(module = WorkbookModule.CLEANUP, number = 1, type = "SmallContainer")
public abstract class SmallContainerContract {

  /**
   * Builds the container under test.
   *
   * @param registrations what it can make
   * @return a new container
   */
  protected abstract ServiceContainer create(List<Registration<?>> registrations);

  final ContainerBench bench(Trial trial) {
    return new ContainerBench(trial, this::create);
  }

  @Rule(
      number = "3.1",
      says =
          "A scope MUST give the same object each time, made when it is first asked for; another"
              + " scope MUST give another object.",
      check =
          "that a scope looks among what it has made before it makes anything; that it keeps what"
              + " it made itself, and not in the container; that it makes nothing before somebody"
              + " asks",
      lookAt = "createScope")
  void oneForEachScope(Trial trial) {
    Lifetimes.oneForEachScope(trial, this);
  }

  @Rule(
      number = "3.2",
      says =
          "Singletons MUST be made when the container is built, once and in order, and MUST NOT be"
              + " closed with a scope.",
      check =
          "that the constructor makes the singletons in the order of the list, a needed one before"
              + " those that need it; that a scope hands a singleton on without remembering it as"
              + " its own",
      lookAt = "<init>")
  void singletons(Trial trial) {
    Lifetimes.singletons(trial, this);
  }

  @Rule(
      number = "3.3",
      says =
          "What a scoped service's factory asks for MUST come from the same scope, singletons"
              + " included.",
      check =
          "which resolver the factory gets: the scope's own; that a scope keeps what a factory asks"
              + " for like what a caller asks for",
      lookAt = "createScope")
  void needsComeFromTheSameScope(Trial trial) {
    Lifetimes.needsComeFromTheSameScope(trial, this);
  }

  @Rule(
      number = "3.4",
      says =
          "Closing a scope MUST close what that scope has made, and nothing else, in reverse"
              + " order.",
      check =
          "that a scope writes a service down when its factory has returned, not when it is asked"
              + " for; the direction of the loop; that a scope closes only what it has made itself",
      lookAt = {"reversed", "AutoCloseable.close", "createScope"})
  void closesInReverse(Trial trial) {
    Closing.closesInReverse(trial, this);
  }

  @Rule(
      number = "3.5",
      says =
          "When a service fails to close, close MUST still close all others, and MUST throw with"
              + " the first failure as its cause and the later ones suppressed.",
      check =
          "that what is thrown, a checked exception and an Error too, is caught around one close,"
              + " inside the loop; that the first is kept as the cause, and the others go into"
              + " addSuppressed, but never into themselves",
      lookAt = {"reversed", "AutoCloseable.close", "createScope"})
  void closeFails(Trial trial) {
    Closing.closeFails(trial, this);
  }

  @Rule(
      number = "3.6",
      says =
          "A second close MUST do nothing, and get MUST throw IllegalStateException as soon as"
              + " close has begun.",
      check =
          "that close looks whether it was called before; that it marks the scope as closed before"
              + " it closes anything; that get looks at that mark first",
      lookAt = "createScope")
  void afterClose(Trial trial) {
    Closing.afterClose(trial, this);
  }

  @Rule(
      number = "3.7",
      says =
          "A scope MUST work on one thread after another, and scopes MUST NOT wait for each other.",
      check =
          "that nothing is kept in a thread local; that no lock is held while a factory or a close"
              + " runs",
      lookAt = "createScope")
  void threads(Trial trial) {
    ContainerThreads.threads(trial, this);
  }

  @Rule(
      number = "3.8",
      says =
          "When a singleton asks for a scoped service, the container MUST refuse to be built, name"
              + " the chain, and close what it has made.",
      check =
          "which resolver a singleton's factory gets: not a scope's; that the types being made are"
              + " remembered in order; that the constructor closes what it has made when it fails",
      lookAt = {"factory", "<init>"})
  void captiveDependency(Trial trial) {
    Dependencies.captiveDependency(trial, this);
  }

  @Rule(
      number = "3.9",
      says =
          "The resolver that a singleton keeps MUST refuse scoped services later, too, and MUST"
              + " give singletons.",
      check =
          "what the resolver of a singleton's factory does later: it gives singletons and never a"
              + " scoped service",
      lookAt = "<init>")
  void lateQuestion(Trial trial) {
    Dependencies.lateQuestion(trial, this);
  }

  @Rule(
      number = "3.10",
      says =
          "A service that needs itself MUST be refused with the chain named: a singleton when the"
              + " container is built, a scoped service by get.",
      check =
          "that a type which is being made is remembered until its factory has returned, and looked"
              + " for when it is asked for",
      lookAt = {"factory", "createScope"})
  void cycle(Trial trial) {
    Dependencies.cycle(trial, this);
  }

  @Rule(
      number = "3.11",
      says =
          "A factory that throws or returns null MUST be reported with the service's type and the"
              + " cause, and MUST leave nothing behind.",
      check =
          "that the message names the type and the cause is attached; that a service that was not"
              + " made, after an Error too, is remembered neither as made nor as being made; that"
              + " null is refused",
      lookAt = {"factory", "createScope"})
  void factoryFails(Trial trial) {
    FactoryFailures.factoryFails(trial, this);
  }

  @Rule(
      number = "3.12",
      says =
          "When a factory or a close throws InterruptedException, the interrupt flag MUST be set"
              + " again.",
      check =
          "where exceptions are caught and wrapped: an InterruptedException has cleared the flag,"
              + " so set it again",
      lookAt = {"reversed", "createScope"})
  void interrupt(Trial trial) {
    ContainerThreads.interrupt(trial, this);
  }

  @Rule(
      number = "3.13",
      says =
          "Closing the container MUST close every singleton once, in reverse order, and createScope"
              + " MUST be refused afterwards.",
      check =
          "that the container closes the singletons that it made, once, in reverse, all of them;"
              + " that createScope looks whether the container is closed",
      lookAt = "close")
  void closesSingletons(Trial trial) {
    Closing.closesSingletons(trial, this);
  }

  @Rule(
      number = "3.14",
      says =
          "A type that is registered twice or not at all, and null, MUST be refused with a message"
              + " that names it.",
      check =
          "that the constructor looks through the list before it makes anything; that each message"
              + " names the type or the argument",
      lookAt = "<init>")
  void arguments(Trial trial) {
    ContainerArguments.arguments(trial, this);
  }

  @Rule(
      number = "3.39",
      says =
          "get MUST return what was registered under exactly that type, and not something else that"
              + " is of the type, too.",
      check =
          "that registrations, and what has been made, are looked up by the registered type;"
              + " isInstance, isAssignableFrom and getClass ask something else",
      lookAt = "createScope")
  void exactlyThatType(Trial trial) {
    Lifetimes.exactlyThatType(trial, this);
  }
}
