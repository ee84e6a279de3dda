package workbook.proof.cleanup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
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

/**
 * Right: a space has a parent, which it asks for what lives longer; what is being made is a linked
 * list of frames; an Error of a factory is wrapped, and closers are collected, not services.
 */
public final class FramesContainer implements ServiceContainer {

  private final Map<Class<?>, Registration<?>> recipes = new IdentityHashMap<>();
  private final Space root = new Space(Lifetime.SINGLETON, null);

  /** As the reference's. */
  public FramesContainer(List<Registration<?>> registrations) {
    var copy = new ArrayList<>(Objects.requireNonNull(registrations, "registrations is null"));
    for (var each : copy) {
      if (each == null) {
        throw new NullPointerException("registrations: one of them is null");
      }
      if (recipes.put(each.type(), each) != null) {
        throw new IllegalArgumentException("twice: " + each.type());
      }
    }
    try {
      copy.stream()
          .filter(each -> each.lifetime() == Lifetime.SINGLETON)
          .map(Registration::type)
          .forEachOrdered(root::get);
    } catch (IllegalArgumentException | IllegalStateException e) {
      root.closeQuietly(e);
      throw e;
    }
  }

  @Override
  public ServiceScope createScope() {
    if (root.closed.get()) {
      throw new IllegalStateException("no scopes after close");
    }
    return new Space(Lifetime.SCOPED, root);
  }

  @Override
  public void close() {
    root.close();
  }

  private record Frame(Class<?> type, @Nullable Frame below) {

    boolean has(Class<?> wanted) {
      return type == wanted || (below != null && below.has(wanted));
    }

    String names() {
      return (below == null ? "" : below.names() + " -> ") + type.getSimpleName();
    }
  }

  private final class Space implements ServiceScope, Resolver {
    private final Lifetime lifetime;
    private final @Nullable Space parent;
    private final Map<Class<?>, Object> services = new IdentityHashMap<>();
    private final Deque<AutoCloseable> closers = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Frame top;

    Space(Lifetime lifetime, @Nullable Space parent) {
      this.lifetime = lifetime;
      this.parent = parent;
    }

    @Override
    public <T> T get(Class<T> type) {
      Objects.requireNonNull(type, "type is null");
      if (closed.get()) {
        throw new IllegalStateException("closed: no " + type.getSimpleName() + " any more");
      }
      var recipe = recipes.get(type);
      if (recipe == null) {
        throw new IllegalArgumentException("unknown: " + type);
      }
      if (recipe.lifetime() != lifetime) {
        if (parent != null) {
          return parent.get(type);
        }
        throw new IllegalStateException("captive: " + new Frame(type, top).names());
      }
      var known = services.get(type);
      return type.cast(known != null ? known : make(recipe));
    }

    private Object make(Registration<?> recipe) {
      var below = top;
      var frame = new Frame(recipe.type(), below);
      if (below != null && below.has(recipe.type())) {
        throw new IllegalStateException("circle: " + frame.names());
      }
      top = frame;
      try {
        Object service = recipe.factory().create(this);
        if (service == null) {
          throw new IllegalStateException("null from the factory of " + recipe.type().getName());
        }
        services.put(recipe.type(), service);
        if (service instanceof AutoCloseable closer) {
          closers.push(closer);
        }
        return service;
      } catch (Throwable e) {
        restoreInterrupt(e);
        throw new IllegalStateException("no " + recipe.type().getName(), e);
      } finally {
        top = below;
      }
    }

    private static void restoreInterrupt(Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }

    void closeQuietly(Throwable first) {
      try {
        close();
      } catch (IllegalStateException e) {
        first.addSuppressed(e);
      }
    }

    @Override
    public void close() {
      if (closed.getAndSet(true)) {
        return;
      }
      var failures = new ArrayList<Throwable>();
      for (var closer = closers.poll(); closer != null; closer = closers.poll()) {
        try {
          closer.close();
        } catch (Throwable e) {
          restoreInterrupt(e);
          failures.add(e);
        }
      }
      if (!failures.isEmpty()) {
        var all = new IllegalStateException(failures.size() + " failed", failures.getFirst());
        failures.stream().skip(1).filter(e -> e != failures.getFirst()).forEach(all::addSuppressed);
        throw all;
      }
    }
  }
}
