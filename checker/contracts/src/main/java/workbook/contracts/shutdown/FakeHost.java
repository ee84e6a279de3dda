package workbook.contracts.shutdown;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.shutdown.ServiceHost;

/** A host that starts and ends when the rule says so. */
final class FakeHost implements ServiceHost {

  final AtomicInteger starts = new AtomicInteger();
  final AtomicInteger requests = new AtomicInteger();
  final List<String> limits = new CopyOnWriteArrayList<>(); // that somebody has set for its end
  private final CompletableFuture<Void> end = new Watched<>();
  private final Trial trial;
  private volatile Start atStart = () -> {};
  private volatile boolean itself;

  /** What its start does. */
  interface Start {
    void run() throws Exception;
  }

  FakeHost(Trial trial) {
    this.trial = trial;
    trial.afterwards(() -> end.complete(null)); // whoever waits for it, even when the JVM exits
  }

  FakeHost atStart(Start start) {
    atStart = start;
    return this;
  }

  /** Hands out the end itself: a stage that depends on it would wrap how it fails. */
  FakeHost itsOwnEnd() {
    itself = true;
    return this;
  }

  FakeHost startingAt(Gate gate) {
    return atStart(gate::pass);
  }

  @Override
  public void start() throws Exception {
    trial.note("the host is starting");
    starts.incrementAndGet();
    atStart.run();
    trial.note("the host has started");
  }

  @Override
  public void requestStop() {
    trial.note("requestStop");
    requests.incrementAndGet();
  }

  @Override
  public CompletionStage<Void> completion() {
    return itself ? end : end.copy();
  }

  /** An end, or what depends on it, that tells when somebody will not wait for it any longer. */
  private final class Watched<T> extends CompletableFuture<T> {

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new Watched<>();
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
      return limited("orTimeout", timeout, unit);
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
      return limited("completeOnTimeout", timeout, unit);
    }

    private CompletableFuture<T> limited(String method, long timeout, TimeUnit unit) {
      limits.add("%s(%d, %s)".formatted(method, timeout, unit));
      return this;
    }
  }

  void ends() {
    trial.note("the host has ended");
    end.complete(null);
  }

  void fails(Throwable cause) {
    trial.note("the host has failed");
    end.completeExceptionally(cause);
  }
}
