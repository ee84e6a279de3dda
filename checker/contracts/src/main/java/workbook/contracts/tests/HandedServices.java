package workbook.contracts.tests;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.tests.FailureListener;
import workbook.tests.TimedServices;

/** Services of one kind. */
final class HandedServices implements Handed, TimedServices {

  private final Function<ServicePlan, HostedService> kind;
  private final AtomicInteger calls = new AtomicInteger();
  private final CancellationSource over = new CancellationSource();
  private final Set<Thread> working = ConcurrentHashMap.newKeySet();

  HandedServices(Function<ServicePlan, HostedService> kind) {
    this.kind = kind;
  }

  @Override
  public HostedService create(
      String name, Duration period, TimeSource time, Work work, FailureListener failures) {
    var ending = new Ending(time);
    return new Counted(
        kind.apply(
            new ServicePlan(name, period, ending, stop -> run(ending, work, stop), failures)));
  }

  private void run(TimeSource time, Work work, CancellationToken stop) throws Exception {
    working.add(Thread.currentThread());
    try {
      ServicePlan.takePart(time); // whatever the work waits for
      work.run(stop);
    } finally {
      working.remove(Thread.currentThread());
    }
  }

  @Override
  public int calls() {
    return calls.get();
  }

  /** A wrong one need not listen to stop: so it is its time that ends, and its work. */
  @Override
  public void close() {
    over.cancel();
    working.forEach(Thread::interrupt);
  }

  /** The tests are over, and the service goes on. */
  private static final class Over extends Error {

    private static final long serialVersionUID = 1L;
  }

  /** A time in which nobody sleeps when the tests are over. */
  private final class Ending implements TimeSource {

    private final TimeSource time;

    Ending(TimeSource time) {
      this.time = time;
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public boolean sleep(Duration duration, CancellationToken wake) throws InterruptedException {
      endIfOver();
      boolean passed = time.sleep(duration, CancellationToken.anyOf(wake, over.token()));
      endIfOver();
      return passed;
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      return time.join(thread, limit);
    }

    private void endIfOver() {
      if (over.token().isCancelled()) {
        throw new Over();
      }
    }
  }

  private final class Counted implements HostedService {

    private final HostedService service;

    Counted(HostedService service) {
      this.service = service;
    }

    @Override
    public String name() {
      calls.incrementAndGet();
      return service.name();
    }

    @Override
    public void start() throws Exception {
      calls.incrementAndGet();
      service.start();
    }

    @Override
    public void stop(Deadline deadline) throws Exception {
      calls.incrementAndGet();
      service.stop(deadline);
    }

    @Override
    public CompletionStage<Void> completion() {
      calls.incrementAndGet();
      return service.completion();
    }
  }
}
