package workbook.proof.shutdown;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Hosts that are wrong. */
public final class BrokenHosts {

  static final Table HOST = new Table(WorkbookModule.SHUTDOWN, "Host");

  private static final String START = "        service.start();\n";
  private static final String ADD = "        started.add(service);\n";
  private static final String WATCH = "        watch(service);\n";
  private static final String LOOK =
      "        if (isStopRequested()) {\n          break;\n        }\n";
  private static final String ROLLBACK =
      "      addFault(e);\n      stopServices();\n      throw e;\n";
  private static final String ROLLBACK_CATCH = "    } catch (Throwable e) {\n" + ROLLBACK;
  private static final String ASK =
      "    if (state == State.NEW || state == State.RUNNING) {\n      beginStop();\n    }\n";
  private static final String SEQUENCE =
      "      stopping.stop(List.copyOf(started), Deadline.after(options.stopWithin(), time));\n";
  private static final String TELL_STOPPING =
      "    tell(\"stopping\", LifecycleListener::stopping);\n";
  private static final String TELL_STOPPED = "    tell(\"stopped\", LifecycleListener::stopped);\n";
  private static final String THREAD =
      "    Thread.ofVirtual().name(\"host\").start(this::stopServices);\n";
  private static final String LOG =
      "    log.error(\"the work of service '{}' failed\", service.name(), cause);\n";
  private static final String CRASH = "      addFault(cause);\n      requestStop();\n";
  private static final String EXCUSE = "if (isStopRequested() && isCancellation(cause)) {";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // start
          HOST.broken("last-service-first")
              .why("Services are started in reverse order.")
              .change(
                  "      for (var service : services) {\n        if (isStop",
                  "      for (var service : services.reversed()) {\n        if (isStop")
              .hangs()
              .fails(
                  "4.12", "4.13", "4.14", "4.15", "4.17", "4.18", "4.19", "4.20", "4.21", "4.22",
                  "4.24", "4.25", "4.26", "4.27", "4.28", "4.29", "4.30", "4.31", "4.33"),
          HOST.broken("no-rollback")
              .why("As in .NET: what was started runs on when a later service fails to start.")
              .change(ROLLBACK, "      addFault(e);\n      end();\n      throw e;\n")
              .hangs()
              .fails("4.13", "4.14"),
          HOST.broken("rollback-without-errors")
              .why("An Error in a start is not caught, and what was started runs on.")
              .change(ROLLBACK_CATCH, "    } catch (Exception e) {\n" + ROLLBACK)
              .hangs()
              .fails("4.13"),
          HOST.broken("stops-the-failed-one-too")
              .why("A service is entered in the list before it is started.")
              .change(START + ADD, ADD + START)
              .fails("4.13", "4.14", "4.15"),
          HOST.broken("starts-the-rest")
              .why("A service that fails to start is logged, and the next one is started.")
              .change(
                  START,
                  "        try {\n"
                      + "          service.start();\n"
                      + "        } catch (Exception e) {\n"
                      + "          log.error(\"did not start\", e);\n"
                      + "          continue;\n"
                      + "        }\n")
              .hangs()
              .fails("4.13", "4.14", "4.15", "4.28", "4.31"),
          HOST.broken("failed-start-returns")
              .why("After the roll-back start returns, as if it had gone well.")
              .change(ROLLBACK, "      addFault(e);\n      stopServices();\n      return;\n")
              .hangs()
              .fails("4.13", "4.14", "4.15", "4.28", "4.31"),
          HOST.broken("failed-start-wrapped")
              .why("What the service threw is wrapped in another exception.")
              .change(
                  ROLLBACK,
                  "      addFault(e);\n"
                      + "      stopServices();\n"
                      + "      throw new IllegalStateException(\"the host did not start\", e);\n")
              .fails("4.13", "4.14", "4.15", "4.28", "4.31"),
          HOST.broken("failed-start-never-ends")
              .why("The completion of a host that did not start stays open.")
              .change(
                  ROLLBACK,
                  "      try {\n"
                      + "        stopping.stop(List.copyOf(started),"
                      + " Deadline.after(options.stopWithin(), time));\n"
                      + "      } catch (Exception later) {\n"
                      + "        e.addSuppressed(later);\n"
                      + "      }\n"
                      + "      throw e;\n")
              .hangs()
              .fails("4.13", "4.14", "4.28"),
          HOST.broken("rollback-in-no-time")
              .why("What was started is given no time when a later service fails to start.")
              .change(
                  "options.stopWithin(), time",
                  "state == State.STARTING ? java.time.Duration.ZERO : options.stopWithin(), time")
              .fails("4.13"),
          HOST.broken("rolled-back-and-stopped")
              .why("A request after a failed start stops the services once more.")
              .change(
                  ROLLBACK,
                  "      addFault(e);\n"
                      + "      stopServices();\n"
                      + "      state = State.NEW;\n"
                      + "      throw e;\n")
              .fails("4.13"),
          HOST.broken("errors-of-the-stop-not-caught")
              .why("An Error of a stop ends the thread that stops.")
              .change(
                  "    } catch (Throwable e) {\n      addFault(e);\n    }\n" + TELL_STOPPED,
                  "    } catch (Exception e) {\n      addFault(e);\n    }\n" + TELL_STOPPED)
              .hangs()
              .fails("4.14", "4.21"),
          HOST.broken("started-again-after-a-failure")
              .why("After a failed start it may be tried again.")
              .change(ROLLBACK, ROLLBACK.replace("throw", "startCalled = false;\n      throw"))
              .fails("4.15"),
          HOST.broken("started-often-when-asked")
              .why("Of a host that was asked to stop, start may be called again and again.")
              .change(
                  "    startCalled = true;\n    if (stopRequested) {\n      return false;\n    }\n",
                  "    if (stopRequested) {\n      return false;\n    }\n    startCalled = true;\n")
              .hangs()
              .fails("4.15"),
          HOST.broken("rollback-hides-the-cause")
              .why("A failure of the roll-back takes the place of the cause.")
              .change(
                  ROLLBACK,
                  "      stopping.stop(List.copyOf(started),"
                      + " Deadline.after(options.stopWithin(), time));\n"
                      + "      addFault(e);\n"
                      + "      end();\n"
                      + "      throw e;\n")
              .fails("4.14"),
          HOST.broken("rollback-failure-lost")
              .why("A failure of the roll-back is logged only.")
              .change(
                  ROLLBACK,
                  "      addFault(e);\n"
                      + "      try {\n"
                      + "        stopping.stop(List.copyOf(started),"
                      + " Deadline.after(options.stopWithin(), time));\n"
                      + "      } catch (Exception later) {\n"
                      + "        log.error(\"did not stop\", later);\n"
                      + "      }\n"
                      + "      end();\n"
                      + "      throw e;\n")
              .fails("4.14"),
          HOST.broken("started-twice")
              .why("Nobody looks whether start was called before.")
              .change("    if (startCalled) {\n", "    if (startCalled && state == null) {\n")
              .hangs()
              .fails("4.15", "4.49"),
          HOST.broken("start-refused-while-running-only")
              .why("A second start is refused only while the host runs.")
              .change("    if (startCalled) {\n", "    if (state == State.RUNNING) {\n")
              .hangs()
              .fails("4.15", "4.49"),
          HOST.broken("restarted")
              .why("A host that has stopped can be started again, and starts its services again.")
              .change(
                  "    if (startCalled) {\n",
                  "    if (completion.isDone() && startCalled) {\n"
                      + "      state = State.STARTING;\n"
                      + "      stopRequested = false;\n"
                      + "      return true;\n"
                      + "    }\n"
                      + "    if (startCalled) {\n")
              .fails("4.15"),
          // stop asked for before and during the start
          HOST.broken("early-request-lost")
              .why("A request before the start does nothing.")
              .change(
                  "    stopRequested = true;\n"
                      + "    if (state == State.NEW || state == State.RUNNING)",
                  "    stopRequested = state != State.NEW;\n    if (state == State.RUNNING)")
              .hangs()
              .fails("4.16", "4.34"),
          HOST.broken("early-request-refuses-start")
              .why("A start after a request throws.")
              .change(
                  "    if (stopRequested) {\n      return false;\n    }\n",
                  "    if (stopRequested) {\n"
                      + "      throw new IllegalStateException(\"the host was asked to stop\");\n"
                      + "    }\n")
              .fails("4.15", "4.16", "4.34"),
          HOST.broken("request-during-start-lost")
              .why("When the start has ended, nobody looks whether a stop was asked for.")
              .change(
                  "    state = State.RUNNING;\n"
                      + "    if (stopRequested) {\n"
                      + "      beginStop();\n"
                      + "    }\n",
                  "    state = State.RUNNING;\n")
              .hangs()
              .fails("4.17", "4.23", "4.28", "4.29", "4.34"),
          HOST.broken("starts-all-the-same")
              .why("A request during the start is seen only when all have started.")
              .change(LOOK, "")
              .fails("4.17"),
          HOST.broken("request-waits-for-the-start")
              .why("Start holds the lock that requestStop needs.")
              .change("  public void start() throws", "  public synchronized void start() throws")
              .hangs()
              .fails("4.15", "4.17"),
          HOST.broken("deadline-from-the-request")
              .why("The time for the stop is counted from the request, which may be long before.")
              .change(
                  "    stopRequested = true;\n",
                  "    stopRequested = true;\n"
                      + "    if (stopBy == null) {\n"
                      + "      stopBy = Deadline.after(options.stopWithin(), time);\n"
                      + "    }\n")
              .change(
                  "  private boolean startCalled;\n",
                  "  private boolean startCalled;\n  private volatile Deadline stopBy;\n")
              .change(
                  SEQUENCE,
                  "      stopping.stop(List.copyOf(started), stopBy == null"
                      + " ? Deadline.after(options.stopWithin(), time) : stopBy);\n")
              .fails("4.17"),
          HOST.broken("cancelled-start-throws")
              .why("As in .NET: a start during which a stop was asked for throws.")
              .change(
                  LOOK,
                  "        if (isStopRequested()) {\n"
                      + "          throw new CancellationException(\"asked to stop\");\n"
                      + "        }\n")
              .fails("4.17", "4.23", "4.28", "4.34"),
          // stop
          HOST.broken("request-waits")
              .why("requestStop waits for the end.")
              .change(
                  "  public synchronized void requestStop() {\n",
                  "  public void requestStop() {\n"
                      + "    ask();\n"
                      + "    completion.handle((_, _) -> null).join();\n"
                      + "  }\n"
                      + "\n"
                      + "  private synchronized void ask() {\n")
              .hangs()
              .fails(
                  "4.17", "4.18", "4.19", "4.20", "4.22", "4.23", "4.27", "4.28", "4.29", "4.33"),
          HOST.broken("stops-on-the-callers-thread")
              .why("requestStop stops the services itself, on the thread that calls it.")
              .change(THREAD, "    stopServices();\n")
              .hangs()
              .fails("4.18", "4.19", "4.20", "4.22", "4.27", "4.33"),
          HOST.broken("completes-when-asked")
              .why("The completion completes when the stop begins.")
              .change(TELL_STOPPING, "    completion.complete(null);\n" + TELL_STOPPING)
              .fails(
                  "4.13", "4.18", "4.21", "4.22", "4.23", "4.27", "4.28", "4.29", "4.30", "4.33"),
          HOST.broken("an-hour-to-stop")
              .why("The options are not looked at: there is always an hour.")
              .change("options.stopWithin(), time", "java.time.Duration.ofHours(1), time")
              .fails("4.13", "4.17", "4.18"),
          HOST.broken("deadline-from-the-start")
              .why("The time for the stop is counted from the start of the host.")
              .change(
                  "    state = State.STARTING;\n",
                  "    state = State.STARTING;\n"
                      + "    stopBy = Deadline.after(options.stopWithin(), time);\n")
              .change(
                  "  private boolean startCalled;\n",
                  "  private boolean startCalled;\n  private volatile Deadline stopBy;\n")
              .change(
                  SEQUENCE,
                  "      stopping.stop(List.copyOf(started), stopBy == null"
                      + " ? Deadline.after(options.stopWithin(), time) : stopBy);\n")
              .fails("4.17", "4.18"),
          HOST.broken("never-completes")
              .why("Nobody completes the completion of a host that ended well.")
              .change("      completion.complete(null);\n", "      log.info(\"the end\");\n")
              .hangs()
              .fails(
                  "4.15", "4.16", "4.17", "4.18", "4.19", "4.20", "4.24", "4.25", "4.26", "4.28",
                  "4.29", "4.30", "4.31", "4.33", "4.34"),
          HOST.broken("stops-again")
              .why("Each request is a stop of its own.")
              .change(ASK, "    if (state != State.STARTING) {\n      beginStop();\n    }\n")
              .hangs()
              .fails("4.19", "4.22", "4.27", "4.28", "4.34"),
          HOST.broken("stop-failure-swallowed")
              .why("A failure to stop is logged only.")
              .change(
                  "    } catch (Throwable e) {\n      addFault(e);\n    }\n" + TELL_STOPPED,
                  "    } catch (Throwable e) {\n      log.error(\"did not stop\", e);\n    }\n"
                      + TELL_STOPPED)
              .fails("4.14", "4.21", "4.22"),
          HOST.broken("own-order")
              .why("The host stops its services itself, in the order in which they were started.")
              .change(
                  SEQUENCE,
                  "      for (var service : started) {\n"
                      + "        service.stop(Deadline.after(options.stopWithin(), time));\n"
                      + "      }\n")
              .hangs()
              .fails(
                  "4.13", "4.14", "4.15", "4.17", "4.18", "4.19", "4.20", "4.21", "4.22", "4.24",
                  "4.25", "4.26", "4.27", "4.28", "4.29", "4.30", "4.33"),
          // watch
          HOST.broken("not-watched")
              .why("Nobody looks whether services fail.")
              .change(WATCH, "")
              .hangs()
              .fails("4.22", "4.23", "4.24", "4.27"),
          HOST.broken("crash-not-logged")
              .why("The host stops, and the log does not say why.")
              .change(LOG, "")
              .fails("4.22", "4.24"),
          HOST.broken("crash-message-only")
              .why("The message is logged, without the exception.")
              .change(
                  LOG,
                  "    log.error(\"the work of service '{}' failed: {}\", service.name(),"
                      + " cause.getMessage());\n")
              .fails("4.22", "4.24"),
          HOST.broken("crash-forgotten")
              .why("As before .NET 11: the host stops, and its end is a good one.")
              .change(CRASH, "      requestStop();\n")
              .fails("4.22", "4.23", "4.27"),
          HOST.broken("crash-does-not-stop")
              .why("The failure is kept for later, and the others run on.")
              .change(CRASH, "      addFault(cause);\n")
              .hangs()
              .fails("4.22", "4.23", "4.27"),
          HOST.broken("crash-not-unwrapped")
              .why("The CompletionException of a stage is taken for the cause.")
              .change("failed(service, causeOf(thrown));", "failed(service, thrown);")
              .fails("4.22", "4.26"),
          HOST.broken("stop-failure-overwrites-the-crash")
              .why("The last failure counts, not the first.")
              .change("    if (fault == null) {\n", "    if (fault != cause) {\n")
              .fails("4.14", "4.22"),
          HOST.broken("second-crash-lost")
              .why("Only the first crash is kept.")
              .change(
                  CRASH,
                  "      if (fault == null) {\n"
                      + "        addFault(cause);\n"
                      + "      }\n"
                      + "      requestStop();\n")
              .fails("4.22"),
          HOST.broken("suppresses-itself")
              .why("A failure that comes twice is suppressed in itself, which is not allowed.")
              .change("} else if (fault != cause) {", "} else {")
              .hangs()
              .fails("4.22"),
          HOST.broken("crash-is-no-request")
              .why("After a crash, the cancellations of the stop count as crashes, too.")
              .change(
                  CRASH,
                  "      addFault(cause);\n"
                      + "      synchronized (this) {\n"
                      + "        if (state == State.RUNNING) {\n"
                      + "          beginStop();\n"
                      + "          return;\n"
                      + "        }\n"
                      + "      }\n"
                      + "      requestStop();\n")
              .fails("4.22"),
          HOST.broken("ignored-crash-ends-the-start")
              .why("With IGNORE a crash during the start keeps the others from being started.")
              .change(
                  LOG,
                  LOG
                      + "    synchronized (this) {\n"
                      + "      stopRequested |= state == State.STARTING;\n"
                      + "    }\n")
              .hangs()
              .fails("4.24"),
          HOST.broken("policy-not-asked")
              .why("A crash stops the host in any case.")
              .change("if (options.onCrash() == CrashPolicy.STOP_HOST) {", "if (true) {")
              .fails("4.24"),
          HOST.broken("ignored-in-silence")
              .why("With IGNORE nothing is logged.")
              .change(LOG, "")
              .change(CRASH, CRASH + "      log.error(\"stopping\", cause);\n")
              .fails("4.24"),
          HOST.broken("ignored-until-the-end")
              .why("With IGNORE a crash is still what the completion fails with.")
              .change(LOG, LOG + "    addFault(cause);\n")
              .fails("4.24"),
          HOST.broken("end-of-work-is-a-crash")
              .why("Any end of a service's work stops the host.")
              .change(
                  "              if (thrown != null) {\n",
                  "              if (thrown == null) {\n"
                      + "                requestStop();\n"
                      + "              } else {\n")
              .fails("4.25"),
          HOST.broken("cancellation-is-a-failure")
              .why("A cancellation that was asked for is taken for a crash.")
              .change(EXCUSE, "if (false) {")
              .fails("4.22", "4.26"),
          HOST.broken("cancellation-never-a-failure")
              .why("A cancellation is excused even when nobody asked for it.")
              .change(EXCUSE, "if (isCancellation(cause)) {")
              .hangs()
              .fails("4.27"),
          HOST.broken("deaf-while-stopping")
              .why("While the host stops, no failure counts.")
              .change(EXCUSE, "if (isStopRequested()) {")
              .fails("4.22", "4.27"),
          // events
          HOST.broken("started-too-early")
              .why("Started is told before the services are started.")
              .change(
                  "    try {\n      for (var service : services) {",
                  "    tell(\"started\", LifecycleListener::started);\n"
                      + "    try {\n      for (var service : services) {")
              .change(
                  "    if (started.size() == services.size()) {\n"
                      + "      tell(\"started\", LifecycleListener::started);\n"
                      + "    }\n",
                  "")
              .hangs()
              .fails("4.28", "4.29", "4.30"),
          HOST.broken("started-told-in-any-case")
              .why("Started is told although the start was cut short.")
              .change("    if (started.size() == services.size()) {\n", "    if (true) {\n")
              .fails("4.28"),
          HOST.broken("started-told-while-running")
              .why("Started is told when a stop may begin already.")
              .change(
                  "    if (started.size() == services.size()) {\n"
                      + "      tell(\"started\", LifecycleListener::started);\n"
                      + "    }\n"
                      + "    endStart();\n",
                  "    endStart();\n"
                      + "    if (started.size() == services.size()) {\n"
                      + "      tell(\"started\", LifecycleListener::started);\n"
                      + "    }\n")
              .fails("4.29"),
          HOST.broken("started-told-later")
              .why("Started is told on another thread, some time.")
              .change(
                  "      tell(\"started\", LifecycleListener::started);\n",
                  "      Thread.ofVirtual().start(\n"
                      + "          () -> {\n"
                      + "            java.util.concurrent.locks.LockSupport.parkNanos(1);\n"
                      + "            completion.handle((_, _) -> null).join();\n"
                      + "            tell(\"started\", LifecycleListener::started);\n"
                      + "          });\n")
              .hangs()
              .fails("4.28", "4.29", "4.30"),
          HOST.broken("stopping-told-too-late")
              .why("Stopping is told when all have stopped.")
              .change(TELL_STOPPING, "")
              .change(TELL_STOPPED, TELL_STOPPING + TELL_STOPPED)
              .fails("4.28", "4.29", "4.30"),
          HOST.broken("stopping-told-with-each-request")
              .why("Each request tells the listeners.")
              .change("    stopRequested = true;\n", TELL_STOPPING + "    stopRequested = true;\n")
              .change(
                  "  private void stopServices() {\n" + TELL_STOPPING,
                  "  private void stopServices() {\n")
              .hangs()
              .fails("4.28", "4.29"),
          HOST.broken("stopped-after-the-end")
              .why("Stopped is told when the completion has completed.")
              .change(TELL_STOPPED + "    end();\n", "    end();\n" + TELL_STOPPED)
              .fails("4.28", "4.29", "4.30"),
          HOST.broken("listener-ends-it-all")
              .why("What a listener throws is not caught.")
              .change(
                  "      } catch (Throwable e) {\n        log.error(\"a listener",
                  "      } catch (java.util.concurrent.CompletionException e) {\n"
                      + "        log.error(\"a listener")
              .hangs()
              .fails("4.30"),
          HOST.broken("error-of-a-listener-ends-it-all")
              .why("Only exceptions of a listener are caught.")
              .change(
                  "      } catch (Throwable e) {\n        log.error(\"a listener",
                  "      } catch (Exception e) {\n        log.error(\"a listener")
              .hangs()
              .fails("4.30"),
          HOST.broken("listener-ends-the-round")
              .why("After one that throws, the others are not told.")
              .change(
                  "the others are told, too\", event, e);\n",
                  "the others are told, too\", event, e);\n        return;\n")
              .hangs()
              .fails("4.30"),
          HOST.broken("listener-failure-swallowed")
              .why("What a listener throws is not logged.")
              .change(
                  "log.error(\"a listener failed when it was told '{}'; the others are told, too\","
                      + " event, e);",
                  "log.debug(\"{}\", event);")
              .fails("4.30"),
          // threads, arguments
          HOST.broken("watchdog-left")
              .why("A thread of the host waits for ever.")
              .change(
                  "    state = State.STARTING;\n",
                  "    state = State.STARTING;\n"
                      + "    Thread.ofVirtual().name(\"watchdog\").start("
                      + "java.util.concurrent.locks.LockSupport::park);\n")
              .hangs()
              .fails("4.31"),
          HOST.broken("executor-left")
              .why("A failed start leaves the thread that would have stopped the host.")
              .change(
                  "    state = State.STARTING;\n",
                  "    state = State.STARTING;\n"
                      + "    Thread.ofVirtual().name(\"waiting\").start(\n"
                      + "        () -> {\n"
                      + "          while (!stopRequested) {\n"
                      + "            java.util.concurrent.locks.LockSupport.park(this);\n"
                      + "          }\n"
                      + "        });\n")
              .hangs()
              .fails("4.31"),
          HOST.broken("same-service-twice")
              .why("A service that is there twice is started twice.")
              .change("if (!seen.add(service)) {", "if (!seen.add(service) && seen.isEmpty()) {")
              .fails("4.32"),
          HOST.broken("same-service-once")
              .why("As in .NET: a service that is there twice is ignored once, in silence.")
              .change(
                  "        throw new IllegalArgumentException(\n"
                      + "            \"services holds '\" + service.name() + \"' twice: a service"
                      + " is started once\");\n",
                  "        log.debug(\"twice\");\n")
              .fails("4.32"),
          HOST.broken("null-not-refused")
              .why("A sequence of null is found only when the host stops.")
              .change("Objects.requireNonNull(stopping, \"stopping\")", "stopping")
              .fails("4.32"),
          HOST.broken("null-in-the-list")
              .why("A listener that is null is found when there is something to tell.")
              .change(
                  "List.copyOf(Objects.requireNonNull(listeners, \"listeners\"))",
                  "new ArrayList<>(listeners)")
              .fails("4.32"),
          // races
          HOST.broken("two-starts")
              .why("Start looks whether it was called, and marks the call in a second step.")
              .change(
                  "    if (startCalled) {\n"
                      + "      throw new IllegalStateException(\"the host was already started: a"
                      + " new one is needed\");\n"
                      + "    }\n",
                  "")
              .change(
                  "    if (!beginStart()) {\n",
                  "    if (startCalled) {\n"
                      + "      throw new IllegalStateException(\"started already\");\n"
                      + "    }\n"
                      + "    if (!beginStart()) {\n")
              .fails("4.49"),
          HOST.broken("request-not-locked")
              .why("requestStop looks at the state and changes it in two steps.")
              .change("  public synchronized void requestStop() {", "  public void requestStop() {")
              .fails("4.34"),
          HOST.broken("start-looks-in-two-steps")
              .why("Start looks for an early request, and marks its beginning in a second step.")
              .change(
                  "  private synchronized boolean beginStart() {",
                  "  private boolean beginStart() {")
              .hangs()
              .fails("4.34", "4.49"),
          HOST.broken("end-of-start-not-locked")
              .why("Start looks for a request first and says that the host runs afterwards.")
              .change(
                  "  private synchronized void endStart() {\n    state = State.RUNNING;\n    if"
                      + " (stopRequested) {\n      beginStop();\n    }\n",
                  "  private void endStart() {\n"
                      + "    if (stopRequested) {\n"
                      + "      beginStop();\n"
                      + "    } else {\n"
                      + "      state = State.RUNNING;\n"
                      + "    }\n")
              .hangs()
              .fails("4.34"));

  private BrokenHosts() {}
}
