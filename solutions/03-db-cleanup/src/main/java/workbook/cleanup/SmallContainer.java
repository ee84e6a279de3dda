package workbook.cleanup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import workbook.cleanup.Registration.Lifetime;
import workbook.hosting.ServiceScope;

/**
 * A container that knows singletons and scoped services, and nothing else: what each service needs
 * is what its factory asks for. The whole contract is {@link ServiceContainer}'s.
 */
public final class SmallContainer implements ServiceContainer {

  // Written by the constructor alone: once it is done, any number of threads may read. The
  // singletons are a scope, too: the one that is open as long as the container.
  private final Map<Class<?>, Registration<?>> registrations = new LinkedHashMap<>();
  private final Scope singletons = new Scope(Lifetime.SINGLETON);

  /**
   * Builds a container.
   *
   * @param registrations what it can make, each type once
   * @throws IllegalArgumentException if a type is registered twice
   * @throws IllegalStateException if a singleton cannot be made
   */
  public SmallContainer(List<Registration<?>> registrations) {
    for (var registration : Objects.requireNonNull(registrations, "registrations")) {
      Objects.requireNonNull(registration, "registrations must hold no null");
      if (this.registrations.putIfAbsent(registration.type(), registration) != null) {
        throw new IllegalArgumentException(registration.type().getName() + " is registered twice");
      }
    }
    try {
      for (var registration : registrations) {
        if (registration.lifetime() == Lifetime.SINGLETON) {
          singletons.get(registration.type());
        }
      }
    } catch (RuntimeException | Error e) {
      try {
        singletons.close();
      } catch (IllegalStateException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }

  @Override
  public ServiceScope createScope() {
    if (singletons.closed) {
      throw new IllegalStateException("the container is closed");
    }
    return new Scope(Lifetime.SCOPED);
  }

  @Override
  public void close() {
    singletons.close();
  }

  /** Makes the services of one lifetime and closes them. */
  private final class Scope implements ServiceScope {

    private final Lifetime lifetime;
    private final Map<Class<?>, Object> made = new LinkedHashMap<>(); // in order of creation
    private final Set<Class<?>> beingMade = new LinkedHashSet<>(); // each asked for the next
    private volatile boolean closed;

    Scope(Lifetime lifetime) {
      this.lifetime = lifetime;
    }

    @Override
    public <T> T get(Class<T> type) {
      Objects.requireNonNull(type, "type");
      if (closed) {
        throw new IllegalStateException(
            "asked for " + type.getName() + " after " + lifetime + " services were closed");
      }
      var registration = registrations.get(type);
      if (registration == null) {
        throw new IllegalArgumentException(type.getName() + " is not registered");
      }
      if (registration.lifetime() == lifetime) {
        var service = made.get(type);
        return type.cast(service == null ? make(registration) : service);
      }
      if (lifetime == Lifetime.SCOPED) {
        return singletons.get(type);
      }
      throw new IllegalStateException(
          "a singleton must not hold a scoped service, it would outlive its scope: " + chain(type));
    }

    private Object make(Registration<?> registration) {
      var type = registration.type();
      if (beingMade.contains(type)) {
        throw new IllegalStateException("a service needs itself: " + chain(type));
      }
      beingMade.add(type);
      try {
        var service =
            Objects.requireNonNull(
                registration.factory().create(this::get), "the factory returned null");
        made.put(type, service);
        return service;
      } catch (Exception e) {
        keepInterrupt(e);
        throw new IllegalStateException("cannot make " + type.getName() + ": " + e.getMessage(), e);
      } finally {
        beingMade.remove(type);
      }
    }

    private static void keepInterrupt(Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt(); // it is about to be wrapped
      }
    }

    private String chain(Class<?> last) {
      return Stream.concat(beingMade.stream(), Stream.of(last))
          .map(Class::getSimpleName)
          .collect(Collectors.joining(" -> "));
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      var failure = closeAll();
      if (failure != null) {
        throw new IllegalStateException("not everything could be closed", failure);
      }
    }

    private @Nullable Throwable closeAll() {
      Throwable first = null;
      for (var service : new ArrayList<>(made.values()).reversed()) {
        try {
          if (service instanceof AutoCloseable closeable) {
            closeable.close();
          }
        } catch (Throwable e) { // an Error must not keep the others open either
          keepInterrupt(e);
          if (first == null) {
            first = e;
          } else if (first != e) { // nothing can be suppressed in itself
            first.addSuppressed(e);
          }
        }
      }
      return first;
    }
  }
}
