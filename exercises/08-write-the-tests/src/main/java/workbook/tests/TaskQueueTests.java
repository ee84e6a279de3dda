package workbook.tests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workbook.hosting.NotStarted;
import workbook.queue.BackgroundTaskQueue;
import workbook.testing.Bench;
import workbook.testing.UnderTest;

/** Tests of a task queue: of any that keeps what {@link BackgroundTaskQueue} says. */
@ExtendWith(UnderTest.class)
public final class TaskQueueTests {

  private final Queues queues;

  /**
   * Tests of the queues that are made here.
   *
   * @param queues makes the queues under test
   */
  public TaskQueueTests(Queues queues) {
    this.queues = queues;
  }

  // As many tests as you like, with names of your own. A test that is left out is no gap: the rules
  // say what nobody catches.

  @Test
  void order(Bench bench) throws Exception {
    // TODO: step 1
    throw new NotStarted("step 1", "TaskQueueTests.order");
  }

  @Test
  void capacity(Bench bench) throws Exception {
    // TODO: step 1
    throw new NotStarted("step 1", "TaskQueueTests.capacity");
  }

  @Test
  void waiting(Bench bench) throws Exception {
    // TODO: step 1
    throw new NotStarted("step 1", "TaskQueueTests.waiting");
  }

  @Test
  void cancellation(Bench bench) throws Exception {
    // TODO: step 1
    throw new NotStarted("step 1", "TaskQueueTests.cancellation");
  }

  @Test
  void interrupts(Bench bench) throws Exception {
    // TODO: step 1
    throw new NotStarted("step 1", "TaskQueueTests.interrupts");
  }

  @Test
  void closing(Bench bench) throws Exception {
    // TODO: step 1
    throw new NotStarted("step 1", "TaskQueueTests.closing");
  }
}
