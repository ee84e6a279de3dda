package workbook.contracts.tests;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import workbook.queue.BackgroundTaskQueue;
import workbook.tests.Queues;

/** The right implementations of each type. */
public final class RightOnes {

  private static final List<Subject> QUEUES =
      List.of(
          queue("a queue of a lock and a condition", RightQueues.OfALock::new),
          queue("a queue of a monitor and a ring", RightQueues.OfAMonitor::new),
          queue("a queue of permits", RightQueues.OfPermits::new),
          queue("a queue of latches", RightQueues.OfLatches::new),
          queue("a queue of futures", RightQueues.OfFutures::new));

  private RightOnes() {}

  static List<Subject> queues() {
    return QUEUES;
  }

  private static Subject queue(String name, IntFunction<BackgroundTaskQueue> kind) {
    return new Subject(name, () -> new HandedQueues(kind));
  }

  /**
   * What a test class is handed that is run from an editor.
   *
   * @param type the type of its parameter
   * @return what makes a right implementation; null if there is none for this type
   */
  public static @Nullable Object first(Class<?> type) {
    return type == Queues.class ? queues().getFirst().hands().get() : null;
  }
}
