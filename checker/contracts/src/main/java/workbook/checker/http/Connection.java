package workbook.checker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import workbook.checker.Patience;
import workbook.checker.RuleBroken;
import workbook.checker.Trial;
import workbook.checker.http.WatchedHandler.Watched;
import workbook.checker.http.Wire.Answer;

/**
 * A connection that carries one request after the other. An answer that cannot come any more is not
 * waited for.
 *
 * <p><b>Threads.</b> To be used from the rule's own thread.
 */
public final class Connection implements AutoCloseable {

  private static final int LOOK_MILLIS = 20;

  private final Wire wire;
  private final Trial trial;
  private final WatchedHandler handler;
  private final Socket socket;
  private final InputStream in;
  private String request = "";

  Connection(Wire wire, Trial trial, WatchedHandler handler, Socket socket) throws IOException {
    this.wire = wire;
    this.trial = trial;
    this.handler = handler;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LOOK_MILLIS);
    in = new BufferedInputStream(new Watchful(socket.getInputStream()));
  }

  /** Sends a request up to the end of its headers. */
  public Connection send(String method, String path, String... headers) {
    handler.forget(socket.getLocalPort());
    request = Wire.shown(method + " " + path);
    for (var header : headers) {
      if (header.startsWith("Content-Type: ") && !header.endsWith("image/png")) {
        request += " (" + Wire.shown(header.substring("Content-Type: ".length())) + ")";
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

  /** Waits until the handler has the request. */
  public Connection expectBegun() {
    trial.expectSoon(
        request + " reaches the handler",
        () -> handler.latest(socket.getLocalPort()).isPresent(),
        () -> "it has not");
    return this;
  }

  /** Waits until the handler is done with the request, which it is expected not to wait for. */
  public Connection expectNoWait(String expected) {
    expectBegun();
    var exchange = handler.latest(socket.getLocalPort()).orElseThrow();
    trial.expectSoon(
        "the handler comes to an end",
        () -> {
          exchange
              .ownWait()
              .ifPresent(
                  place -> {
                    throw trial.broken(expected, "it waits" + place);
                  });
          return exchange.isDone();
        },
        () -> "it goes on" + exchange.place().orElse(""));
    return this;
  }

  public Answer answer() {
    return answer(request + " is answered");
  }

  /** Receives the answer, which is expected in these words. */
  public Answer answer(String expected) {
    var reader = new AnswerReader(in);
    try {
      var answer = reader.read(request);
      if (!wire.isQuiet()) {
        trial.note(request + " -> " + answer.status());
      }
      return answer;
    } catch (NoAnswer e) {
      trial.note(request + " -> no answer");
      throw trial.broken(expected, e.reason);
    } catch (IOException e) {
      trial.note(request + " -> no answer");
      wire.expectIdle();
      throw closed(expected, reader.hasBegun());
    }
  }

  private RuleBroken closed(String expected, boolean begun) {
    var how = "the connection was closed " + (begun ? "in mid-answer" : "without an answer");
    var exchange = handler.latest(socket.getLocalPort());
    var thrown = exchange.map(Watched::thrown);
    return thrown.isEmpty()
        ? trial.broken(expected, how)
        : trial.broken(
            expected,
            how
                + ": the handler threw "
                + Trial.describe(thrown.get())
                + exchange.flatMap(Watched::place).orElse(""),
            exchange.get().stack());
  }

  /** Why no answer is to be expected any more. */
  private Optional<String> giveUp(long waited) {
    var exchange = handler.latest(socket.getLocalPort());
    if (exchange.filter(Watched::leftOpen).isPresent()) {
      trial.settle(); // another thread may be about to close it
      return exchange
          .filter(Watched::leftOpen)
          .map(_ -> "no answer: handle has returned and has not closed its exchange");
    }
    if (waited > Patience.SIGNAL.limit().toNanos() / 3
        && exchange.filter(Watched::waits).isPresent()) {
      trial.settle(); // another thread may be about to wake it
      return exchange
          .filter(Watched::waits)
          .map(e -> "no answer: the handler is waiting" + e.place().orElse(""));
    }
    var limit = Patience.ANSWER.limit();
    return waited <= limit.toNanos()
        ? Optional.empty()
        : Optional.of(
            "no answer within %d s: the handler %s"
                .formatted(
                    limit.toSeconds(),
                    handler.handling() == 0
                        ? "is done with it"
                        : "goes on" + handler.place().orElse("")));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      trial.note("a socket could not be closed");
    }
  }

  private static final class NoAnswer extends IOException {

    private static final long serialVersionUID = 1L;
    private final String reason;

    NoAnswer(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** Waits for bytes, and looks now and then whether any can be expected. */
  private final class Watchful extends FilterInputStream {

    Watchful(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long from = System.nanoTime();
      var reason = Optional.<String>empty();
      while (true) {
        try {
          return in.read(buffer, offset, length);
        } catch (SocketTimeoutException e) {
          if (reason.isPresent()) { // what was sent before has been read by now
            throw new NoAnswer(reason.get());
          }
          reason = giveUp(System.nanoTime() - from);
        }
      }
    }
  }
}
