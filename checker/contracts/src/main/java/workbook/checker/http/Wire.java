package workbook.checker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import workbook.checker.Patience;
import workbook.checker.Trial;

/**
 * A handler on a real server, and a client that is in charge of every byte. What the handler does
 * with an exchange is watched: when it reads, when its answer is out, when it is done.
 *
 * <p><b>Threads.</b> To be used from the rule's own thread.
 */
public final class Wire {

  private final Trial trial;
  private final WatchedHandler handler;
  private final InetSocketAddress address;
  private boolean quiet; // these two used by the rule's thread only
  private boolean holding;

  /** Starts a server that ends with the trial. */
  public Wire(Trial trial, String path, HttpHandler handler) throws IOException {
    this.trial = trial;
    this.handler = new WatchedHandler(handler);
    var server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, path, this.handler);
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(executor);
    server.start();
    trial.afterwards(
        () -> {
          release();
          server.stop(0);
          executor.shutdownNow();
          executor.awaitTermination(Patience.SIGNAL.limit().toMillis(), TimeUnit.MILLISECONDS);
        });
    address = server.getAddress();
  }

  /** An answer. The names of its headers are in lower case. */
  public record Answer(String request, int status, Map<String, String> headers, byte[] body) {

    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    /** The content type without its parameters. */
    public String mediaType() {
      return header("content-type").orElse("none").split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    public String text() {
      return new String(body, UTF_8);
    }
  }

  /** One request without a body, on a connection of its own. */
  public Answer send(String method, String path) {
    try (var connection = connect()) {
      int others = handler.handling();
      return settled(connection.send(method, path).answer(), others);
    }
  }

  /** One request with a body of a length that is announced, on a connection of its own. */
  public Answer send(String method, String path, String contentType, byte[] body) {
    try (var connection = connect()) {
      var type = "Content-Type: " + contentType;
      var length = "Content-Length: " + body.length;
      int others = handler.handling();
      return settled(connection.send(method, path, type, length).write(body).answer(), others);
    }
  }

  // What the handler does after its answer must not depend on who is faster.
  private Answer settled(Answer answer, int others) {
    if (!holding) {
      expectAtMost(others);
    }
    return answer;
  }

  public Connection connect() {
    try {
      return new Connection(
          this, trial, handler, new Socket(address.getAddress(), address.getPort()));
    } catch (IOException e) {
      throw new AssertionError("no connection to the checker's own server", e);
    }
  }

  /** How many bodies the handler has begun to read. */
  public int bodiesBegun() {
    return handler.bodiesBegun();
  }

  /** How many bytes of bodies the handler has read. */
  public long bytesRead() {
    return handler.bytesRead();
  }

  /** How many answers with a body the handler has begun to send. */
  public int answersBegun() {
    return handler.answersBegun();
  }

  /** How many requests are in the handler's hands. */
  public int handling() {
    return handler.handling();
  }

  /**
   * A connection that takes in little at a time: an answer of some MB has to wait for its reader.
   */
  public Connection connectNarrow() {
    try {
      var socket = new Socket();
      socket.setReceiveBufferSize(65_536);
      socket.connect(address);
      return new Connection(this, trial, handler, socket);
    } catch (IOException e) {
      throw new AssertionError("no connection to the checker's own server", e);
    }
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Leaves answers out of the journal from now on. */
  public Wire quietly() {
    quiet = true;
    return this;
  }

  /** A request as findings show it: ids are cut short, and what would disturb is escaped. */
  public static String shown(String text) {
    var shown = escaped(text).replaceAll("([A-Za-z0-9_-]{8})[A-Za-z0-9_-]{5,}", "$1..");
    return shown.length() > 48 ? shown.substring(0, 48) + ".." : shown;
  }

  /** A text whose control characters can be seen. */
  public static String escaped(String text) {
    return text.codePoints()
        .mapToObj(c -> Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c))
        .collect(Collectors.joining());
  }

  /** Keeps the next handler that has sent its answer from going on until it is released. */
  public void holdAfterAnswer() {
    holding = true;
    handler.holdAfterAnswer();
  }

  public void release() {
    holding = false;
    handler.release();
  }

  /** Waits until no request is in the handler's hands, unless one is held there. */
  public void settle() {
    if (!holding) {
      expectIdle();
    }
  }

  /** Waits until no request is in the handler's hands. */
  public void expectIdle() {
    expectAtMost(0);
  }

  private void expectAtMost(int handlers) {
    trial.expectSoon(
        "the handler comes to an end once it has answered",
        () -> handler.handling() <= handlers,
        () -> "it goes on" + handler.place().orElse(""));
  }

  /** Expects that every exchange was closed. */
  public void expectClosed() {
    trial.expectSoon(
        "the exchange is closed, so that the connection can be used again",
        () -> handler.open() == 0 || handler.handling() == 0,
        () -> "it goes on" + handler.place().orElse(""));
    trial.settle();
    trial.expectThat(
        "the exchange is closed, so that the connection can be used again",
        handler.open() == 0,
        "the handler is done with it and has not closed it");
  }
}
