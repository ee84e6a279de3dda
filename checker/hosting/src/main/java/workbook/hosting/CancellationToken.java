package workbook.hosting;

/**
 * The read side of a request to stop: it can be asked, and it can wake whoever waits. Cancelling is
 * final. Counterpart of {@code CancellationToken} in .NET, with one difference: nothing here throws
 * when cancelled, so that a loop ends with {@code while} rather than with {@code catch}.
 *
 * <p><b>Threads.</b> All methods may be called from any thread; none blocks. What a thread did
 * before it cancelled is visible to whoever sees the token cancelled.
 *
 * @see CancellationSource
 */
public interface CancellationToken {

  /** Whether cancellation was requested: true from that moment on, for ever. */
  boolean isCancelled();

  /**
   * Registers an action to run once when the token is cancelled. It runs on the cancelling thread,
   * in order of registration, or at once on the calling thread if the token is cancelled already.
   * It should do no more than wake somebody.
   *
   * @param wake what to run
   * @return the registration; close it when nobody waits any more, or it is kept as long as the
   *     token
   */
  Registration onCancel(Runnable wake);

  /** A registered action. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {

    /** Forgets the action if it has not begun. Does not wait for one that runs. Idempotent. */
    @Override
    void close();
  }

  /** A token that is never cancelled, always the same one. */
  static CancellationToken none() {
    return AnyOf.NONE;
  }

  /**
   * A token that is cancelled as soon as one of the given tokens is. It holds nothing of its own:
   * it registers with them only while something is registered with it.
   *
   * @param tokens the tokens; none at all gives a token that is never cancelled
   * @return their combination
   */
  static CancellationToken anyOf(CancellationToken... tokens) {
    return new AnyOf(tokens);
  }
}
