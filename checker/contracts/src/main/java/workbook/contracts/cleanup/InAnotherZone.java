package workbook.contracts.cleanup;

import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.checker.process.ChildJvm;
import workbook.hosting.NotStarted;

/** A JVM of its own in another zone, for a rule about zones: its default zone is set once. */
final class InAnotherZone {

  private static final String NOT_STARTED = "not started";

  // nobody reads its log, and a logger takes longer to start than all the rest
  private static final List<String> NO_LOG =
      List.of(
          "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
          "-Dslf4j.internal.verbosity=WARN");

  private InAnotherZone() {}

  /**
   * Runs such a JVM to its end.
   *
   * @param page the contract, as the learner's test class extends it
   * @param program the class that is run: its main method calls {@link #main}
   * @param prefix of the lines that are of interest
   * @return these lines, without the prefix; if there are none, all lines
   */
  static List<String> run(Trial trial, Object page, String zone, Class<?> program, String prefix) {
    var options = new ArrayList<>(NO_LOG);
    options.add("-Duser.timezone=" + zone);
    for (var key : List.of("db.url", "db.user", "db.password")) {
      options.add("-D" + key + "=" + System.getProperty(key, ""));
    }
    var child = new ChildJvm(trial, page.getClass(), options, program, page.getClass().getName());
    child.expectExit("a JVM in the zone " + zone + " comes to its end");
    if (child.told().contains(NOT_STARTED)) {
      throw new NotStarted("this step", "what the other JVM ran");
    }
    var lines = child.told().stream().filter(line -> line.startsWith(prefix)).toList();
    return lines.isEmpty()
        ? List.of(child.printed())
        : lines.stream().map(line -> line.substring(prefix.length())).toList();
  }

  /** What is tried in that JVM; it prints what came of it. */
  interface Body<P> {
    void run(P page) throws Exception;
  }

  /** Runs a body there, on the page that the arguments name. */
  static <P> void main(String[] args, Class<P> contract, Body<P> body) throws Exception {
    var constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true); // test classes are package-private
    try {
      body.run(contract.cast(constructor.newInstance()));
    } catch (Exception e) {
      e.printStackTrace();
    }
    if (!NotStarted.reached().isEmpty()) {
      ChildJvm.tell(NOT_STARTED);
    }
    System.exit(0); // whatever threads a learner's service has
  }
}
