package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;
import workbook.proof.Verdicts.Outcome;
import workbook.proof.Verdicts.Verdict;

/**
 * Proves the rules of one module: each broken implementation gives exactly the findings that its
 * file says; right implementations pass all rules, however they are built. Each module has a
 * subclass, which lists the right ones; where this takes long, it has several, which share its
 * types out among them. A broken one is added by adding a file, see {@link BrokenFile}.
 *
 * <p>{@code -Dproof.repeat=200} takes each verdict two hundred times. {@code -Dproof.only=text}
 * tries only what it finds in the name, such as {@code TimedService} or {@code Host|Program}.
 * {@code -Dproof.pin=write} writes the findings anew.
 */
@TestInstance(PER_CLASS)
public abstract class ModuleProof {

  private static final int REPEAT = Integer.getInteger("proof.repeat", 1);
  private static final Pattern ONLY = Pattern.compile(System.getProperty("proof.only", ""));
  private static final boolean WRITE = System.getProperty("proof.pin", "").equals("write");
  private static final int REFERENCE_AND_TWO_MORE = 3;

  private final WorkbookModule module;
  private final List<TypeUnderTest> types;
  private final List<Right> right;
  private final Share share;

  /**
   * Which implementations are tried, where several proofs share them out: one of so many.
   *
   * @param number 1 or more
   * @param of how many share
   */
  public record Share(int number, int of) {

    private static final Share ALL = new Share(1, 1);

    private <T> List<T> of(List<T> all) {
      return IntStream.range(0, all.size())
          .filter(n -> n % of == number - 1)
          .mapToObj(all::get)
          .toList();
    }
  }

  /**
   * The proof of a module.
   *
   * @param module the module
   * @param right right implementations of all its types; the references are, too
   */
  protected ModuleProof(WorkbookModule module, Right... right) {
    this(module, type -> true, Share.ALL, right);
  }

  /**
   * The proof of some of a module's types. {@code EveryTypeIsProvenTest} sees that none is left
   * out.
   *
   * @param module the module
   * @param some the simple names of the types
   * @param right right implementations of these types; the references are, too
   */
  protected ModuleProof(WorkbookModule module, Set<String> some, Right... right) {
    this(module, some::contains, Share.ALL, right);
  }

  /**
   * A share of the proof of some of a module's types.
   *
   * @param module the module
   * @param some the simple names of the types
   * @param share which of the implementations are tried
   * @param right right implementations of these types; the references are, too
   */
  protected ModuleProof(WorkbookModule module, Set<String> some, Share share, Right... right) {
    this(module, some::contains, share, right);
  }

  private ModuleProof(WorkbookModule module, Predicate<String> some, Share share, Right... right) {
    this.module = module;
    this.share = share;
    this.types = TypeUnderTest.of(module).stream().filter(type -> some.test(type.name())).toList();
    this.right =
        Stream.concat(
                types.stream().map(type -> new Right(type.name(), "the reference", Map.of())),
                Stream.of(right))
            .toList();
    for (var each : this.right) {
      if (types.stream().noneMatch(type -> type.name().equals(each.type()))) {
        throw new AssertionError(getClass().getSimpleName() + " does not prove " + each.type());
      }
    }
  }

  /** The types that are proven here. */
  final List<TypeUnderTest> types() {
    return types;
  }

  /**
   * An implementation that is right.
   *
   * @param type the simple name of what it is an implementation of
   * @param name its name
   * @param classes which of its classes stand in the place of the reference's
   */
  public record Right(String type, String name, Map<String, Class<?>> classes) {

    @Override
    public String toString() {
      return type + ": " + name;
    }
  }

  /**
   * A right implementation that is a class of its own.
   *
   * @param type the simple name of what it is an implementation of
   * @param other a public class with the reference's constructor
   * @return the implementation
   */
  protected static Right right(String type, Class<?> other) {
    return right(type, other.getSimpleName(), Map.of(type, other));
  }

  /**
   * A right implementation that consists of several classes.
   *
   * @param type the simple name of what it is an implementation of
   * @param name its name
   * @param classes which public class stands in the place of which of the reference's
   * @return the implementation
   */
  protected static Right right(String type, String name, Map<String, Class<?>> classes) {
    return new Right(type, name, classes);
  }

  List<Broken> broken() {
    var all = types.stream().flatMap(type -> type.broken().stream()).toList();
    return share.of(all).stream().filter(each -> ONLY.matcher(each.toString()).find()).toList();
  }

  List<Right> right() {
    return share.of(right).stream().filter(each -> ONLY.matcher(each.toString()).find()).toList();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("right")
  void passesEveryRule(Right right) {
    var type = new TypeUnderTest(module, right.type());
    var sources = type.solution();
    for (var other : right.classes().entrySet()) {
      sources = sources.withClass(other.getKey(), type.test(), other.getValue().getName());
    }
    var test = sources.compile().test(type.test());
    for (int i = 1; i <= REPEAT; i++) {
      var verdicts = Verdicts.of(List.<Class<?>>of(test));
      assertThat(verdicts).hasSameSizeAs(Verdicts.numbers(test));
      assertThat(verdicts)
          .as("repetition %d", i)
          .allMatch(v -> v.outcome() == Outcome.HOLDS || v.outcome() == Outcome.SKIPPED);
      assumeNoneSkipped(verdicts);
    }
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("broken")
  void givesItsFindings(Broken broken) {
    var test = broken.sources().compile().test(broken.type().test());
    if (WRITE) {
      var verdicts = verdicts(broken, test);
      assumeNoneSkipped(verdicts);
      BrokenFile.write(broken, findings(broken, verdicts));
      return;
    }
    if (broken.findings().isEmpty()) {
      fail("%s has no findings: write them with -Dproof.pin=write", broken.where());
    }
    for (int i = 1; i <= REPEAT; i++) {
      compare(broken, verdicts(broken, test));
    }
  }

  private static void compare(Broken broken, List<Verdict> verdicts) {
    assumeNoneSkipped(verdicts.stream().filter(v -> broken.rules().contains(v.number())).toList());
    var findings = findings(broken, verdicts);
    assertThat(PinnedFinding.inCommon(broken, findings))
        .as("%s: %s%nfindings, written anew with -Dproof.pin=write", broken.where(), broken.why())
        .isEqualTo(PinnedFinding.inCommon(broken, broken.findings()));
  }

  /** What the rules that fail say, in the order of their numbers. */
  private static List<PinnedFinding> findings(Broken broken, List<Verdict> verdicts) {
    var failing =
        verdicts.stream()
            .filter(v -> v.outcome() != Outcome.HOLDS && v.outcome() != Outcome.SKIPPED)
            .filter(v -> !broken.byChance().contains(v.number()))
            .sorted(Comparator.comparing(Verdict::number, Verdicts.BY_NUMBER))
            .toList();
    assertThat(failing).as("%s: %s", broken, broken.why()).isNotEmpty().allSatisfy(v -> helps(v));
    return failing.stream().map(PinnedFinding::of).toList();
  }

  /** What cannot be tried on this machine is shown as skipped here, too. */
  private static void assumeNoneSkipped(List<Verdict> verdicts) {
    for (var verdict : verdicts) {
      assumeTrue(verdict.outcome() != Outcome.SKIPPED, verdict::toString);
    }
  }

  private static List<Verdict> verdicts(Broken broken, Class<?> test) {
    if (broken.patience() == 1) {
      return Verdicts.of(List.<Class<?>>of(test));
    }
    // Only what is to be cut off may be cut off early: on a busy machine the rest takes its time.
    Predicate<String> said = broken.rules()::contains;
    var cutOff = Verdicts.withPatience(broken.patience(), () -> Verdicts.of(test, said));
    var rest = Verdicts.of(test, said.negate());
    return Stream.concat(cutOff.stream(), rest.stream()).toList();
  }

  private static void helps(Verdict verdict) {
    if (verdict.outcome() == Outcome.NOT_DECIDED) {
      return; // it says why and what to do, and both are pinned
    }
    assertThat(verdict.outcome()).isEqualTo(Outcome.BROKEN);
    var finding = verdict.finding();
    if (finding == null) {
      fail("not a finding: " + verdict.thrown(), verdict.thrown());
      return;
    }
    assertThat(finding.expected()).isNotBlank().isNotEqualTo("no exception here");
    assertThat(finding.butWas()).isNotBlank();
    assertThat(finding.lookAt())
        .as("a method and a line of the learner's")
        .matches("\\w+\\.\\w+ \\(\\w+\\.java:\\d+\\)")
        .doesNotContain("Contract")
        .doesNotContainPattern("Test\\b");
  }

  /** No rule is there for show: somebody fails it, for each type that it is a rule of. */
  @Test
  void everyRuleIsFailedBySome() {
    var missing = new ArrayList<String>();
    for (var type : types) {
      var failed = type.broken().stream().flatMap(each -> each.brokenRules().stream()).toList();
      for (var rule : Verdicts.numbers(type.solution().compile().test(type.test()))) {
        if (!failed.contains(rule)) {
          missing.add(
              "[%s]: add a file to %s, see BrokenFile"
                  .formatted(rule, Workbook.ROOT.relativize(type.folder())));
        }
      }
    }
    assertThat(missing).as("rules that no broken implementation fails").isEmpty();
  }

  /** A contract leaves room for more than one way to build a type. */
  @Test
  void everyTypeHasThreeRightOnes() {
    for (var type : types) {
      assertThat(right.stream().filter(each -> each.type().equals(type.name())))
          .as("right implementations of %s, listed in %s", type.name(), getClass().getSimpleName())
          .hasSizeGreaterThanOrEqualTo(REFERENCE_AND_TWO_MORE);
    }
  }
}
