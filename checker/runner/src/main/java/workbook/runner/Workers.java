package workbook.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import workbook.runner.Messages.Answer;

/**
 * The JVM that runs the rules, and a spare one that is warm when it is needed. Whatever a learner's
 * code has done to the first, the second has seen nothing of it.
 *
 * <p><b>Threads.</b> To be used from one thread at a time.
 */
final class Workers {

  /** How long a run that is no longer wanted may take to end; most rules take less. */
  private static final Duration TO_END = Duration.ofMillis(150);

  private final Path module;
  private final List<String> options;
  private final BiConsumer<WorkerProcess, Answer> reader;
  private @Nullable WorkerProcess inUse;
  private @Nullable WorkerProcess spare;

  Workers(Path module, List<String> options, BiConsumer<WorkerProcess, Answer> reader) {
    this.module = module;
    this.options = options;
    this.reader = reader;
  }

  /** One that is idle and clean: the one in use, or another in its place. */
  WorkerProcess idle() {
    var current = inUse;
    if (current == null || !current.becomesIdle(TO_END)) {
      if (current != null) {
        current.kill();
      }
      current = spare == null || !spare.isAlive() ? start() : spare;
      spare = null;
      current.cancel(); // what warms it need not go on
    }
    inUse = current;
    return current;
  }

  /** Asks the run that is under way to end. */
  void cancel() {
    if (inUse != null) {
      inUse.cancel();
    }
  }

  /** Whether this one is in use: others have nothing to say. */
  boolean isInUse(WorkerProcess worker) {
    return worker == inUse;
  }

  /**
   * Sees to it that there is a spare one.
   *
   * @param classPath the classes of a right implementation
   * @param tests their test classes; without any the JVM stays cool
   */
  void prepare(List<String> classPath, List<String> tests) {
    if (spare == null || !spare.isAlive()) {
      spare = start();
      if (!tests.isEmpty()) {
        spare.run(classPath, tests, 1);
      }
    }
  }

  private WorkerProcess start() {
    try {
      return new WorkerProcess(module, options, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("no JVM could be started to run the rules", e);
    }
  }

  /** Ends both. */
  void close() {
    if (inUse != null) {
      inUse.kill();
    }
    if (spare != null) {
      spare.kill();
    }
  }
}
