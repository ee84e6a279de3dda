package workbook.proof.recurring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import workbook.checker.ReservedPort;
import workbook.proof.Browser;

/**
 * The dashboard of JobRunr, opened in a real browser. {@code -Ddashboard.picture=write} writes its
 * picture, which the chapter shows, anew.
 */
class DashboardTest {

  private static final Path ROOT =
      Path.of(System.getProperty("workbook.root", "../..")).toAbsolutePath().normalize();
  private static final Path MODULE = ROOT.resolve("solutions/06-recurring-jobrunr");
  private static final Path PICTURE = ROOT.resolve("chapters/images/06-dashboard.png");
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 640;

  @Test
  void showsTheCleanup() throws Exception {
    try (var port = ReservedPort.forServer()) {
      showsTheCleanup(port.number());
    }
  }

  private static void showsTheCleanup(int port) throws Exception {
    var main = start(port);
    try (var browser = Browser.start(WIDTH, HEIGHT)) {
      awaitPage(main, port);
      var dashboard = "http://127.0.0.1:" + port + "/dashboard";
      browser.open(URI.create(dashboard + "/recurring-jobs"));
      browser.waitFor("both jobs are listed", has("daily-cleanup", "cleanup-often"));
      assertThat(browser.text("body")).contains("At 02:30 AM", "Europe/Berlin");
      browser.open(URI.create(dashboard + "/jobs?state=SUCCEEDED"));
      browser.waitFor("runs have succeeded", "/Succeeded\\s+[1-9]/.test(document.body.innerText)");
      browser.open(URI.create(dashboard + "/recurring-jobs"));
      browser.waitFor("both jobs are listed", has("daily-cleanup", "cleanup-often"));
      var picture = browser.screenshot();
      var image = ImageIO.read(new ByteArrayInputStream(picture));
      assertThat(image.getWidth()).isEqualTo(WIDTH);
      if (System.getProperty("dashboard.picture", "").equals("write")) {
        Files.createDirectories(PICTURE.getParent());
        Files.write(PICTURE, picture);
      }
    } finally {
      main.destroyForcibly();
      main.waitFor();
    }
  }

  private static String has(String... texts) {
    var all = new StringBuilder("true");
    for (var text : texts) {
      all.append(" && document.body.innerText.includes('").append(text).append("')");
    }
    return all.toString();
  }

  private static Process start(int port) throws IOException {
    var classPath = MODULE.resolve("target/classpath.txt");
    if (!Files.isRegularFile(classPath)) {
      return abort("build it first: mvn -q compile -pl solutions/06-recurring-jobrunr");
    }
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                MODULE.resolve("target/classes")
                    + File.pathSeparator
                    + Files.readString(classPath).strip(),
                "workbook.recurring.jobrunr.DashboardMain",
                String.valueOf(port),
                "jdbc:h2:mem:dashboard"))
        .redirectErrorStream(true)
        .redirectOutput(MODULE.resolve("target/dashboard.log").toFile())
        .start();
  }

  private static void awaitPage(Process main, int port) throws Exception {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() - limit < 0 && main.isAlive()) {
      try (var socket = new Socket("127.0.0.1", port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new AssertionError(
        "no dashboard on port "
            + port
            + ": "
            + Files.readString(MODULE.resolve("target/dashboard.log")));
  }
}
