package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.Rule;

/**
 * A contract is a contents page: it lists all rules of one type in the order of their numbers, and
 * what a rule does stands elsewhere.
 */
class ContractsTest {

  private static final Path CONTRACTS =
      Workbook.ROOT.resolve("checker/contracts/src/main/java/workbook/contracts");
  private static final Pattern NOBODY_MUST =
      Pattern.compile(
          "(?:^|[,;:] |\\band |after \\w+ )(?:nothing|nobody|no one|no \\w+|neither)\\b[^,;:]*"
              + " MUST",
          Pattern.CASE_INSENSITIVE);
  private static final int LINES = 340;

  static List<Path> pages() {
    return files().filter(file -> file.toString().endsWith("Contract.java")).toList();
  }

  static Stream<Path> files() {
    return Workbook.filesIn(CONTRACTS).stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void listsItsRulesInOrderWithOneCallEach(Path page) {
    var numbers = new ArrayList<String>();
    var longer = new ArrayList<String>();
    for (var member : parsed(page).getMembers()) {
      if (member instanceof MethodTree method) {
        var number = ruleNumber(method);
        number.ifPresent(numbers::add);
        if (number.isPresent() && method.getBody().getStatements().size() != 1) {
          longer.add(number.get());
        }
      }
    }
    assertThat(numbers)
        .as("rules of %s", page.getFileName())
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Verdicts.BY_NUMBER);
    assertThat(longer).as("rules of %s with more than one call", page.getFileName()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void keepsItsRulesFromBeingOverridden(Path page) {
    assertThat(typeOf(page).getDeclaredMethods())
        .filteredOn(method -> method.isAnnotationPresent(Rule.class))
        .as("public, protected or private rules")
        .noneMatch(ContractsTest::isNotPackagePrivate);
  }

  private static boolean isNotPackagePrivate(Method method) {
    int visible = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE;
    return (method.getModifiers() & visible) != 0;
  }

  /** Inheritance is no folder: one contract may stand above another, and nobody has other heirs. */
  @ParameterizedTest
  @MethodSource("files")
  void inheritsFromOneContractAtMost(Path file) {
    if (file.endsWith("package-info.java")) {
      return;
    }
    var above = new ArrayList<Class<?>>();
    for (Class<?> c = typeOf(file).getSuperclass(); isOfTheRules(c); c = c.getSuperclass()) {
      above.add(c);
    }
    boolean isPage = file.toString().endsWith("Contract.java");
    assertThat(above).as("classes above %s", file.getFileName()).hasSizeLessThan(isPage ? 2 : 1);
  }

  private static boolean isOfTheRules(Class<?> type) {
    return type != null && type.getName().startsWith("workbook.contracts.");
  }

  /** In RFC 2119 "nothing MUST" means "need not": a rule says who MUST NOT do what. */
  @Test
  void rulesSayWhoMustDoWhat() {
    var rules = pages().stream().flatMap(ContractsTest::rulesOf).toList();
    assertThat(rules)
        .filteredOn(rule -> NOBODY_MUST.matcher(rule.says()).find())
        .as("rules that forbid by 'nothing MUST'")
        .isEmpty();
    assertThat(rules)
        .allSatisfy(rule -> assertThat(rule.says()).contains("MUST").endsWith("."))
        .allSatisfy(rule -> assertThat(rule.says()).matches("\\p{ASCII}+"))
        .allSatisfy(rule -> assertThat(rule.check()).isNotBlank().doesNotEndWith("."));
  }

  private static Stream<Rule> rulesOf(Path page) {
    return Stream.of(typeOf(page).getDeclaredMethods())
        .flatMap(method -> Optional.ofNullable(method.getAnnotation(Rule.class)).stream());
  }

  @Test
  void filesAreShort() {
    assertThat(List.of("hosting", "contracts", "runner", "proof"))
        .flatMap(part -> Workbook.filesIn(Workbook.ROOT.resolve("checker/" + part + "/src")))
        .filteredOn(file -> file.toString().endsWith(".java"))
        .filteredOn(file -> Workbook.read(file).lines().count() > LINES)
        .as("files with more than %d lines", LINES)
        .isEmpty();
  }

  private static Class<?> typeOf(Path file) {
    var name = CONTRACTS.relativize(file).toString().replaceAll("\\.java$", "");
    try {
      return Class.forName("workbook.contracts." + name.replaceAll("[/\\\\]", "."));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static ClassTree parsed(Path page) {
    var javac = ToolProvider.getSystemJavaCompiler();
    try (var files = javac.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask) javac.getTask(null, files, null, null, null, files.getJavaFileObjects(page));
      return (ClassTree) task.parse().iterator().next().getTypeDecls().getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> ruleNumber(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .filter(annotation -> annotation.getAnnotationType().toString().equals("Rule"))
        .map(AnnotationTree::getArguments)
        .flatMap(List::stream)
        .map(AssignmentTree.class::cast)
        .filter(argument -> argument.getVariable().toString().equals("number"))
        .map(argument -> (String) ((LiteralTree) argument.getExpression()).getValue())
        .findFirst();
  }
}
