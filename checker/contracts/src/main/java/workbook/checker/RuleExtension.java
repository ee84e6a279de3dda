package workbook.checker;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import workbook.hosting.NotStarted;

/**
 * Runs each rule on a thread of its own with a {@link Trial}, cuts it off when it hangs, and turns
 * whatever it ran into into a verdict.
 */
final class RuleExtension implements ParameterResolver, InvocationInterceptor, AfterAllCallback {

  /** The trial that runs now; there is one at a time. */
  static final AtomicReference<@Nullable Trial> CURRENT = new AtomicReference<>();

  private static final int ENOUGH = 2;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Trial.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(Namespace.create(RuleExtension.class, context.getUniqueId()))
        .computeIfAbsent(Trial.class, _ -> newTrial(context), Trial.class);
  }

  private static Trial newTrial(ExtensionContext context) {
    var step = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), Step.class);
    return Trial.of(
        RuleOrder.rule(context.getRequiredTestMethod()).orElseThrow(), step.orElseThrow().type());
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    var trial =
        invocationContext.getArguments().stream()
            .filter(Trial.class::isInstance)
            .map(Trial.class::cast)
            .findFirst();
    if (trial.isEmpty()) {
      invocation.proceed(); // a learner's own test
      return;
    }
    var tried = tried(context.getParent().orElseThrow());
    NotStarted.forget();
    CURRENT.set(trial.get());
    try {
      tried.giveUpIfItEndsTheJvm(context.getRequiredTestClass(), trial.get());
      tried.giveUpIfThereIsOneCause(trial.get());
      var thrown = runToTheEnd(invocation, trial.get());
      var gap = NotStarted.reached();
      if (thrown != null && gap.isEmpty() && trial.get().wasSkipped(thrown)) {
        tried.skipped = thrown.getMessage();
        throw thrown;
      }
      tried.any = true;
      if (thrown != null || !gap.isEmpty()) {
        var verdict = trial.get().explain(thrown == null ? new AssertionError() : thrown, gap);
        tried.remember(verdict, trial.get());
        throw verdict;
      }
    } finally {
      trial.get().close(); // still the current one: cleaning up runs the learner's code too
      CURRENT.set(null);
    }
  }

  /** What came of the rules of a class. */
  private static final class Tried {

    private final Map<String, List<String>> tookLong = new HashMap<>(); // rules, by their place
    private @Nullable Optional<StackTraceElement> ends;
    private boolean any; // these four used by the thread of the run only
    private @Nullable String skipped;

    void remember(AssertionError verdict, Trial trial) {
      if (verdict instanceof RuleBroken broken && trial.hasTakenLong()) {
        tookLong.computeIfAbsent(waitedAt(broken), _ -> new ArrayList<>()).add(broken.number());
      }
    }

    private static String waitedAt(RuleBroken broken) {
      return LearnerCode.place(broken.getStackTrace()).orElse(broken.finding().lookAt());
    }

    /** Nothing is tried that would end the JVM without a word. */
    void giveUpIfItEndsTheJvm(Class<?> test, Trial trial) {
      if (ends == null) {
        // It would end the JVM, and nothing would be left to say so; System.exit can be watched.
        ends =
            WrittenCall.in(test).stream()
                .filter(call -> call.method().equals("java/lang/Runtime.halt"))
                .map(WrittenCall::at)
                .findFirst();
      }
      if (ends.isPresent()) {
        any = true;
        throw trial.halted(ends.get());
      }
    }

    /** Where two rules have waited in vain at the same line, the others would, too. */
    void giveUpIfThereIsOneCause(Trial trial) {
      if (Boolean.getBoolean("checker.tryAll")) {
        return;
      }
      if (!tookLong.isEmpty()) {
        trial.mayLast(Patience.RULE.limit().dividedBy(-2));
      }
      tookLong.forEach(
          (place, rules) -> {
            if (rules.size() == ENOUGH) {
              throw trial.notDecided(
                  "not tried: %s have waited in vain at %s"
                      .formatted(String.join(" and ", rules), place),
                  "mend that first");
            }
          });
    }
  }

  private static Tried tried(ExtensionContext ofClass) {
    return ofClass
        .getStore(Namespace.create(RuleExtension.class, ofClass.getUniqueId()))
        .computeIfAbsent(Tried.class, _ -> new Tried(), Tried.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    var tried = tried(context);
    if (tried.skipped != null && !tried.any) {
      throw new NothingGraded(tried.skipped);
    }
  }

  private static @Nullable Throwable runToTheEnd(Invocation<@Nullable Void> invocation, Trial trial)
      throws InterruptedException {
    var thrown = new AtomicReference<@Nullable Throwable>();
    var ended = new CountDownLatch(1);
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("rule")
            .start(
                () -> {
                  try {
                    invocation.proceed();
                  } catch (Throwable e) {
                    thrown.set(e);
                  } finally {
                    ended.countDown();
                  }
                });
    try {
      while (!ended.await(trial.limit().toNextLook().toMillis(), TimeUnit.MILLISECONDS)) {
        if (trial.limit().hasPassed() && ended.getCount() > 0) {
          var verdict = trial.cutOff(thread);
          thread.interrupt();
          return verdict;
        }
      }
      return thrown.get();
    } catch (Limit.Undecided busy) {
      thread.interrupt();
      return busy;
    }
  }

  /** A limit has passed: the rule has taken long. */
  static void passed() {
    var trial = CURRENT.get();
    if (trial != null) {
      trial.tookLong();
    }
  }

  /** A wait has gone on: the rule that waits may last as much longer. */
  static void waited(Limit limit, Duration time) {
    var trial = CURRENT.get();
    if (trial != null && trial.limit() != limit) {
      trial.mayLast(time);
    }
  }
}
