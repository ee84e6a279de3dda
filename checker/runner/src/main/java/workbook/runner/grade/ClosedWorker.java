package workbook.runner.grade;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.Launcher;
import workbook.checker.ReportCard;
import workbook.checker.card.Card;
import workbook.checker.card.Verdict;
import workbook.runner.BareLauncher;

/**
 * The other end of {@link ClosedProcess}: runs the rules on one submission and says each verdict as
 * soon as there is one. The secret and the plan are read, and the standard input and output taken
 * away, before the first class of the submission is loaded.
 */
final class ClosedWorker {

  /** More than any right implementation needs by far. */
  private static final int MOST_THREADS = 2_000;

  private static final int DONE = 0;
  private static final int ENDED = 70;

  private final Seal seal;
  private final PrintStream answers;
  private final Set<String> said = new HashSet<>(); // guarded by this

  private ClosedWorker(byte[] secret, PrintStream answers) {
    this.seal = new Seal(secret);
    this.answers = answers;
  }

  static void main() throws Exception {
    var in = new DataInputStream(System.in);
    var secret = in.readNBytes(Seal.SECRET);
    var classes = Path.of(in.readUTF());
    var tests = List.of(in.readUTF().split(" "));
    var answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
    System.setIn(InputStream.nullInputStream());
    System.setOut(System.err);
    var worker = new ClosedWorker(secret, answers);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(ENDED)));
    var group =
        new ThreadGroup("grader"); // what the checker looks for among the threads is not in it
    start(group, "input", () -> endWith(in));
    start(group, "limits", worker::watchLimits);
    worker.run(classes, tests);
    worker.say(Message.atTheEnd());
    endChildren();
    Runtime.getRuntime().halt(DONE);
  }

  private static void start(ThreadGroup group, String name, Runnable work) {
    var thread = new Thread(group, work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends with the grader: it keeps the input open as long as it lives. */
  private static void endWith(InputStream in) {
    try {
      while (in.read() >= 0) {
        // nothing more is said
      }
    } catch (IOException e) {
      // as good as the end
    }
    endChildren();
    Runtime.getRuntime().halt(ENDED);
  }

  private static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private void watchLimits() {
    var threads = ManagementFactory.getThreadMXBean();
    try {
      while (threads.getThreadCount() <= MOST_THREADS) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      return; // nobody does
    }
    say(Message.overALimit("it has more than " + MOST_THREADS + " platform threads"));
    endChildren();
    Runtime.getRuntime().halt(ENDED);
  }

  private void run(Path classes, List<String> tests) throws Exception {
    var launcher = BareLauncher.create();
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      Thread.currentThread().setContextClassLoader(loader);
      for (var name : tests) {
        run(launcher, selectClass(Class.forName(name, false, loader)));
      }
    }
  }

  private void run(Launcher launcher, DiscoverySelector test) {
    var request = BareLauncher.request(List.of(test));
    launcher.execute(request, ReportCard.afterEachRule(this::sayWhatIsNew));
  }

  private void sayWhatIsNew(Card card) {
    var fresh = new ArrayList<Message>();
    synchronized (this) {
      card.rules()
          .filter(rule -> rule.verdict() != Verdict.NOT_RUN && said.add(rule.number()))
          .forEach(rule -> fresh.add(Message.of(rule)));
    }
    fresh.forEach(this::say);
  }

  private synchronized void say(Message message) {
    answers.print(seal.signed(message) + "\n");
    answers.flush();
  }
}
