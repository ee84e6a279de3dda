package workbook.shutdown;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;

/** A host with a ticker, a worker and an HTTP endpoint, until Ctrl-C or kill. Given. */
final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofMillis(500);

  private Main() {}

  static void main(String[] args) throws InterruptedException {
    var time = TimeSource.system();
    var worker = new JobWorker("worker");
    // region order
    // Whoever needs another is started after it, and so is stopped before it.
    var services =
        List.of(
            new Ticker("ticker", Duration.ofSeconds(2), time),
            worker,
            new HttpEndpoint("http", port(args), "/jobs", new JobRequests(worker, time)));
    // endregion
    var host =
        new Host(
            services,
            List.of(new Greeting()),
            new HostOptions(STOP_WITHIN, CrashPolicy.STOP_HOST),
            new OrderlyStop(GRACE, time),
            time);
    System.exit(new ShutdownSignal(HostProcess.own()).run(host));
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
    log.error("'{}' is no port: give a number from 1 to 65535", args[0]);
    System.exit(1);
    throw new AssertionError("exited");
  }

  private static final class Greeting implements LifecycleListener {

    @Override
    public void started() {
      long pid = ProcessHandle.current().pid();
      log.info("started; Ctrl-C stops, and so does, in another terminal:  kill {}", pid);
    }
  }
}
