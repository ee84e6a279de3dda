package workbook.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.http.Replies;

/** Two workers, and a page that tells how they are, until Ctrl-C. Given. */
final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final TimeSource TIME = TimeSource.system();
  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(3);
  private static final Duration FOR_A_CHECK = Duration.ofSeconds(1);
  private static final Duration TO_BE_NOTICED = Duration.ofSeconds(3);
  private static final Duration TO_STOP = Duration.ofSeconds(2);
  private static final long GB = 1_000_000_000;

  private final List<Worker> workers = new ArrayList<>();
  private final HealthHandler health;
  private final HttpServer server;

  private Main(int port) throws IOException {
    var live = new ArrayList<HealthCheck.Named>();
    var ready = new ArrayList<HealthCheck.Named>();
    for (var name : List.of("mailer", "cleaner")) {
      var pulse = new Heartbeat(BETWEEN_BEATS, TIME);
      var worker = new Worker(name, pulse);
      pulse.watch(worker);
      workers.add(worker);
      live.add(new HealthCheck.Named(name, FOR_A_CHECK, pulse.live()));
      ready.add(new HealthCheck.Named(name, FOR_A_CHECK, pulse.ready()));
    }
    // Restarting the process frees no disk: this one is asked for ready only.
    ready.add(new HealthCheck.Named("disk", FOR_A_CHECK, Main::disk));
    health = new HealthHandler(new HealthChecks(live, TIME), new HealthChecks(ready, TIME));
    server = listen(port);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/health", health);
    server.createContext("/workers", this::sabotage);
  }

  static void main(String[] args) throws IOException {
    var main = new Main(port(args));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(main::stop));
    main.start();
  }

  private void start() {
    server.start();
    workers.forEach(Worker::start);
    health.started();
    var here = "localhost:" + server.getAddress().getPort();
    log.info("started; Ctrl-C stops. Open http://{}/health in a browser, then", here);
    log.info("kill one worker:  curl -X POST {}/workers/mailer/kill", here);
    log.info("hang the other:   curl -X POST {}/workers/cleaner/hang", here);
  }

  private void stop() {
    try {
      health.stopping();
      log.info(
          "stopping: not ready any more; {} s for others to notice", TO_BE_NOTICED.toSeconds());
      TIME.sleep(TO_BE_NOTICED, CancellationToken.none());
      var deadline = Deadline.after(TO_STOP, TIME);
      for (var worker : workers.reversed()) {
        try {
          worker.stop(deadline);
        } catch (Exception e) {
          log.warn("{}", e.getMessage());
        }
      }
      health.stopped();
      server.stop(0);
      log.info("stopped");
    } catch (InterruptedException e) {
      log.warn("interrupted while stopping", e);
    }
  }

  private static HealthResult disk() throws IOException {
    long free = Files.getFileStore(Path.of("")).getUsableSpace();
    var description = free / GB + " GB free";
    return free < GB ? HealthResult.degraded(description) : HealthResult.healthy(description);
  }

  private void sabotage(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getRawPath();
      for (var worker : workers) {
        var done =
            Map.<String, Runnable>of("kill", worker::kill, "hang", worker::hang).entrySet().stream()
                .filter(fate -> path.equals("/workers/" + worker.name() + "/" + fate.getKey()))
                .findFirst();
        if (done.isPresent() && exchange.getRequestMethod().equals("POST")) {
          done.get().getValue().run();
          exchange.sendResponseHeaders(204, -1);
          return;
        }
      }
      Replies.problem(exchange, 404, "POST to /workers/mailer/kill or /workers/cleaner/hang");
    }
  }

  private static int port(String[] args) {
    try {
      int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that is no port
    }
    throw exit("'" + args[0] + "' is no port: give a number from 1 to 65535, or 0 for a free one");
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
}
