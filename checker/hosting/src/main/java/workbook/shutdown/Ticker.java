package workbook.shutdown;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** A service that logs a line at regular times. Given: something that ends as soon as asked. */
public final class Ticker extends BackgroundService {

  private static final Logger log = LoggerFactory.getLogger(Ticker.class);

  private final Duration period;
  private final TimeSource time;

  /**
   * A ticker that has not been started.
   *
   * @param name its name
   * @param period the time between two lines, longer than zero
   * @param time in which it waits
   */
  public Ticker(String name, Duration period, TimeSource time) {
    super(name);
    this.period = Arguments.positive(period, "period");
    this.time = time;
  }

  @Override
  protected void execute(CancellationToken stopping) throws InterruptedException {
    while (time.sleep(period, stopping)) {
      log.info("tick");
    }
    log.info("no more ticks");
  }
}
