package workbook.shutdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.Work;

/**
 * A service that does jobs, one after the other. Given: something that takes its time to end.
 *
 * <p><b>Stopping.</b> Nothing more is accepted; what was accepted is done. At the deadline the job
 * that runs is cancelled and interrupted, and stop throws a {@code TimeoutException} that names
 * every job that was not done.
 *
 * <p><b>Failures.</b> An exception of a job is logged, and the next one runs.
 */
public final class JobWorker extends BackgroundService {

  private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

  // A job that is done is not in running any more; one that was cancelled at the deadline stays
  // there, to be named.
  private final Deque<Job> waiting = new ArrayDeque<>(); // these three guarded by it
  private @Nullable Job running;
  private @Nullable Deadline stopBy;
  private final CancellationSource overdue = new CancellationSource();

  private record Job(String name, Work work) {}

  /**
   * A worker that has not been started.
   *
   * @param name its name
   */
  public JobWorker(String name) {
    super(name);
  }

  /**
   * Hands in a job.
   *
   * @param name what it is called in the log
   * @param work what to do; its token is cancelled at the deadline of a stop
   * @return true if it will be done, false if the worker is stopping
   */
  public boolean submit(String name, Work work) {
    var job = new Job(Objects.requireNonNull(name, "name"), Objects.requireNonNull(work, "work"));
    synchronized (waiting) {
      if (stopBy != null) {
        return false;
      }
      waiting.add(job);
      waiting.notifyAll();
      return true;
    }
  }

  @Override
  protected void execute(CancellationToken stopping) throws InterruptedException {
    for (var job = next(); job.isPresent(); job = next()) {
      run(job.get());
    }
    log.info("every job is done");
  }

  private Optional<Job> next() throws InterruptedException {
    synchronized (waiting) {
      if (stopBy != null && stopBy.hasPassed()) {
        throw new InterruptedException("the deadline has passed");
      }
      running = null;
      while (waiting.isEmpty() && stopBy == null) {
        waiting.wait();
      }
      running = waiting.poll();
      return Optional.ofNullable(running);
    }
  }

  private void run(Job job) {
    log.info("{} begins", job.name);
    try {
      job.work.run(overdue.token());
      hasEnded(job);
    } catch (Exception e) {
      log.error("{} failed", job.name, e);
    }
  }

  /** A job that ends before it is cancelled is done, be it after the deadline. */
  private void hasEnded(Job job) {
    synchronized (waiting) {
      if (!overdue.token().isCancelled()) {
        running = null;
      }
    }
    log.info("{} done", job.name);
  }

  @Override
  public void stop(Deadline deadline) throws Exception {
    synchronized (waiting) {
      stopBy = deadline;
      waiting.notifyAll();
    }
    try {
      super.stop(deadline);
    } catch (TimeoutException e) {
      overdue.cancel();
      throw new TimeoutException(e.getMessage() + "; not done: " + notDone());
    }
  }

  private String notDone() {
    var names = new ArrayList<String>();
    synchronized (waiting) {
      if (running != null) {
        names.add(running.name + " (interrupted)");
      }
      List.copyOf(waiting).forEach(job -> names.add(job.name + " (not begun)"));
    }
    return String.join(", ", names);
  }
}
