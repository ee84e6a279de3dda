package workbook.proof.shutdown;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/** A stop built on futures: a sleep until the limit that the end of the service cuts short. */
public final class FutureStop implements StopSequence {

  private final Duration grace;
  private final TimeSource time;

  /** See {@link StopSequence}. */
  public FutureStop(Duration grace, TimeSource time) {
    if (grace == null || grace.compareTo(Duration.ofNanos(1)) < 0) {
      throw new IllegalArgumentException("grace must be longer than zero, but is " + grace);
    }
    this.grace = grace;
    this.time = Objects.requireNonNull(time, "time is null");
  }

  @Override
  public void stop(List<? extends HostedService> started, Deadline deadline) throws Exception {
    Objects.requireNonNull(started, "started is null");
    Objects.requireNonNull(deadline, "deadline is null");
    var collected = new LinkedHashSet<Throwable>(); // exceptions are equal to themselves alone
    boolean interrupted = Thread.interrupted();
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = started.size() - 1; i >= 0; i--) {
      var one = new One(started.get(i), deadline);
      executor.execute(one.task);
      var giveUp = Deadline.after(deadline.remaining().plus(grace), time);
      while (!one.hasEnded()) {
        try {
          one.await(giveUp);
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      var failure = one.outcome();
      if (failure.isPresent() && collected.add(failure.get()) && collected.size() > 1) {
        collected.getFirst().addSuppressed(failure.get());
      }
    }
    executor.shutdown(); // not close, which would wait for those left behind
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow(collected.isEmpty() ? null : collected.getFirst());
  }

  private static void rethrow(@Nullable Throwable failure) throws Exception {
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      case Exception exception -> throw exception;
      default -> throw new AssertionError(failure);
    }
  }

  private final class One {

    private final HostedService service;
    private final CancellationSource ended = new CancellationSource();
    private final FutureTask<Void> task;

    One(HostedService service, Deadline deadline) {
      this.service = service;
      this.task =
          new FutureTask<>(
              () -> {
                service.stop(deadline);
                return null;
              }) {
            @Override
            protected void done() {
              ended.cancel();
            }
          };
    }

    boolean hasEnded() {
      return task.isDone();
    }

    void await(Deadline giveUp) throws InterruptedException {
      time.sleep(giveUp.remaining(), ended.token());
    }

    Optional<Throwable> outcome() {
      if (!task.isDone()) {
        task.cancel(true);
        return Optional.of(new TimeoutException(service.name() + " was left behind"));
      }
      try {
        task.get();
        return Optional.empty();
      } catch (ExecutionException e) {
        return Optional.ofNullable(e.getCause());
      } catch (InterruptedException e) {
        throw new AssertionError("it is done", e);
      }
    }
  }
}
