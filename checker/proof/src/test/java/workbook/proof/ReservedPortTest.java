package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import workbook.checker.ReservedPort;

/**
 * Who connects to a reserved port never meets a stranger, however many look for ports of theirs.
 */
class ReservedPortTest {

  // Together about as many as Linux has for those who ask for any port.
  private static final int PORTS_OF_EACH = 14_000;

  @Test
  void withoutServerStaysRefused() throws Exception {
    try (var port = ReservedPort.withoutServer()) {
      expectOthersGetOther(port);
      for (var reuse : new boolean[] {false, true}) {
        try (var server = new ServerSocket()) {
          server.setReuseAddress(reuse);
          assertThatThrownBy(() -> server.bind(address(port))).isInstanceOf(BindException.class);
        }
      }
      expectRefused(port);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void forServerStaysRefusedWhenTheServerHasGone() throws Exception {
    try (var port = ReservedPort.forServer()) {
      expectRefused(port);
      expectOthersGetOther(port);
      try (var server = new ServerSocket()) {
        server.bind(address(port));
        try (var client = connect(port);
            var accepted = server.accept()) {
          assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        }
        expectOthersGetOther(port);
      }
      expectRefused(port);
      expectOthersGetOther(port);
    }
  }

  private static void expectOthersGetOther(ReservedPort port) throws Exception {
    Callable<Void> other =
        () -> {
          for (int n = 0; n < PORTS_OF_EACH; n++) {
            try (var server = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
              assertThat(server.getLocalPort()).isNotEqualTo(port.number());
            }
          }
          return null;
        };
    try (var others = Executors.newFixedThreadPool(2)) {
      var one = others.submit(other);
      var another = others.submit(other);
      one.get();
      another.get();
    }
  }

  private static void expectRefused(ReservedPort port) {
    assertThatThrownBy(() -> connect(port).close()).isInstanceOf(ConnectException.class);
  }

  private static Socket connect(ReservedPort port) throws IOException {
    return new Socket("localhost", port.number());
  }

  private static InetSocketAddress address(ReservedPort port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName("localhost"), port.number());
  }
}
