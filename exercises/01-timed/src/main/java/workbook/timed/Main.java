package workbook.timed;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;

/** Logs the time every five seconds until Ctrl-C. Given. */
final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("HH:mm:ss");

  private Main() {}

  static void main() {
    var time = TimeSource.system();
    var service =
        new TimedService(
            "clock",
            () -> new PeriodicTimer(Duration.ofSeconds(5), time),
            _ -> log.info("it is {}", HOURS.format(ZonedDateTime.now())));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(service, time)));
    service.start();
    log.info("started; Ctrl-C stops");
    // The service's thread is virtual, and virtual threads do not keep a JVM alive.
    service.completion().toCompletableFuture().join();
  }

  private static void stop(TimedService service, TimeSource time) {
    try {
      service.stop(Deadline.after(Duration.ofSeconds(10), time));
      log.info("stopped");
    } catch (Exception e) {
      log.error("did not stop cleanly", e);
    }
  }
}
