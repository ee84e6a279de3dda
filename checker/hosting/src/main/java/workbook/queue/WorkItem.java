package workbook.queue;

import java.util.Objects;
import workbook.hosting.CancellationToken;
import workbook.hosting.Work;

/** A piece of work that can wait in a queue: work with a name to report it by. */
public interface WorkItem extends Work {

  /** The name that log lines and reports use: the same on every call, and nothing secret. */
  String name();

  /**
   * An item made of a name and work.
   *
   * @param name the name
   * @param work what to do
   * @return the item
   */
  static WorkItem of(String name, Work work) {
    record Named(String name, Work work) implements WorkItem {
      Named {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(work, "work");
      }

      @Override
      public void run(CancellationToken stop) throws Exception {
        work.run(stop);
      }

      @Override
      public String toString() {
        return name;
      }
    }

    return new Named(name, work);
  }
}
