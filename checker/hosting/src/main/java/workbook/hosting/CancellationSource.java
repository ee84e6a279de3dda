package workbook.hosting;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The write side of a {@link CancellationToken}. Whoever holds the source decides; whoever holds
 * the token only listens.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
public final class CancellationSource {

  // A callback is in the set until it is run by cancel or closed by its owner, whichever is first.
  private final Set<Callback> callbacks = new LinkedHashSet<>(); // guarded by itself
  private volatile boolean cancelled; // written while holding callbacks
  private final CancellationToken token = new Token();

  /** The token that this source cancels, always the same one. */
  public CancellationToken token() {
    return token;
  }

  /**
   * Cancels the token and runs what was registered with it, here and now, in order of registration.
   * The second and later calls do nothing.
   *
   * @throws RuntimeException or an Error: the first that a registered action threw, with those of
   *     later actions suppressed; all actions are run
   */
  public void cancel() {
    List<Callback> toRun;
    synchronized (callbacks) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toRun = List.copyOf(callbacks);
      callbacks.clear();
    }
    Throwable first = null;
    for (var callback : toRun) {
      try {
        callback.wake.run();
      } catch (RuntimeException | Error e) {
        if (first == null) {
          first = e;
        } else if (first != e) { // two actions may throw the same
          first.addSuppressed(e);
        }
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
  }

  private final class Token implements CancellationToken {

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public Registration onCancel(Runnable wake) {
      var callback = new Callback(Objects.requireNonNull(wake, "wake"));
      synchronized (callbacks) {
        if (!cancelled) {
          callbacks.add(callback);
          return callback;
        }
      }
      wake.run();
      return callback;
    }
  }

  private final class Callback implements CancellationToken.Registration {

    private final Runnable wake;

    Callback(Runnable wake) {
      this.wake = wake;
    }

    @Override
    public void close() {
      synchronized (callbacks) {
        callbacks.remove(this);
      }
    }
  }
}
