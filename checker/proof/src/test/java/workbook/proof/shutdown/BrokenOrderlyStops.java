package workbook.proof.shutdown;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Ways to stop services that are wrong. */
public final class BrokenOrderlyStops {

  static final Table STOP = new Table(WorkbookModule.SHUTDOWN, "OrderlyStop");

  private static final String LOOP = "for (var service : started.reversed()) {";
  private static final String JOIN = "interrupted |= join(stopping, deadline);";
  private static final String INTERRUPT = "        stopping.interrupt();\n";
  private static final String GIVE_UP = "failure.set(givenUp(service));";
  private static final String LIMIT = "Deadline.after(deadline.remaining().plus(grace), time);";
  private static final String COLLECT = "collect(failures, service, failure.get());";
  private static final String THROW =
      "    if (first instanceof Error error) {\n"
          + "      throw error;\n"
          + "    }\n"
          + "    throw (Exception) first;\n";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // order
          STOP.broken("first-started-first")
              .why("Services are stopped in the order in which they were started.")
              .change(LOOP, "for (var service : started) {")
              .hangs()
              .fails("4.1", "4.2", "4.3", "4.4", "4.6", "4.7", "4.8", "4.9", "4.10"),
          STOP.broken("side-by-side")
              .why("All services are asked at once.")
              .change(
                  LOOP,
                  "for (var each : started) {\n"
                      + "      begin(each, deadline, new AtomicReference<>());\n"
                      + "    }\n"
                      + "    for (var service : started.reversed()) {")
              .differs()
              .fails("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.9", "4.10", "4.48"),
          STOP.broken("does-not-wait")
              .why("The next service is asked at once, and nobody waits for the last.")
              .change(JOIN, "")
              .change("if (stopping.isAlive()) {", "if (stopping == null) {")
              .change(COLLECT, "log.debug(\"asked\");")
              .differs()
              .fails("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.48"),
          // deadline
          STOP.broken("full-time-each")
              .why("Each service has the full time: three services take three times as long.")
              .change(
                  LOOP,
                  "var each = deadline.remaining();\n"
                      + "    for (var service : started.reversed()) {\n"
                      + "      deadline = Deadline.after(each, time);")
              .fails("4.2", "4.6"),
          STOP.broken("fair-shares")
              .why("The time is divided among the services beforehand.")
              .change(
                  LOOP,
                  "var each = deadline.remaining().dividedBy(Math.max(1, started.size()));\n"
                      + "    for (var service : started.reversed()) {\n"
                      + "      deadline = Deadline.after(each, time);")
              .fails("4.2", "4.3", "4.4", "4.6", "4.9"),
          STOP.broken("no-grace")
              .why(
                  "The interrupt comes at the deadline, when the service is about to force itself.")
              .change(LIMIT, "deadline;")
              .fails("4.4", "4.5", "4.6", "4.9"),
          STOP.broken("no-limit")
              .why("Waits for each service as long as it takes.")
              .change("giveUp.join(thread);", "thread.join();")
              .hangs()
              .fails("4.5", "4.6", "4.9", "4.10"),
          STOP.broken("on-the-callers-thread")
              .why("Stop is called on the calling thread, which cannot leave it behind.")
              .change(
                  "        .start(\n            () -> {\n",
                  "        .unstarted(() -> {});\n"
                      + "    Runnable call =\n"
                      + "            () -> {\n")
              .change(
                  "              }\n            });\n  }",
                  "              }\n"
                      + "            };\n"
                      + "    call.run();\n"
                      + "    return done;\n"
                      + "  }")
              .change("return Thread.ofVirtual()", "var done = Thread.ofVirtual()")
              .hangs()
              .fails("4.5", "4.6", "4.9", "4.10"),
          STOP.broken("never-interrupted")
              .why("A service that was given up on is left alone.")
              .change(INTERRUPT, "")
              .hangs()
              .fails("4.5"),
          STOP.broken("given-up-in-silence")
              .why("Nobody hears of a service that was given up on.")
              .change(GIVE_UP, "continue;")
              .fails("4.5", "4.6", "4.9", "4.10"),
          STOP.broken("given-up-without-a-name")
              .why("The exception does not say which service it was.")
              .change(
                  GIVE_UP, "failure.set(new TimeoutException(\"a service did not stop in time\"));")
              .fails("4.5", "4.6"),
          STOP.broken("wall-clock")
              .why("The limit is a time of the wall clock, which somebody may set.")
              .change(LIMIT, "time.now().plus(deadline.remaining()).plus(grace);")
              .change(
                  "        giveUp.join(thread);\n",
                  "        while (time.now().isBefore(giveUp)\n"
                      + "            && !time.join(thread, Duration.ofMillis(100))) {\n"
                      + "          log.debug(\"waiting\");\n"
                      + "        }\n")
              .hangs()
              .fails("4.5"),
          STOP.broken("first-one-named")
              .why("The exception names the service that was started first.")
              .change(GIVE_UP, "failure.set(givenUp(started.getFirst()));")
              .fails("4.6"),
          STOP.broken("late-is-given-up")
              .why("A service that ends within the grace counts as one that was given up on.")
              .change(
                  COLLECT,
                  "if (deadline.hasPassed()) {\n"
                      + "        failure.compareAndSet(null, givenUp(service));\n"
                      + "      }\n      "
                      + COLLECT)
              .fails("4.6"),
          STOP.broken("heard-after-the-end")
              .why(
                  "What a service throws when it was given up on and interrupted is collected,"
                      + " too.")
              .change(LOOP, "var late = new ArrayList<AtomicReference<Throwable>>();\n    " + LOOP)
              .change(
                  GIVE_UP,
                  "late.add(failure);\n"
                      + "        collect(failures, service, givenUp(service));\n"
                      + "        continue;")
              .change(
                  "    if (interrupted) {\n",
                  "    late.removeIf(each -> each.get() == null);\n"
                      + "    late.forEach(each -> failures.add(each.get()));\n"
                      + "    if (interrupted) {\n")
              .differs()
              .fails("4.6"),
          STOP.broken("waits-for-the-interrupted")
              .why("After the interrupt it waits for the thread to end, which it may never do.")
              .change(INTERRUPT, "        stopping.interrupt();\n        stopping.join();\n")
              .hangs()
              .fails("4.6", "4.10"),
          STOP.broken("deadline-ends-it-all")
              .why("When the deadline has passed, nobody is asked any more.")
              .change(
                  LOOP,
                  "for (var service : started.reversed()) {\n"
                      + "      if (deadline.hasPassed()) {\n"
                      + "        break;\n"
                      + "      }")
              .hangs()
              .fails("4.6", "4.9"),
          STOP.broken("one-grace-for-all")
              .why("The first bad service takes the grace of the others, too.")
              .change(
                  LIMIT,
                  "Deadline.after(deadline.remaining().plus("
                      + "deadline.hasPassed() ? Duration.ZERO : grace), time);")
              .differs()
              .fails("4.6", "4.9"),
          // failures
          STOP.broken("first-failure-ends-it")
              .why("An exception leaves the loop.")
              .change(
                  COLLECT,
                  "collect(failures, service, failure.get());\n"
                      + "      throwFirst(new ArrayList<>(failures));")
              .hangs()
              .fails("4.6", "4.7", "4.8", "4.9"),
          STOP.broken("error-not-caught")
              .why("Only exceptions are caught: an Error ends the thread, and nobody hears of it.")
              .change("} catch (Throwable e) {", "} catch (Exception e) {")
              .fails("4.7"),
          STOP.broken("interrupted-service-excused")
              .why("An InterruptedException of a service is taken for no failure.")
              .change(
                  "} catch (Throwable e) {",
                  "} catch (InterruptedException e) {\n"
                      + "                Thread.currentThread().interrupt();\n"
                      + "              } catch (Throwable e) {")
              .fails("4.7"),
          STOP.broken("last-failure-first")
              .why("The last failure is thrown, with the earlier ones suppressed.")
              .change("failures.removeFirst()", "failures.removeLast()")
              .fails("4.6", "4.7", "4.8"),
          STOP.broken("later-failures-lost")
              .why("Only the first failure is kept.")
              .change("    failures.forEach(first::addSuppressed);\n", "")
              .fails("4.6", "4.7", "4.8"),
          STOP.broken("failures-swallowed")
              .why("Failures are logged, and stop returns as if all were well.")
              .change(
                  "    throwFirst(failures);\n",
                  "    log.info(\"{} failures\", failures.size());\n")
              .fails("4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.48"),
          STOP.broken("failure-wrapped")
              .why("The first failure is wrapped in another exception.")
              .change(
                  THROW, "    throw new IllegalStateException(\"services did not stop\", first);\n")
              .fails("4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.48"),
          STOP.broken("suppresses-itself")
              .why("A failure that comes twice is suppressed in itself, which is not allowed.")
              .change(
                  "if (failures.stream().noneMatch(known -> known == failure)) {", "if (true) {")
              .fails("4.8"),
          STOP.broken("compared-with-the-first-only")
              .why("A failure that comes twice is found only if it was the first.")
              .change(
                  "failures.stream().noneMatch(known -> known == failure)",
                  "failures.isEmpty() || failures.getFirst() != failure")
              .fails("4.8"),
          STOP.broken("same-words-same-failure")
              .why("Two failures that say the same are taken for one.")
              .change("known -> known == failure", "known -> (\"\" + known).equals(\"\" + failure)")
              .fails("4.8"),
          // interrupts, threads, arguments
          STOP.broken("flag-lost-with-a-failure")
              .why("When stop throws, the interrupt flag is not set.")
              .change(
                  "    if (interrupted) {\n"
                      + "      Thread.currentThread().interrupt();\n"
                      + "    }\n"
                      + "    throwFirst(failures);\n",
                  "    throwFirst(failures);\n"
                      + "    if (interrupted) {\n"
                      + "      Thread.currentThread().interrupt();\n"
                      + "    }\n")
              .fails("4.9"),
          STOP.broken("interrupt-starts-the-wait-anew")
              .why("After an interrupt the whole limit is waited once more.")
              .change(LIMIT, "deadline.remaining().plus(grace);")
              .change("giveUp.join(thread);", "time.join(thread, giveUp);")
              .hangs()
              .fails("4.9"),
          STOP.broken("second-interrupt-ends-the-wait")
              .why("The first interrupt of the caller is waited out, the second is not.")
              .change(
                  "        interrupted = true;\n      }",
                  "        if (interrupted) {\n"
                      + "          return true;\n"
                      + "        }\n"
                      + "        interrupted = true;\n      }")
              .fails("4.9"),
          STOP.broken("helper-left-with-the-given-up")
              .why("Whoever was given up on has a thread that waits for it for ever.")
              .change(
                  INTERRUPT,
                  INTERRUPT
                      + "        Thread.ofVirtual().name(\"watcher\").start("
                      + "java.util.concurrent.locks.LockSupport::park);\n")
              .hangs()
              .fails("4.10"),
          STOP.broken("failures-of-all-stops")
              .why("Failures are kept in a field: the next stop throws them again.")
              .change("    var failures = new ArrayList<Throwable>();\n", "")
              .change(
                  "  private final TimeSource time;\n",
                  "  private final TimeSource time;\n"
                      + "  private final List<Throwable> failures = new ArrayList<>();\n")
              .change("failures.removeFirst()", "failures.getFirst()")
              .change(
                  "failures.forEach(first::addSuppressed);",
                  "failures.stream().skip(1).forEach(first::addSuppressed);")
              .fails("4.48"),
          STOP.broken("failures-of-the-last-stop")
              .why(
                  "Failures are kept in a field, which the next stop empties: two at once share"
                      + " it.")
              .change("    var failures = new ArrayList<Throwable>();\n", "    failures.clear();\n")
              .change(
                  "  private final TimeSource time;\n",
                  "  private final TimeSource time;\n"
                      + "  private final List<Throwable> failures = new ArrayList<>();\n")
              .change("failures.removeFirst()", "failures.getFirst()")
              .change(
                  "failures.forEach(first::addSuppressed);",
                  "failures.stream().skip(1).forEach(first::addSuppressed);")
              .fails("4.48"),
          STOP.broken("one-stop-at-a-time")
              .why("A second stop waits for the first, and its deadline goes by.")
              .change("  public void stop(List", "  public synchronized void stop(List")
              .hangs()
              .fails("4.48"),
          STOP.broken("interrupt-ends-the-wait")
              .why("An interrupt of the caller ends the wait for the service.")
              .change(
                  "        interrupted = true;\n      }",
                  "        interrupted = true;\n        return true;\n      }")
              .fails("4.9"),
          STOP.broken("interrupt-thrown-on")
              .why("An interrupt of the caller leaves the rest running.")
              .change(
                  "  private boolean join(Thread thread, Deadline deadline) {",
                  "  private boolean join(Thread thread, Deadline deadline)"
                      + " throws InterruptedException {")
              .change("        interrupted = true;\n      }", "        throw e;\n      }")
              .fails("4.9"),
          STOP.broken("interrupt-lost")
              .why("The flag is not set again.")
              .change("      Thread.currentThread().interrupt();\n", "")
              .fails("4.9"),
          STOP.broken("interrupt-flag-set-too-early")
              .why("The flag is set again while services are still to be waited for.")
              .change(
                  "        interrupted = true;\n      }",
                  "        Thread.currentThread().interrupt();\n"
                      + "        return false;\n"
                      + "      }")
              .fails("4.9"),
          STOP.broken("helper-left")
              .why("A watchdog waits for an end that nobody tells it of.")
              .change(
                  LOOP,
                  "Thread.ofVirtual().name(\"watchdog\").start("
                      + "java.util.concurrent.locks.LockSupport::park);\n"
                      + "    for (var service : started.reversed()) {")
              .hangs()
              .fails("4.10"),
          STOP.broken("grace-of-zero-taken")
              .why("The grace is not checked.")
              .change(
                  "Arguments.positive(grace, \"grace\")",
                  "Objects.requireNonNull(grace, \"grace\")")
              .fails("4.11"),
          STOP.broken("null-taken-for-nothing")
              .why("A list of null is taken for one without services.")
              .change(
                  "    Objects.requireNonNull(started, \"started\");\n",
                  "    if (started == null) {\n      return;\n    }\n")
              .fails("4.11"),
          STOP.broken("nothing-to-stop")
              .why("The first service is asked for, even of no services.")
              .change(
                  "    var failures = new ArrayList<Throwable>();\n",
                  "    var failures = new ArrayList<Throwable>();\n"
                      + "    log.debug(\"the last one is {}\", started.getLast().name());\n")
              .fails("4.11"));

  private BrokenOrderlyStops() {}
}
