package workbook.health;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import workbook.hosting.NotStarted;

/** Live and ready over HTTP, and the page. */
public final class HealthHandler implements HealthEndpoint {

  /**
   * A handler of an application that is starting.
   *
   * @param live reports whether the process works; nothing outside of it, such as a database
   * @param ready reports whether the application can do its work
   */
  public HealthHandler(HealthReporter live, HealthReporter ready) {
    // TODO: step 3
    throw new NotStarted("step 3", "the constructor of HealthHandler");
  }

  @Override
  public void started() {
    // TODO: step 3
    throw new NotStarted("step 3", "HealthHandler.started");
  }

  @Override
  public void stopping() {
    // TODO: step 3
    throw new NotStarted("step 3", "HealthHandler.stopping");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    // TODO: step 3
    throw new NotStarted("step 3", "HealthHandler.handle");
  }
}
