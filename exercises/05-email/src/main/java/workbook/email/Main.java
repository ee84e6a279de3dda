package workbook.email;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;

/** Registers users over HTTP and welcomes them by mail, until Ctrl-C. Given. */
final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int SECONDS_FOR_REQUESTS = 2;
  private static final Duration TIME_FOR_WORK = Duration.ofSeconds(40); // more than a mail may take
  private static final RetryPolicy POLICY =
      new RetryPolicy(5, Duration.ofSeconds(2), Duration.ofMinutes(1), 0.5);
  private static final Path UNDELIVERED = Path.of("target", "undelivered");

  private Main() {}

  static void main(String[] args) throws IOException {
    int port = port(args);
    var time = TimeSource.system();
    var inbox = new Inbox();
    var settings = settings(inbox);
    try {
      new SmtpEmailService(settings, time); // what is wrong with the settings is said now
    } catch (IllegalArgumentException e) {
      throw exit(e.getMessage());
    }
    var queue = new DelayedEmailQueue(100, time);
    var scopes = new EmailScopes(() -> new SmtpEmailService(settings, time));
    var service =
        new EmailProcessingService(
            "emails", queue, scopes, POLICY, new UndeliveredFolder(UNDELIVERED), new Random());
    var server = listen(port);
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(executor);
    server.createContext("/register", new RegistrationHandler(queue, new InMemoryUsers()));
    server.createContext("/inbox", new InboxPage(inbox));
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().unstarted(() -> stop(server, service, executor, inbox)));
    service.start();
    server.start();
    log.info("started; Ctrl-C stops. Mails go to {}:{}", settings.host(), settings.port());
    log.info("register:  curl -i -d name=Ann -d email=ann@example.com localhost:{}/register", port);
    log.info("look into the workbook's own inbox:  curl localhost:{}/inbox", port);
  }

  private static SmtpSettings settings(Inbox inbox) {
    try {
      return MainSettings.of(System.getProperties(), System.getenv(), inbox.port());
    } catch (IllegalArgumentException e) {
      throw exit(e.getMessage());
    }
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

  private static AssertionError exit(@Nullable String why) {
    log.error(why);
    System.exit(1);
    return new AssertionError("exited");
  }

  private static void stop(
      HttpServer server, EmailProcessingService service, ExecutorService executor, Inbox inbox) {
    // No new requests, then no new mails: the answers in flight still reach their clients.
    server.stop(SECONDS_FOR_REQUESTS);
    try {
      service.stop(Deadline.after(TIME_FOR_WORK, TimeSource.system()));
      log.info("stopped; what was not sent is in {}", UNDELIVERED.toAbsolutePath());
    } catch (Exception e) {
      log.error("did not stop cleanly", e);
    }
    executor.close();
    inbox.close();
  }
}
