package workbook.contracts.shutdown;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import workbook.checker.Patience;

/** As much of an HTTP client as a rule needs. */
final class Client {

  private Client() {}

  /** Sends a request without a body; the status of the answer, 0 if the connection was closed. */
  static int post(int port, String path) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) Patience.ANSWER.limit().toMillis());
      var request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      var status =
          new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), US_ASCII);
      return status.startsWith("HTTP/1.1 ") ? Integer.parseInt(status.substring(9)) : 0;
    }
  }

  /** Whether somebody listens. */
  static boolean canConnect(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
