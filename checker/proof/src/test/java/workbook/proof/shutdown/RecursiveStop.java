package workbook.proof.shutdown;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import workbook.hosting.Arguments;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/** A stop by recursion, with a platform thread for each service. */
public final class RecursiveStop implements StopSequence {

  private final Duration grace;
  private final TimeSource time;

  /** See {@link StopSequence}. */
  public RecursiveStop(Duration grace, TimeSource time) {
    this.grace = Arguments.positive(grace, "grace");
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public void stop(List<? extends HostedService> started, Deadline deadline) throws Exception {
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(deadline, "deadline");
    var failure = stopFrom(started.size() - 1, started, deadline, null);
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof Exception exception) {
      throw exception;
    }
  }

  private @Nullable Throwable stopFrom(
      int last,
      List<? extends HostedService> started,
      Deadline deadline,
      @Nullable Throwable first) {
    if (last < 0) {
      return first;
    }
    var failure = new @Nullable Throwable[1];
    var service = started.get(last);
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name(service.name() + " is stopping")
            .unstarted(
                () -> {
                  try {
                    service.stop(deadline);
                  } catch (Throwable e) {
                    failure[0] = e;
                  }
                });
    thread.start();
    boolean interrupted = Thread.interrupted();
    try {
      interrupted |= !ended(thread, deadline);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (!thread.isAlive()) {
      return stopFrom(last - 1, started, deadline, both(first, failure[0]));
    }
    thread.interrupt();
    var late = new TimeoutException("'" + service.name() + "' did not stop, even " + grace + " on");
    return stopFrom(last - 1, started, deadline, both(first, late));
  }

  /** Waits for the thread; false if that was interrupted. */
  private boolean ended(Thread thread, Deadline deadline) {
    var left = deadline.remaining().plus(grace);
    long limit = time.nanoTime() + TimeUnit.NANOSECONDS.convert(left); // or 292 years
    boolean undisturbed = true;
    while (thread.isAlive() && time.nanoTime() - limit < 0) {
      try {
        time.join(thread, Duration.ofNanos(limit - time.nanoTime()));
      } catch (InterruptedException e) {
        undisturbed = false;
      }
    }
    return undisturbed;
  }

  private static @Nullable Throwable both(@Nullable Throwable first, @Nullable Throwable second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    if (first != second && !Arrays.asList(first.getSuppressed()).contains(second)) {
      first.addSuppressed(second);
    }
    return first;
  }
}
