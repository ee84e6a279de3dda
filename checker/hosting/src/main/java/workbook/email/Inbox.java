package workbook.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMTP server on this machine that accepts every mail and delivers none: for looking at what was
 * sent. It keeps the last 100 mails, of 1 MB at most, until it is closed.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
public final class Inbox implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);
  private static final int MOST_MAILS = 100;
  private static final int MOST_BYTES = 1_000_000;

  private final ServerSocket listener;
  private final Deque<byte[]> mails = new ArrayDeque<>(); // guarded by itself
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Opens an inbox on a free port of the loopback address.
   *
   * @throws IOException if there is none
   */
  public Inbox() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("inbox").start(this::accept);
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The mails that it got, oldest first, as they came. */
  public List<byte[]> mails() {
    synchronized (mails) {
      return List.copyOf(mails);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      log.warn("the inbox could not be closed", e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().name("inbox").start(() -> serve(socket));
      } catch (IOException e) {
        log.debug("the inbox is closed", e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var in = new BufferedInputStream(socket.getInputStream());
        var out = socket.getOutputStream()) {
      say(out, "220 inbox ESMTP");
      for (var line = line(in); line != null; line = line(in)) {
        var verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "DATA" -> data(in, out);
          case "QUIT" -> {
            say(out, "221 2.0.0 bye");
            return;
          }
          case "EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP" -> say(out, "250 2.0.0 ok");
          default -> say(out, "500 5.5.1 unknown command");
        }
      }
    } catch (IOException e) {
      log.debug("a connection to the inbox was lost", e);
    } finally {
      open.remove(socket);
    }
  }

  private void data(InputStream in, OutputStream out) throws IOException {
    say(out, "354 end with a dot");
    var mail = new ByteArrayOutputStream();
    for (var line = line(in); line != null; line = line(in)) {
      if (line.equals(".")) {
        keep(out, mail);
        return;
      }
      if (mail.size() <= MOST_BYTES) {
        mail.writeBytes((line.replaceFirst("^\\.", "") + "\r\n").getBytes(ISO_8859_1));
      }
    }
  }

  private void keep(OutputStream out, ByteArrayOutputStream mail) throws IOException {
    if (mail.size() > MOST_BYTES) {
      say(out, "552 5.3.4 at most " + MOST_BYTES + " bytes");
      return;
    }
    synchronized (mails) {
      mails.add(mail.toByteArray());
      if (mails.size() > MOST_MAILS) {
        mails.remove();
      }
    }
    say(out, "250 2.0.0 taken");
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(ISO_8859_1));
    out.flush();
  }

  /** The next line without its end; null at the end of the connection. */
  private static @Nullable String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(), before = 0; c >= 0; before = c, c = in.read()) {
      if (c == '\n' && before == '\r') {
        var text = line.toString(ISO_8859_1);
        return text.substring(0, text.length() - 1);
      }
      if (line.size() <= MOST_BYTES) {
        line.write(c);
      }
    }
    return null;
  }
}
