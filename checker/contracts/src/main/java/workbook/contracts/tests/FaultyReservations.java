package workbook.contracts.tests;

import static workbook.contracts.tests.RaceFault.ASKS_TOO_EARLY;
import static workbook.contracts.tests.RaceFault.BOTH_CANCEL;
import static workbook.contracts.tests.RaceFault.BRINGS_BACK;
import static workbook.contracts.tests.RaceFault.BUSY_REFUSES;
import static workbook.contracts.tests.RaceFault.CANCELS_THE_NEXT;
import static workbook.contracts.tests.RaceFault.CLOSE_WAKES_ONE;
import static workbook.contracts.tests.RaceFault.DEADLOCK;
import static workbook.contracts.tests.RaceFault.FREED_TWICE;
import static workbook.contracts.tests.RaceFault.INTERRUPT_IGNORED;
import static workbook.contracts.tests.RaceFault.LATE_ONE_THROWS;
import static workbook.contracts.tests.RaceFault.LEFT_OFF_THE_LIST;
import static workbook.contracts.tests.RaceFault.LIST_NOT_READY;
import static workbook.contracts.tests.RaceFault.LOOKS_ONCE;
import static workbook.contracts.tests.RaceFault.LOSES_A_RETURN;
import static workbook.contracts.tests.RaceFault.LOSES_A_SALE;
import static workbook.contracts.tests.RaceFault.MISSES_THE_CANCEL;
import static workbook.contracts.tests.RaceFault.MISSES_THE_CLOSE;
import static workbook.contracts.tests.RaceFault.NEVER_TOLD;
import static workbook.contracts.tests.RaceFault.SAME_SEAT;
import static workbook.contracts.tests.RaceFault.SEAT_FOR_A_GHOST;
import static workbook.contracts.tests.RaceFault.STILL_ON_THE_LIST;
import static workbook.contracts.tests.RaceFault.SWAPS_CROSS;
import static workbook.contracts.tests.RaceFault.SWAP_IN_TWO_STEPS;
import static workbook.contracts.tests.RaceFault.TAKES_BLINDLY;
import static workbook.contracts.tests.RaceFault.TOLD_TWICE;
import static workbook.contracts.tests.RaceFault.TOLD_UNDER_A_LOCK;
import static workbook.contracts.tests.RaceFault.TWO_LOCKS;
import static workbook.contracts.tests.RaceFault.TWO_SEATS;
import static workbook.contracts.tests.RaceFault.WAKES_THE_WRONG_ONE;
import static workbook.contracts.tests.RaceFault.WOKEN_TOO_LATE;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import workbook.tests.Reservations;

/**
 * A room with one fault, at the place where it is made. Most are one lock that is not held over two
 * steps: {@link #letOthersIn} stands between them.
 *
 * <p>An instrumented copy of it is what tests get, see {@link HandedRooms}.
 */
final class FaultyReservations implements Reservations {

  private final String fault;
  private final Runnable soldOut;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Seats seats; // guarded by lock, as all below
  private final Queue<String> ghosts = new ArrayDeque<>();
  private final Lock first = new ReentrantLock(); // these two are of a deadlock
  private final Lock second = new ReentrantLock();
  private int free;
  private int waiting;
  private boolean closed;
  private Map<String, Integer> list = Map.of();

  FaultyReservations(String fault, int seats, Runnable soldOut) {
    this.fault = fault;
    this.soldOut = soldOut;
    this.seats = new Seats(seats);
    this.free = seats;
  }

  private boolean is(String other) {
    return fault.equals(other);
  }

  private void letOthersIn() {
    lock.unlock();
    lock.lock();
  }

  private void letOthersIn(String when) {
    if (is(when)) {
      letOthersIn();
    }
  }

  @Override
  public Optional<Integer> reserve(String guest) {
    boolean isLast = is(NEVER_TOLD) && free() == 1;
    if (!is(BUSY_REFUSES)) {
      lock.lock();
    } else if (!lock.tryLock()) {
      return Optional.empty();
    }
    int seat;
    try {
      boolean open = !closed;
      letOthersIn(LEFT_OFF_THE_LIST);
      seat = open ? take(guest) : 0;
      isLast = is(NEVER_TOLD) ? isLast : free == 0;
      tell(is(TOLD_UNDER_A_LOCK) && seat > 0 && isLast);
    } finally {
      lock.unlock();
    }
    isLast = is(TOLD_TWICE) ? free() == 0 : isLast;
    tell(!is(TOLD_UNDER_A_LOCK) && seat > 0 && isLast);
    return answer(seat);
  }

  private void tell(boolean isDue) {
    if (isDue) {
      soldOut.run();
    }
  }

  private static Optional<Integer> answer(int seat) {
    return seat > 0 ? Optional.of(seat) : Optional.empty();
  }

  private int take(String guest) {
    if (seats.has(guest)) {
      return 0;
    }
    letOthersIn(TWO_SEATS);
    int seat = seats.firstFree();
    if (seat == 0) {
      return 0;
    }
    letOthersIn(SAME_SEAT);
    letOthersIn(LATE_ONE_THROWS);
    seat = is(LATE_ONE_THROWS) ? answer(seats.firstFree()).orElseThrow() : seat;
    int before = free;
    letOthersIn(LOSES_A_SALE);
    free = before - 1;
    seats.put(guest, seat);
    return seat;
  }

  @Override
  public Optional<Integer> await(String guest) throws InterruptedException {
    lock.lock();
    int seat;
    boolean isLast;
    try {
      seat = waitAndTake(guest);
      isLast = free == 0;
    } finally {
      lock.unlock();
    }
    tell(seat > 0 && isLast);
    return answer(seat);
  }

  private int waitAndTake(String guest) throws InterruptedException {
    if (closed) {
      return 0;
    }
    letOthersIn(MISSES_THE_CLOSE);
    while (free == 0 && !seats.has(guest)) {
      letOthersIn(MISSES_THE_CANCEL);
      sleep(guest);
      if (closed) {
        return 0;
      }
      letOthersIn(WOKEN_TOO_LATE);
      if (is(TAKES_BLINDLY) && free == 0) {
        seats.put(guest, 1);
        return 1;
      }
      if (is(LOOKS_ONCE)) {
        break;
      }
    }
    return take(guest);
  }

  private void sleep(String guest) throws InterruptedException {
    waiting++;
    try {
      changed.await();
    } catch (InterruptedException e) {
      ghosts.add(guest);
      if (!is(INTERRUPT_IGNORED) || ghosts.size() > 1) { // nobody could end it otherwise
        throw e;
      }
    } finally {
      waiting--;
    }
  }

  @Override
  public boolean cancel(String guest) {
    boolean wakes = !is(ASKS_TOO_EARLY) || waiting > 0;
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      letOthersIn(STILL_ON_THE_LIST);
      int seat = seats.of(guest);
      if (seat == 0) {
        return false;
      }
      boolean left = leave(guest, seat);
      if (left) {
        count();
        if (wakes) {
          wake();
        }
      }
      return left || is(BOTH_CANCEL);
    } finally {
      lock.unlock();
    }
  }

  private boolean leave(String guest, int seat) {
    letOthersIn(BOTH_CANCEL);
    letOthersIn(CANCELS_THE_NEXT);
    letOthersIn(FREED_TWICE);
    boolean left = is(CANCELS_THE_NEXT) ? seats.clear(seat) : seats.leave(guest);
    return left || is(FREED_TWICE);
  }

  private void count() {
    int before = free;
    letOthersIn(LOSES_A_RETURN);
    if (is(TWO_LOCKS)) {
      lock.unlock();
      second.lock();
      free++;
      second.unlock();
      lock.lock();
    } else {
      free = before + 1;
    }
  }

  private void wake() {
    if (is(SEAT_FOR_A_GHOST) && !ghosts.isEmpty()) {
      take(ghosts.remove());
    }
    if (is(WAKES_THE_WRONG_ONE)) {
      changed.signal();
    } else {
      changed.signalAll();
    }
  }

  @Override
  public boolean swap(String one, String other) {
    if (is(DEADLOCK)) {
      return swapWithTwoLocks(one, other);
    }
    lock.lock();
    try {
      int seat = seats.of(one);
      int next = seats.of(other);
      if (closed || seat == 0 || next == 0) {
        return false;
      }
      letOthersIn(BRINGS_BACK);
      letOthersIn(SWAPS_CROSS);
      if (is(SWAPS_CROSS) && (!seats.has(one) || !seats.has(other))) {
        return false;
      }
      seats.put(one, next);
      letOthersIn(SWAP_IN_TWO_STEPS);
      seats.put(other, seat);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean swapWithTwoLocks(String one, String other) {
    var mine = one.compareTo(other) < 0 ? first : second;
    var theirs = mine == first ? second : first;
    try {
      mine.lockInterruptibly();
      try {
        theirs.lockInterruptibly();
        try {
          lock.lock();
          boolean swapped = !closed && seats.swap(one, other);
          lock.unlock();
          return swapped;
        } finally {
          theirs.unlock();
        }
      } finally {
        mine.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public int free() {
    lock.lock();
    int now = free;
    lock.unlock();
    return now;
  }

  @Override
  public Map<String, Integer> seating() {
    lock.lock();
    var now = seats.copy();
    lock.unlock();
    return now;
  }

  @Override
  public Map<String, Integer> close() {
    lock.lock();
    try {
      if (closed) {
        return list;
      }
      closed = true;
      letOthersIn(LIST_NOT_READY);
      list = seats.copy();
      if (is(CLOSE_WAKES_ONE)) {
        changed.signal();
      } else {
        changed.signalAll();
      }
      return list;
    } finally {
      lock.unlock();
    }
  }
}
