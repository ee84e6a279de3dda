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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/**
 * A service that answers HTTP requests on the loopback address, each on a virtual thread. Given.
 *
 * <p><b>Stopping.</b> No new connection is accepted; requests in flight are answered. A request is
 * in flight from when its head has been read until its handler has returned. Nothing else holds up
 * a stop: no open connection, no half of a request. At the deadline the threads of the requests in
 * flight are interrupted, and stop throws a {@code TimeoutException} that says how many there were.
 */
public final class HttpEndpoint implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(HttpEndpoint.class);

  private final String name;
  private final int port;
  private final String path;
  private final HttpHandler handler;
  private final Object requests = new Object();
  private int inFlight; // guarded by requests
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
    synchronized (requests) {
      inFlight++;
    }
    try (exchange) {
      handler.handle(exchange);
    } finally {
      synchronized (requests) {
        inFlight--;
        requests.notifyAll();
      }
    }
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    var listening = server;
    var executor = threads;
    if (listening == null || executor == null) {
      return;
    }
    // The server stops to listen at once, and then waits for more than requests: a connection that
    // was closed at the wrong moment is enough. So it is interrupted when our own count says so.
    var closing = Thread.ofVirtual().name(name).start(() -> listening.stop(Integer.MAX_VALUE));
    var draining = Thread.ofVirtual().name(name).start(this::drain);
    try {
      deadline.join(draining);
      int unanswered = countInFlight();
      if (unanswered > 0) {
        throw new TimeoutException(
            "service '%s' had %d requests in flight at its deadline".formatted(name, unanswered));
      }
      log.info("every request is answered");
    } finally {
      executor.shutdownNow();
      draining.interrupt();
      closing.interrupt();
    }
  }

  /** Waits until no request is in flight, or until it is interrupted. */
  private void drain() {
    synchronized (requests) {
      try {
        while (inFlight > 0) {
          requests.wait();
        }
      } catch (InterruptedException e) {
        log.debug("requests are left behind", e);
      }
    }
  }

  private int countInFlight() {
    synchronized (requests) {
      return inFlight;
    }
  }
}
