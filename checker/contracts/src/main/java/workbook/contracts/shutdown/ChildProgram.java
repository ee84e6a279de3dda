package workbook.contracts.shutdown;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.HostProcess;
import workbook.shutdown.JobWorker;

/**
 * The programs that the rules about processes run, on the learner's host and runner, in a JVM of
 * their own. What they log is read by the rule.
 */
public final class ChildProgram {

  static final String RETURNED = "run returned ";
  static final String READY = "ready";
  static final String ALIVE = "still here";
  static final String STUBBORN = "asked to stop, and will not";

  /** What the program with a job logs, in order. */
  static final List<String> JOB_LINES = jobLines();

  /** What the idle program logs about its end, in order. */
  static final List<String> LIFE = List.of("stopping", "stopped", RETURNED + "0");

  static final String EXIT = "exit is called";
  static final String STOPPED = "stopped";

  private static final Logger log = LoggerFactory.getLogger(ChildProgram.class);
  private static final int LINES = 50;
  private static final int NEVER_SEEN = 3;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ProgramContract learners;

  private ChildProgram(ProgramContract learners) {
    this.learners = learners;
  }

  private static List<String> jobLines() {
    var lines = new ArrayList<>(List.of("the job begins", "stopping"));
    IntStream.rangeClosed(1, LINES).forEach(n -> lines.add("line " + n));
    lines.addAll(List.of("the job is done", "stopped", RETURNED + "0"));
    return lines;
  }

  /**
   * Runs a program.
   *
   * @param args the learner's test class, and which program
   * @throws Exception if it cannot be run
   */
  public static void main(String[] args) throws Exception {
    var constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true); // test classes are package-private
    var program = new ChildProgram((ProgramContract) constructor.newInstance());
    int code =
        switch (args[1]) {
          case "job" -> program.job();
          case "idle" -> program.idle();
          case "stubborn" -> program.stubborn();
          case "exit" -> program.exit();
          default -> throw new IllegalArgumentException("no such program: " + args[1]);
        };
    log.info(RETURNED + "{}", code);
    System.exit(code);
  }

  private int job() throws InterruptedException {
    var worker = new JobWorker("worker");
    var begun = new CountDownLatch(1);
    worker.submit(
        "photo",
        _ -> {
          log.info("the job begins");
          begun.countDown();
          stopping.await();
          IntStream.rangeClosed(1, LINES).forEach(n -> log.info("line {}", n));
          log.info("the job is done");
        });
    return run(List.of(worker), Duration.ofSeconds(10), begun::await);
  }

  private int idle() throws InterruptedException {
    return run(
        List.of(new JobWorker("worker")),
        Duration.ofSeconds(10),
        () -> Thread.ofVirtual().start(ChildProgram::answer));
  }

  private static void answer() {
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      if (in.readLine() != null) {
        log.info(ALIVE);
      }
    } catch (IOException e) {
      log.error("cannot be asked", e);
    }
  }

  private int stubborn() throws InterruptedException {
    var service =
        service(
            "stubborn",
            () -> {
              log.info(STUBBORN);
              new CountDownLatch(1).await();
            });
    return run(List.of(service), Duration.ofHours(1), () -> {});
  }

  private int exit() throws InterruptedException {
    var exiting =
        service(
            "exiting",
            () -> {
              log.info(EXIT);
              System.exit(NEVER_SEEN);
            });
    return run(List.of(exiting), Duration.ofMillis(200), () -> {});
  }

  private int run(List<HostedService> services, Duration stopWithin, Part whenStarted)
      throws InterruptedException {
    var main = Thread.currentThread();
    var listener =
        new LifecycleListener() {
          @Override
          public void started() {
            Thread.ofVirtual().start(() -> sayReady(main, whenStarted));
          }

          @Override
          public void stopping() {
            log.info("stopping");
            stopping.countDown();
          }

          @Override
          public void stopped() {
            log.info(STOPPED);
          }
        };
    var options = new HostOptions(stopWithin, CrashPolicy.STOP_HOST);
    var grace = Duration.ofMillis(100);
    var host = learners.host(services, List.of(listener), options, grace, TimeSource.system());
    return learners.runner(HostProcess.own()).run(host);
  }

  /** A signal may come when the main thread has come to rest: it waits for the end of the host. */
  private static void sayReady(Thread main, Part whenStarted) {
    try {
      whenStarted.run();
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .during(Duration.ofMillis(3))
          .until(() -> main.getState() != Thread.State.RUNNABLE);
      log.info(READY);
    } catch (Exception e) {
      log.error("not ready", e);
    }
  }

  /** Something that a service or the program does. */
  private interface Part {
    void run() throws Exception;
  }

  private static HostedService service(String name, Part stop) {
    return new HostedService() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void start() {}

      @Override
      public void stop(Deadline deadline) throws Exception {
        stop.run();
      }
    };
  }
}
