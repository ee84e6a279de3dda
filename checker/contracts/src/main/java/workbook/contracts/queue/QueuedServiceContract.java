package workbook.contracts.queue;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.interleaving.InstrumentingLoader;
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

  /** The same, with classes of the learner's whose threads can be stopped at any line. */
  final QueuedServiceContract twin(Trial trial) {
    var queue = new RecordingQueue(trial, _ -> {});
    return InstrumentingLoader.twin(
        this, trial.subject(create(QueuedServiceBench.NAME, queue, 1)).getClass());
  }

  @Rule(
      number = "2.14",
      says =
          "Start MUST begin workers named after the service and return at once; a second start MUST"
              + " be refused.",
      check =
          "that the loop runs on threads of its own, not in start; that the threads get the"
              + " service's name; that the constructor begins none; that a second start is refused"
              + " before it makes more, even if it comes in between two lines of the first",
      lookAt = "start")
  void start(Trial trial) {
    Workers.start(trial, this);
  }

  @Rule(
      number = "2.15",
      says = "A single worker MUST run the items one after the other, in the order of the queue.",
      check = "that the worker runs the item itself before it takes the next",
      lookAt = "start")
  void firstInFirstOut(Trial trial) {
    Workers.order(trial, this);
  }

  @Rule(
      number = "2.16",
      says =
          "The service MUST run as many items at a time as it has workers, and leave the rest in"
              + " the queue.",
      check =
          "how many threads take from the queue; that the thread that takes an item also runs it;"
              + " that no lock is held while an item runs",
      lookAt = "start")
  void workers(Trial trial) {
    Workers.howMany(trial, this);
  }

  @Rule(
      number = "2.17",
      says =
          "The service MUST log an item's exception with its cause and run the next item; an Error,"
              + " or an exception of the queue, MUST fail the completion.",
      check =
          "that the exception is caught around one item, inside the loop, and not around taking,"
              + " too: a queue that is broken would be asked again and again; that it is the last"
              + " argument of the logger; that Exception is caught, checked ones too, but not"
              + " Error: an Error says that the program itself is broken, whichever worker it ends",
      lookAt = {"interrupted", "error", "start"})
  void itemThrows(Trial trial) {
    Workers.itemThrows(trial, this);
  }

  @Rule(
      number = "2.18",
      says =
          "A timeout, a cancellation or an interrupt of an item's own MUST NOT end its worker or"
              + " reach the next item.",
      check =
          "that no catch leaves the loop; that the loop asks its own token, not the type of an"
              + " exception, whether it should end; that an interrupt flag that an item leaves is"
              + " cleared",
      lookAt = {"interrupted", "remove", "start"})
  void itemCancelsItself(Trial trial) {
    Workers.itemCancelsItself(trial, this);
  }

  @Rule(
      number = "2.19",
      says = "Stop MUST end an idle service at once, and a normal stop MUST NOT log an error.",
      check =
          "that closing the queue or cancelling a token wakes the workers; that the end of a worker"
              + " is not logged as an error",
      lookAt = {"completeExceptionally", "stop"})
  void stopWhenIdle(Trial trial) {
    Drain.whenIdle(trial, this);
  }

  @Rule(
      number = "2.20",
      says =
          "Stop MUST let the running items end: it MUST NOT interrupt them or cancel their token"
              + " before the deadline.",
      check =
          "that stop waits for the workers; that it neither interrupts them nor cancels the items'"
              + " token before the deadline, not for a second stop or an interrupt of its caller,"
              + " either: the token that ends the taking is another one",
      lookAt = "stop")
  void runningItemsFinish(Trial trial) {
    Drain.runningItems(trial, this);
  }

  @Rule(
      number = "2.21",
      says = "Within the deadline, stop MUST drain what was accepted before it returns.",
      check =
          "that the loop ends when the queue says that nothing will come, not when stop begins;"
              + " that stop waits for the workers, not until nothing is noted as running: an item"
              + " may just be on its way",
      lookAt = "stop")
  void drain(Trial trial) {
    Drain.everything(trial, this);
  }

  @Rule(
      number = "2.22",
      says = "Once stop has begun, the queue MUST NOT accept anything.",
      check = "that stop closes the queue before it does anything else",
      lookAt = "stop")
  void nothingAcceptedWhileStopping(Trial trial) {
    Drain.newItems(trial, this);
  }

  @Rule(
      number = "2.23",
      says =
          "At the deadline stop MUST cancel the token of the running items, interrupt them, and"
              + " throw a TimeoutException that names the service.",
      check =
          "that stop waits with Deadline.join; that, when one of the joins returns false, whichever"
              + " it is, it cancels the items' token, interrupts every worker, and throws; that it"
              + " does all this even if what an item has registered with the token throws; that it"
              + " waits for nobody after that: an item may ignore interrupts",
      lookAt = "stop")
  void deadline(Trial trial) {
    AtTheDeadline.runningItems(trial, this);
  }

  @Rule(
      number = "2.24",
      says =
          "Stop MUST report by name every item that it leaves undone, as often as it was accepted,"
              + " and no other.",
      check =
          "that the message of the exception names both the items that run and those left in the"
              + " queue, also when an Error has ended the workers; that it names none that is done;"
              + " that taking an item and noting it is one step, under the lock under which stop"
              + " asks for both; that stop asks before it interrupts or cancels; that the notes are"
              + " kept by thread, since one item may run twice",
      lookAt = "stop")
  void leftoversAreNamed(Trial trial) {
    AtTheDeadline.leftovers(trial, this);
  }

  @Rule(
      number = "2.25",
      says = "After the deadline a worker MUST NOT begin another item.",
      check =
          "that a worker that comes back from an interrupted item looks whether time is up before"
              + " it takes the next",
      lookAt = "stop")
  void nothingBegunAfterTheDeadline(Trial trial) {
    AtTheDeadline.nextItems(trial, this);
  }

  @Rule(
      number = "2.26",
      says =
          "Stop MUST end every worker, in time or at the deadline; with the last one the completion"
              + " MUST complete.",
      check =
          "that every worker is joined, not the first one only; that an interrupted worker ends,"
              + " and counts as ended; that two that end at once do not miss who is the last; that"
              + " executors of yours are shut down",
      lookAt = {"completeExceptionally", "stop"})
  void everyWorkerEnds(Trial trial) {
    Stops.everyWorker(trial, this);
  }

  @Rule(
      number = "2.27",
      says = "Calling stop before start, twice, or from two threads at once MUST be harmless.",
      check =
          "what stop does while there are no threads yet, and when they have ended; that stop holds"
              + " no lock while it waits, since each caller has a deadline of its own; what it sees"
              + " while start is at work; what two stops at the deadline tell",
      lookAt = "stop")
  void stopAtAnyTime(Trial trial) {
    Stops.atAnyTime(trial, this);
  }

  @Rule(
      number = "2.28",
      says = "Stop MUST NOT swallow an interrupt of the thread that calls it.",
      check =
          "that every catch of InterruptedException throws it on or sets the flag again; that stop"
              + " does not call Thread.interrupted()",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    Stops.interruptOfTheCaller(trial, this);
  }

  @Rule(
      number = "2.29",
      says = "The constructor MUST refuse a null name, a null queue and fewer than one worker.",
      check =
          "that the constructor calls Objects.requireNonNull with the argument's name, and"
              + " Arguments.atLeast",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheService(trial, this);
  }
}
