package workbook.contracts.cleanup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.cleanup.Registration;
import workbook.cleanup.Registration.Factory;
import workbook.cleanup.ServiceContainer;
import workbook.hosting.ServiceScope;

/** A container under test, and a diary of what was made and closed. */
@SuppressWarnings("try") // a part's close may throw anything: that is what is tried
final class ContainerBench {

  /** Makes the container under test. */
  interface Builder {
    ServiceContainer create(List<Registration<?>> registrations);
  }

  /** A service that writes down its end. Its subclasses are the types that are registered. */
  static class Part implements AutoCloseable {

    private @Nullable ContainerBench bench;
    private Callable<?> closing = () -> "nothing more";

    @Override
    public void close() throws Exception {
      if (bench != null) {
        bench.did("close " + getClass().getSimpleName());
      }
      closing.call();
    }
  }

  static final class Pool extends Part {}

  static final class Mailer extends Part {}

  static final class Reports extends Part {}

  static final class Connection extends Part {}

  static final class AuditLog extends Part {}

  static final class Page extends Part {}

  /** Has types that are called like others. */
  static final class Another {

    static final class Page extends Part {}
  }

  /** A service that cannot be closed. */
  record Greeting(String text) {}

  final Trial trial;
  private final Builder builder;
  private final List<Registration<?>> registrations = new ArrayList<>();
  private final List<String> diary = new ArrayList<>();

  ContainerBench(Trial trial, Builder builder) {
    this.trial = trial;
    this.builder = builder;
    // so that a finding can point into its source, also where none is built
    trial.subject(
        trial.expectReturn(
            "a container without registrations is built", () -> builder.create(List.of())));
  }

  /** Registers a pool, a connection of it in each scope, a log over that, and a page over both. */
  ContainerBench chain() {
    return singleton(Pool.class, _ -> made(new Pool()))
        .scoped(
            Page.class,
            services -> {
              services.get(AuditLog.class);
              services.get(Pool.class);
              return made(new Page());
            })
        .scoped(
            AuditLog.class,
            services -> {
              services.get(Connection.class);
              return made(new AuditLog());
            })
        .scoped(Connection.class, _ -> made(new Connection()));
  }

  static Callable<Object> failing(Throwable failure) {
    return () -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    };
  }

  void did(String what) {
    trial.note(what);
    diary.add(what);
  }

  /** A part that is made now. */
  <T extends Part> T made(T part) {
    return made(part, () -> "nothing more");
  }

  /** A part that is made now and does something when it is closed. */
  <T extends Part> T made(T part, Callable<?> closing) {
    ((Part) part).bench = this;
    ((Part) part).closing = closing;
    did("make " + part.getClass().getSimpleName());
    return part;
  }

  <T> ContainerBench singleton(Class<T> type, Factory<? extends T> factory) {
    registrations.add(Registration.singleton(type, factory));
    return this;
  }

  <T> ContainerBench scoped(Class<T> type, Factory<? extends T> factory) {
    registrations.add(Registration.scoped(type, factory));
    return this;
  }

  <T> ContainerBench add(boolean singleton, Class<T> type, Factory<? extends T> factory) {
    return singleton ? singleton(type, factory) : scoped(type, factory);
  }

  ServiceContainer build() {
    return trial.expectReturn("the container is built", this::create);
  }

  ServiceContainer create() {
    return builder.create(List.copyOf(registrations));
  }

  /** Expects that the container is refused, and gives the exception. */
  <E extends Throwable> E expectNotBuilt(String expected, Class<E> type) {
    return trial.expectThrow(expected, this::create, type);
  }

  /** Expects what was made and closed since the last time, in order. */
  void expectDone(String expected, String... wanted) {
    var done = List.copyOf(diary);
    diary.clear();
    trial.expect(expected, done, List.of(wanted));
  }

  ServiceScope open(ServiceContainer container) {
    return trial.expectReturn("the container opens a scope", container::createScope);
  }

  <T> T get(ServiceScope scope, Class<T> type) {
    return trial.expectReturn("the scope gives the " + type.getSimpleName(), () -> scope.get(type));
  }

  void close(AutoCloseable closeable, String name) {
    trial.expectReturn(
        "the " + name + " is closed without an exception",
        () -> {
          closeable.close();
          return "closed";
        });
  }

  /** Expects that the message of an exception, or of a cause of it, names types in this order. */
  void expectChain(Throwable thrown, String... names) {
    expectChain(thrown, List.of(), names);
  }

  /** The same, and that no other type is taken for a part of the chain. */
  void expectChain(Throwable thrown, List<String> others, String... names) {
    boolean named =
        causes(thrown)
            .map(e -> String.valueOf(e.getMessage()))
            .anyMatch(
                m -> inOrder(m, names) && others.stream().noneMatch(o -> before(m, o, names)));
    trial.expectThat(
        "the message, or that of a cause, names the chain "
            + String.join(" -> ", names)
            + (others.isEmpty()
                ? ""
                : ", and not what was made before: " + String.join(", ", others)),
        named,
        said(thrown));
  }

  private static boolean inOrder(String message, String... names) {
    int at = 0;
    for (var name : names) {
      at = message.indexOf(name, at);
      if (at < 0) {
        return false;
      }
      at += name.length();
    }
    return true;
  }

  private static boolean before(String message, String other, String... names) {
    int at = message.indexOf(other);
    return at >= 0 && at < message.lastIndexOf(names[names.length - 1]);
  }

  static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, e -> e != null, Throwable::getCause);
  }

  static String said(Throwable thrown) {
    return "it says: " + String.join(", caused by: ", causes(thrown).map(Trial::describe).toList());
  }
}
