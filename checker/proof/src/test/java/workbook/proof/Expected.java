package workbook.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a command of a text is expected to do; all texts that are looked for are patterns. */
sealed interface Expected {

  /** It ends. */
  record Ends(int exit, String prints) implements Expected {}

  /** It goes on until Ctrl-C comes. */
  record Serves(String begins, String stops) implements Expected {}

  /** It asks the program that the text has started before. */
  record Asks(String prints) implements Expected {}

  /** It is not run, for a reason. */
  record NotRun(String why) implements Expected {}

  /** A test or a whole proof, of which this test is a part. */
  Expected PART_OF_VERIFY = new NotRun("mvn verify is what runs this test");

  /** A command, as a pattern, and what is expected of it. */
  Map<String, Expected> TABLE = table();

  private static Map<String, Expected> table() {
    var table = new LinkedHashMap<String, Expected>();

    // grading: an exercise as it is shipped has no rule that holds
    table.put(
        "mvn test -pl exercises/[\\w-]+( -Dhint| -D(step|rule|test)=\\S+)?",
        new Ends(1, "0 of \\d+ rules"));
    // as an instructor: the submission is the reference
    table.put("mvn -q test -Dgrade=submissions", new Ends(0, "ann: 02-queue, (\\d+) of \\1 rules"));
    table.put(
        "mvn (-q )?test -pl solutions/(?!06-recurring-quartz)[\\w-]+",
        new Ends(0, "(\\d+) of \\1 rules"));
    table.put(
        "mvn test -pl solutions/06-recurring-quartz",
        new Ends(0, "Every rule that could be tried here of this part holds; skipped: \\d+"));
    table.put(
        "mvn test -pl exercises/03-db-cleanup -Ddb.url=.*",
        new NotRun("needs a server; .ci/run grades module 03 on one"));
    table.put(
        "git diff --no-index exercises/(\\S+)/src/main solutions/\\1/src/main",
        new Ends(1, "diff --git a/exercises"));

    table.put(
        "mvn -q test -pl exercises/02-queue -Dwatch",
        new NotRun("stays until a key ends it; WatchTest is such a run"));
    table.put("mvn -q test -Dboard", new Ends(0, "01 · Timed service +\\d+ of \\d+"));
    table.put(
        "git (switch -c|commit -am|stash|restore|pull) .*",
        new NotRun("KeepYourWorkTest runs them"));

    // programs
    table.put("mvn -q compile exec:exec -pl solutions/0[1-7]-[a-z-]+", serves());
    table.put(
        "mvn -q compile exec:exec -pl solutions/03-db-cleanup -Ddb.url=\\S+",
        new Ends(1, "is it running, and are -Ddb.url, -Ddb.user and -Ddb.password right"));
    table.put(
        "mvn -q compile exec:exec -pl exercises/[\\w-]+",
        new NotRun("shows what the learner has written by then"));
    table.put("curl -i -H 'Content-Type: image/jpeg' .*", new Asks("202 Accepted"));
    table.put("curl localhost:8080/jobs/\\S+", new Asks("\"status\":\"succeeded\""));
    table.put("curl -o thumbnail.png .*", new Asks(""));
    table.put("curl -i -X POST localhost:8080/jobs/\\d", new Asks("202 Accepted"));
    table.put("curl -i -d name=Ann .*", new Asks("\"status\":\"registered\""));
    table.put("curl localhost:8080/inbox", new Asks("To: Ann <ann@example.com>"));
    table.put("curl -i localhost:8080/health/live", new Asks("\"status\":\"healthy\""));
    table.put(
        "kill (-9 ?)?\\d*", new NotRun("another process each time; the rules of 04 send signals"));

    // what the chapters measure
    table.put("mvn -q compile exec:exec -pl chapters/problems -Dproblem=\\w+", new Ends(0, "\\w"));
    table.put(
        "mvn verify -pl checker/proof -D(it.test|chapters|proof.pin)[^ ]*("
            + " -D(proof.only|chapters.write|commands)=\\S+)?",
        PART_OF_VERIFY);
    table.put("mvn -q compile -pl solutions/06-recurring-jobrunr", new Ends(0, ""));
    table.put("mvn -q compile -pl solutions/06-recurring-jobrunr -Pdashboard", serves());
    table.put(
        "M=\\S+; java -cp .* workbook.recurring.jobrunr.Comparison start db-scheduler",
        new Ends(0, "db-scheduler"));
    table.put(
        "M=\\S+; java -cp .* workbook.recurring.jobrunr.Comparison takeover quartz",
        new Ends(0, "quartz"));
    table.put("SMTP_PASSWORD=.*", new NotRun("needs a mail server; .ci/smtp is such a run"));

    table.put("mvn test -pl chapters/problems", new Ends(0, ""));

    // makers
    table.put("mvn verify( -Dbrowser=required)?", PART_OF_VERIFY);
    table.put("mvn -q verify -DskipTests", new Ends(0, ""));
    table.put("mvn -q test-compile exec:exec -pl checker/proof", new Ends(0, ""));
    table.put("mvn -q verify -pl checker/proof -D(it.test|proof.pin)=.*", PART_OF_VERIFY);
    table.put("git grep -lF 2.21", new Ends(0, "checker/contracts/\\S+QueuedServiceContract.java"));
    table.put("(taskset|for i in 1 2;) .*", new NotRun("takes hours"));
    table.put("\\.ci/verdicts \\d+", new NotRun("takes a minute for each time"));
    table.put("\\.ci/(watch|grade)( \\d+)+", new NotRun("needs a quiet machine, and minutes"));
    table.put("mvn test -Pmutants .*", new NotRun("takes an hour"));
    table.put("\\.ci/bare exercises/02-queue /tmp/bare", new Ends(0, ""));
    table.put("hyperfine .*", new NotRun("needs hyperfine, and a quiet machine"));
    table.put("\\.ci/maven \\S+", new NotRun("a job of the workflow, which fetches that Maven"));
    table.put("\\.ci/(run|smtp|postgres( .*)?)", new NotRun(".ci/run runs them itself"));
    return table;
  }

  private static Expected serves() {
    return new Serves("Ctrl-C stops", "stopped");
  }

  /** The patterns of the table that a command matches. */
  static List<String> rows(String command) {
    return TABLE.keySet().stream().filter(command::matches).toList();
  }

  /** What is expected of a command that has one row. */
  static Expected of(String command) {
    return Objects.requireNonNull(TABLE.get(rows(command).getFirst()));
  }
}
