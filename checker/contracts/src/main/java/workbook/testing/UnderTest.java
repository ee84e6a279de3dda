package workbook.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import workbook.contracts.tests.RightOnes;

/**
 * Hands a test class what it tests, and a {@link Bench} for each test. Run by the checker, that is
 * a right or a wrong implementation; run from an editor, a right one.
 */
public final class UnderTest implements ParameterResolver, AfterEachCallback {

  // JUnit runs a class on the thread that calls it, and asks for its parameters there.
  private static final ThreadLocal<@Nullable Object> HERE = new ThreadLocal<>();

  /** Made by JUnit. */
  public UnderTest() {}

  /**
   * Does something, such as running a test class, while tests that are run on this thread are
   * handed this.
   *
   * @param factory makes what is under test
   * @param run what to do
   */
  public static void during(Object factory, Runnable run) {
    HERE.set(factory);
    try {
      run.run();
    } finally {
      HERE.remove();
    }
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Bench.class || factory(type) != null;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Bench.class ? bench(context) : factory(type);
  }

  private static @Nullable Object factory(Class<?> type) {
    var handed = HERE.get();
    return type.isInstance(handed) ? handed : RightOnes.first(type);
  }

  private static Bench bench(ExtensionContext context) {
    return store(context).computeIfAbsent(Bench.class, _ -> new Bench(), Bench.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var bench = store(context).get(Bench.class, Bench.class);
    if (bench != null) {
      bench.close();
    }
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(UnderTest.class, context.getUniqueId()));
  }
}
