package workbook.contracts.tests;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.locks.LockSupport;
import workbook.tests.Reservations;

/** Rooms that keep their contract, without a lock. They have nothing in common but that. */
final class RightReservationsWithoutLocks {

  private RightReservationsWithoutLocks() {}

  private static Optional<Integer> answer(int seat) {
    return seat > 0 ? Optional.of(seat) : Optional.empty();
  }

  /** Each change is a new plan of the seats, which takes the place of the one it was made from. */
  static final class OfPlans implements Reservations {

    private final Runnable soldOut;
    private final AtomicMarkableReference<Seats> plan; // marked when closed
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

    OfPlans(int seats, Runnable soldOut) {
      this.plan = new AtomicMarkableReference<>(new Seats(seats), false);
      this.soldOut = soldOut;
    }

    @Override
    public Optional<Integer> reserve(String guest) {
      while (true) {
        var now = plan.getReference();
        var next = now.another();
        int seat = next.take(guest);
        if (seat == 0 || plan.isMarked()) {
          return Optional.empty();
        }
        if (plan.compareAndSet(now, next, false, false)) {
          if (next.free() == 0) {
            soldOut.run();
          }
          return answer(seat);
        }
      }
    }

    @Override
    public Optional<Integer> await(String guest) throws InterruptedException {
      var me = Thread.currentThread();
      waiting.add(me);
      try {
        while (true) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          var seat = reserve(guest);
          if (seat.isPresent() || plan.isMarked() || plan.getReference().has(guest)) {
            return seat;
          }
          LockSupport.park(this);
        }
      } finally {
        waiting.remove(me);
      }
    }

    @Override
    public boolean cancel(String guest) {
      while (true) {
        var now = plan.getReference();
        var next = now.another();
        if (!next.leave(guest) || plan.isMarked()) {
          return false;
        }
        if (plan.compareAndSet(now, next, false, false)) {
          waiting.forEach(LockSupport::unpark);
          return true;
        }
      }
    }

    @Override
    public boolean swap(String one, String other) {
      while (true) {
        var now = plan.getReference();
        var next = now.another();
        if (!next.swap(one, other) || plan.isMarked()) {
          return false;
        }
        if (plan.compareAndSet(now, next, false, false)) {
          return true;
        }
      }
    }

    @Override
    public int free() {
      return plan.getReference().free();
    }

    @Override
    public Map<String, Integer> seating() {
      return plan.getReference().copy();
    }

    @Override
    public Map<String, Integer> close() {
      Seats last;
      do {
        last = plan.getReference();
      } while (!plan.attemptMark(last, true));
      waiting.forEach(LockSupport::unpark);
      return last.copy();
    }
  }

  /** A door with one permit, and a permit to look again for each who waits. */
  static final class OfPermits implements Reservations {

    private final Runnable soldOut;
    private final Semaphore door = new Semaphore(1);
    private final Seats seats; // behind the door, like these two
    private final Set<Semaphore> waiting = new HashSet<>();
    private boolean closed;

    OfPermits(int seats, Runnable soldOut) {
      this.seats = new Seats(seats);
      this.soldOut = soldOut;
    }

    @Override
    public Optional<Integer> reserve(String guest) {
      door.acquireUninterruptibly();
      int seat = closed ? 0 : seats.take(guest);
      return leaveWith(seat);
    }

    private Optional<Integer> leaveWith(int seat) {
      boolean last = seat > 0 && seats.free() == 0;
      door.release();
      if (last) {
        soldOut.run();
      }
      return answer(seat);
    }

    @Override
    public Optional<Integer> await(String guest) throws InterruptedException {
      while (true) {
        door.acquire();
        if (closed || seats.free() > 0 || seats.has(guest)) {
          return leaveWith(closed ? 0 : seats.take(guest));
        }
        var look = new Semaphore(0);
        waiting.add(look);
        door.release();
        look.acquire();
      }
    }

    @Override
    public boolean cancel(String guest) {
      door.acquireUninterruptibly();
      boolean left = !closed && seats.leave(guest);
      wake();
      door.release();
      return left;
    }

    private void wake() {
      waiting.forEach(Semaphore::release);
      waiting.clear();
    }

    @Override
    public boolean swap(String one, String other) {
      door.acquireUninterruptibly();
      boolean swapped = !closed && seats.swap(one, other);
      door.release();
      return swapped;
    }

    @Override
    public int free() {
      door.acquireUninterruptibly();
      int free = seats.free();
      door.release();
      return free;
    }

    @Override
    public Map<String, Integer> seating() {
      door.acquireUninterruptibly();
      var copy = seats.copy();
      door.release();
      return copy;
    }

    @Override
    public Map<String, Integer> close() {
      door.acquireUninterruptibly();
      closed = true;
      wake();
      var copy = seats.copy();
      door.release();
      return copy;
    }
  }

  /** One thread owns the seats at a time, and does what others have asked for meanwhile. */
  static final class OfOneOwner implements Reservations {

    private final Runnable soldOut;
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger(); // how much is asked and not done
    private final Seats seats; // of the owner, like these two
    private CountDownLatch change = new CountDownLatch(1);
    private boolean closed;

    OfOneOwner(int seats, Runnable soldOut) {
      this.seats = new Seats(seats);
      this.soldOut = soldOut;
    }

    private <T> T ask(Callable<T> what) {
      var task = new FutureTask<>(what);
      asked.add(task);
      if (open.getAndIncrement() == 0) {
        do {
          asked.remove().run();
        } while (open.decrementAndGet() > 0);
      }
      return result(task);
    }

    private static <T> T result(FutureTask<T> task) {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return task.get();
          } catch (InterruptedException e) {
            interrupted = true; // the owner has it, and will be done in a moment
          }
        }
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private int take(String guest) {
      int seat = closed ? 0 : seats.take(guest);
      return seat > 0 && seats.free() == 0 ? -seat : seat; // negative if it is the last one
    }

    private Optional<Integer> taken(int seat) {
      if (seat < 0) {
        soldOut.run();
      }
      return answer(Math.abs(seat));
    }

    @Override
    public Optional<Integer> reserve(String guest) {
      return taken(ask(() -> take(guest)));
    }

    @Override
    public Optional<Integer> await(String guest) throws InterruptedException {
      while (true) {
        var seat = new AtomicInteger();
        var next = ask(() -> takeOrWait(guest, seat));
        if (next.isEmpty()) {
          return taken(seat.get());
        }
        next.get().await();
      }
    }

    private Optional<CountDownLatch> takeOrWait(String guest, AtomicInteger seat) {
      boolean waits = !closed && seats.free() == 0 && !seats.has(guest);
      seat.set(waits ? 0 : take(guest));
      return waits ? Optional.of(change) : Optional.empty();
    }

    private boolean changed(boolean has) {
      change.countDown();
      change = new CountDownLatch(1);
      return has;
    }

    @Override
    public boolean cancel(String guest) {
      return ask(() -> changed(!closed && seats.leave(guest)));
    }

    @Override
    public boolean swap(String one, String other) {
      return ask(() -> !closed && seats.swap(one, other));
    }

    @Override
    public int free() {
      return ask(seats::free);
    }

    @Override
    public Map<String, Integer> seating() {
      return ask(seats::copy);
    }

    @Override
    public Map<String, Integer> close() {
      return ask(
          () -> {
            closed = changed(true);
            return seats.copy();
          });
    }
  }
}
