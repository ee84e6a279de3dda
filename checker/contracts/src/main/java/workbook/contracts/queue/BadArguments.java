package workbook.contracts.queue;

import static org.mockito.Mockito.mock;

import java.util.List;
import workbook.checker.Trial;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;

/** Bad arguments. */
final class BadArguments {

  private BadArguments() {}

  static void ofTheQueue(Trial trial, BackgroundTaskQueueContract contract) {
    var queue = contract.queue(trial, 1);
    trial.expectRefused(
        "a null item, while there is room,", () -> queue.enqueue(Trial.noValue()), "item");
    BackgroundTaskQueueContract.calls(trial, queue).put("a");
    trial.expectRefused(
        "a null item, while the queue is full,", () -> queue.enqueue(Trial.noValue()), "item");
    queue.close();
    trial.expectRefused(
        "a null item, once the queue is closed,", () -> queue.enqueue(Trial.noValue()), "item");
    trial.lookAt("<init>");
    for (int capacity : List.of(0, -2)) {
      trial.expectThrow(
          "a capacity of " + capacity + " is refused with IllegalArgumentException",
          () -> contract.create(capacity),
          IllegalArgumentException.class);
    }
  }

  static void ofTheService(Trial trial, QueuedServiceContract contract) {
    var queue = new RecordingQueue(trial, trial::note);
    trial.subject(contract.create(QueuedServiceBench.NAME, queue, 1));
    trial.expectRefused("a null name", () -> contract.create(Trial.noValue(), queue, 1));
    trial.expectRefused(
        "a null queue", () -> contract.create(QueuedServiceBench.NAME, Trial.noValue(), 1));
    for (int workers : List.of(0, -3)) {
      trial.expectThrow(
          workers + " workers are refused with IllegalArgumentException",
          () -> contract.create(QueuedServiceBench.NAME, queue, workers),
          IllegalArgumentException.class);
    }
  }

  static void ofTheHandler(Trial trial, JobsHandlerContract contract) {
    BackgroundTaskQueue queue = mock(BackgroundTaskQueue.class);
    ImageTransform transform = image -> image;
    trial.subject(contract.create(queue, transform, 1));
    trial.expectRefused("a null queue", () -> contract.create(Trial.noValue(), transform, 1));
    trial.expectRefused("a null transform", () -> contract.create(queue, Trial.noValue(), 1));
    for (int maxBytes : List.of(0, -7)) {
      trial.expectThrow(
          "maxBytes " + maxBytes + " is refused",
          () -> contract.create(queue, transform, maxBytes),
          RuntimeException.class);
    }
  }
}
