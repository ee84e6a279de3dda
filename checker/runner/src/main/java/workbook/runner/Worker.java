package workbook.runner;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import workbook.checker.ReportCard;
import workbook.checker.Step;
import workbook.runner.Messages.Answer;
import workbook.runner.Messages.Cancel;
import workbook.runner.Messages.Done;
import workbook.runner.Messages.Graded;
import workbook.runner.Messages.Order;
import workbook.runner.Messages.Run;

/**
 * The other end of {@link WorkerProcess}: runs the rules on a learner's classes, each time with a
 * class loader of its own. Orders come on the standard input and answers go to the standard output;
 * what the learner's code prints goes to the standard error. It ends when its input does.
 */
final class Worker {

  private static final int ENDED_BY_THE_CODE = 70;
  private static final int ENDED_WITH_ITS_INPUT = 0;

  private record Accepted(Run run, CancellationToken token) {}

  private final BlockingQueue<Accepted> orders = new LinkedBlockingQueue<>();
  private final ObjectOutputStream answers;
  private final Launcher launcher = BareLauncher.create();

  private Worker(ObjectOutputStream answers) {
    this.answers = answers;
  }

  static void main() throws Exception {
    var in = System.in;
    System.setIn(InputStream.nullInputStream());
    System.setOut(System.err);
    var worker = new Worker(new ObjectOutputStream(new FileOutputStream(FileDescriptor.out)));
    // Whatever the learner's code has registered to be done at the end: nobody waits for it.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(ENDED_BY_THE_CODE)));
    // In a group of its own: what the checker looks for among the threads is the learner's.
    var reader = new Thread(new ThreadGroup("watch"), () -> worker.read(in), "orders");
    reader.setDaemon(true);
    reader.start();
    worker.work();
  }

  private void read(InputStream in) {
    try (var objects = new ObjectInputStream(in)) {
      CancellationToken last = CancellationToken.create();
      while (true) {
        switch ((Order) objects.readObject()) {
          case Run run -> {
            last = CancellationToken.create();
            orders.add(new Accepted(run, last));
          }
          case Cancel _ -> last.cancel();
        }
      }
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      if (!(e instanceof EOFException)) {
        e.printStackTrace();
      }
    } finally {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().halt(ENDED_WITH_ITS_INPUT);
    }
  }

  private void work() throws InterruptedException {
    while (true) {
      var order = orders.take();
      var before = JvmState.now();
      var problem = run(order);
      answer(new Done(order.run.number(), problem, before.whatIsNewIn(JvmState.now())));
    }
  }

  private String run(Accepted order) {
    var own = Thread.currentThread().getContextClassLoader();
    try (var loader = new URLClassLoader(urls(order.run.classPath()), own)) {
      Thread.currentThread().setContextClassLoader(loader);
      var inHand = new ArrayList<Class<?>>();
      var rest = new ArrayList<Class<?>>();
      for (var name : order.run.tests()) {
        var test = Class.forName(name, false, loader);
        (step(test) == order.run.step() ? inHand : rest).add(test);
      }
      if (rest.stream().noneMatch(test -> step(test) > 0)) {
        inHand.addAll(rest); // a card is about a step, so one without any is none
        rest.clear();
      }
      run(order, inHand);
      run(order, rest);
      return "";
    } catch (Throwable e) { // a learner's class file can be anything
      return String.valueOf(e);
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
  }

  private static URL[] urls(List<String> paths) throws MalformedURLException {
    var urls = new URL[paths.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(paths.get(i)).toUri().toURL();
    }
    return urls;
  }

  private static int step(Class<?> test) {
    return AnnotationSupport.findAnnotation(test, Step.class).map(Step::number).orElse(0);
  }

  private void run(Accepted order, List<Class<?>> tests) {
    if (tests.isEmpty() || order.token.isCancellationRequested()) {
      return;
    }
    var selectors = new ArrayList<DiscoverySelector>();
    tests.forEach(test -> selectors.add(selectClass(test)));
    var discovery = BareLauncher.request(selectors);
    launcher.execute(
        LauncherExecutionRequestBuilder.request(discovery)
            .listeners(new ReportCard(card -> answer(new Graded(order.run.number(), card))))
            .cancellationToken(order.token)
            .build());
  }

  private synchronized void answer(@Nullable Answer answer) {
    try {
      answers.writeObject(answer);
      answers.reset();
      answers.flush();
    } catch (IOException | OutOfMemoryError e) {
      Runtime.getRuntime().halt(ENDED_BY_THE_CODE);
    }
  }
}
