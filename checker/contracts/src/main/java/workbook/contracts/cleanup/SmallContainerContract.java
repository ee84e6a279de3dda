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
          "A scope MUST give the same object each time, made when first asked for; another scope"
              + " MUST give another.",
      check =
          "that a scope looks among what it has made before it makes anything; that it keeps what"
              + " it made in itself and not in the container; that nothing is made before somebody"
              + " asks for it",
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
          "that the constructor makes them, in the order of the list, one that is needed first;"
              + " that a scope hands a singleton on without remembering it as its own",
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
          "which resolver is handed to the factory; that what a factory asks for is kept like what"
              + " a caller asks for",
      lookAt = "createScope")
  void needsComeFromTheSameScope(Trial trial) {
    Lifetimes.needsComeFromTheSameScope(trial, this);
  }

  @Rule(
      number = "3.4",
      says =
          "Closing a scope MUST close what it has made, and nothing else, in the reverse order in"
              + " which it was made.",
      check =
          "that a service is noted down when its factory has returned, not when it is asked for;"
              + " the direction of the loop; that only what this scope has made is closed",
      lookAt = "createScope")
  void closesInReverse(Trial trial) {
    Closing.closesInReverse(trial, this);
  }

  @Rule(
      number = "3.5",
      says =
          "When a close fails, all others MUST still be closed, and close MUST throw, with the"
              + " first failure as cause and the later ones suppressed.",
      check =
          "that the exception is caught around one close, inside the loop, checked ones too; that"
              + " the first is kept as the cause and the others with addSuppressed",
      lookAt = "createScope")
  void closeFails(Trial trial) {
    Closing.closeFails(trial, this);
  }

  @Rule(
      number = "3.6",
      says =
          "A second close MUST do nothing, and get MUST be refused with IllegalStateException from"
              + " the beginning of close on.",
      check =
          "that close looks whether it was called before; that it says so before it closes"
              + " anything; that get looks first",
      lookAt = "createScope")
  void afterClose(Trial trial) {
    Closing.afterClose(trial, this);
  }

  @Rule(
      number = "3.7",
      says =
          "A scope MUST work from one thread after another, and scopes MUST NOT wait for each"
              + " other.",
      check = "thread locals; locks that are held while a factory runs",
      lookAt = "createScope")
  void threads(Trial trial) {
    ContainerThreads.threads(trial, this);
  }

  @Rule(
      number = "3.8",
      says =
          "A singleton that asks for a scoped service MUST be refused when the container is built,"
              + " with the chain named, and what was made MUST be closed.",
      check =
          "which resolver a singleton's factory gets: not that of a scope; that those which are"
              + " being made are remembered, each asking for the next; that the constructor closes"
              + " what it has made when it fails",
      lookAt = "<init>")
  void captiveDependency(Trial trial) {
    Dependencies.captiveDependency(trial, this);
  }

  @Rule(
      number = "3.9",
      says =
          "A singleton that keeps its resolver MUST be refused scoped services later, too, and MUST"
              + " be given singletons.",
      check =
          "what the resolver of a singleton's factory does later: it gives singletons, and no"
              + " scoped service, for ever",
      lookAt = "<init>")
  void lateQuestion(Trial trial) {
    Dependencies.lateQuestion(trial, this);
  }

  @Rule(
      number = "3.10",
      says =
          "A service that needs itself MUST be refused with the chain named: a singleton when the"
              + " container is built, a scoped one by get.",
      check =
          "that a type which is being made is remembered until its factory has returned, and looked"
              + " for when it is asked for",
      lookAt = "createScope")
  void cycle(Trial trial) {
    Dependencies.cycle(trial, this);
  }

  @Rule(
      number = "3.11",
      says =
          "A factory that throws or gives null MUST be reported with its type and the cause, and"
              + " MUST leave nothing behind.",
      check =
          "that the cause is attached and the type named; that what was not made is not remembered,"
              + " neither as made nor as being made; that null is refused",
      lookAt = "createScope")
  void factoryFails(Trial trial) {
    FactoryFailures.factoryFails(trial, this);
  }

  @Rule(
      number = "3.12",
      says =
          "When a factory or a close throws InterruptedException, the interrupt flag MUST be set"
              + " again.",
      check =
          "where exceptions are caught and wrapped: an InterruptedException has cleared the flag",
      lookAt = "createScope")
  void interrupt(Trial trial) {
    ContainerThreads.interrupt(trial, this);
  }

  @Rule(
      number = "3.13",
      says =
          "Closing the container MUST close the singletons in reverse order, once, all of them, and"
              + " end createScope.",
      check =
          "that the container closes the singletons that it made, once, in reverse, all of them;"
              + " that it makes no scope afterwards",
      lookAt = "close")
  void closesSingletons(Trial trial) {
    Closing.closesSingletons(trial, this);
  }

  @Rule(
      number = "3.14",
      says =
          "A type that is registered twice or not at all, and null, MUST be refused with a message"
              + " that names it.",
      check = "that the list is looked through before anything is made; the messages",
      lookAt = "<init>")
  void arguments(Trial trial) {
    ContainerArguments.arguments(trial, this);
  }

  @Rule(
      number = "3.39",
      says =
          "A type MUST give what was registered under it, and not something else that is of this"
              + " type, too.",
      check =
          "that registrations, and what has been made, are looked up by the type that was"
              + " registered; isInstance, isAssignableFrom and getClass ask something else",
      lookAt = "createScope")
  void exactlyThatType(Trial trial) {
    Lifetimes.exactlyThatType(trial, this);
  }
}
