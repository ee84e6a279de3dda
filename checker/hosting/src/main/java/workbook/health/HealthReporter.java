package workbook.health;

/**
 * Runs checks and sums up what they have found. Counterpart of {@code HealthCheckService} in .NET.
 *
 * <p><b>What counts.</b> The report's status is the worst of its checks; without any check it is
 * healthy. A check that throws, an Error too, or that returns null is unhealthy, and so is one that
 * has not ended within its own limit, counted from the beginning of its run. The description is
 * then the reporter's own: what was thrown is logged as a warning or an error, with the exception
 * attached, and none of its text is in the report.
 *
 * <p><b>Order.</b> Checks run side by side, however many there are, each on a thread that has the
 * check's name in its own. The report is complete as soon as each check has ended or has reached
 * its limit; no check waits for another. A check whose limit is reached is interrupted then, and
 * not before.
 *
 * <p><b>Runs.</b> Each report asks anew; no result is kept for a later one, not even for one that
 * begins as soon as another has returned. But a check runs at most once at a time. A report that
 * finds it running shares that run. If that run is past its limit, since it ignores the interrupt,
 * the check is unhealthy at once, and is neither begun again nor waited for until it has ended. So
 * one that hangs for ever costs one thread, not one for each report.
 *
 * <p><b>Threads.</b> Reports may be made from any thread, also at the same time. No thread is kept
 * for the next one: when all checks have ended, none is left.
 */
@FunctionalInterface
public interface HealthReporter {

  /**
   * Makes a report, and waits until it is complete.
   *
   * @return what the checks have found just now
   * @throws InterruptedException if interrupted before or while waiting; reports that others wait
   *     for go on undisturbed, and each run that has begun still ends at its limit
   */
  HealthReport report() throws InterruptedException;
}
