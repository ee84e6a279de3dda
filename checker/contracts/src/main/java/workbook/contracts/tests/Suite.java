package workbook.contracts.tests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.hosting.NotStarted;
import workbook.testing.UnderTest;

/**
 * A learner's test class, to be run by JUnit as often as a rule needs it. Nothing but this class is
 * run: what else a class path brings along is not taken.
 */
final class Suite {

  private static final Launcher JUNIT =
      LauncherFactory.openSession(
              LauncherConfig.builder()
                  .enableTestExecutionListenerAutoRegistration(false)
                  .enablePostDiscoveryFilterAutoRegistration(false)
                  .enableLauncherSessionListenerAutoRegistration(false)
                  .enableLauncherDiscoveryListenerAutoRegistration(false)
                  .build())
          .getLauncher();

  private final Class<?> type;

  Suite(Class<?> type) {
    this.type = type;
  }

  /** Runs all tests. */
  SuiteRun run(Subject subject) {
    return run(subject, List.of(selectClass(type)));
  }

  /** Runs some tests, by their ids. */
  SuiteRun run(Subject subject, Collection<String> ids) {
    var selectors = ids.stream().map(id -> (DiscoverySelector) selectUniqueId(id)).toList();
    return run(subject, selectors);
  }

  private SuiteRun run(Subject subject, List<DiscoverySelector> selectors) {
    looksAtOnce();
    var before = Thread.getDefaultUncaughtExceptionHandler();
    var cancel = CancellationToken.create();
    try (var handed = subject.hands().get()) {
      var heard = new Heard(type, handed);
      Thread.setDefaultUncaughtExceptionHandler((_, e) -> heard.died = e);
      var request =
          LauncherExecutionRequestBuilder.request(request(selectors))
              .listeners(heard)
              .cancellationToken(cancel)
              .build();
      var ended = new CountDownLatch(1);
      var thread =
          Thread.ofPlatform()
              .daemon()
              .name("tests")
              .unstarted(
                  () -> {
                    UnderTest.during(handed, () -> JUNIT.execute(request));
                    ended.countDown();
                  });
      thread.setContextClassLoader(type.getClassLoader()); // an id names classes
      thread.start();
      SuiteRun.Hang hang = null;
      if (!ends(ended, heard)) {
        hang = new SuiteRun.Hang(heard.current, thread.getStackTrace());
        cancel.cancel();
        thread.interrupt();
      }
      return new SuiteRun(List.copyOf(heard.ran), heard.gap, hang);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the rule is over", e);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  /**
   * Awaitility looks for the first time after 100 ms: too long for a suite that is run so often.
   */
  private static void looksAtOnce() {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(1));
  }

  /** Waits for the end as long as one test after the other comes to its own. */
  private static boolean ends(CountDownLatch ended, Heard heard) throws InterruptedException {
    int before;
    do {
      before = heard.ran.size();
      if (Limit.of(Patience.SIGNAL).awaits(ended)) {
        return true;
      }
    } while (heard.ran.size() > before);
    return false;
  }

  private static LauncherDiscoveryRequest request(List<DiscoverySelector> selectors) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectors)
        .enableImplicitConfigurationParameters(false)
        .configurationParameters(Map.of("junit.jupiter.extensions.autodetection.enabled", "false"))
        .build();
  }

  /** Notes what becomes of each test. */
  private static final class Heard implements TestExecutionListener {

    private final Class<?> type;
    private final Handed handed;
    private final List<Ran> ran = new CopyOnWriteArrayList<>();
    private volatile String current = "";
    private volatile String gap = "";
    private volatile @Nullable Throwable died;
    private int callsBefore;
    private int lineOfGap = Integer.MAX_VALUE;

    Heard(Class<?> type, Handed handed) {
      this.type = type;
      this.handed = handed;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
      if (test.isTest()) {
        current = name(test);
        callsBefore = handed.calls();
        died = null;
        NotStarted.forget();
      }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      var thrown = result.getThrowable().orElse(null);
      var reached = NotStarted.reached();
      if (!reached.isEmpty()) {
        int line = line(thrown);
        gap = gap.isEmpty() || line < lineOfGap ? reached : gap;
        lineOfGap = Math.min(line, lineOfGap);
        var step = reached.split(": ", 2);
        thrown = thrown == null ? null : new NotStarted(step[0], step[1]);
      }
      if (test.isTest() || thrown != null) {
        int calls = handed.calls() - callsBefore;
        ran.add(new Ran(test.getUniqueId(), name(test), calls, thrown, died));
      }
    }

    /** Gaps are filled from the top of the file: JUnit has an order of its own. */
    private int line(@Nullable Throwable thrown) {
      return thrown == null
          ? Integer.MAX_VALUE
          : Arrays.stream(thrown.getStackTrace())
              .filter(frame -> frame.getClassName().equals(type.getName()))
              .mapToInt(StackTraceElement::getLineNumber)
              .findFirst()
              .orElse(Integer.MAX_VALUE);
    }

    private static String name(TestIdentifier test) {
      return test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(source -> ((MethodSource) source).getMethodName())
          .orElse(test.getDisplayName());
    }
  }
}
