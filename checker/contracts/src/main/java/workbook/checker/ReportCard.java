package workbook.checker;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import workbook.checker.card.Card;
import workbook.checker.card.CardText;
import workbook.checker.card.Finding;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.Hints;
import workbook.checker.card.Verdict;
import workbook.checker.card.WorkbookFolder;

/**
 * Prints the learner's report card when the rules have run, and also when the JVM is told to exit
 * before. Registered with the JUnit Platform as a service, so it works from Maven and from an
 * editor. A learner's own tests that fail are listed too, since the build prints nothing else about
 * them.
 */
public final class ReportCard implements TestExecutionListener {

  private static final Logger EXITS = Logger.getLogger("java.lang.Runtime"); // the JDK logs exits

  private final @Nullable Consumer<Card> reader; // null: whoever looks at the output
  private final boolean eachTime;
  private final Map<Step, List<Graded>> steps =
      new TreeMap<>(Comparator.comparing(Step::module).thenComparing(Step::number));
  private final Map<String, Graded> byId = new ConcurrentHashMap<>();
  private final List<String> otherFailures = new CopyOnWriteArrayList<>();
  private volatile Optional<CardFiles> files = Optional.empty();
  private volatile @Nullable Class<?> anyContract;
  private volatile @Nullable Graded current;
  private volatile PrintStream out = System.out; // what is printed on these is bounded meanwhile
  private volatile PrintStream err = System.err;
  private @Nullable Handler exits;

  /** Prints the card. */
  public ReportCard() {
    this(null);
  }

  /**
   * Hands the card over instead of printing it.
   *
   * @param reader takes the card, on the thread of the run or on the one that ends the JVM; it is
   *     not called where no rule was selected
   */
  public ReportCard(@Nullable Consumer<Card> reader) {
    this(reader, false);
  }

  private ReportCard(@Nullable Consumer<Card> reader, boolean eachTime) {
    this.reader = reader;
    this.eachTime = eachTime;
  }

  /**
   * Hands over the card as it is after each rule, and once more at the end.
   *
   * @param reader takes it, as above
   */
  public static ReportCard afterEachRule(Consumer<Card> reader) {
    return new ReportCard(reader, true);
  }

  /** One rule and how it ended; null while it has not run. */
  static final class Graded {

    final Rule rule;
    volatile @Nullable TestExecutionResult result;

    Graded(Rule rule) {
      this.rule = rule;
    }

    GradedRule graded() {
      var given = result;
      if (given == null) {
        return with(Verdict.NOT_RUN, null, "", "");
      }
      var thrown = given.getThrowable().orElse(null);
      return switch (given.getStatus()) {
        case SUCCESSFUL -> with(Verdict.HOLDS, null, "", "");
        case ABORTED -> with(Verdict.SKIPPED, null, thrown == null ? "" : thrown.getMessage(), "");
        case FAILED ->
            switch (thrown) {
              case RuleNotStarted gap -> with(Verdict.NOT_STARTED, null, gap.gap(), "");
              case RuleNotDecided open ->
                  with(Verdict.NOT_DECIDED, null, open.reason(), open.remedy());
              case RuleBroken broken -> with(Verdict.BROKEN, broken.finding(), "", "");
              case null, default ->
                  with(
                      Verdict.BROKEN,
                      new Finding("", "", "", Trial.describe(thrown), List.of()),
                      "",
                      "");
            };
      };
    }

    private GradedRule with(
        Verdict verdict, @Nullable Finding finding, @Nullable String reason, String remedy) {
      return new GradedRule(
          rule.number(),
          rule.says(),
          rule.check(),
          verdict,
          finding,
          reason == null ? "" : reason,
          remedy);
    }
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    out = System.out;
    err = System.err;
    steps.clear();
    byId.clear();
    otherFailures.clear();
    files = Optional.empty();
    for (var root : plan.getRoots()) {
      plan.getDescendants(root).forEach(this::addIfRule);
    }
    if (!steps.isEmpty()) {
      watchExits();
      System.setOut(BoundedOutput.of(out));
      System.setErr(BoundedOutput.of(err));
    }
  }

  private void addIfRule(TestIdentifier test) {
    if (test.getSource().orElse(null) instanceof MethodSource source) {
      var step = AnnotationSupport.findAnnotation(source.getJavaClass(), Step.class);
      var rule = RuleOrder.rule(source.getJavaMethod());
      if (step.isPresent() && rule.isPresent()) {
        anyContract = source.getJavaClass();
        if (steps.isEmpty() && reader == null) {
          files = WorkbookFolder.module(source.getJavaClass()).map(CardFiles::new);
        }
        steps.computeIfAbsent(step.get(), _ -> allRules(source.getJavaClass())).stream()
            .filter(graded -> graded.rule.equals(rule.get()))
            .forEach(graded -> byId.put(test.getUniqueId(), graded));
      }
    }
  }

  /** All rules of a contract, so that those which were not selected are seen to be missing. */
  private static List<Graded> allRules(Class<?> contract) {
    return Contracts.ofClass(contract).stream().map(Graded::new).toList();
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    current = byId.getOrDefault(test.getUniqueId(), current);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    var graded = byId.get(test.getUniqueId());
    if (graded != null) {
      graded.result = result;
      if (eachTime) {
        print();
      }
    } else if (result.getStatus() == TestExecutionResult.Status.FAILED
        && result.getThrowable().filter(NothingGraded.class::isInstance).isEmpty()) {
      var why = result.getThrowable().map(Trial::describe).orElse("no reason given");
      otherFailures.add(test.getDisplayName() + ": " + why);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    System.setOut(out);
    System.setErr(err);
    if (exits != null) {
      EXITS.removeHandler(exits);
    }
    print();
  }

  private void watchExits() {
    EXITS.setLevel(Level.FINE);
    EXITS.setUseParentHandlers(false);
    exits =
        new Handler() {
          @Override
          public void publish(LogRecord exit) {
            var trial = RuleExtension.CURRENT.get();
            var graded = current;
            if (trial != null && graded != null && exit.getThrown() != null) {
              graded.result = TestExecutionResult.failed(trial.exited(exit.getThrown()));
              print();
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    EXITS.addHandler(exits);
  }

  private void print() {
    if (reader != null) {
      if (!steps.isEmpty()) {
        reader.accept(card());
      }
      return;
    }
    if (!steps.isEmpty()) {
      var card = card();
      var text = text(card);
      if (!files.map(folder -> folder.keepsToShow(text)).orElse(false)) {
        out.println(plainFor(nativeCharset(), text));
      }
      files.flatMap(folder -> folder.write(card)).ifPresent(out::println);
    } else if (!otherFailures.isEmpty() && System.getProperty("workbook.module") != null) {
      out.println(plainFor(nativeCharset(), CardText.ofOwnTests(otherFailures)));
    }
    out.flush();
  }

  private static String text(Card card) {
    var hints = WorkbookFolder.root().map(root -> Hints.of(root, card)).orElseGet(Hints::none);
    if (System.getProperty("hint") != null) {
      card.nextStep().ifPresent(hints::climb);
    }
    return "full".equals(System.getProperty("card"))
        ? CardText.full(card, hints)
        : CardText.of(card, hints);
  }

  private Card card() {
    var module = steps.keySet().iterator().next().module();
    var folder = Optional.ofNullable(anyContract).flatMap(WorkbookFolder::module);
    var graded = new ArrayList<GradedStep>();
    steps.forEach(
        (step, rules) ->
            graded.add(
                new GradedStep(
                    step.number(),
                    step.type(),
                    rules.stream().map(rule -> withSource(rule.graded(), folder)).toList())));
    return new Card(
        module, WorkbookFolder.name(folder, module), graded, List.copyOf(otherFailures));
  }

  private static GradedRule withSource(GradedRule rule, Optional<Path> module) {
    var finding = rule.finding();
    return finding == null || module.isEmpty()
        ? rule
        : rule.with(finding.withSource(WorkbookFolder.line(module.get(), finding.lookAt())));
  }

  private static Charset nativeCharset() {
    var name = System.getProperty("native.encoding", "US-ASCII");
    return Charset.isSupported(name) ? Charset.forName(name) : Charset.forName("US-ASCII");
  }

  /** The text as it is, or in ASCII where the terminal's character set lacks the card's marks. */
  public static String plainFor(Charset charset, String text) {
    if (charset.newEncoder().canEncode("✔✘·")) {
      return text;
    }
    return text.replace("✔", "+").replace("✘", "X").replace("·", "-").replace("→", ">");
  }
}
