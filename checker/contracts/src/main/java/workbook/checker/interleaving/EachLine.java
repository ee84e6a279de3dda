package workbook.checker.interleaving;

/**
 * Holds up a thread at each of its lines that others may notice: also one that the learner's code
 * has started, and that the explorer of {@link Interleavings} has no power over. Whatever should
 * come between two lines then comes between them, on one core as on many.
 *
 * <p>The learner's class must come from {@link InstrumentingLoader#twin}.
 */
public final class EachLine {

  private EachLine() {}

  /**
   * Does something on the calling thread before each of its lines that others may notice, and again
   * after each call that others may have noticed, from now on until the thread ends.
   *
   * @param pause what to do; it may wait
   */
  public static void pause(Runnable pause) {
    Interleaver.take(new Pauses(pause));
  }

  private static final class Pauses extends Interleaver.Bystander {

    private final Runnable pause;
    private int initializers;
    private boolean hasPaused; // after a call, since when no line has come that others may notice

    Pauses(Runnable pause) {
      this.pause = pause;
    }

    @Override
    void point(String place) {
      if (!hasPaused) {
        returned();
      }
      hasPaused = false;
    }

    @Override
    void returned() {
      if (initializers == 0) {
        pause.run();
        hasPaused = true;
      }
    }

    @Override
    void initializing(int depth) {
      initializers += depth;
    }
  }
}
