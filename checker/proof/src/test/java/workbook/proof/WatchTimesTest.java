package workbook.proof;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import workbook.checker.Contracts;
import workbook.checker.Step;
import workbook.checker.WorkbookModule;

/**
 * With {@code -Dwatch.times=20}, saves a module that is done twenty times under a watch and prints
 * the medians as a row of a table: from the save to the verdict on the step in hand, and to that on
 * the whole module. Beside each the floor, measured in turn with it: javac and the same rules in
 * this JVM, which is warm. Last {@code mvn -q test}, three times. {@code .ci/watch} does so. Says
 * nothing otherwise.
 */
class WatchTimesTest {

  private static final int TIMES = Integer.getInteger("watch.times", 0);
  private static final int TO_WARM = 10;
  private static final int RUNS_OF_MAVEN = 3;

  /** This JVM's own: both sides run the rules alike. */
  private static final List<String> OPTIONS =
      ManagementFactory.getRuntimeMXBean().getInputArguments();

  @TempDir static Path work;
  private static @Nullable Clone clone;

  /** Times in milliseconds, to the first verdict and to the last. */
  private record Times(double first, double whole) {}

  static List<WorkbookModule> modules() {
    return TIMES == 0 ? List.of() : Workbook.modules();
  }

  @BeforeAll
  static void aClone() throws Exception {
    if (TIMES > 0) {
      clone = new Clone(work);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("modules")
  void afterASave(WorkbookModule module) throws Exception {
    var watched = new ArrayList<Times>();
    var floor = new ArrayList<Times>();
    var folder = work.resolve(module.folder()).toFile();
    if (!folder.mkdir()) {
      throw new AssertionError("there is one: " + folder);
    }
    try (var watch = new WatchedModule(folder.toPath(), module, OPTIONS).start(true)) {
      watch.awaitPrinted(WatchedModule.KEYS);
      for (int n = -TO_WARM; n < TIMES; n++) {
        var bySave = afterASave(watch, n);
        var bare = floor(module, n);
        if (n >= 0) {
          watched.add(bySave);
          floor.add(bare);
        }
      }
    }
    var first = median(watched.stream().map(Times::first));
    var whole = median(watched.stream().map(Times::whole));
    var bareFirst = median(floor.stream().map(Times::first));
    var bareWhole = median(floor.stream().map(Times::whole));
    System.out.printf(
        "| %s | %.0f | %.0f | %.2f | %.0f | %.0f | %.2f | %.0f |%n",
        module.folder(),
        first,
        bareFirst,
        first / bareFirst,
        whole,
        bareWhole,
        whole / bareWhole,
        maven(module));
  }

  private static Times afterASave(WatchedModule watch, int n) {
    long begin = System.nanoTime();
    watch.saveDone("save " + n);
    watch.awaitPrinted(" rules ");
    long first = System.nanoTime();
    watch.awaitPrinted(WatchedModule.KEYS);
    return times(begin, first);
  }

  /** What a learner would have who ran javac and the rules in a JVM that is warm, and no more. */
  private static Times floor(WorkbookModule module, int n) {
    var solution = Workshop.of("solutions/" + module.folder());
    var file = Contracts.steps(module).getFirst().type() + ".java";
    long begin = System.nanoTime();
    var tests = solution.with(file, text -> text + "// save " + n + "\n").compile().tests();
    var inHand = tests.stream().filter(test -> step(test) == 1).toList();
    var rest = tests.stream().filter(test -> step(test) != 1).toList();
    run(inHand);
    long first = System.nanoTime();
    run(rest);
    return times(begin, first);
  }

  private static int step(Class<?> test) {
    return AnnotationSupport.findAnnotation(test, Step.class).map(Step::number).orElse(0);
  }

  private static void run(List<Class<?>> tests) {
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests.stream().map(test -> selectClass(test)).toList())
            .build();
    LauncherFactory.create().execute(request);
  }

  private static double maven(WorkbookModule module) throws Exception {
    var times = new ArrayList<Double>();
    for (int n = 0; n <= RUNS_OF_MAVEN; n++) {
      long begin = System.nanoTime();
      var ran = Objects.requireNonNull(clone).run("mvn -q test -pl solutions/" + module.folder());
      if (ran.exit() != 0) {
        throw new AssertionError(ran.printed());
      }
      if (n > 0) { // the first one compiles what others have need of, too
        times.add(times(begin, begin).whole);
      }
    }
    return median(times.stream());
  }

  private static Times times(long begin, long first) {
    return new Times((first - begin) / 1e6, (System.nanoTime() - begin) / 1e6);
  }

  private static double median(Stream<Double> values) {
    var sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
