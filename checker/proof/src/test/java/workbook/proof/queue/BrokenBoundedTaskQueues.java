package workbook.proof.queue;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Bounded task queues that are wrong. */
public final class BrokenBoundedTaskQueues {

  static final Table QUEUE = new Table(WorkbookModule.QUEUE, "BoundedTaskQueue");

  private static final String ADD = "items.add(item);";
  private static final String RETURN =
      "return cancel.isCancelled() ? Optional.empty() : Optional.ofNullable(items.poll());";
  private static final String FULL = "closed || items.size() == capacity";
  private static final String SIGNAL = "changed.signal();";
  private static final String AWAIT = "changed.await();";
  private static final String WAIT =
      "while (items.isEmpty() && !closed && !cancel.isCancelled()) {";
  private static final String ON_CANCEL = "try (var _ = cancel.onCancel(this::signalAll)) {";
  private static final String LOCK = "lock.lockInterruptibly();";
  private static final String CLOSE = "      closed = true;\n" + "      changed.signalAll();";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // order
          QUEUE
              .broken("stack")
              .why("Items are taken at the end at which they were put in.")
              .change(
                  "private final Queue<WorkItem> items", "private final ArrayDeque<WorkItem> items")
              .change(ADD, "items.push(item);")
              .fails("2.1", "2.2", "2.7"),
          QUEUE
              .broken("every-second-item")
              .why("An item is looked at with poll, and another one taken.")
              .change(
                  RETURN,
                  "var first = cancel.isCancelled() ? null : items.poll();\n"
                      + "        return items.size() > 1 ? Optional.ofNullable(items.poll()) :"
                      + " Optional.ofNullable(first);")
              .hangs()
              .fails("2.1", "2.2", "2.3"),
          QUEUE
              .broken("sorted-by-name")
              .why("A priority queue: the last name in the alphabet comes first.")
              .change(
                  "new ArrayDeque<>()",
                  "new java.util.PriorityQueue<>(java.util.Comparator.comparing(WorkItem::name).reversed())")
              .fails("2.1", "2.2", "2.7"),
          QUEUE
              .broken("same-item-refused")
              .why("A set: an item that is in already is refused, though there is room.")
              .change(
                  "items.size() == capacity", "items.size() == capacity || items.contains(item)")
              .fails("2.1"),
          // capacity
          QUEUE
              .broken("one-too-many")
              .why("Compares with greater than.")
              .change("items.size() == capacity", "items.size() > capacity")
              .fails("2.2", "2.3", "2.10"),
          QUEUE
              .broken("one-too-few")
              .why("Keeps one place free.")
              .change("items.size() == capacity", "items.size() >= capacity - 1")
              .fails("2.2", "2.3", "2.10", "2.11"),
          QUEUE
              .broken("no-bound")
              .why("The capacity is checked and forgotten.")
              .change(FULL, "closed")
              .fails("2.2", "2.3", "2.10"),
          QUEUE
              .broken("counts-what-ever-came")
              .why("Counts the items that were put in, not those that are in.")
              .change("items.size() == capacity", "put++ >= capacity")
              .change("private boolean closed;", "private boolean closed;\n" + "  private int put;")
              .hangs()
              .fails("2.2", "2.3"),
          QUEUE
              .broken("blocks-when-full")
              .why("A full queue makes the producer wait.")
              .change(
                  "if (closed || items.size() == capacity) {",
                  "while (!closed && items.size() == capacity) {\n"
                      + "        changed.awaitUninterruptibly();\n"
                      + "      }\n"
                      + "      if (closed) {")
              .change(SIGNAL, "changed.signalAll();")
              .change(
                  RETURN,
                  "changed.signalAll();\n"
                      + "        return cancel.isCancelled() ? Optional.empty() :"
                      + " Optional.ofNullable(items.poll());")
              .hangs()
              .fails("2.2", "2.3", "2.10"),
          QUEUE
              .broken("throws-when-full")
              .why("A full queue throws, as Queue.add does.")
              .change(
                  "return false;\n" + "      }\n" + "      items.add(item);",
                  "if (closed) {\n"
                      + "          return false;\n"
                      + "        }\n"
                      + "        throw new IllegalStateException(\"queue full\");\n"
                      + "      }\n"
                      + "      items.add(item);")
              .fails("2.2", "2.3", "2.10"),
          QUEUE
              .broken("drops-the-oldest")
              .why("A full queue makes room by itself.")
              .change(
                  "if (closed || items.size() == capacity) {",
                  "if (items.size() == capacity) {\n"
                      + "        items.remove();\n"
                      + "      }\n"
                      + "      if (closed) {")
              .hangs()
              .fails("2.2", "2.3", "2.10"),
          QUEUE
              .broken("accepts-and-drops")
              .why("A full queue says yes and keeps nothing.")
              .change(
                  "return false;\n" + "      }\n" + "      items.add(item);",
                  "return !closed;\n" + "      }\n" + "      items.add(item);")
              .hangs()
              .fails("2.2", "2.3", "2.10"),
          QUEUE
              .broken("check-then-act")
              .why("Looks for room under the lock, lets go of it, and adds.")
              .change(
                  "        return false;\n" + "      }\n" + "      items.add(item);",
                  "        return false;\n"
                      + "      }\n"
                      + "    } finally {\n"
                      + "      lock.unlock();\n"
                      + "    }\n"
                      + "    lock.lock();\n"
                      + "    try {\n"
                      + "      items.add(item);")
              .fails("2.3", "2.10", "2.13"),
          QUEUE
              .broken("adds-before-it-looks")
              .why("Adds first and removes the last when there were too many.")
              .change(
                  "if (closed || items.size() == capacity) {\n"
                      + "        return false;\n"
                      + "      }\n"
                      + "      items.add(item);",
                  "items.add(item);\n"
                      + "      if (closed || items.size() > capacity) {\n"
                      + "        items.remove();\n"
                      + "        return false;\n"
                      + "      }")
              .hangs()
              .fails("2.2", "2.3", "2.7"),
          QUEUE
              .broken("check-then-act-collection")
              .why("A thread-safe collection, used in two steps.")
              .is(TwoStepsQueue.class)
              .fails("2.3", "2.10", "2.13"),
          QUEUE
              .broken("dot-net")
              .why("The .NET chapter, translated word for word.")
              .is(DotNetQueue.class)
              .hangs()
              .fails("2.2", "2.3", "2.5", "2.7", "2.8", "2.9", "2.10", "2.12", "2.13", "2.54"),
          QUEUE
              .broken("no-lock")
              .why("An ArrayDeque that nobody locks.")
              .is(UnlockedQueue.class)
              .hangs()
              .fails("2.3", "2.10", "2.11", "2.12", "2.13"),
          QUEUE
              .broken("enqueue-without-lock")
              .why("Putting in takes no lock; taking does.")
              .change(
                  "    lock.lock();\n" + "    try {\n" + "      if (closed ||",
                  "    try {\n" + "      if (closed ||")
              .change(
                  "      changed.signal();\n"
                      + "      return true;\n"
                      + "    } finally {\n"
                      + "      lock.unlock();\n"
                      + "    }",
                  "      return true;\n" + "    } finally {\n" + "      signalAll();\n" + "    }")
              .fails("2.3", "2.10", "2.13"),
          // waiting and waking
          QUEUE
              .broken("polls")
              .why("A taker looks ten times a second.")
              .is(PollingQueue.class)
              .hangs()
              .fails("2.3", "2.4", "2.5", "2.6", "2.8"),
          QUEUE
              .broken("timed-wait")
              .why("A taker wakes up by itself every 50 ms, in case it was not signalled.")
              .change(AWAIT, "changed.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);")
              .hangs()
              .fails("2.3", "2.4", "2.5", "2.6", "2.8"),
          QUEUE
              .broken("spins")
              .why("A taker asks again and again.")
              .change(
                  AWAIT,
                  "lock.unlock();\n"
                      + "          Thread.onSpinWait();\n"
                      + "          lock.lock();")
              .hangs()
              .fails("2.3", "2.4", "2.5", "2.6", "2.8", "2.12"),
          QUEUE
              .broken("does-not-wait")
              .why("An empty queue answers at once that there is nothing.")
              .change(WAIT, "if (false) {")
              .hangs()
              .fails("2.3", "2.4", "2.5", "2.6", "2.8", "2.11", "2.13"),
          QUEUE
              .broken("no-signal")
              .why("Whoever puts in an item wakes nobody.")
              .change(SIGNAL, "// somebody will look")
              .hangs()
              .fails("2.3", "2.4", "2.5", "2.11", "2.12"),
          QUEUE
              .broken("signal-only-the-first")
              .why("Only the first item in an empty queue wakes a taker.")
              .change(
                  SIGNAL, "if (items.size() == 1) {\n" + "        changed.signal();\n" + "      }")
              .hangs()
              .fails("2.11"),
          QUEUE
              .broken("if-instead-of-while")
              .why("A woken taker does not look again.")
              .change(WAIT, "if (items.isEmpty() && !closed && !cancel.isCancelled()) {")
              .hangs()
              .fails("2.5", "2.11"),
          QUEUE
              .broken("looks-before-the-lock")
              .why("A taker looks first, and takes the lock to wait: a signal in between is lost.")
              .change(
                  "      lock.lockInterruptibly();\n"
                      + "      try {\n"
                      + "        while (items.isEmpty() && !closed && !cancel.isCancelled()) {\n"
                      + "          changed.await();\n"
                      + "        }",
                  "      boolean wait;\n"
                      + "      lock.lockInterruptibly();\n"
                      + "      try {\n"
                      + "        wait = items.isEmpty() && !closed && !cancel.isCancelled();\n"
                      + "      } finally {\n"
                      + "        lock.unlock();\n"
                      + "      }\n"
                      + "      lock.lockInterruptibly();\n"
                      + "      try {\n"
                      + "        while (wait) {\n"
                      + "          changed.await();\n"
                      + "          wait = items.isEmpty() && !closed && !cancel.isCancelled();\n"
                      + "        }")
              .hangs()
              .fails("2.11", "2.12", "2.13"),
          QUEUE
              .broken("peeks-and-polls")
              .why("Peeks under the lock, and removes later: two takers get the same item.")
              .change(
                  RETURN,
                  "if (cancel.isCancelled() || items.isEmpty()) {\n"
                      + "          return Optional.empty();\n"
                      + "        }\n"
                      + "        var item = items.peek();\n"
                      + "        lock.unlock();\n"
                      + "        lock.lock();\n"
                      + "        items.poll();\n"
                      + "        return Optional.of(item);")
              .hangs()
              .fails("2.3", "2.11"),
          QUEUE
              .broken("takes-without-lock")
              .why("Waits under the lock, and takes without it: another may have been quicker.")
              .change("new ArrayDeque<>()", "new java.util.concurrent.ConcurrentLinkedQueue<>()")
              .change(
                  "return cancel.isCancelled() ? Optional.empty() :"
                      + " Optional.ofNullable(items.poll());\n"
                      + "      } finally {\n"
                      + "        lock.unlock();\n"
                      + "      }",
                  "      } finally {\n"
                      + "        lock.unlock();\n"
                      + "      }\n"
                      + "      return cancel.isCancelled() ? Optional.empty() :"
                      + " Optional.ofNullable(items.poll());")
              .hangs()
              .fails("2.11"),
          // cancelling
          QUEUE
              .broken("cancel-not-heard")
              .why("Looks at the token when it is awake, but nobody wakes it.")
              .change(ON_CANCEL, "{")
              .hangs()
              .fails("2.5", "2.12"),
          QUEUE
              .broken("cancel-signals-one")
              .why("The token wakes one taker, which may be another.")
              .change(
                  "  private void signalAll() {\n"
                      + "    lock.lock();\n"
                      + "    try {\n"
                      + "      changed.signalAll();",
                  "  private void signalAll() {\n"
                      + "    lock.lock();\n"
                      + "    try {\n"
                      + "      changed.signal();")
              .hangs()
              .fails("2.5", "2.12"),
          QUEUE
              .broken("cancel-without-lock")
              .why(
                  "The token wakes without the lock, through a flag: it comes between the look and"
                      + " the wait.")
              .change(WAIT, "while (items.isEmpty() && !closed && !cancelled(cancel)) {")
              .change(
                  "  private void signalAll() {",
                  "  private boolean cancelled(CancellationToken cancel) {\n"
                      + "    boolean is = cancel.isCancelled();\n"
                      + "    lock.unlock();\n"
                      + "    lock.lock();\n"
                      + "    return is;\n"
                      + "  }\n"
                      + "\n"
                      + "  private void signalAll() {")
              .hangs()
              .fails("2.11", "2.12", "2.13"),
          QUEUE
              .broken("takes-before-it-looks")
              .why("Takes an item, and then looks whether it was cancelled.")
              .change(
                  RETURN,
                  "var item = Optional.ofNullable(items.poll());\n"
                      + "        return cancel.isCancelled() ? Optional.empty() : item;")
              .hangs()
              .fails("2.5", "2.12"),
          QUEUE
              .broken("item-wins-over-token")
              .why("A token cancelled beforehand is not looked at when there is an item.")
              .change(RETURN, "return Optional.ofNullable(items.poll());")
              .hangs()
              .fails("2.5"),
          QUEUE
              .broken("cancel-ends-all")
              .why("A cancelled token ends the wait of every taker.")
              .change(
                  AWAIT,
                  "changed.await();\n"
                      + "          if (items.isEmpty()) {\n"
                      + "            return Optional.empty();\n"
                      + "          }")
              .hangs()
              .fails("2.5", "2.11"),
          QUEUE
              .broken("cancel-closes")
              .why("A cancelled token closes the queue.")
              .change(ON_CANCEL, "try (var _ = cancel.onCancel(this::close)) {")
              .hangs()
              .fails("2.5"),
          QUEUE
              .broken("cancel-throws")
              .why("A cancelled wait ends with an exception.")
              .change(
                  RETURN,
                  "if (cancel.isCancelled()) {\n"
                      + "          throw new"
                      + " java.util.concurrent.CancellationException(\"cancelled\");\n"
                      + "        }\n"
                      + "        return Optional.ofNullable(items.poll());")
              .hangs()
              .fails("2.5", "2.12"),
          QUEUE
              .broken("cancel-by-interrupt")
              .why("The token interrupts the taker, maybe later.")
              .is(InterruptingQueue.class)
              .hangs()
              .fails("2.12"),
          QUEUE
              .broken("registration-kept")
              .why("What is registered with the token is never closed.")
              .change(ON_CANCEL, "cancel.onCancel(this::signalAll);\n" + "    {")
              .fails("2.5"),
          QUEUE
              .broken("signal-goes-to-the-cancelled")
              .why("The taker that is woken for an item has just been cancelled.")
              .is(SignalledTakerQueue.class)
              .hangs()
              .fails("2.12"),
          // interrupts
          QUEUE
              .broken("interrupt-is-the-end")
              .why("InterruptedException is taken for the end of the queue.")
              .change(
                  "      } finally {\n"
                      + "        lock.unlock();\n"
                      + "      }\n"
                      + "    }\n"
                      + "  }",
                  "      } catch (InterruptedException e) {\n"
                      + "        return Optional.empty();\n"
                      + "      } finally {\n"
                      + "        lock.unlock();\n"
                      + "      }\n"
                      + "    }\n"
                      + "  }")
              .hangs()
              .fails("2.6"),
          QUEUE
              .broken("interrupt-ignored")
              .why("Waits without hearing interrupts.")
              .change(AWAIT, "changed.awaitUninterruptibly();")
              .hangs()
              .fails("2.6"),
          QUEUE
              .broken("interrupt-flag-set-again")
              .why("The flag is set beside the exception.")
              .change(
                  "          changed.await();\n",
                  "          try {\n"
                      + "            changed.await();\n"
                      + "          } catch (InterruptedException e) {\n"
                      + "            Thread.currentThread().interrupt();\n"
                      + "            throw e;\n"
                      + "          }\n")
              .hangs()
              .fails("2.6"),
          QUEUE
              .broken("interrupt-wrapped")
              .why("InterruptedException is wrapped in an unchecked exception.")
              .change(
                  "          changed.await();\n",
                  "          try {\n"
                      + "            changed.await();\n"
                      + "          } catch (InterruptedException e) {\n"
                      + "            throw new IllegalStateException(\"interrupted\", e);\n"
                      + "          }\n")
              .hangs()
              .fails("2.6"),
          QUEUE
              .broken("interrupt-cleared-beforehand")
              .why("The flag is cleared on entry.")
              .change(LOCK, "Thread.interrupted();\n" + "      lock.lockInterruptibly();")
              .hangs()
              .fails("2.6"),
          QUEUE
              .broken("interrupt-takes-an-item")
              .why("An item is taken before the interrupt is noticed.")
              .change(
                  RETURN,
                  "var item = cancel.isCancelled() ? null : items.poll();\n"
                      + "        if (Thread.interrupted()) {\n"
                      + "          throw new InterruptedException();\n"
                      + "        }\n"
                      + "        return Optional.ofNullable(item);")
              .change(AWAIT, "changed.awaitUninterruptibly();")
              .change(LOCK, "lock.lock();")
              .hangs()
              .fails("2.6"),
          QUEUE
              .broken("interrupt-item-lost")
              .why(
                  "The item is taken, then the lock taken once more in a way that an interrupt"
                      + " ends.")
              .change(
                  RETURN,
                  "var item = cancel.isCancelled() ? null : items.poll();\n"
                      + "        lock.unlock();\n"
                      + "        lock.lockInterruptibly();\n"
                      + "        return Optional.ofNullable(item);")
              .hangs()
              .fails("2.6"),
          // close
          QUEUE
              .broken("close-does-not-close")
              .why("Close wakes all, but the queue stays open.")
              .change(CLOSE, "      changed.signalAll();")
              .hangs()
              .fails("2.7", "2.8", "2.13", "2.54"),
          QUEUE
              .broken("accepts-after-close")
              .why("Enqueue does not look whether the queue is closed.")
              .change(FULL, "items.size() == capacity")
              .hangs()
              .fails("2.7", "2.13", "2.54"),
          QUEUE
              .broken("close-clears")
              .why("Close throws away what is in.")
              .change(
                  CLOSE,
                  "      items.clear();\n"
                      + "      closed = true;\n"
                      + "      changed.signalAll();")
              .hangs()
              .fails("2.7", "2.13"),
          QUEUE
              .broken("closed-before-items")
              .why(
                  "A taker of a closed queue is told that nothing will come, though there is"
                      + " something.")
              .change(
                  RETURN,
                  "return closed || cancel.isCancelled() ? Optional.empty() :"
                      + " Optional.ofNullable(items.poll());")
              .hangs()
              .fails("2.7", "2.13"),
          QUEUE
              .broken("waits-after-close")
              .why("A taker of a closed, empty queue waits.")
              .change(WAIT, "while (items.isEmpty() && !cancel.isCancelled()) {")
              .hangs()
              .fails("2.7", "2.8", "2.13"),
          QUEUE
              .broken("close-wakes-one")
              .why("Close signals one taker.")
              .change(CLOSE, "      closed = true;\n" + "      changed.signal();")
              .hangs()
              .fails("2.8"),
          QUEUE
              .broken("close-wakes-nobody")
              .why("Close sets the flag and wakes nobody.")
              .change(CLOSE, "      closed = true;")
              .hangs()
              .fails("2.8", "2.13"),
          QUEUE
              .broken("close-twice-throws")
              .why("The second close is refused.")
              .change(
                  "    lock.lock();\n" + "    try {\n" + "      closed = true;",
                  "    lock.lock();\n"
                      + "    try {\n"
                      + "      if (closed) {\n"
                      + "        throw new IllegalStateException(\"already closed\");\n"
                      + "      }\n"
                      + "      closed = true;")
              .hangs()
              .fails("2.7"),
          QUEUE
              .broken("close-tries-the-lock")
              .why(
                  "Close does not wait for the lock: it wakes nobody when a taker is just about to"
                      + " wait.")
              .change(
                  "  public void close() {\n"
                      + "    lock.lock();\n"
                      + "    try {\n"
                      + "      closed = true;\n"
                      + "      changed.signalAll();\n"
                      + "    } finally {\n"
                      + "      lock.unlock();\n"
                      + "    }",
                  "  public void close() {\n"
                      + "    closed = true;\n"
                      + "    if (lock.tryLock()) {\n"
                      + "      try {\n"
                      + "        changed.signalAll();\n"
                      + "      } finally {\n"
                      + "        lock.unlock();\n"
                      + "      }\n"
                      + "    }")
              .change("private boolean closed;", "private volatile boolean closed;")
              .hangs()
              .fails("2.13"),
          QUEUE
              .broken("closed-looked-at-outside")
              .why("Enqueue looks whether the queue is closed before it takes the lock.")
              .change(
                  "    lock.lock();\n"
                      + "    try {\n"
                      + "      if (closed || items.size() == capacity) {",
                  "    boolean late = closed;\n"
                      + "    lock.lock();\n"
                      + "    try {\n"
                      + "      if (late || items.size() == capacity) {")
              .change("private boolean closed;", "private volatile boolean closed;")
              .hangs()
              .fails("2.13"),
          QUEUE
              .broken("close-puts-an-end-mark")
              .why("Close puts a mark in the queue that one taker takes.")
              .change(
                  CLOSE,
                  "      items.add(WorkItem.of(\"end\", _ -> {}));\n"
                      + "      closed = true;\n"
                      + "      changed.signalAll();")
              .change(
                  RETURN,
                  "var item = cancel.isCancelled() ? null : items.poll();\n"
                      + "        return item == null || item.name().equals(\"end\") ?"
                      + " Optional.empty() : Optional.of(item);")
              .change(WAIT, "while (items.isEmpty() && !cancel.isCancelled()) {")
              .hangs()
              .fails("2.8"),
          // an interrupt that is not a taker's
          QUEUE
              .broken("interrupted-producer-refused")
              .why("An interrupted producer is told that the queue is full.")
              .change(
                  "    Objects.requireNonNull(item, \"item\");\n    lock.lock();\n",
"""
    Objects.requireNonNull(item, "item");
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
""")
              .fails("2.54"),
          QUEUE
              .broken("producer-s-interrupt-lost")
              .why("Enqueue clears the interrupt flag of its caller.")
              .change(
                  "    Objects.requireNonNull(item, \"item\");\n",
                  "    Objects.requireNonNull(item, \"item\");\n    Thread.interrupted();\n")
              .fails("2.54"),
          QUEUE
              .broken("close-interrupted")
              .why("Close by an interrupted thread closes nothing.")
              .change(
                  "    lock.lock();\n    try {\n" + CLOSE,
"""
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
"""
                      + CLOSE)
              .fails("2.54"),
          // arguments
          QUEUE
              .broken("null-taken")
              .why("Null is left to the collection, which names nothing.")
              .change("    Objects.requireNonNull(item, \"item\");\n", "")
              .hangs()
              .fails("2.9"),
          QUEUE
              .broken("null-refused-when-there-is-room")
              .why("Null is looked at only when there is room.")
              .change("    Objects.requireNonNull(item, \"item\");\n", "")
              .change(ADD, "items.add(Objects.requireNonNull(item, \"item\"));")
              .hangs()
              .fails("2.9"),
          QUEUE
              .broken("capacity-of-0-taken")
              .why("Only a negative capacity is refused.")
              .change(
                  "Arguments.atLeast(capacity, 1, \"capacity\")",
                  "Arguments.atLeast(capacity, 0, \"capacity\")")
              .fails("2.9"),
          QUEUE
              .broken("capacity-made-to-fit")
              .why("A capacity below 1 becomes 1.")
              .change("Arguments.atLeast(capacity, 1, \"capacity\")", "Math.max(1, capacity)")
              .fails("2.9"));

  private BrokenBoundedTaskQueues() {}
}
