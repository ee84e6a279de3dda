package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.checker.WorkbookModule;
import workbook.proof.Verdicts.Outcome;

/** An exercise is its solution without what the learner writes. */
class SkeletonsTest {

  private static final String YOURS = "// TODO: ";

  static List<WorkbookModule> modules() {
    return Workbook.modules();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyRuleIsNotStarted(WorkbookModule module) {
    var tests = exercise(module).compile().tests();
    assertThat(tests).isNotEmpty();
    for (var test : tests) {
      var verdicts = Verdicts.of(List.<Class<?>>of(test));
      assertThat(verdicts).hasSameSizeAs(Verdicts.numbers(test));
      assertThat(verdicts).allMatch(verdict -> verdict.outcome() == Outcome.NOT_STARTED);
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void hasTheSameFiles(WorkbookModule module) {
    assertThat(tree(folder("exercises", module)))
        .as("files of exercises/%s and solutions/%s", module.folder(), module.folder())
        .isEqualTo(tree(folder("solutions", module)));
  }

  /** What is not the learner's is the same on both sides, to the byte. */
  @ParameterizedTest
  @MethodSource("modules")
  void givenFilesAreTheSame(WorkbookModule module) throws Exception {
    for (var name : tree(folder("exercises", module))) {
      var exercise = folder("exercises", module).resolve(name);
      var solution = folder("solutions", module).resolve(name);
      boolean given = !name.endsWith(".java") || !Workbook.read(exercise).contains(YOURS);
      if (given && Files.exists(solution)) {
        assertThat(Files.mismatch(exercise, solution)).as("%s: first byte", name).isEqualTo(-1);
      }
    }
  }

  /** Each gap is marked, and each mark is a gap. */
  @ParameterizedTest
  @MethodSource("modules")
  void gapsAreMarked(WorkbookModule module) {
    for (var text : exercise(module).texts().entrySet()) {
      assertThat(count(text.getValue(), "new NotStarted("))
          .as("gaps and marks in %s", text.getKey())
          .isEqualTo(count(text.getValue(), YOURS));
    }
    for (var text : solution(module).texts().entrySet()) {
      assertThat(text.getValue()).as(text.getKey()).doesNotContain("NotStarted", YOURS);
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void offersTheSame(WorkbookModule module) {
    assertThat(signatures(exercise(module))).isEqualTo(signatures(solution(module)));
  }

  /** A module that has an exercise is known, and proven; its solution may have others beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"exercises", "solutions", "checker/proof/src/test/resources/broken"})
  void everyFolderIsAModule(String parent) throws Exception {
    var modules = Arrays.stream(WorkbookModule.values()).map(WorkbookModule::folder).toList();
    try (Stream<Path> folders = Files.list(Workbook.ROOT.resolve(parent))) {
      var names = folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).toList();
      assertThat(names).containsAll(modules);
      names = new ArrayList<>(names);
      names.removeAll(modules);
      assertThat(names)
          .allMatch(
              name ->
                  parent.equals("solutions")
                      && modules.stream().anyMatch(module -> name.startsWith(module + "-")));
    }
  }

  private static Workshop exercise(WorkbookModule module) {
    return Workshop.of("exercises/" + module.folder());
  }

  private static Workshop solution(WorkbookModule module) {
    return Workshop.of("solutions/" + module.folder());
  }

  private static Path folder(String side, WorkbookModule module) {
    return Workbook.ROOT.resolve(side + "/" + module.folder());
  }

  private static Set<String> tree(Path folder) {
    var tree = new TreeSet<String>();
    for (var file : Workbook.filesIn(folder.resolve("src"))) {
      tree.add(folder.relativize(file).toString().replace('\\', '/'));
    }
    return tree;
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static Set<String> signatures(Workshop sources) {
    var signatures = new TreeSet<String>();
    for (var type : sources.compile().all()) {
      if (Modifier.isPublic(type.getModifiers())) {
        signatures.add(type.toGenericString());
        var members = new ArrayList<Executable>();
        members.addAll(List.of(type.getDeclaredConstructors()));
        members.addAll(List.of(type.getDeclaredMethods()));
        members.stream()
            .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
            .map(member -> member.toGenericString().replace(" synchronized ", " "))
            .forEach(signatures::add);
      }
    }
    return signatures;
  }
}
