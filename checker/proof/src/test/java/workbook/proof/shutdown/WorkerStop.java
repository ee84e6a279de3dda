package workbook.proof.shutdown;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/**
 * One worker stops all services, and is replaced when it is left behind; refusals in other words,
 * and of null without any.
 */
public final class WorkerStop implements StopSequence {

  private final Duration grace;
  private final TimeSource time;

  /** See {@link StopSequence}. */
  public WorkerStop(Duration grace, TimeSource time) {
    if (grace.isZero() || grace.isNegative()) {
      throw new IllegalArgumentException("too short");
    }
    this.grace = grace;
    this.time = Objects.requireNonNull(time);
  }

  /** Runs what it is handed until it is dismissed. */
  private static final class Worker {

    private final BlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();
    private volatile boolean dismissed;
    private final Thread thread = Thread.ofVirtual().name("stops").start(this::work);

    private void work() {
      try {
        while (!dismissed) {
          jobs.take().run();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // left behind between two jobs
      }
    }

    private void leaveBehind() {
      dismissed = true;
      thread.interrupt();
    }
  }

  @Override
  public void stop(List<? extends HostedService> started, Deadline deadline) throws Exception {
    Objects.requireNonNull(deadline);
    var worker = new Worker();
    boolean interrupted = false;
    Throwable first = null;
    try {
      for (var service : List.copyOf(started).reversed()) {
        var failure = new AtomicReference<@Nullable Throwable>();
        var done = new CancellationSource();
        worker.jobs.add(() -> call(service, deadline, failure, done));
        var giveUp = Deadline.after(deadline.remaining().plus(grace), time);
        Throwable thrown;
        while (true) {
          try {
            thrown =
                time.sleep(giveUp.remaining(), done.token())
                    ? new TimeoutException(service.name() + " is still stopping")
                    : failure.get();
            break;
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        if (!done.token().isCancelled()) {
          worker.leaveBehind();
          worker = new Worker();
        }
        if (first == null) {
          first = thrown;
        } else if (thrown != null
            && thrown != first
            && !Arrays.asList(first.getSuppressed()).contains(thrown)) {
          first.addSuppressed(thrown);
        }
      }
    } finally {
      worker.leaveBehind();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    switch (first) {
      case null -> {}
      case Error error -> throw error;
      case Exception exception -> throw exception;
      default -> throw new IllegalStateException(first);
    }
  }

  private static void call(
      HostedService service,
      Deadline deadline,
      AtomicReference<@Nullable Throwable> failure,
      CancellationSource done) {
    try {
      service.stop(deadline);
    } catch (Throwable e) {
      failure.set(e);
    } finally {
      Thread.interrupted(); // the service's own matter, and not the next one's
      done.cancel();
    }
  }
}
