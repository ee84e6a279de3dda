package workbook.proof.cleanup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import workbook.cleanup.Registration;
import workbook.cleanup.Registration.Lifetime;
import workbook.cleanup.Resolver;
import workbook.cleanup.ServiceContainer;
import workbook.hosting.ServiceScope;

/** Right: root and scope are two classes; each service is a slot that is empty, busy or full. */
public final class SupplierContainer implements ServiceContainer {

  /** What is to be closed, the last one first. */
  private static final class Closing {

    private final Deque<Object> services = new ArrayDeque<>();
    private final AtomicBoolean over = new AtomicBoolean();

    void run() {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      IllegalStateException failure = null;
      while (!services.isEmpty()) {
        try {
          if (services.pop() instanceof AutoCloseable closeable) {
            closeable.close();
          }
        } catch (Throwable e) {
          if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
          }
          if (failure == null) {
            failure = new IllegalStateException("could not close: " + e, e);
          } else if (failure.getCause() != e) {
            failure.addSuppressed(e);
          }
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  private final Map<Class<?>, Registration<?>> known = new HashMap<>();
  private final Map<Class<?>, Object> singletons = new HashMap<>();
  private final Closing closing = new Closing();

  /**
   * A container.
   *
   * @param registrations what it can make
   */
  public SupplierContainer(List<Registration<?>> registrations) {
    if (registrations == null) {
      throw new IllegalArgumentException("registrations is null");
    }
    for (var registration : registrations) {
      if (registration == null) {
        throw new IllegalArgumentException("a registration is null");
      }
      if (known.containsKey(registration.type())) {
        throw new IllegalArgumentException("two registrations of " + registration.type());
      }
      known.put(registration.type(), registration);
    }
    boolean built = false;
    try {
      registrations.stream()
          .filter(registration -> registration.lifetime() == Lifetime.SINGLETON)
          .forEach(registration -> singleton(registration.type(), List.of()));
      built = true;
    } finally {
      if (!built) {
        try {
          closing.run();
        } catch (IllegalStateException e) {
          // The failure to build is what counts.
        }
      }
    }
  }

  private <T> T singleton(Class<T> type, List<Class<?>> path) {
    var registration = known(type);
    var chain = new ArrayList<>(path);
    chain.add(type);
    if (registration.lifetime() == Lifetime.SCOPED) {
      throw new IllegalStateException("captive dependency: " + chain);
    }
    var made = singletons.get(type);
    if (made == null) {
      if (path.contains(type)) {
        throw new IllegalStateException("cycle: " + chain);
      }
      made =
          create(
              registration,
              new Resolver() {
                @Override
                public <S> S get(Class<S> other) {
                  return singleton(other, chain);
                }
              });
      singletons.put(type, made);
      closing.services.push(made);
    }
    return type.cast(made);
  }

  private Registration<?> known(@Nullable Class<?> type) {
    if (type == null) {
      throw new NullPointerException("type must not be null");
    }
    var registration = known.get(type);
    if (registration == null) {
      throw new IllegalArgumentException("no registration of " + type);
    }
    return registration;
  }

  private static Object create(Registration<?> registration, Resolver resolver) {
    Object made;
    try {
      made = registration.factory().create(resolver);
    } catch (IllegalStateException e) {
      throw e; // says what is wrong
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("the factory of " + registration.type() + " failed", e);
    }
    if (made == null) {
      throw new IllegalStateException("the factory of " + registration.type() + " gave null");
    }
    return made;
  }

  @Override
  public ServiceScope createScope() {
    if (closing.over.get()) {
      throw new IllegalStateException("closed");
    }
    return new OneScope();
  }

  @Override
  public void close() {
    closing.run();
  }

  private final class OneScope implements ServiceScope {

    private final Map<Class<?>, Object> own = new HashMap<>();
    private final Closing ending = new Closing();

    @Override
    public <T> T get(Class<T> type) {
      return get(type, List.of());
    }

    private <T> T get(Class<T> type, List<Class<?>> path) {
      if (ending.over.get()) {
        throw new IllegalStateException("this scope is closed");
      }
      var registration = known(type);
      if (registration.lifetime() == Lifetime.SINGLETON) {
        return type.cast(Objects.requireNonNull(singletons.get(type)));
      }
      var chain = new ArrayList<>(path);
      chain.add(type);
      var made = own.get(type);
      if (made == null) {
        if (path.contains(type)) {
          throw new IllegalStateException("cycle: " + chain);
        }
        made =
            create(
                registration,
                new Resolver() {
                  @Override
                  public <S> S get(Class<S> other) {
                    return OneScope.this.get(other, chain);
                  }
                });
        own.put(type, made);
        ending.services.push(made);
      }
      return type.cast(made);
    }

    @Override
    public void close() {
      ending.run();
    }
  }
}
