package workbook.problems;

import java.time.Duration;
import java.util.List;
import workbook.checker.VirtualTime;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.shutdown.StopSequence;

/** Draws who stops when, in virtual time: with a time-out for each, and with one deadline. */
final class StopTimeline {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final int KILL = 15_000; // when the supervisor's patience ends
  private static final int END = 26_000;
  private static final int COLUMN = 500;

  private final VirtualTime time = new VirtualTime();
  private final List<Part> services =
      List.of(
          new Part("ledger", 250, false),
          new Part("worker", 8_000, true),
          new Part("printer", Integer.MAX_VALUE, false),
          new Part("http", 4_000, true));

  private StopTimeline() {}

  static void main() throws InterruptedException {
    eachItsOwn().draw("each service has 10 s");
    allTogether().draw("all together have 10 s");
  }

  static StopTimeline eachItsOwn() throws InterruptedException {
    var timeline = new StopTimeline();
    timeline.run(new FullTimeEach(LIMIT, timeline.time));
    return timeline;
  }

  static StopTimeline allTogether() throws InterruptedException {
    var timeline = new StopTimeline();
    timeline.run(new OneDeadline(GRACE, timeline.time));
    return timeline;
  }

  private void run(StopSequence sequence) throws InterruptedException {
    var stop =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    sequence.stop(services, Deadline.after(LIMIT, time));
                  } catch (Exception e) {
                    Thread.currentThread().interrupt(); // the picture shows it
                  }
                });
    time.enroll(stop);
    stop.start();
    for (int millis = 0; millis <= END && stop.isAlive(); millis += COLUMN / 2) {
      time.advanceTo(millis);
    }
  }

  /** What became of each service, the first to stop first. */
  List<String> outcomes() {
    return services.reversed().stream().map(part -> part.name + ": " + part.outcome()).toList();
  }

  private void draw(String title) {
    System.out.printf("%n%s; the supervisor kills at %d s%n", title, KILL / 1000);
    System.out.printf("%-9s 0         5         10        15        20%n", "s");
    System.out.printf("%-9s |         |         |         |         |%n", "");
    services.reversed().forEach(part -> System.out.println(part.line()));
    System.out.printf("%-9s ends at %s s%n", "", time.millis() / 1000.0);
  }

  /** A service that needs some time to stop. */
  private final class Part implements HostedService {

    private final String name;
    private final int needs;
    private final boolean obeys; // ends at its deadline
    private volatile long told;
    private volatile long from = -1;
    private volatile long to = -1;
    private volatile boolean done;

    Part(String name, int needs, boolean obeys) {
      this.name = name;
      this.needs = needs;
      this.obeys = obeys;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() {}

    @Override
    public void stop(Deadline deadline) throws InterruptedException {
      from = time.millis();
      told = deadline.remaining().toMillis();
      try {
        long takes = obeys ? Math.min(needs, told) : needs;
        done = time.sleep(Duration.ofMillis(takes), CancellationToken.none()) && takes == needs;
      } finally {
        to = time.millis();
      }
    }

    String line() {
      var line = new StringBuilder("%-9s ".formatted(name));
      line.repeat(' ', (int) from / COLUMN);
      for (long at = from; at < to; at += COLUMN) {
        line.append(at < KILL ? '=' : '.');
      }
      line.append(done ? "" : "!");
      line.append(" told ").append(told / 1000.0).append(" s, ").append(outcome());
      return line.toString();
    }

    private String outcome() {
      if (from < 0 || from >= KILL) {
        return "killed before it was asked";
      }
      if (to > KILL) {
        return "killed in the middle";
      }
      return done ? "done" : "cut off at " + to / 1000.0 + " s";
    }
  }
}
