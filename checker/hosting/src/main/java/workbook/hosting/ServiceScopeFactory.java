package workbook.hosting;

/**
 * Opens scopes. A service that lives as long as the application gets one of these, never the
 * short-lived services themselves, and opens a scope for each unit of work.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
public interface ServiceScopeFactory {

  /**
   * Opens a scope of its own, empty. Whoever opens it closes it, best with {@code try (var scope =
   * …)}.
   */
  ServiceScope createScope();
}
