package workbook.contracts.cleanup;

import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.checker.process.ChildJvm;
import workbook.hosting.NotStarted;

/** What rules about zones run in a JVM of its own: the learner's test class makes its objects. */
final class InAnotherZone {

  private static final String NOT_STARTED = "not started";

  // nobody reads its log, and a logger takes longer to start than all the rest
  private static final List<String> NO_LOG =
      List.of(
          "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
          "-Dslf4j.internal.verbosity=WARN");

  private InAnotherZone() {}

  /**
   * Runs that JVM to its end.
   *
   * @param learners the learner's test class
   * @param prefix of the lines that are of interest
   * @return these lines, without the prefix; if there are none, all lines
   */
  static List<String> run(Trial trial, Object learners, String zone, String prefix) {
    var options = new ArrayList<>(NO_LOG);
    options.add("-Duser.timezone=" + zone);
    for (var key : List.of("db.url", "db.user", "db.password")) {
      options.add("-D" + key + "=" + System.getProperty(key, ""));
    }
    var child =
        new ChildJvm(
            trial,
            learners.getClass(),
            options,
            InAnotherZone.class,
            learners.getClass().getName());
    child.expectExit("a JVM in the zone " + zone + " comes to its end");
    if (child.lines().contains(NOT_STARTED)) {
      throw new NotStarted("this step", "what the other JVM ran");
    }
    var lines = child.lines().stream().filter(line -> line.startsWith(prefix)).toList();
    return lines.isEmpty()
        ? List.of(child.printed())
        : lines.stream().map(line -> line.substring(prefix.length())).toList();
  }

  static void main(String[] args) throws Exception {
    var constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    try {
      switch (constructor.newInstance()) {
        case BatchRules auditLogs -> auditLogs.deleteInThisZone();
        case RunRules services -> services.runInThisZone();
        default -> throw new IllegalArgumentException(args[0]);
      }
    } catch (Exception e) {
      e.printStackTrace();
    }
    if (NotStarted.reached() > 0) {
      System.out.println(NOT_STARTED);
    }
    System.exit(0); // whatever threads a learner's service has
  }
}
