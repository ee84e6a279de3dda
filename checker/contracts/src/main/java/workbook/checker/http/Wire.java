package workbook.checker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  private final HttpHandler handler;
  private final InetSocketAddress address;
  private final AtomicInteger handling = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger bodiesBegun = new AtomicInteger();
  private final AtomicReference<@Nullable Thread> latest = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
  private boolean quiet; // these two used by the rule's thread only
  private boolean holding;
  private final AtomicBoolean hold = new AtomicBoolean();
  private final CountDownLatch released = new CountDownLatch(1);

  /** Starts a server that ends with the trial. */
  public Wire(Trial trial, String path, HttpHandler handler) throws IOException {
    this.trial = trial;
    this.handler = handler;
    var server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, path, this::handle);
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
      int others = handling.get();
      return settled(connection.send(method, path).answer(), others);
    }
  }

  /** One request with a body of a length that is announced, on a connection of its own. */
  public Answer send(String method, String path, String contentType, byte[] body) {
    try (var connection = connect()) {
      var type = "Content-Type: " + contentType;
      var length = "Content-Length: " + body.length;
      int others = handling.get();
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
    return bodiesBegun.get();
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
    hold.set(true);
  }

  public void release() {
    holding = false;
    released.countDown();
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
        () -> handling.get() <= handlers,
        () -> "it goes on" + handlersPlace().orElse(""));
  }

  /** Expects that every exchange was closed. */
  public void expectClosed() {
    trial.expectSoon(
        "the exchange is closed, so that the connection can be used again",
        () -> open.get() == 0,
        () -> "the handler is done with it and has not closed it");
  }

  private void handle(HttpExchange exchange) throws IOException {
    latest.set(Thread.currentThread());
    handling.incrementAndGet();
    open.incrementAndGet();
    exchange.setStreams(
        new WatchedInput(exchange.getRequestBody()), new WatchedOutput(exchange.getResponseBody()));
    try {
      handler.handle(exchange);
    } catch (Throwable e) {
      thrown.set(e);
      throw e;
    } finally {
      handling.decrementAndGet();
    }
  }

  private Optional<String> handlersPlace() {
    return Optional.ofNullable(latest.get()).flatMap(thread -> place(thread.getStackTrace()));
  }

  private Optional<String> place(StackTraceElement[] stack) {
    var learners = handler.getClass().getPackageName() + ".";
    return Arrays.stream(stack)
        .filter(frame -> frame.getClassName().startsWith(learners))
        .filter(frame -> !frame.getClassName().startsWith("workbook.checker."))
        .filter(frame -> !frame.getClassName().startsWith("workbook.contracts."))
        .findFirst()
        .map(
            frame ->
                " at %s (%s:%d)"
                    .formatted(frame.getMethodName(), frame.getFileName(), frame.getLineNumber()));
  }

  private final class WatchedInput extends FilterInputStream {

    private boolean begun;

    WatchedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      begin();
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      begin();
      return in.read(buffer, offset, length);
    }

    private void begin() {
      if (!begun) {
        begun = true;
        bodiesBegun.incrementAndGet();
      }
    }
  }

  private final class WatchedOutput extends FilterOutputStream {

    private boolean closed;

    WatchedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
      holdHere(); // an answer with a body is out before its exchange is closed
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try {
        out.close();
      } finally {
        open.decrementAndGet();
        holdHere();
      }
    }

    private void holdHere() {
      if (hold.compareAndSet(true, false)) {
        try {
          var _ = released.await(Patience.ANSWER.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
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
      thrown.set(null);
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
                    handling.get() == 0
                        ? "is done with it"
                        : "is waiting" + handlersPlace().orElse("")));
      } catch (IOException e) {
        trial.note(request + " -> no answer");
        expectIdle();
        var cause = thrown.get();
        throw trial.broken(
            expected,
            cause == null
                ? "the connection was closed without an answer"
                : "the connection was closed without an answer: the handler threw "
                    + Trial.describe(cause)
                    + place(cause.getStackTrace()).orElse(""));
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
