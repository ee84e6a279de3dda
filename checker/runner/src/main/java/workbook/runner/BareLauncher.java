package workbook.runner;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * JUnit with what it is handed and no more: a listener, a filter, an extension or a property that
 * the code under test brings along is not taken.
 */
public final class BareLauncher {

  private BareLauncher() {}

  /** A launcher that finds nothing by itself. */
  public static Launcher create() {
    return LauncherFactory.create(
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .build());
  }

  /** A request that no file and no system property changes. */
  public static LauncherDiscoveryRequest request(List<? extends DiscoverySelector> selectors) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectors)
        .enableImplicitConfigurationParameters(false)
        .configurationParameters(Map.of("junit.jupiter.extensions.autodetection.enabled", "false"))
        .build();
  }
}
