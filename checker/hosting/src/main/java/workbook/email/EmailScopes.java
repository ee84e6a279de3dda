package workbook.email;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import workbook.hosting.ServiceScope;
import workbook.hosting.ServiceScopeFactory;

/**
 * Scopes that know one service, {@link EmailService}: each makes one of its own when it is asked
 * for, and closes it with itself if it can be closed. All that this module needs of a container.
 */
public final class EmailScopes implements ServiceScopeFactory {

  private final Supplier<? extends EmailService> maker;

  /**
   * A factory.
   *
   * @param maker makes a new service each time
   */
  public EmailScopes(Supplier<? extends EmailService> maker) {
    this.maker = Objects.requireNonNull(maker, "maker");
  }

  @Override
  public ServiceScope createScope() {
    return new Scope(maker);
  }

  private static final class Scope implements ServiceScope {

    private final Supplier<? extends EmailService> maker;
    private @Nullable EmailService service;
    private boolean closed;

    Scope(Supplier<? extends EmailService> maker) {
      this.maker = maker;
    }

    @Override
    public <T> T get(Class<T> type) {
      if (closed) {
        throw new IllegalStateException("the scope is closed: ask a new one for " + type.getName());
      }
      if (type != EmailService.class) {
        throw new IllegalArgumentException("no service is registered as " + type.getName());
      }
      if (service == null) {
        service = maker.get();
      }
      return type.cast(service);
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      if (service instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          throw new IllegalStateException("the email service could not be closed", e);
        }
      }
    }
  }
}
