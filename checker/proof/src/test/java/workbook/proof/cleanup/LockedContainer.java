package workbook.proof.cleanup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import workbook.cleanup.Registration;
import workbook.cleanup.Registration.Lifetime;
import workbook.cleanup.Resolver;
import workbook.cleanup.ServiceContainer;
import workbook.hosting.ServiceScope;

/** Right: a store with a monitor of its own for the singletons and for each scope. */
public final class LockedContainer implements ServiceContainer {

  private final Map<Class<?>, Registration<?>> byType = new LinkedHashMap<>();
  private final Store root = new Store(Optional.empty());

  /**
   * A container.
   *
   * @param registrations what it can make
   */
  public LockedContainer(List<Registration<?>> registrations) {
    Objects.requireNonNull(registrations, "registrations");
    for (var registration : List.copyOf(checked(registrations))) {
      if (byType.put(registration.type(), registration) != null) {
        throw new IllegalArgumentException(
            "registered more than once: " + registration.type().getSimpleName());
      }
    }
    try {
      byType.values().stream()
          .filter(each -> each.lifetime() == Lifetime.SINGLETON)
          .forEach(each -> root.get(each.type()));
    } catch (RuntimeException | Error e) {
      try {
        root.close();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static List<Registration<?>> checked(List<Registration<?>> registrations) {
    for (int i = 0; i < registrations.size(); i++) {
      Objects.requireNonNull(registrations.get(i), "registrations[" + i + "]");
    }
    return registrations;
  }

  @Override
  public ServiceScope createScope() {
    root.checkOpen();
    return new Store(Optional.of(root));
  }

  @Override
  public void close() {
    root.close();
  }

  private final class Store implements ServiceScope, Resolver {

    private final Optional<Store> parent;
    private final Map<Class<?>, Object> instances = new LinkedHashMap<>(); // guarded by this
    private final List<Class<?>> path = new ArrayList<>(); // guarded by this
    private boolean closed; // guarded by this

    Store(Optional<Store> parent) {
      this.parent = parent;
    }

    synchronized void checkOpen() {
      if (closed) {
        throw new IllegalStateException("closed already");
      }
    }

    @Override
    public synchronized <T> T get(Class<T> type) {
      Objects.requireNonNull(type, "type");
      checkOpen();
      var registration = byType.get(type);
      if (registration == null) {
        throw new IllegalArgumentException("not registered: " + type.getSimpleName());
      }
      if (registration.lifetime() == Lifetime.SINGLETON && parent.isPresent()) {
        return parent.get().get(type);
      }
      var found = instances.get(type);
      if (found != null) {
        return type.cast(found);
      }
      boolean cycle = path.contains(type);
      path.add(type);
      try {
        if (registration.lifetime() == Lifetime.SCOPED && parent.isEmpty()) {
          throw new IllegalStateException("scoped service in a singleton: " + chain());
        }
        if (cycle) {
          throw new IllegalStateException("depends on itself: " + chain());
        }
        var made = registration.factory().create(this);
        if (made == null) {
          throw new NullPointerException("null from the factory of " + type.getSimpleName());
        }
        instances.put(type, made);
        return type.cast(made);
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        throw new IllegalStateException(type.getSimpleName() + " could not be made", e);
      } finally {
        path.removeLast();
      }
    }

    private String chain() {
      return String.join(" needs ", path.stream().map(Class::getName).toList());
    }

    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      closed = true;
      var failures = new ArrayList<Throwable>();
      for (var service : List.copyOf(instances.values()).reversed()) {
        if (service instanceof AutoCloseable closeable) {
          try {
            closeable.close();
          } catch (Throwable e) {
            if (e instanceof InterruptedException) {
              Thread.currentThread().interrupt();
            }
            failures.add(e);
          }
        }
      }
      if (!failures.isEmpty()) {
        var thrown =
            new IllegalStateException(failures.size() + " failed to close", failures.getFirst());
        failures.stream()
            .filter(later -> later != failures.getFirst())
            .distinct()
            .forEach(thrown::addSuppressed);
        throw thrown;
      }
    }
  }
}
