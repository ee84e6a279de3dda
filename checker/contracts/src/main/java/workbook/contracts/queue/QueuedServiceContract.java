package workbook.contracts.queue;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.HostedService;
import workbook.queue.BackgroundTaskQueue;

/** The rules of a service that runs what is queued. */
@Tag("step-2")
@Step(module = WorkbookModule.QUEUE, number = 2, type = "QueuedService")
public abstract class QueuedServiceContract {

  /**
   * Makes the service under test. It is not started.
   *
   * @param name its name
   * @param queue where its items come from
   * @param workers how many items run at a time
   * @return a new service
   */
  protected abstract HostedService create(String name, BackgroundTaskQueue queue, int workers);

  final QueuedServiceBench bench(Trial trial, int workers) {
    return new QueuedServiceBench(trial, queue -> create(QueuedServiceBench.NAME, queue, workers));
  }

  @Rule(
      number = "2.14",
      says =
          "Start MUST return at once, begin workers named after the service, and be refused twice.",
      check =
          "that the loop runs on threads of its own; their names; that the constructor starts none"
              + " of them; that a second start is refused before it makes more",
      lookAt = "start")
  void start(Trial trial) {
    Workers.start(trial, this);
  }

  @Rule(
      number = "2.15",
      says = "One worker MUST run the items one after the other, in the order of the queue.",
      check = "that the worker runs the item itself before it takes the next",
      lookAt = "start")
  void firstInFirstOut(Trial trial) {
    Workers.order(trial, this);
  }

  @Rule(
      number = "2.16",
      says =
          "As many items MUST run at a time as there are workers, no more, and the rest MUST wait"
              + " in the queue.",
      check =
          "how many threads take from the queue; that an item is run by the thread that took it and"
              + " not handed on to a thread of its own; a lock held while an item runs",
      lookAt = "start")
  void workers(Trial trial) {
    Workers.howMany(trial, this);
  }

  @Rule(
      number = "2.17",
      says =
          "An item that throws MUST be logged with its cause, and the next one MUST run; an Error"
              + " MUST be what the completion fails with.",
      check =
          "that the exception is caught around one item, inside the loop; that the exception itself"
              + " is the logger's last argument; that Exception is caught, checked ones too. An"
              + " Error is no exception of an item's own: it says that the program itself is"
              + " broken",
      lookAt = "start")
  void itemThrows(Trial trial) {
    Workers.itemThrows(trial, this);
  }

  @Rule(
      number = "2.18",
      says = "A timeout, a cancellation or an interrupt of an item's own MUST NOT end the worker.",
      check =
          "catch blocks that leave the loop; whether the loop asks its own token, and not the type"
              + " of an exception, if it should end; the interrupt flag that an item leaves behind",
      lookAt = "start")
  void itemCancelsItself(Trial trial) {
    Workers.itemCancelsItself(trial, this);
  }

  @Rule(
      number = "2.19",
      says = "A stop of an idle service MUST end it at once, and a normal stop MUST log no error.",
      check =
          "that closing the queue or cancelling a token wakes the workers; that the end of a worker"
              + " is not logged as an error",
      lookAt = "stop")
  void stopWhenIdle(Trial trial) {
    Drain.whenIdle(trial, this);
  }

  @Rule(
      number = "2.20",
      says =
          "Stop MUST let the running items finish: no interrupt and no cancelled token before the"
              + " deadline.",
      check =
          "that stop waits for the workers; that it neither interrupts them nor cancels the token"
              + " of their items before the deadline: the token that ends the taking is not the one"
              + " that ends an item",
      lookAt = "stop")
  void runningItemsFinish(Trial trial) {
    Drain.runningItems(trial, this);
  }

  @Rule(
      number = "2.21",
      says = "Within the deadline, stop MUST drain what was accepted before it returns.",
      check =
          "the loop's condition: it ends when the queue says that nothing will come, not when stop"
              + " begins",
      lookAt = "stop")
  void drain(Trial trial) {
    Drain.everything(trial, this);
  }

  @Rule(
      number = "2.22",
      says = "Nothing MUST be accepted once stop has begun.",
      check = "that closing the queue is the first thing that stop does",
      lookAt = "stop")
  void nothingAcceptedWhileStopping(Trial trial) {
    Drain.newItems(trial, this);
  }

  @Rule(
      number = "2.23",
      says =
          "At the deadline the running items MUST see their token cancelled and be interrupted, and"
              + " stop MUST throw a TimeoutException that names the service.",
      check =
          "that the wait in stop is Deadline.join; what happens when it returns false: the items'"
              + " token is cancelled, every worker is interrupted, stop throws. After the deadline"
              + " stop waits for nobody: an item may not care about interrupts",
      lookAt = "stop")
  void deadline(Trial trial) {
    AtTheDeadline.runningItems(trial, this);
  }

  @Rule(
      number = "2.24",
      says = "What is not done at the deadline MUST be reported by name, and nothing else.",
      check =
          "that the items that run and the items that are left in the queue are both in the"
              + " message, by name; that what was done is not; that an item cannot be in neither"
              + " place for a moment, between taking it and running it",
      lookAt = "stop")
  void leftoversAreNamed(Trial trial) {
    AtTheDeadline.leftovers(trial, this);
  }

  @Rule(
      number = "2.25",
      says = "After the deadline no further item MUST be begun.",
      check =
          "that a worker that comes back from an interrupted item looks whether time is up before"
              + " it takes the next one",
      lookAt = "stop")
  void nothingBegunAfterTheDeadline(Trial trial) {
    AtTheDeadline.nextItems(trial, this);
  }

  @Rule(
      number = "2.26",
      says = "After stop no worker MUST be left, in time or at the deadline.",
      check =
          "that every worker is joined, not the first one only; that an interrupted worker ends;"
              + " executors that you started",
      lookAt = "stop")
  void everyWorkerEnds(Trial trial) {
    Stops.everyWorker(trial, this);
  }

  @Rule(
      number = "2.27",
      says = "Stop before start, twice, and from two threads at once MUST be harmless.",
      check = "what stop does when there are no threads yet, and when they have ended",
      lookAt = "stop")
  void stopAtAnyTime(Trial trial) {
    Stops.atAnyTime(trial, this);
  }

  @Rule(
      number = "2.28",
      says = "An interrupt of the thread that calls stop MUST NOT be lost.",
      check =
          "catch blocks for InterruptedException: throw it on, or set the flag again; no"
              + " Thread.interrupted() in stop",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    Stops.interruptOfTheCaller(trial, this);
  }

  @Rule(
      number = "2.29",
      says = "A name or a queue that is null and fewer than one worker MUST be refused.",
      check = "the constructor, Objects.requireNonNull with the argument's name, Arguments.atLeast",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheService(trial, this);
  }
}
