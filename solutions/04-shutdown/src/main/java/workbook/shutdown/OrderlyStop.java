package workbook.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;

/**
 * Stops services in reverse order, one after the other, within one deadline for all; gives up on
 * one whose stop does not return, and goes on with the next.
 */
public final class OrderlyStop implements StopSequence {

  private static final Logger log = LoggerFactory.getLogger(OrderlyStop.class);

  // with the longest deadline there is, it can still be added up
  private static final Duration LONGEST = Duration.ofDays(1_000_000);

  private final Duration grace;
  private final TimeSource time;

  /**
   * A way to stop services.
   *
   * @param grace how long a stop may go on when the deadline has passed; longer than zero
   * @param time in which it waits
   * @throws IllegalArgumentException if grace is zero or negative
   */
  public OrderlyStop(Duration grace, TimeSource time) {
    this.grace = Arguments.positive(grace, "grace").compareTo(LONGEST) < 0 ? grace : LONGEST;
    this.time = Objects.requireNonNull(time, "time");
  }

  // region stop
  @Override
  public void stop(List<? extends HostedService> started, Deadline deadline) throws Exception {
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(deadline, "deadline");
    var failures = new ArrayList<Throwable>();
    boolean interrupted = false;
    for (var service : started.reversed()) {
      var failure = new AtomicReference<@Nullable Throwable>();
      var stopping = begin(service, deadline, failure);
      interrupted |= join(stopping, deadline);
      if (stopping.isAlive()) {
        stopping.interrupt();
        failure.set(givenUp(service));
      }
      collect(failures, service, failure.get());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    throwFirst(failures);
  }

  // endregion

  /** Calls stop on a thread of its own, so that it can be left behind. */
  private static Thread begin(
      HostedService service, Deadline deadline, AtomicReference<@Nullable Throwable> failure) {
    return Thread.ofVirtual()
        .name("stop " + service.name())
        .start(
            () -> {
              try {
                service.stop(deadline);
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            });
  }

  /** Waits for the thread, until the grace is over; returns whether it was interrupted. */
  private boolean join(Thread thread, Deadline deadline) {
    var giveUp = Deadline.after(deadline.remaining().plus(grace), time);
    boolean interrupted = false;
    while (true) {
      try {
        giveUp.join(thread);
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private TimeoutException givenUp(HostedService service) {
    return new TimeoutException(
        "service '%s' had not stopped %d ms after the deadline and was interrupted"
            .formatted(service.name(), grace.toMillis()));
  }

  private static void collect(
      List<Throwable> failures, HostedService service, @Nullable Throwable failure) {
    if (failure == null) {
      log.info("stopped {}", service.name());
    } else {
      log.error("service '{}' did not stop cleanly", service.name(), failure);
      if (failures.stream().noneMatch(known -> known == failure)) {
        failures.add(failure);
      }
    }
  }

  private static void throwFirst(List<Throwable> failures) throws Exception {
    if (failures.isEmpty()) {
      return;
    }
    var first = failures.removeFirst();
    failures.forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    throw (Exception) first;
  }
}
