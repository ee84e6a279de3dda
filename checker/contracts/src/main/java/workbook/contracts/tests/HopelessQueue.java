package workbook.contracts.tests;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * A queue with which nothing is right: a test that asserts something fails with one of its kinds.
 */
final class HopelessQueue implements BackgroundTaskQueue {

  /** What it does instead. */
  enum Kind {
    REFUSES("refuses each item and is always empty"),
    GIVES_ANOTHERS("accepts each item and gives out others"),
    THROWS("throws an exception at each call");

    private final String why;

    Kind(String why) {
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  private static final List<Subject> ALL =
      Arrays.stream(Kind.values())
          .map(
              kind ->
                  new Subject(
                      "a queue that " + kind.why(),
                      () -> new HandedQueues(_ -> new HopelessQueue(kind))))
          .toList();

  private final Kind kind;

  HopelessQueue(Kind kind) {
    this.kind = kind;
  }

  /** One kind of queues for each. */
  static List<Subject> all() {
    return ALL;
  }

  @Override
  public boolean enqueue(WorkItem item) {
    throwIfItDoes();
    return kind != Kind.REFUSES;
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) {
    throwIfItDoes();
    return kind == Kind.REFUSES
        ? Optional.empty()
        : Optional.of(WorkItem.of("another's item", _ -> {}));
  }

  @Override
  public void close() {
    throwIfItDoes();
  }

  private void throwIfItDoes() {
    if (kind == Kind.THROWS) {
      throw new UnsupportedOperationException("each call of this queue throws");
    }
  }
}
