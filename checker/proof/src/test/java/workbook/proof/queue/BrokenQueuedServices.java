package workbook.proof.queue;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Queued services that are wrong. */
public final class BrokenQueuedServices {

  static final Table SERVICE = new Table(WorkbookModule.QUEUE, "QueuedService");

  private static final String START = "threads.forEach(Thread::start);";
  private static final String REFUSE = "if (!threads.isEmpty()) {";
  private static final String ITEM = "item.run(overdue.token());";
  private static final String CATCH = "} catch (Exception e) {";
  private static final String LOG =
      "log.error(\"service '{}': item '{}' failed, the next one will run\", name, item.name(), e);";
  private static final String FLAG =
      "      if (!overdue.token().isCancelled()) {\n"
          + "        Thread.interrupted(); // an item's own interrupt must not end the worker\n"
          + "      }\n";
  private static final String CLOSE = "    queue.close();\n";
  private static final String JOIN = "ended &= deadline.join(thread);";
  private static final String INTERRUPT = "    threads.forEach(Thread::interrupt);\n";
  private static final String PUT =
      "item.ifPresent(taken -> running.put(Thread.currentThread(), taken));";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // start
          SERVICE
              .broken("constructor-begins")
              .why("The workers are begun when the service is made.")
              .change("    if (!threads.isEmpty()) {\n", "    if (started) {\n")
              .change(
                  "    var working = new AtomicInteger(workers);\n",
"""
    started = true;
  }

  private boolean started;

  private void begin() {
    var working = new AtomicInteger(workers);
""")
              .change(
                  "this.workers = Arguments.atLeast(workers, 1, \"workers\");",
                  "this.workers = Arguments.atLeast(workers, 1, \"workers\");\n    begin();")
              .fails("2.14"),
          SERVICE
              .broken("start-works-itself")
              .why("Start runs the loop on the thread that called it.")
              .change(START, "work(working);")
              .hangs()
              .fails(
                  "2.14", "2.15", "2.16", "2.17", "2.18", "2.19", "2.20", "2.21", "2.22", "2.23",
                  "2.24", "2.25", "2.26", "2.27", "2.28"),
          SERVICE
              .broken("start-waits-for-the-end")
              .why("Start joins the threads that it began.")
              .change(
                  START,
                  "threads.forEach(Thread::start);\n"
                      + "    for (var thread : threads) {\n"
                      + "      try {\n"
                      + "        thread.join();\n"
                      + "      } catch (InterruptedException e) {\n"
                      + "        return;\n"
                      + "      }\n"
                      + "    }")
              .hangs()
              .fails(
                  "2.14", "2.15", "2.16", "2.17", "2.18", "2.19", "2.20", "2.21", "2.22", "2.23",
                  "2.24", "2.25", "2.26", "2.27", "2.28"),
          SERVICE
              .broken("started-twice")
              .why("A second start begins as many workers again.")
              .change(REFUSE, "if (false) {")
              .hangs()
              .fails("2.14"),
          SERVICE
              .broken("refused-too-late")
              .why("The second start is refused after it has begun its workers.")
              .change(REFUSE, "boolean again = !threads.isEmpty();\n" + "    if (false) {")
              .change(
                  START,
                  "threads.forEach(Thread::start);\n"
                      + "    if (again) {\n"
                      + "      throw new IllegalStateException(\"service '\" + name + \"' was"
                      + " already started\");\n"
                      + "    }")
              .hangs()
              .fails("2.14"),
          SERVICE
              .broken("refused-in-silence")
              .why("A second start returns as if nothing had happened.")
              .change(
                  "throw new IllegalStateException(\"service '\" + name + \"' was already"
                      + " started\");",
                  "return;")
              .fails("2.14"),
          SERVICE
              .broken("workers-without-a-name")
              .why("The threads have no name.")
              .change("Thread.ofVirtual().name(name + \"-\" + n)", "Thread.ofVirtual()")
              .fails("2.14"),
          SERVICE
              .broken("name-in-other-letters")
              .why("The name is changed for display.")
              .change("return name;", "return name.toUpperCase(java.util.Locale.ROOT);")
              .fails("2.14"),
          SERVICE
              .broken("one-thread-for-each-item")
              .why("The worker begins a thread for each item.")
              .change(
                  "run(item.get());",
                  "var taken = item.get();\n"
                      + "        Thread.ofVirtual().name(name + \"-item\").start(() ->"
                      + " run(taken));")
              .hangs()
              .fails(
                  "2.15", "2.16", "2.17", "2.19", "2.20", "2.21", "2.22", "2.23", "2.24", "2.25",
                  "2.26", "2.27", "2.28"),
          SERVICE
              .broken("dot-net")
              .why("The .NET chapter, translated: one worker, which stops with its token.")
              .is(DotNetService.class)
              .hangs()
              .fails("2.16", "2.18", "2.20", "2.21", "2.22", "2.23", "2.24", "2.26"),
          SERVICE
              .broken("pool-with-a-queue-of-its-own")
              .why(
                  "A pool takes everything out of the queue at once; failures stay in futures, and"
                      + " stop waits on the real clock.")
              .is(ForwardingService.class)
              .hangs()
              .fails(
                  "2.15", "2.16", "2.17", "2.20", "2.21", "2.22", "2.23", "2.24", "2.25", "2.26",
                  "2.27", "2.28"),
          // order
          SERVICE
              .broken("runs-twice")
              .why("An item that was interrupted or not, runs twice.")
              .change(
                  ITEM,
                  "item.run(overdue.token());\n"
                      + "      if (!overdue.token().isCancelled()) {\n"
                      + "        item.run(overdue.token());\n"
                      + "      }")
              .hangs()
              .fails("2.14", "2.15", "2.16", "2.17", "2.19", "2.20", "2.21", "2.26"),
          // how many
          SERVICE
              .broken("one-worker-too-many")
              .why("Counts from 0 to the number of workers.")
              .change("int n = 1; n <= workers", "int n = 0; n <= workers")
              .hangs()
              .fails("2.15", "2.16", "2.20", "2.21", "2.24", "2.25"),
          SERVICE
              .broken("one-worker-only")
              .why("The number of workers is not used.")
              .change("n <= workers", "n <= 1")
              .change("new AtomicInteger(workers)", "new AtomicInteger(1)")
              .hangs()
              .fails("2.16", "2.20", "2.23", "2.26"),
          SERVICE
              .broken("lock-held-while-running")
              .why("A lock is held while an item runs, so there is never more than one.")
              .change(
                  "private final ReentrantLock taking",
                  "private final ReentrantLock one = new ReentrantLock();\n"
                      + "  private final ReentrantLock taking")
              .change(
                  ITEM,
                  "one.lockInterruptibly();\n"
                      + "      try {\n"
                      + "        item.run(overdue.token());\n"
                      + "      } finally {\n"
                      + "        one.unlock();\n"
                      + "      }")
              .hangs()
              .fails("2.16", "2.20", "2.23", "2.26"),
          // failing items
          SERVICE
              .broken("exception-ends-the-worker")
              .why("An exception leaves the loop.")
              .change(CATCH, "} catch (java.util.concurrent.CompletionException e) {")
              .change(
                  ITEM,
                  "try {\n"
                      + "        item.run(overdue.token());\n"
                      + "      } catch (Exception e) {\n"
                      + "        throw new IllegalStateException(e);\n"
                      + "      }")
              .hangs()
              .fails("2.17", "2.18"),
          SERVICE
              .broken("checked-exception-ends-the-worker")
              .why("Only unchecked exceptions are caught.")
              .change(CATCH, "} catch (RuntimeException e) {")
              .change(ITEM, "run0(item);")
              .change(
                  "  private void run(WorkItem item) {",
                  "  private void run0(WorkItem item) {\n"
                      + "    try {\n"
                      + "      item.run(overdue.token());\n"
                      + "    } catch (RuntimeException e) {\n"
                      + "      throw e;\n"
                      + "    } catch (Exception e) {\n"
                      + "      throw new AssertionError(e);\n"
                      + "    }\n"
                      + "  }\n"
                      + "\n"
                      + "  private void run(WorkItem item) {")
              .hangs()
              .fails("2.17", "2.18"),
          SERVICE
              .broken("exception-swallowed")
              .why("Nothing is logged.")
              .change(LOG, "// the next one will run")
              .fails("2.17"),
          SERVICE
              .broken("message-only")
              .why("The message is logged, the exception is not.")
              .change(
                  LOG, "log.error(\"{}: item {} failed: {}\", name, item.name(), e.getMessage());")
              .fails("2.17"),
          SERVICE
              .broken("logged-as-information")
              .why("A failure is logged at a level that nobody reads.")
              .change(
                  LOG,
                  "log.info(\"service '{}': item '{}' failed, the next one will run\", name,"
                      + " item.name(), e);")
              .fails("2.17"),
          SERVICE
              .broken("error-caught-too")
              .why("An Error is logged like an exception, and the service goes on.")
              .change(CATCH, "} catch (Throwable e) {")
              .hangs()
              .fails("2.17"),
          SERVICE
              .broken("error-lost")
              .why("The worker ends with an Error that nobody hears of.")
              .change("completion.completeExceptionally(fault);", "// lost")
              .fails("2.17"),
          SERVICE
              .broken("timeout-ends-the-worker")
              .why("A TimeoutException of an item is taken for the end.")
              .change(
                  LOG,
                  "if (e instanceof TimeoutException) {\n"
                      + "        throw new IllegalStateException(e);\n"
                      + "      }\n"
                      + "      log.error(\"service '{}': item '{}' failed, the next one will run\","
                      + " name, item.name(), e);")
              .hangs()
              .fails("2.18"),
          SERVICE
              .broken("cancellation-ends-the-worker")
              .why("A CancellationException of an item is taken for the end.")
              .change(
                  CATCH,
                  "} catch (java.util.concurrent.CancellationException e) {\n"
                      + "      throw e;\n"
                      + "    } catch (Exception e) {")
              .hangs()
              .fails("2.18"),
          SERVICE
              .broken("interrupt-ends-the-worker")
              .why("An InterruptedException of an item sets the flag, and the next take ends.")
              .change(
                  CATCH,
                  "} catch (InterruptedException e) {\n"
                      + "      Thread.currentThread().interrupt();\n"
                      + "    } catch (Exception e) {")
              .change(FLAG, "")
              .hangs()
              .fails("2.18"),
          SERVICE
              .broken("interrupt-flag-left")
              .why("The interrupt flag that an item leaves behind ends the worker.")
              .change(FLAG, "")
              .hangs()
              .fails("2.18"),
          // a quiet stop
          SERVICE
              .broken("idle-workers-not-woken")
              .why("Stop waits for workers that nobody wakes.")
              .change(
                  CLOSE,
                  "    if (running.isEmpty()) {\n"
                      + "      Thread.yield();\n"
                      + "    } else {\n"
                      + "      queue.close();\n"
                      + "    }\n")
              .hangs()
              .fails("2.19", "2.24", "2.26", "2.27"),
          SERVICE
              .broken("stop-waits-out-the-deadline")
              .why("Stop always takes as long as it may.")
              .change(
                  CLOSE, "    queue.close();\n" + "    deadline.join(Thread.currentThread());\n")
              .hangs()
              .fails("2.19", "2.20", "2.21", "2.22", "2.26", "2.27"),
          SERVICE
              .broken("end-logged-as-error")
              .why("The end of a worker is logged as an error.")
              .change(
                  "      if (working.decrementAndGet() == 0) {",
                  "      log.error(\"worker of {} ended\", name);\n"
                      + "      if (working.decrementAndGet() == 0) {")
              .fails("2.19", "2.20"),
          SERVICE
              .broken("completion-never-completes")
              .why("Nobody completes the completion.")
              .change(
                  "        completion.complete(null);",
                  "        log.debug(\"all workers have ended\");")
              .hangs()
              .fails("2.19"),
          SERVICE
              .broken("completion-too-early")
              .why("The first worker that ends completes the completion.")
              .change("working.decrementAndGet() == 0", "working.decrementAndGet() >= 0")
              .fails("2.20"),
          SERVICE
              .broken("completion-at-stop")
              .why("Stop completes the completion when it begins.")
              .change(CLOSE, "    queue.close();\n" + "    completion.complete(null);\n")
              .fails("2.20"),
          // stop and what runs
          SERVICE
              .broken("stop-interrupts-at-once")
              .why("Stop begins with an interrupt of all workers.")
              .change(CLOSE, "    queue.close();\n" + "    threads.forEach(Thread::interrupt);\n")
              .hangs()
              .fails("2.20", "2.21", "2.22", "2.23", "2.24", "2.25", "2.26", "2.27", "2.28"),
          SERVICE
              .broken("stop-cancels-at-once")
              .why("Stop begins by cancelling the token that the items have.")
              .change(CLOSE, "    queue.close();\n" + "    overdue.cancel();\n")
              .hangs()
              .fails("2.20", "2.21"),
          SERVICE
              .broken("stop-does-not-wait")
              .why("Stop closes the queue and returns.")
              .change(
                  CLOSE,
                  "    queue.close();\n"
                      + "    if (!deadline.hasPassed()) {\n"
                      + "      return;\n"
                      + "    }\n")
              .hangs()
              .fails("2.20", "2.21", "2.22", "2.23", "2.24", "2.25", "2.26", "2.27", "2.28"),
          SERVICE
              .broken("stop-drops-the-queue")
              .why("Stop empties the queue first.")
              .change(
                  CLOSE,
                  "    queue.close();\n"
                      + "    while (next().isPresent()) {\n"
                      + "      log.debug(\"dropped\");\n"
                      + "    }\n")
              .hangs()
              .fails("2.21", "2.24"),
          SERVICE
              .broken("stop-ends-after-the-item")
              .why("A worker ends after the item in progress: what is queued stays.")
              .change(
                  "for (var item = take(); item.isPresent(); item = take()) {\n"
                      + "        run(item.get());",
                  "for (var item = take(); item.isPresent(); item = take()) {\n"
                      + "        run(item.get());\n"
                      + "        if (stopping) {\n"
                      + "          return;\n"
                      + "        }")
              .change(CLOSE, "    stopping = true;\n" + "    queue.close();\n")
              .change(
                  "private volatile List<Thread> threads",
                  "private volatile boolean stopping;\n"
                      + "  private volatile List<Thread> threads")
              .hangs()
              .fails("2.21"),
          SERVICE
              .broken("joins-the-first-worker-only")
              .why("Stop waits for one worker.")
              .change(
                  JOIN,
                  "if (thread == threads.getFirst()) {\n"
                      + "        ended &= deadline.join(thread);\n"
                      + "      }")
              .hangs()
              .fails("2.20"),
          SERVICE
              .broken("closes-the-queue-last")
              .why("Stop waits for the queue to run empty, and closes it then.")
              .change(CLOSE, "")
              .change(
                  "    boolean ended = true;\n",
                  "    var idle = Thread.ofVirtual().start(this::awaitIdle);\n"
                      + "    boolean ended = deadline.join(idle);\n"
                      + "    idle.interrupt();\n"
                      + "    queue.close();\n")
              .change(
                  "  private List<String> notDone()",
                  "  private void awaitIdle() {\n"
                      + "    while (!running.isEmpty() && !Thread.currentThread().isInterrupted())"
                      + " {\n"
                      + "      java.util.concurrent.locks.LockSupport.parkNanos(100_000);\n"
                      + "    }\n"
                      + "  }\n"
                      + "\n"
                      + "  private List<String> notDone()")
              .hangs()
              .fails("2.22"),
          SERVICE
              .broken("does-not-close-the-queue")
              .why("Stop ends the workers when they are idle, and leaves the queue open.")
              .change(CLOSE, "    stopping.cancel();\n")
              .change(
                  "queue.dequeue(overdue.token())",
                  "queue.dequeue(CancellationToken.anyOf(overdue.token(), stopping.token()))")
              .change(
                  "private final CancellationSource overdue",
                  "private final CancellationSource stopping = new CancellationSource();\n"
                      + "  private final CancellationSource overdue")
              .change(
                  "return queue.dequeue(CancellationToken.none()); // closed, so this does not"
                      + " wait",
                  "return Optional.empty();")
              .hangs()
              .fails("2.21", "2.22", "2.24"),
          // the deadline
          SERVICE
              .broken("no-deadline")
              .why("Stop joins the threads, however long it takes.")
              .change(JOIN, "thread.join();")
              .hangs()
              .fails("2.23", "2.24", "2.25", "2.26"),
          SERVICE
              .broken("deadline-on-the-real-clock")
              .why("Stop joins with the time that is left, on the real clock.")
              .change(JOIN, "ended &= thread.join(deadline.remaining());")
              .hangs()
              .fails("2.20", "2.21", "2.22", "2.23", "2.24", "2.25", "2.26", "2.27", "2.28"),
          SERVICE
              .broken("no-interrupt")
              .why("The token is cancelled, nobody is interrupted.")
              .change(INTERRUPT, "")
              .hangs()
              .fails("2.23", "2.26"),
          SERVICE
              .broken("first-worker-interrupted-only")
              .why("One worker is interrupted.")
              .change(INTERRUPT, "    threads.stream().limit(1).forEach(Thread::interrupt);\n")
              .hangs()
              .fails("2.23", "2.26"),
          SERVICE
              .broken("items-get-a-token-of-their-own")
              .why("Items are given a token that nobody cancels.")
              .change(ITEM, "item.run(CancellationToken.none());")
              .hangs()
              .fails("2.23"),
          SERVICE
              .broken("nothing-thrown-at-the-deadline")
              .why("Stop returns at the deadline as if all were done.")
              .change("if (!notDone.isEmpty()) {", "if (false) {")
              .hangs()
              .fails("2.23", "2.24", "2.25", "2.26"),
          SERVICE
              .broken("another-exception-at-the-deadline")
              .why("Stop throws, but not what a host expects.")
              .change(
                  "throw new TimeoutException(\n" + "          \"service '\" + name",
                  "throw new IllegalStateException(\n" + "          \"service '\" + name")
              .fails("2.23", "2.24", "2.25", "2.26"),
          SERVICE
              .broken("waits-after-the-interrupt")
              .why("Stop interrupts, and then waits for the workers without a limit.")
              .change(
                  INTERRUPT,
                  "    threads.forEach(Thread::interrupt);\n"
                      + "    for (var thread : threads) {\n"
                      + "      thread.join();\n"
                      + "    }\n")
              .hangs()
              .fails("2.23"),
          // what is left
          SERVICE
              .broken("running-not-named")
              .why("Only what was queued is named.")
              .change(".forEach(names::add)", ".forEach(item -> log.debug(\"runs: {}\", item))")
              .hangs()
              .fails("2.23", "2.24", "2.26"),
          SERVICE
              .broken("queued-not-named")
              .why("Only what runs is named.")
              .change("names.add(item.get().name() + \" (not begun)\");", "log.debug(\"left\");")
              .hangs()
              .fails("2.24"),
          SERVICE
              .broken("counted-not-named")
              .why("The message says how many are left, not which.")
              .change("String.join(\", \", notDone)", "notDone.size()")
              .fails("2.24"),
          SERVICE
              .broken("done-named-too")
              .why("What was done stays in the list.")
              .change("running.remove(Thread.currentThread());", "// stays")
              .change(
                  "private final Map<Thread, WorkItem> running = new ConcurrentHashMap<>();",
                  "private final Map<Object, WorkItem> running = new ConcurrentHashMap<>();")
              .change(PUT, "item.ifPresent(taken -> running.put(new Object(), taken));")
              .hangs()
              .fails("2.19", "2.20", "2.21", "2.22", "2.24", "2.26", "2.27"),
          SERVICE
              .broken("left-in-the-log-only")
              .why("What is left is logged for nobody to catch.")
              .change("String.join(\", \", notDone)", "\"see log\"")
              .change(
                  "    var notDone = notDone();\n",
                  "    var notDone = notDone();\n" + "    log.debug(\"left: {}\", notDone);\n")
              .fails("2.24"),
          SERVICE
              .broken("lost-on-the-way")
              .why("An item is in no list between being taken and being run.")
              .change(PUT, "")
              .change(
                  ITEM,
                  "running.put(Thread.currentThread(), item);\n"
                      + "      item.run(overdue.token());")
              .change("taking.lockInterruptibly();", "taking.isLocked();")
              .change(
                  "      return item;\n"
                      + "    } finally {\n"
                      + "      taking.unlock();\n"
                      + "    }",
                  "      return item;\n"
                      + "    } finally {\n"
                      + "      taking.isLocked();\n"
                      + "    }")
              .hangs()
              .fails("2.24"),
          SERVICE
              .broken("drains-after-the-deadline")
              .why("Workers go on with what is queued: the deadline only ends the wait.")
              .change("queue.dequeue(overdue.token())", "queue.dequeue(CancellationToken.none())")
              .change(
                  "for (var item = next(); item.isPresent(); item = next()) {\n"
                      + "        names.add(item.get().name() + \" (not begun)\");\n"
                      + "      }",
                  "")
              .change(FLAG, "      Thread.interrupted();\n")
              .hangs()
              .fails("2.24", "2.25"),
          // workers
          SERVICE
              .broken("helper-left-running")
              .why("A thread that counts the workers never ends.")
              .change(
                  START,
                  "threads.forEach(Thread::start);\n"
                      + "    Thread.ofVirtual()\n"
                      + "        .name(name + \"-monitor\")\n"
                      + "        .start(\n"
                      + "            () -> {\n"
                      + "              while (true) {\n"
                      + "                java.util.concurrent.locks.LockSupport.park();\n"
                      + "              }\n"
                      + "            });")
              .hangs()
              .fails("2.26"),
          SERVICE
              .broken("executor-left-running")
              .why("An executor with platform threads is never shut down.")
              .change(
                  START,
                  "var pool = java.util.concurrent.Executors.newFixedThreadPool(workers);\n"
                      + "    threads.forEach(thread -> pool.execute(thread::start));")
              .hangs()
              .fails("2.26"),
          // stop at any time
          SERVICE
              .broken("stop-before-start-throws")
              .why("A stop before start is refused.")
              .change(
                  CLOSE,
                  "    if (threads.isEmpty()) {\n"
                      + "      throw new IllegalStateException(\"not started\");\n"
                      + "    }\n"
                      + "    queue.close();\n")
              .fails("2.27"),
          SERVICE
              .broken("second-stop-throws")
              .why("A second stop is refused.")
              .change(
                  CLOSE,
                  "    if (stopped) {\n"
                      + "      throw new IllegalStateException(\"already stopped\");\n"
                      + "    }\n"
                      + "    stopped = true;\n"
                      + "    queue.close();\n")
              .change(
                  "private volatile List<Thread> threads",
                  "private volatile boolean stopped;\n" + "  private volatile List<Thread> threads")
              .fails("2.27"),
          SERVICE
              .broken("second-stop-returns-at-once")
              .why("A second stop does not wait.")
              .change(
                  CLOSE,
                  "    if (stopped) {\n"
                      + "      return;\n"
                      + "    }\n"
                      + "    stopped = true;\n"
                      + "    queue.close();\n")
              .change(
                  "private volatile List<Thread> threads",
                  "private volatile boolean stopped;\n" + "  private volatile List<Thread> threads")
              .fails("2.27"),
          SERVICE
              .broken("caller-s-interrupt-swallowed")
              .why("InterruptedException in stop is caught and forgotten.")
              .change(
                  JOIN,
                  "try {\n"
                      + "        ended &= deadline.join(thread);\n"
                      + "      } catch (InterruptedException e) {\n"
                      + "        log.info(\"interrupted\");\n"
                      + "        return;\n"
                      + "      }")
              .fails("2.28"),
          SERVICE
              .broken("caller-s-interrupt-is-a-failure")
              .why("InterruptedException in stop becomes another exception.")
              .change(
                  JOIN,
                  "try {\n"
                      + "        ended &= deadline.join(thread);\n"
                      + "      } catch (InterruptedException e) {\n"
                      + "        throw new IllegalStateException(\"stop was interrupted\");\n"
                      + "      }")
              .fails("2.28"),
          SERVICE
              .broken("caller-s-interrupt-cleared")
              .why("Stop clears the interrupt flag that its caller came with.")
              .change(CLOSE, "    Thread.interrupted();\n" + CLOSE)
              .fails("2.28"),
          SERVICE
              .broken("stop-after-the-deadline-throws")
              .why("Stop is refused once a deadline has passed.")
              .change(
                  CLOSE,
"""
    if (overdue.token().isCancelled()) {
      throw new IllegalStateException("service '" + name + "' was stopped before");
    }
"""
                      + CLOSE)
              .fails("2.27"),
          SERVICE
              .broken("completion-made-by-start")
              .why("Whoever asks for the completion before start gets one that never completes.")
              .change(
                  "return completion.minimalCompletionStage();",
                  "return threads.isEmpty() ? new CompletableFuture<>() :"
                      + " completion.minimalCompletionStage();")
              .hangs()
              .fails("2.19"),
          SERVICE
              .broken("timeout-of-whom")
              .why("The message names the items, but not the service.")
              .change(
                  "\"service '\" + name + \"' stopped with work not done: \"",
                  "\"stopped with work not done: \"")
              .fails("2.23"),
          SERVICE
              .broken("named-by-to-string")
              .why("The running items are named by their toString.")
              .change(
                  "item -> item.name() + \" (interrupted)\"", "item -> item + \" (interrupted)\"")
              .fails("2.24"),
          SERVICE
              .broken("all-services-share-a-list")
              .why("What runs is noted in a static field.")
              .change(
                  "private final Map<Thread, WorkItem> running",
                  "private static final Map<Thread, WorkItem> running")
              .fails("2.24"),
          // arguments
          SERVICE
              .broken("name-of-null-taken")
              .why("The name is not looked at.")
              .change("Objects.requireNonNull(name, \"name\")", "name")
              .fails("2.29"),
          SERVICE
              .broken("queue-of-null-taken")
              .why("The queue is not looked at.")
              .change("Objects.requireNonNull(queue, \"queue\")", "queue")
              .fails("2.29"),
          SERVICE
              .broken("no-workers-taken")
              .why("A service without workers accepts work that nobody does.")
              .change("Arguments.atLeast(workers, 1, \"workers\")", "workers")
              .fails("2.29"),
          SERVICE
              .broken("no-workers-refused-at-start")
              .why("Bad arguments are found when the service starts.")
              .change(
                  "this.workers = Arguments.atLeast(workers, 1, \"workers\");",
                  "this.workers = workers;")
              .change(
                  REFUSE,
                  "Arguments.atLeast(workers, 1, \"workers\");\n" + "    if (!threads.isEmpty()) {")
              .fails("2.29"));

  private BrokenQueuedServices() {}
}
