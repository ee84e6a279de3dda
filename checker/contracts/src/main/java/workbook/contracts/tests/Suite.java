package workbook.contracts.tests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
      LauncherFactory.create(
          LauncherConfig.builder()
              .enableTestExecutionListenerAutoRegistration(false)
              .enablePostDiscoveryFilterAutoRegistration(false)
              .enableLauncherSessionListenerAutoRegistration(false)
              .enableLauncherDiscoveryListenerAutoRegistration(false)
              .build());

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
    var before = Thread.getDefaultUncaughtExceptionHandler();
    var cancel = CancellationToken.create();
    try (var handed = subject.hands().get()) {
      var heard = new Heard(handed);
      Thread.setDefaultUncaughtExceptionHandler((_, e) -> heard.died = e);
      var thread =
          Thread.ofPlatform()
              .daemon()
              .name("tests")
              .unstarted(
                  () ->
                      UnderTest.during(
                          handed,
                          () ->
                              JUNIT.execute(
                                  LauncherExecutionRequestBuilder.request(request(selectors))
                                      .listeners(heard)
                                      .cancellationToken(cancel)
                                      .build())));
      thread.setContextClassLoader(type.getClassLoader()); // an id names classes
      thread.start();
      if (Limit.of(Patience.SIGNAL).awaits(() -> !thread.isAlive())) {
        return new SuiteRun(List.copyOf(heard.ran), heard.gap, null);
      }
      var hang = new SuiteRun.Hang(heard.current, thread.getStackTrace());
      cancel.cancel();
      thread.interrupt();
      return new SuiteRun(List.copyOf(heard.ran), heard.gap, hang);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
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

    private final Handed handed;
    private final List<Ran> ran = new CopyOnWriteArrayList<>();
    private volatile String current = "";
    private volatile String gap = "";
    private volatile @Nullable Throwable died;
    private int callsBefore;

    Heard(Handed handed) {
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
        gap = gap.isEmpty() ? reached : gap;
        var step = reached.split(": ", 2);
        thrown = thrown == null ? null : new NotStarted(step[0], step[1]);
      }
      if (test.isTest() || thrown != null) {
        int calls = handed.calls() - callsBefore;
        ran.add(new Ran(test.getUniqueId(), name(test), calls, thrown, died));
      }
    }

    private static String name(TestIdentifier test) {
      return test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(source -> ((MethodSource) source).getMethodName())
          .orElse(test.getDisplayName());
    }
  }
}
