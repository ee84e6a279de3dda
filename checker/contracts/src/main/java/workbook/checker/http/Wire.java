package workbook.checker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
      return new Connection();
    } catch (IOException e) {
      throw new AssertionError("no connection to the checker's own server", e);
    }
  }

  /** How many bodies the handler has begun to read. */
  public int bodiesBegun() {
    return handler.bodiesBegun();
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
        () -> handler.open() == 0,
        () -> "the handler is done with it and has not closed it");
  }

  /** A connection that carries one request after the other. */
  public final class Connection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private String request = "";

    private Connection() throws IOException {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Patience.ANSWER.limit().toMillis());
      in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a request up to the end of its headers. */
    public Connection send(String method, String path, String... headers) {
      handler.forgetThrown();
      request = shown(method + " " + path);
      for (var header : headers) {
        if (header.startsWith("Content-Type: ") && !header.endsWith("image/png")) {
          request += " (" + shown(header.substring("Content-Type: ".length())) + ")";
        }
      }
      var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
      for (var header : headers) {
        head.append(header).append("\r\n");
      }
      return write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    /** Sends bytes as they are. */
    public Connection write(byte[] bytes) {
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException e) {
        trial.note(request + ": the server has closed the connection"); // its answer may be there
      }
      return this;
    }

    /** Sends bytes as a chunk. */
    public Connection writeChunk(byte[] bytes) {
      var chunk = new ByteArrayOutputStream();
      chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
      chunk.writeBytes(bytes);
      chunk.writeBytes("\r\n".getBytes(ISO_8859_1));
      return write(chunk.toByteArray());
    }

    /** Sends nothing any more; answers can still be received. */
    public Connection breakOff() {
      try {
        socket.shutdownOutput();
      } catch (IOException e) {
        trial.note(request + ": the server has closed the connection");
      }
      return this;
    }

    public Answer answer() {
      return answer(request + " is answered");
    }

    /** Receives the answer, which is expected in these words. */
    public Answer answer(String expected) {
      try {
        var answer = receive();
        if (!quiet) {
          trial.note(request + " -> " + answer.status());
        }
        return answer;
      } catch (SocketTimeoutException e) {
        trial.note(request + " -> no answer");
        throw trial.broken(
            expected,
            "no answer within %d s: the handler %s"
                .formatted(
                    Patience.ANSWER.limit().toSeconds(),
                    handler.handling() == 0
                        ? "is done with it"
                        : "is waiting" + handler.place().orElse("")));
      } catch (IOException e) {
        trial.note(request + " -> no answer");
        expectIdle();
        var cause = handler.thrown();
        throw trial.broken(
            expected,
            cause == null
                ? "the connection was closed without an answer"
                : "the connection was closed without an answer: the handler threw "
                    + Trial.describe(cause)
                    + handler.place(cause).orElse(""));
      }
    }

    private Answer receive() throws IOException {
      var statusLine = line();
      int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
      var headers = new TreeMap<String, String>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.merge(
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip(),
            (one, other) -> one + ", " + other);
      }
      return new Answer(request, status, headers, body(headers));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
      if (headers.containsKey("transfer-encoding")) {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
          body.writeBytes(exactly(size));
          line();
        }
        line();
        return body.toByteArray();
      }
      var length = headers.get("content-length");
      return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private int chunkSize() throws IOException {
      return Integer.parseInt(line().split(";")[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
      var bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException();
      }
      return bytes;
    }

    private String line() throws IOException {
      var line = new ByteArrayOutputStream();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException();
        }
        line.write(c);
      }
      return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        trial.note("a socket could not be closed");
      }
    }
  }
}
