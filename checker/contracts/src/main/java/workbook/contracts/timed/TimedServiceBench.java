package workbook.contracts.timed;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.checker.fakes.ManualTicks;
import workbook.contracts.shared.ServiceStarts;
import workbook.contracts.shared.Stopper;
import workbook.hosting.CancellationToken;
import workbook.hosting.HostedService;
import workbook.timed.TickSource;

/** A service under test, its ticks, and a way to stop it. */
final class TimedServiceBench {

  static final String NAME = "clock";

  final Trial trial;
  final ManualTicks ticks;
  final HostedService service;
  final AtomicInteger timersMade = new AtomicInteger();
  final AtomicBoolean waitInterrupted = new AtomicBoolean();

  TimedServiceBench(Trial trial, Function<Supplier<? extends TickSource>, HostedService> service) {
    this.trial = trial;
    this.ticks = new ManualTicks(trial.time());
    this.service = trial.subject(service.apply(this::timer));
    trial.afterwards(ticks::close);
  }

  private TickSource timer() {
    timersMade.incrementAndGet();
    return new TickSource() {
      @Override
      public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
        try {
          return ticks.waitForNextTick(cancel);
        } catch (InterruptedException e) {
          waitInterrupted.set(true);
          throw e;
        }
      }

      @Override
      public void close() {
        ticks.close();
      }
    };
  }

  TimedServiceBench start() {
    ServiceStarts.first(trial, service);
    trial.expectSoon(
        "the service waits for a tick", ticks::wasWaitedFor, () -> "nobody waits for the timer");
    trial.settle();
    return this;
  }

  void tick() {
    trial.note("tick");
    ticks.tick();
    trial.settle();
  }

  void expectTimerClosed() {
    trial.expectThat("the timer is closed", ticks.isClosed(), "nobody has closed the timer");
  }

  Caller<Object> stop() {
    return new Stopper(trial, service).stop();
  }
}
