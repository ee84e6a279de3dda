package workbook.checker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.Thread.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import workbook.checker.Patience;

/**
 * A handler of which it is seen what it does with an exchange: when it reads and how much, when its
 * answer is out, when it is done. It can be held after its answer.
 */
final class WatchedHandler implements HttpHandler {

  private static final List<String> JDK = List.of("java.", "jdk.", "sun.");
  private static final Set<String> WAITS =
      Set.of("park", "parkNanos", "parkUntil", "sleep", "sleepNanos", "wait", "wait0");

  private final HttpHandler handler;
  private final AtomicInteger handling = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger bodiesBegun = new AtomicInteger();
  private final AtomicInteger answersBegun = new AtomicInteger();
  private final AtomicLong bytesRead = new AtomicLong();
  private final Map<Integer, Watched> latest = new ConcurrentHashMap<>(); // by the client's port
  private volatile @Nullable Watched last;
  private final AtomicBoolean hold = new AtomicBoolean();
  private final CountDownLatch released = new CountDownLatch(1);

  WatchedHandler(HttpHandler handler) {
    this.handler = handler;
  }

  /** How many requests are in the handler's hands. */
  int handling() {
    return handling.get();
  }

  /** How many exchanges are not closed. */
  int open() {
    return open.get();
  }

  int bodiesBegun() {
    return bodiesBegun.get();
  }

  /** How many answers with a body the handler has begun to send. */
  int answersBegun() {
    return answersBegun.get();
  }

  /** How many bytes of bodies the handler itself has read. */
  long bytesRead() {
    return bytesRead.get();
  }

  /** The exchange that came last from this port of a client, since it was forgotten. */
  Optional<Watched> latest(int port) {
    return Optional.ofNullable(latest.get(port));
  }

  void forget(int port) {
    latest.remove(port);
  }

  /** Keeps the next request that has its answer from going on until it is released. */
  void holdAfterAnswer() {
    hold.set(true);
  }

  void release() {
    released.countDown();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var watched = new Watched();
    last = watched;
    latest.put(exchange.getRemoteAddress().getPort(), watched);
    handling.incrementAndGet();
    open.incrementAndGet();
    exchange.setStreams(
        new WatchedInput(exchange.getRequestBody()),
        new WatchedOutput(exchange.getResponseBody(), watched));
    try {
      handler.handle(exchange);
      if (hasNoBody(exchange)) {
        watched.close(); // as the server has done it, which sends no more than headers
      }
      watched.returned = true;
    } catch (Throwable e) {
      watched.thrown = e;
      throw e;
    } finally {
      handling.decrementAndGet();
    }
  }

  private static boolean hasNoBody(HttpExchange exchange) {
    return switch (exchange.getResponseCode()) {
      case -1 -> false;
      case 204, 304 -> true;
      default ->
          exchange.getRequestMethod().equals("HEAD")
              || "0".equals(exchange.getResponseHeaders().getFirst("Content-length"));
    };
  }

  /** Where the handler that came last is just now. */
  Optional<String> place() {
    return Optional.ofNullable(last).flatMap(Watched::place);
  }

  private static boolean isOfTheJdk(StackTraceElement frame) {
    return JDK.stream().anyMatch(frame.getClassName()::startsWith);
  }

  private boolean isLearners(StackTraceElement frame) {
    var type = frame.getClassName();
    return type.startsWith(handler.getClass().getPackageName() + ".")
        && !type.startsWith("workbook.checker.")
        && !type.startsWith("workbook.contracts.");
  }

  private Optional<String> place(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(this::isLearners)
        .findFirst()
        .map(
            frame ->
                " at %s (%s:%d)"
                    .formatted(frame.getMethodName(), frame.getFileName(), frame.getLineNumber()));
  }

  /** What is seen of one exchange. */
  final class Watched {

    private final Thread thread = Thread.currentThread();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean returned;
    private volatile @Nullable Throwable thrown;

    /** Whether handle has returned and has left the exchange open. */
    boolean leftOpen() {
      return returned && !closed.get();
    }

    /** Whether handle waits, and not for a while only. */
    boolean waits() {
      var state = thread.getState();
      return !returned && thrown == null && (state == State.WAITING || state == State.BLOCKED);
    }

    /** Whether handle has come to its end, one way or the other. */
    boolean isDone() {
      return returned || thrown != null;
    }

    /** Where handle waits by a call of its own: not for bytes, and not inside a library. */
    Optional<String> ownWait() {
      var stack = thread.getStackTrace();
      var jdk = Arrays.stream(stack).takeWhile(WatchedHandler::isOfTheJdk).toList();
      boolean waits =
          jdk.stream().map(StackTraceElement::getMethodName).anyMatch(WAITS::contains)
              && jdk.stream().noneMatch(frame -> frame.getClassName().contains(".nio."));
      return waits && jdk.size() < stack.length && isLearners(stack[jdk.size()])
          ? WatchedHandler.this.place(stack)
          : Optional.empty();
    }

    /** What the handler threw. */
    @Nullable Throwable thrown() {
      return thrown;
    }

    /** Where handle is just now, or where it threw. */
    Optional<String> place() {
      return WatchedHandler.this.place(stack());
    }

    /** The stack of where handle is just now, or of where it threw. */
    StackTraceElement[] stack() {
      var cause = thrown;
      return cause == null ? thread.getStackTrace() : cause.getStackTrace();
    }

    private void close() {
      if (closed.compareAndSet(false, true)) {
        open.decrementAndGet();
      }
    }
  }

  private final class WatchedInput extends FilterInputStream {

    private boolean begun;

    WatchedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      begin();
      int read = in.read();
      bytesRead.addAndGet(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      begin();
      int read = in.read(buffer, offset, length);
      bytesRead.addAndGet(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      begin();
      long skipped = in.skip(Math.min(bytes, 8_192)); // in small steps, to be counted meanwhile
      bytesRead.addAndGet(skipped);
      return skipped;
    }

    private void begin() {
      if (!begun) {
        begun = true;
        bodiesBegun.incrementAndGet();
      }
    }
  }

  private final class WatchedOutput extends FilterOutputStream {

    private final Watched watched;
    private boolean begun;
    private boolean closed;

    WatchedOutput(OutputStream out, Watched watched) {
      super(out);
      this.watched = watched;
    }

    @Override
    public void write(int b) throws IOException {
      begin();
      out.write(b);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      begin();
      out.write(buffer, offset, length);
    }

    private void begin() {
      if (!begun) {
        begun = true;
        answersBegun.incrementAndGet();
      }
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
      watched.close();
      out.close();
      holdHere();
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
}
