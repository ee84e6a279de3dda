package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a learner sees who has a watch stay, whatever is written meanwhile. */
class WatchTest {

  private static final String ALL = "Every rule holds.";

  @TempDir static Path work;

  private static WatchedModule watched;

  @BeforeAll
  static void aWatchOnWhatIsDone() throws Exception {
    watched = new WatchedModule(Files.createDirectory(work.resolve("stays"))).start(true);
    assertThat(watched.shows(ALL)).contains("01 · Timed service");
  }

  /** After everything a learner writes, what is right is found to be right again. */
  @AfterEach
  void goesOn() {
    watched.saveDone();
    assertThat(watched.shows(ALL)).containsPattern("(\\d+) of \\1 rules").doesNotContain("✘");
  }

  @AfterAll
  static void endsWithAKey() throws Exception {
    try (var ending = watched) {
      ending.press("q");
      assertThat(ending.ended().exit()).isZero();
    }
  }

  @Test
  void aSaveChangesTheCard() {
    watched.save("period = Duration.ofSeconds(1);");
    assertThat(watched.shows("✘ [1.")).contains("Step 1").doesNotContain(ALL);
    assertThat(Workbook.read(watched.folder().resolve("target/card.txt"))).contains("✘ [1.");
  }

  @Test
  void errorsAreShownAsJavacSaysThem() {
    watched.save("int number = \"text\";");
    assertThat(watched.shows("does not compile"))
        .contains(
            Path.of("src/main/java/workbook/timed/PeriodicTimer.java") + ":",
            "error: incompatible types: String cannot be converted to int",
            "    int number = \"text\";")
        .doesNotContain("Step 1");
  }

  /** Neither by a file of JUnit's in the module nor by what the code sets while it runs. */
  @Test
  void nothingOfTheLearnersConfiguresTheRun() {
    var dry = "junit.platform.execution.dryRun.enabled";
    var config = watched.folder().resolve("src/main/resources/junit-platform.properties");
    Workbook.write(config, dry + "=true\n");
    watched.save("System.setProperty(\"" + dry + "\", \"true\"); period = Duration.ofSeconds(1);");
    assertThat(watched.shows("✘ [1.")).doesNotContain(ALL);
    watched.save("period = Duration.ofSeconds(1); // again");
    assertThat(watched.shows("✘ [1.")).doesNotContain(ALL);
    assertThat(config.toFile().delete()).isTrue();
  }

  @Test
  void exit() {
    watched.save("System.exit(0);");
    assertThat(watched.shows("Your code ended the JVM"))
        .contains("System.exit was called", "PeriodicTimer.java:");
  }

  @Test
  void halt() {
    watched.save("Runtime.getRuntime().halt(0);");
    assertThat(watched.shows("it calls Runtime.halt")).contains("PeriodicTimer.java:");
  }

  @Test
  void theNewerSaveWinsOverAnEndlessLoop() {
    var loops = watched.folder().resolve("loops");
    watched.save(
        "try { java.nio.file.Files.createFile(java.nio.file.Path.of(\"loops\")); }"
            + " catch (java.io.IOException e) { }"
            + " for (boolean on = true; on; ) { Thread.onSpinWait(); }");
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(loops));
    watched.saveDone();
    assertThat(watched.shows(ALL)).doesNotContain("✘");
  }

  @Test
  void anEndlessLoopIsABrokenRule() {
    watched.save("for (boolean on = true; on; ) { Thread.onSpinWait(); }");
    assertThat(watched.shows("Step 3")).contains("✘ [1.1] ", "PeriodicTimer.java:");
  }

  @Test
  void twoSavesInARow() {
    watched.save("period = Duration.ofSeconds(1);");
    watched.saveDone();
    assertThat(watched.shows(ALL)).doesNotContain("✘");
  }

  @Test
  void aThreadLeftBehindIsNotMet() {
    var pid = "System.out.println(\"pid \" + ProcessHandle.current().pid() + \".\");";
    watched.save(
        "new Thread(java.util.concurrent.locks.LockSupport::park, \"left\").start(); " + pid);
    var first = pids();
    watched.save(pid);
    var second = pids();
    watched.save(pid + " ");
    assertThat(second).isNotEqualTo(first).isEqualTo(pids());
  }

  private static String pids() {
    var pid = Pattern.compile("pid (\\d+)\\.").matcher(watched.shows("Step 3"));
    assertThat(pid.find()).as("a pid is printed").isTrue();
    return pid.group(1);
  }

  @Test
  void memoryUsedUp() {
    watched.save(
        "var all = new java.util.ArrayList<byte[]>(); for (boolean on = true; on; ) { all.add(new"
            + " byte[1 << 20]); }");
    assertThat(watched.shows("Step 3")).contains("OutOfMemoryError");
  }

  @Test
  void aFileDeletedInMidSave() throws Exception {
    watched.save("");
    Files.delete(watched.file());
    assertThat(watched.shows("does not compile")).contains("class PeriodicTimer");
  }

  @Test
  void keys() {
    watched.save("period = Duration.ofSeconds(1);");
    watched.shows("Step 3");
    watched.press("n");
    var first = watched.shows("✘");
    watched.press("n");
    assertThat(watched.shows("✘")).isNotEqualTo(first).contains(" of 1 rules");
    watched.press("f");
    assertThat(watched.shows("Step 3")).contains("Step 1", "Step 2");
    watched.press("");
    assertThat(watched.shows("Step 3")).contains("✘ [1.");
  }

  @Test
  void twoWatchesOnOneModule() throws Exception {
    try (var second = new WatchedModule(work.resolve("stays")).start(true)) {
      var ended = second.ended();
      assertThat(ended.printed()).contains("Another watch is on ", "end that one first");
      assertThat(ended.exit()).isEqualTo(1);
    }
  }

  @Test
  void withoutInputItGradesOnceAndItsExitCodeSaysWhatCameOut() throws Exception {
    try (var done = new WatchedModule(Files.createDirectory(work.resolve("done")));
        var broken = new WatchedModule(Files.createDirectory(work.resolve("broken")))) {
      done.start(false);
      var well = done.ended();
      assertThat(well.printed()).contains(ALL);
      assertThat(well.exit()).isZero();
      broken.save("period = Duration.ofSeconds(1);");
      var red = broken.start(false, "COLUMNS=40").ended();
      assertThat(red.printed()).contains("✘ [1.").doesNotContain("\u001b");
      assertThat(red.printed().lines()).allMatch(line -> line.length() <= 40);
      assertThat(red.exit()).isEqualTo(1);
    }
  }

  @Test
  void aTargetThatCannotBeWrittenTo() throws Exception {
    try (var closed = new WatchedModule(Files.createDirectory(work.resolve("closed")))) {
      Files.writeString(closed.folder().resolve("target"), "not a folder");
      var ended = closed.start(true).ended();
      assertThat(ended.printed()).contains("cannot write to", "target").hasLineCount(1);
      assertThat(ended.exit()).isEqualTo(1);
    }
  }

  @Test
  void aModuleThatIsNotThere() throws Exception {
    try (var none = new WatchedModule(Files.createDirectory(work.resolve("none")))) {
      try (var files = Files.walk(none.folder().resolve("src"))) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
      var ended = none.start(true).ended();
      assertThat(ended.printed()).contains("nothing to watch", "has no src").hasLineCount(1);
      assertThat(ended.exit()).isEqualTo(1);
    }
  }
}
