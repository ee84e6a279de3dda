package workbook.runner;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import workbook.runner.Messages.Answer;
import workbook.runner.Messages.Cancel;
import workbook.runner.Messages.Done;
import workbook.runner.Messages.Order;
import workbook.runner.Messages.Run;

/**
 * A JVM that runs rules when it is told to, and survives what it can of a learner's code. It ends
 * with this JVM at the latest.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class WorkerProcess {

  private static final int KEPT = 4_000; // characters of what is printed

  private final Process process;
  private final BiConsumer<WorkerProcess, Answer> reader;
  private final StringBuilder printed = new StringBuilder(); // all below guarded by this
  private @Nullable ObjectOutputStream orders;
  private int last; // number of the last order
  private boolean busy;
  private boolean clean = true;

  /**
   * Starts one.
   *
   * @param module the folder in which it works
   * @param options of the JVM
   * @param reader takes the answers, on a thread of its own, and a last {@link Done} if the process
   *     ends before its work is done
   * @throws IOException if there can be no more processes
   */
  WorkerProcess(Path module, List<String> options, BiConsumer<WorkerProcess, Answer> reader)
      throws IOException {
    this.reader = reader;
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-Dstderr.encoding=UTF-8"));
    command.addAll(List.of("-classpath", classPath(module), Worker.class.getName()));
    process = new ProcessBuilder(command).directory(module.toFile()).start();
    daemon("answers", this::readAnswers);
    daemon("printed", this::readPrinted);
  }

  private static void daemon(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).start(work);
  }

  /** This JVM's, without what Maven has compiled of the module: that may be old. */
  static String classPath(Path module) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(module))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Orders a run, after those that were ordered before. Its answers have the number given here. */
  synchronized int run(List<String> classPath, List<String> tests, int step) {
    busy = true;
    printed.setLength(0);
    send(new Run(++last, classPath, tests, step));
    return last;
  }

  /** Asks the runs that were ordered to end after the rule that is under way. */
  synchronized void cancel() {
    if (busy) {
      send(new Cancel());
    }
  }

  /** Whether it runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Asks the runs that were ordered to end, and waits.
   *
   * @param limit how long
   * @return whether it is idle now, and as good as new
   */
  synchronized boolean becomesIdle(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    cancel();
    try {
      for (long left = limit.toNanos(); busy && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !busy && clean && process.isAlive();
  }

  /** What the learner's code has printed in the last run; the end of it if it is much. */
  synchronized String printed() {
    return printed.toString();
  }

  /** Ends it at once, with the processes that it has started. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private synchronized void send(Order order) {
    try {
      if (orders == null) {
        orders = new ObjectOutputStream(process.getOutputStream());
      }
      orders.writeObject(order);
      orders.flush();
    } catch (IOException e) {
      clean = false; // it has ended, as its reader will notice, too
    }
  }

  private void readAnswers() {
    try (var answers = new ObjectInputStream(process.getInputStream())) {
      while (true) {
        var answer = (Answer) answers.readObject();
        if (answer instanceof Done done) {
          done(done);
        }
        reader.accept(this, answer);
      }
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      kill(); // if it lives, it speaks another language by now
      if (ended() instanceof Done done) {
        reader.accept(this, done);
      }
    }
  }

  private synchronized void done(Done done) {
    clean &= done.unclean().isEmpty();
    if (done.number() == last) {
      busy = false;
      notifyAll();
    }
  }

  private synchronized @Nullable Answer ended() {
    clean = false;
    boolean wasBusy = busy;
    busy = false;
    notifyAll();
    return wasBusy ? new Done(last, "Your code ended the JVM that ran the rules.", "") : null;
  }

  private void readPrinted() {
    try (Reader err = process.errorReader(StandardCharsets.UTF_8)) {
      var buffer = new char[KEPT];
      for (int n = err.read(buffer); n >= 0; n = err.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException e) {
      // it has ended
    }
  }

  private synchronized void keep(char[] buffer, int n) {
    printed.append(buffer, 0, n);
    printed.delete(0, Math.max(0, printed.length() - KEPT));
  }
}
