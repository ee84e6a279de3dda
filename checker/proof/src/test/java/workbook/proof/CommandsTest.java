package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import workbook.proof.Expected.Asks;
import workbook.proof.Expected.Ends;
import workbook.proof.Expected.NotRun;
import workbook.proof.Expected.Serves;

/**
 * Every command of the README, of CONTRIBUTING and of the chapters does what it is shown for. Which
 * commands there are is always compared with {@link Expected#TABLE}; they are run, in a fresh clone
 * of the last commit, with {@code -Dcommands=all}, or with {@code -Dcommands=02-queue} those of one
 * text.
 */
class CommandsTest {

  private static final String ASKED = System.getProperty("commands", "");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static @Nullable Clone cloned;

  private static List<Path> texts() {
    var texts = new ArrayList<Path>();
    texts.add(Workbook.ROOT.resolve("README.md"));
    texts.add(Workbook.ROOT.resolve(".github/CONTRIBUTING.md"));
    Workbook.filesIn(Workbook.ROOT.resolve("chapters")).stream()
        .filter(file -> file.toString().endsWith(".md"))
        .forEach(texts::add);
    return texts;
  }

  @Test
  void everyCommandIsExpectedToDoSomething() {
    var unknown = new LinkedHashSet<String>();
    var unused = new LinkedHashSet<>(Expected.TABLE.keySet());
    for (var text : texts()) {
      for (var command : Commands.in(Workbook.read(text))) {
        var rows = Expected.rows(command);
        if (rows.size() != 1) {
          unknown.add(Workbook.ROOT.relativize(text) + ": " + command + " has rows: " + rows);
        }
        unused.removeAll(rows);
      }
    }
    assertThat(unknown).as("commands without one row in Expected.TABLE").isEmpty();
    assertThat(unused).as("rows of Expected.TABLE without a command").isEmpty();
  }

  @BeforeAll
  static void clone(@TempDir Path folder) throws Exception {
    if (isAsked()) {
      var clone = new Clone(folder);
      cloned = clone;
      // the submission that the README grades: the reference
      clone.run(
          "mkdir -p submissions/ann/exercises/02-queue/src"
              + " && cp -r solutions/02-queue/src/main submissions/ann/exercises/02-queue/src");
    }
  }

  private static Clone theClone() {
    return Objects.requireNonNull(cloned, "commands are asked for");
  }

  private static boolean isAsked() {
    return !ASKED.isEmpty();
  }

  /** Each command once, in the order of the texts; those that ask a program, while it serves. */
  @TestFactory
  Stream<DynamicContainer> everyCommandDoesIt() {
    assumeTrue(isAsked(), "asked for with -Dcommands=all");
    var seen = new HashSet<String>();
    return texts().stream()
        .filter(text -> ASKED.equals("all") || text.toString().contains(ASKED))
        .map(
            text ->
                DynamicContainer.dynamicContainer(
                    Workbook.ROOT.relativize(text).toString(),
                    Stream.concat(
                        Stream.of(DynamicTest.dynamicTest("as cloned", CommandsTest::restore)),
                        scripts(text).entrySet().stream()
                            .filter(script -> seen.add(script.getKey()))
                            .map(
                                script ->
                                    DynamicTest.dynamicTest(script.getKey(), () -> run(script))))));
  }

  private static void restore() throws Exception {
    assertThat(theClone().run("git checkout -q exercises").exit()).isZero();
  }

  /** The commands of a text that are run, each with those that ask it. */
  private static Map<String, List<String>> scripts(Path text) {
    var scripts = new LinkedHashMap<String, List<String>>();
    List<String> asked = new ArrayList<>();
    for (var command : Commands.in(Workbook.read(text))) {
      switch (Expected.of(command)) {
        case NotRun _ -> {}
        case Asks _ -> asked.add(command);
        case Ends _ -> scripts.putIfAbsent(command, List.of());
        case Serves _ -> asked = scripts.computeIfAbsent(command, _ -> new ArrayList<>());
      }
    }
    return scripts;
  }

  private static void run(Map.Entry<String, List<String>> script) throws Exception {
    var command = script.getKey();
    switch (Expected.of(command)) {
      case Ends(var exit, var prints) -> {
        var ended = theClone().run(command);
        assertThat(ended.printed()).containsPattern(prints);
        assertThat(ended.exit()).as("exit code; printed:%n%s", ended.printed()).isEqualTo(exit);
      }
      case Serves(var begins, var stops) -> serve(command, begins, script.getValue(), stops);
      case Asks _, NotRun _ -> throw new AssertionError(command);
    }
  }

  private static void serve(String command, String begins, List<String> asked, String stops)
      throws Exception {
    var serving = theClone().start(command);
    try {
      serving.awaitPrinted(begins);
      var id = "";
      for (var ask : asked) {
        var printed = ask(ID.matcher(ask).replaceAll(id), ((Asks) Expected.of(ask)).prints());
        var ids = ID.matcher(printed).results().map(found -> found.group()).toList();
        id = ids.isEmpty() ? id : ids.getLast();
      }
      serving.interrupt();
      serving.awaitPrinted(stops);
      serving.end();
    } finally {
      serving.kill();
    }
  }

  /** Asks until the answer is the expected one: what was accepted takes its time. */
  private static String ask(String command, String prints) {
    return await()
        .atMost(Clone.LIMIT)
        .until(
            () -> theClone().run(command).printed(),
            printed -> Pattern.compile(prints).matcher(printed).find());
  }
}
