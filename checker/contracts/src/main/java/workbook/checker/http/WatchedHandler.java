package workbook.checker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import workbook.checker.Patience;

/**
 * A handler of which it is seen what it does with an exchange: when it reads, when its answer is
 * out, when it is done. It can be held after its answer.
 */
final class WatchedHandler implements HttpHandler {

  private final HttpHandler handler;
  private final AtomicInteger handling = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger bodiesBegun = new AtomicInteger();
  private final AtomicReference<@Nullable Thread> latest = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
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

  /** What the handler threw, unless it was forgotten since. */
  @Nullable Throwable thrown() {
    return thrown.get();
  }

  void forgetThrown() {
    thrown.set(null);
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

  /** Where the handler that came last is just now. */
  Optional<String> place() {
    return Optional.ofNullable(latest.get()).flatMap(thread -> place(thread.getStackTrace()));
  }

  /** Where the handler threw it. */
  Optional<String> place(Throwable thrown) {
    return place(thrown.getStackTrace());
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
}
