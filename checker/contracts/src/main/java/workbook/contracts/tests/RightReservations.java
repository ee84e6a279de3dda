package workbook.contracts.tests;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import workbook.tests.Reservations;

/**
 * Rooms that keep their contract, with a lock. They have nothing in common but that, see also
 * {@link RightReservationsWithoutLocks}.
 */
final class RightReservations {

  private RightReservations() {}

  private static Optional<Integer> answer(int seat) {
    return seat > 0 ? Optional.of(seat) : Optional.empty();
  }

  /** The monitor of the object itself. */
  static final class OfAMonitor implements Reservations {

    private final Runnable soldOut;
    private final Seats seats; // guarded by this, like closed
    private boolean closed;

    OfAMonitor(int seats, Runnable soldOut) {
      this.seats = new Seats(seats);
      this.soldOut = soldOut;
    }

    @Override
    public Optional<Integer> reserve(String guest) {
      int seat;
      boolean last;
      synchronized (this) {
        seat = closed ? 0 : seats.take(guest);
        last = seat > 0 && seats.free() == 0;
      }
      if (last) {
        soldOut.run();
      }
      return answer(seat);
    }

    @Override
    public Optional<Integer> await(String guest) throws InterruptedException {
      int seat;
      boolean last;
      synchronized (this) {
        while (!closed && seats.free() == 0 && !seats.has(guest)) {
          wait();
        }
        seat = closed ? 0 : seats.take(guest);
        last = seat > 0 && seats.free() == 0;
      }
      if (last) {
        soldOut.run();
      }
      return answer(seat);
    }

    @Override
    public synchronized boolean cancel(String guest) {
      notifyAll();
      return !closed && seats.leave(guest);
    }

    @Override
    public synchronized boolean swap(String one, String other) {
      return !closed && seats.swap(one, other);
    }

    @Override
    public synchronized int free() {
      return seats.free();
    }

    @Override
    public synchronized Map<String, Integer> seating() {
      return seats.copy();
    }

    @Override
    public synchronized Map<String, Integer> close() {
      closed = true;
      notifyAll();
      return seats.copy();
    }
  }

  /** A lock, and a condition that every change signals. */
  static final class OfALock implements Reservations {

    private final Runnable soldOut;
    private final Lock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Seats seats; // guarded by lock, like closed
    private boolean closed;

    OfALock(int seats, Runnable soldOut) {
      this.seats = new Seats(seats);
      this.soldOut = soldOut;
    }

    @Override
    public Optional<Integer> reserve(String guest) {
      lock.lock();
      return unlockWith(closed ? 0 : seats.take(guest));
    }

    @Override
    public Optional<Integer> await(String guest) throws InterruptedException {
      lock.lockInterruptibly();
      int seat = 0;
      try {
        while (!closed && (seat = seats.take(guest)) == 0 && !seats.has(guest)) {
          changed.await();
        }
      } catch (InterruptedException e) {
        lock.unlock();
        throw e;
      }
      return unlockWith(seat);
    }

    private Optional<Integer> unlockWith(int seat) {
      boolean last = seat > 0 && seats.free() == 0;
      lock.unlock();
      if (last) {
        soldOut.run();
      }
      return answer(seat);
    }

    @Override
    public boolean cancel(String guest) {
      lock.lock();
      try {
        boolean left = !closed && seats.leave(guest);
        changed.signalAll();
        return left;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean swap(String one, String other) {
      lock.lock();
      try {
        return !closed && seats.swap(one, other);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int free() {
      lock.lock();
      try {
        return seats.free();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Map<String, Integer> seating() {
      lock.lock();
      try {
        return seats.copy();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Map<String, Integer> close() {
      lock.lock();
      try {
        closed = true;
        changed.signalAll();
        return seats.copy();
      } finally {
        lock.unlock();
      }
    }
  }

  /** A lock for readers and writers. Who cancels hands the seat to the first who waits. */
  static final class OfAStampedLock implements Reservations {

    private record Waiter(String guest, CompletableFuture<Integer> seat) {}

    private final Runnable soldOut;
    private final StampedLock lock = new StampedLock();
    private final Seats seats; // guarded by lock, like these two
    private final Queue<Waiter> waiting = new ArrayDeque<>();
    private boolean closed;

    OfAStampedLock(int seats, Runnable soldOut) {
      this.seats = new Seats(seats);
      this.soldOut = soldOut;
    }

    @Override
    public Optional<Integer> reserve(String guest) {
      long stamp = lock.writeLock();
      int seat = closed ? 0 : seats.take(guest);
      boolean last = seat > 0 && seats.free() == 0;
      lock.unlockWrite(stamp);
      if (last) {
        soldOut.run();
      }
      return answer(seat);
    }

    @Override
    public Optional<Integer> await(String guest) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var mine = new CompletableFuture<Integer>();
      long stamp = lock.writeLock();
      int seat = closed ? 0 : seats.take(guest);
      boolean last = seats.free() == 0;
      if (closed || seat > 0 || seats.has(guest)) {
        mine.complete(seat);
      } else {
        waiting.add(new Waiter(guest, mine));
      }
      lock.unlockWrite(stamp);
      seat = seat > 0 ? seat : result(mine);
      if (last && seat > 0) {
        soldOut.run(); // a seat that was handed over was the only free one
      }
      return answer(seat);
    }

    private static int result(CompletableFuture<Integer> mine) throws InterruptedException {
      try {
        return mine.get();
      } catch (InterruptedException e) {
        if (mine.complete(0)) {
          throw e;
        }
        Thread.currentThread().interrupt(); // it came too late: there is a seat
        return mine.join();
      } catch (ExecutionException e) {
        throw new AssertionError("nobody fails it", e);
      }
    }

    @Override
    public boolean cancel(String guest) {
      long stamp = lock.writeLock();
      boolean left = !closed && seats.leave(guest);
      while (seats.free() > 0 && !waiting.isEmpty()) {
        var next = waiting.remove();
        int seat = seats.take(next.guest);
        if (!next.seat.complete(seat) && seat > 0) {
          seats.leave(next.guest); // it was interrupted
        }
      }
      lock.unlockWrite(stamp);
      return left;
    }

    @Override
    public boolean swap(String one, String other) {
      long stamp = lock.writeLock();
      boolean swapped = !closed && seats.swap(one, other);
      lock.unlockWrite(stamp);
      return swapped;
    }

    @Override
    public int free() {
      long stamp = lock.readLock();
      int free = seats.free();
      lock.unlockRead(stamp);
      return free;
    }

    @Override
    public Map<String, Integer> seating() {
      long stamp = lock.readLock();
      var copy = seats.copy();
      lock.unlockRead(stamp);
      return copy;
    }

    @Override
    public Map<String, Integer> close() {
      long stamp = lock.writeLock();
      closed = true;
      waiting.forEach(waiter -> waiter.seat.complete(0));
      waiting.clear();
      var copy = seats.copy();
      lock.unlockWrite(stamp);
      return copy;
    }
  }
}
