package workbook.contracts.timed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** What comes between two lines of a timer. */
final class TimerRaces {

  private TimerRaces() {}

  /** One schedule: a timer, in whose time a tick comes only when somebody was refused. */
  private static final class Race implements TimeSource {

    final TickSource timer;
    final CancellationSource cancel = new CancellationSource();
    private final CancellationSource due = new CancellationSource();
    private volatile long nanos;
    private volatile @Nullable Thread waiter;
    private final Set<Thread> sleeping = ConcurrentHashMap.newKeySet();
    private volatile boolean othersSlept; // threads of the timer's own
    private int refused; // these two are for the actors, of which one runs at a time
    private @Nullable Boolean result;

    Race(TickSourceContract contract) {
      timer = contract.create(TickSourceContract.PERIOD, this);
    }

    void await() throws InterruptedException {
      waiter = Thread.currentThread();
      result = timer.waitForNextTick(cancel.token());
    }

    void awaitOrRefuse() throws InterruptedException {
      try {
        await();
      } catch (IllegalStateException e) {
        refused++;
        due.cancel();
      }
    }

    // The other one may wait for a thread of the timer's own, so that is no fault by itself.
    void expectOneRefused() {
      if (refused != 1) {
        throw new AssertionError(refused == 0 ? "neither is refused" : "both are refused");
      }
      if (Boolean.FALSE.equals(result)) {
        throw new AssertionError("the one that is not refused returns false");
      }
    }

    void expectFalse(Map<String, String> waiting) {
      if (!waiting.isEmpty()) {
        boolean isOnItsWay = !sleeping.contains(waiter) && soon(() -> othersSlept) && noneSleeps();
        if (!isOnItsWay) {
          throw new AssertionError("it waits, and nobody will wake it");
        }
        return; // a thread of the timer's own is just about to wake it
      }
      if (!Boolean.FALSE.equals(result)) {
        throw new AssertionError("it returns " + result);
      }
    }

    private boolean noneSleeps() {
      return soon(sleeping::isEmpty);
    }

    private static boolean soon(BooleanSupplier condition) {
      return Limit.of(Patience.SIGNAL).awaits(condition);
    }

    @Override
    public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
      var end = new CountDownLatch(1);
      var sleeper = Thread.currentThread();
      sleeping.add(sleeper);
      try (var _ = CancellationToken.anyOf(wake, due.token()).onCancel(end::countDown)) {
        end.await();
      } finally {
        sleeping.remove(sleeper);
        othersSlept |= sleeper != waiter;
      }
      if (wake.isCancelled()) {
        return false;
      }
      nanos += time.toNanos();
      return true;
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      thread.join();
      return true;
    }
  }

  static void twoWaits(Trial trial, TickSourceContract contract) {
    trial.setUp("two waits from two threads, in every order of their steps");
    trial.expectInEveryOrder(
        "one of the two is refused, and the other one gets a tick",
        race(trial, contract)
            .actor("waiter 1", Race::awaitOrRefuse)
            .actor("waiter 2", Race::awaitOrRefuse)
            .check((race, _) -> race.expectOneRefused()));
  }

  static void closeAgainstAWait(Trial trial, TickSourceContract contract) {
    trial.setUp("a wait and close from two threads, in every order of their steps");
    trial.expectInEveryOrder(
        "the wait returns false",
        race(trial, contract)
            .actor("waiter", Race::await)
            .actor("closer", race -> race.timer.close())
            .check(Race::expectFalse));
  }

  static void cancelAgainstAWait(Trial trial, TickSourceContract contract) {
    trial.setUp("a wait and the cancelling of its token, in every order of their steps");
    trial.expectInEveryOrder(
        "the wait returns false",
        race(trial, contract)
            .actor("waiter", Race::await)
            .actor("canceller", race -> race.cancel.cancel())
            .check(Race::expectFalse));
  }

  private static Interleavings<Race> race(Trial trial, TickSourceContract contract) {
    var mine = contract.timer(trial);
    var twin = InstrumentingLoader.twin(contract, mine.getClass());
    return Interleavings.from(() -> new Race(twin)).cleanUp(race -> race.timer.close());
  }
}
