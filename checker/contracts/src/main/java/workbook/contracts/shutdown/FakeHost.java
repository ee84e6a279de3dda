package workbook.contracts.shutdown;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.shutdown.ServiceHost;

/** A host that starts and ends when the rule says so. */
final class FakeHost implements ServiceHost {

  final AtomicInteger starts = new AtomicInteger();
  final AtomicInteger requests = new AtomicInteger();
  final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Trial trial;
  private volatile Start atStart = () -> {};

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
    return end.minimalCompletionStage();
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
