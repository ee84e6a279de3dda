package workbook.shutdown;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/**
 * A service that answers HTTP requests on the loopback address, each on a virtual thread. Given.
 *
 * <p><b>Stopping.</b> No new connection is accepted; requests in flight are answered. At the
 * deadline their threads are interrupted, and stop throws a {@code TimeoutException} that says how
 * many there were.
 */
public final class HttpEndpoint implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(HttpEndpoint.class);

  private final String name;
  private final int port;
  private final String path;
  private final HttpHandler handler;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile @Nullable HttpServer server; // set once, by start
  private volatile @Nullable ExecutorService threads; // set once, by start

  /**
   * An endpoint that is not listening.
   *
   * @param name its name
   * @param port where to listen; 0 for any free port
   * @param path what its paths begin with
   * @param handler answers the requests
   */
  public HttpEndpoint(String name, int port, String path, HttpHandler handler) {
    this.name = Objects.requireNonNull(name, "name");
    this.port = port;
    this.path = Objects.requireNonNull(path, "path");
    this.handler = Objects.requireNonNull(handler, "handler");
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Where it listens.
   *
   * @return its port, once it was started
   * @throws IllegalStateException if it was not
   */
  public int port() {
    var listening = server;
    if (listening == null) {
      throw new IllegalStateException("service '" + name + "' was not started");
    }
    return listening.getAddress().getPort();
  }

  @Override
  public synchronized void start() throws IOException {
    if (server != null) {
      throw new IllegalStateException("service '" + name + "' was already started");
    }
    var listening = listen();
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    listening.setExecutor(executor);
    listening.createContext(path, this::handle);
    listening.start();
    threads = executor;
    server = listening;
    log.info("listening at localhost:{}{}", port(), path);
  }

  private HttpServer listen() throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException e) {
      throw new IOException("port " + port + " cannot be used: give another", e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    inFlight.incrementAndGet();
    try (exchange) {
      handler.handle(exchange);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    var listening = server;
    var executor = threads;
    if (listening == null || executor == null) {
      return;
    }
    // The server counts in whole seconds: the deadline decides.
    int seconds = (int) Math.min(Integer.MAX_VALUE, deadline.remaining().toSeconds() + 1);
    var closing = Thread.ofVirtual().name(name).start(() -> listening.stop(seconds));
    boolean ended = deadline.join(closing);
    int unanswered = inFlight.get();
    executor.shutdownNow();
    if (!ended) {
      throw new TimeoutException(
          "service '%s' had %d requests in flight at its deadline".formatted(name, unanswered));
    }
    log.info("every request is answered");
  }
}
