package workbook.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of localhost that nobody else is given until it is closed: a connection to it is refused,
 * even while other programs open ports of their own. A port that was merely free a moment ago may
 * belong to a stranger by now.
 */
public final class ReservedPort implements AutoCloseable {

  // Bound and never connected: the system keeps the number, and nobody listens.
  private final Socket holder = new Socket();
  private final int number;

  private ReservedPort(boolean shared) {
    try {
      holder.setReuseAddress(shared);
      holder.bind(new InetSocketAddress(InetAddress.getByName("localhost"), 0));
      number = holder.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port on localhost", e);
    }
  }

  /** Reserves a port at which nobody can listen. */
  public static ReservedPort withoutServer() {
    return new ReservedPort(false);
  }

  /**
   * Reserves a port for a server that is given its number. It stays reserved when that server has
   * gone. Where the system allows nobody to listen at a reserved port, as only Linux does, it is
   * merely free.
   */
  public static ReservedPort forServer() {
    var reserved = new ReservedPort(true);
    try (var server = new ServerSocket()) {
      server.bind(reserved.holder.getLocalSocketAddress());
    } catch (BindException e) {
      reserved.close();
    } catch (IOException e) {
      reserved.close();
      throw new UncheckedIOException("no port on localhost", e);
    }
    return reserved;
  }

  /** Its number. */
  public int number() {
    return number;
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
