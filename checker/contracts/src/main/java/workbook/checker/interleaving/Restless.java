package workbook.checker.interleaving;

import java.util.concurrent.Callable;

/**
 * Lets many threads get in each other's way. Where {@link Interleavings} tries the orders of a few
 * actors one by one, here all run at once, and each gives way to the others before every line that
 * they may notice: what can go wrong between two lines then goes wrong on any machine.
 *
 * <p>The learner's class must come from {@link InstrumentingLoader#twin}.
 */
public final class Restless {

  private Restless() {}

  /**
   * Makes a call restless.
   *
   * @param call what a thread does
   * @param <T> what it returns
   * @return the same, giving way again and again
   */
  public static <T> Callable<T> call(Callable<T> call) {
    return () -> {
      Interleaver.take(new GivesWay());
      return call.call();
    };
  }

  private static final class GivesWay extends Interleaver.Bystander {
    @Override
    void point(String place) {
      Thread.yield();
    }
  }
}
