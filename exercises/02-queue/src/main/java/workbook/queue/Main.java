package workbook.queue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;

/** Makes thumbnails of the images that are sent to it, until Ctrl-C. Given. */
final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int MOST_BYTES = 10 * 1024 * 1024;
  private static final int SECONDS_FOR_REQUESTS = 2;
  private static final Duration TIME_FOR_WORK = Duration.ofSeconds(10);

  private Main() {}

  static void main(String[] args) throws IOException {
    int port = port(args);
    var queue = new BoundedTaskQueue(100);
    var service = new QueuedService("thumbnails", queue, 2);
    var handler = new JobsHandler(queue, new Thumbnails(200), MOST_BYTES);
    var server = listen(port);
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(executor);
    server.createContext("/jobs", handler);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server, service, executor)));
    service.start();
    server.start();
    var jobs = "localhost:" + port + "/jobs";
    log.info("started; Ctrl-C stops. Send an image, from the root of the workbook:");
    log.info(
        "curl -i -H \"Content-Type: image/jpeg\" --data-binary"
            + " @exercises/02-queue/images/mountains.jpg {}",
        jobs);
    log.info("ask for the job, with the id of its location:  curl {}/ID", jobs);
    log.info("fetch the thumbnail:  curl -o thumbnail.png {}/ID/result", jobs);
  }

  private static int port(String[] args) {
    try {
      int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that is no port
    }
    throw exit("'" + args[0] + "' is no port: give a number from 1 to 65535");
  }

  private static HttpServer listen(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException e) {
      throw exit(
          "port " + port + " cannot be used (" + e.getMessage() + "): give another as argument");
    }
  }

  private static AssertionError exit(String why) {
    log.error(why);
    System.exit(1);
    return new AssertionError("exited");
  }

  private static void stop(HttpServer server, QueuedService service, ExecutorService executor) {
    // No new requests, then no new work: the answers in flight still reach their clients.
    server.stop(SECONDS_FOR_REQUESTS);
    try {
      service.stop(Deadline.after(TIME_FOR_WORK, TimeSource.system()));
      log.info("stopped");
    } catch (Exception e) {
      log.error("did not stop cleanly", e);
    }
    executor.shutdownNow(); // close would wait for whoever is still there, without a limit
  }
}
