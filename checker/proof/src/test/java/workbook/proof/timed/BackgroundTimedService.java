package workbook.proof.timed;

import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/** Right: the loop alone; the rest is the base class that the chapter ends with. */
public final class BackgroundTimedService extends BackgroundService {

  private static final Logger log = LoggerFactory.getLogger(BackgroundTimedService.class);

  private final Supplier<? extends TickSource> timer;
  private final Work work;

  /**
   * A service.
   *
   * @param name its name
   * @param timer makes its timer
   * @param work its work
   */
  public BackgroundTimedService(String name, Supplier<? extends TickSource> timer, Work work) {
    super(name);
    this.timer = Objects.requireNonNull(timer, "timer");
    this.work = Objects.requireNonNull(work, "work");
  }

  // region execute
  @Override
  protected void execute(CancellationToken stopping) throws Exception {
    try (var ticks = timer.get()) {
      while (ticks.waitForNextTick(stopping)) {
        try {
          work.run(stopping);
        } catch (Exception e) {
          log.error("service '{}': an iteration failed, the next tick will run", name(), e);
        }
        Thread.interrupted(); // left by the work
      }
    }
  }
  // endregion
}
