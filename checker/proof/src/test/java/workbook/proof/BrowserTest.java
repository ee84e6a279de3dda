package workbook.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workbook.http.Replies;

/** The browser that pages are tried in does what it says. */
class BrowserTest {

  private static final String PAGE =
      """
      <!doctype html>
      <title>Try</title>
      <body style="background: rgb(0, 128, 0)">
      <h1>Grüß "Gott"</h1>
      <p hidden>not seen</p>
      <button style="margin-top: 2000px" onclick="later()">Press</button>
      <script>
        function later() { setTimeout(() => document.querySelector('h1').textContent = 'pressed', 50); }
        setTimeout(() => { throw new Error('nobody catches this'); }, 0);
      </script>
      """;

  private HttpServer server;
  private URI page;

  @BeforeEach
  void serve() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            0,
            "/",
            exchange -> {
              try (exchange) {
                Replies.bytes(exchange, 200, "text/html; charset=utf-8", PAGE.getBytes(UTF_8));
              }
            });
    server.start();
    page = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsClicksWaitsAndTakesAPicture() throws IOException {
    try (var browser = Browser.start(640, 480)) {
      browser.open(page);
      assertThat(browser.text("body")).contains("Grüß \"Gott\"").doesNotContain("not seen");
      browser.click("button");
      browser.waitFor(
          "the button was pressed", "document.querySelector('h1').textContent === 'pressed'");
      browser.waitFor("the page has scrolled to the button", "scrollY > 1000");
      assertThat(browser.complaints()).anyMatch(line -> line.contains("nobody catches this"));
      assertThat(browser.evaluate("Promise.resolve([1, 'two', null])"))
          .asInstanceOf(LIST)
          .containsExactly(1.0, "two", null);
      assertThatThrownBy(() -> browser.text("#none"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("#none");
      var picture = ImageIO.read(new ByteArrayInputStream(browser.screenshot()));
      assertThat(picture.getWidth()).isEqualTo(640);
      assertThat(picture.getHeight()).isEqualTo(480);
      assertThat(picture.getRGB(639, 0)).isEqualTo(0xff008000);
    }
  }

  @Test
  void leavesNoProcessBehind() {
    long before = ProcessHandle.current().descendants().count();
    try (var browser = Browser.start(320, 200)) {
      assertThat(browser.evaluate("1 + 1")).isEqualTo(2.0);
    }
    assertThat(ProcessHandle.current().descendants().count()).isEqualTo(before);
  }

  @Test
  void saysWhichAddressCannotBeOpened() {
    server.stop(0);
    try (var browser = Browser.start(320, 200)) {
      assertThatThrownBy(() -> browser.open(page)).hasMessageContaining(page.toString());
    }
  }
}
