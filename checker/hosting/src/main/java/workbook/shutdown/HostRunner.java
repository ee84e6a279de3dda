package workbook.shutdown;

/**
 * Runs a host as the program of a process: from its start, through the signal that asks it to stop,
 * to the exit code. Counterpart of {@code IHostLifetime} and {@code RunAsync} in .NET.
 *
 * <p><b>Signals.</b> They are listened for before the host is started. The first asks the host to
 * stop; with the second, of either kind, the process ends at once with that signal's {@link
 * StopSignal#exitCode}. No time limit is set, and no signal is heard in another way than through
 * the {@link HostProcess}: how long a stop may take is the host's matter.
 *
 * <p><b>Exit.</b> When somebody calls {@code System.exit}, also while the host starts, the host is
 * asked to stop, and the JVM waits for its end, normal or not, before it goes. An exit is no
 * signal: the first signal that comes after it does no more than ask. If the call came from within
 * a service, that service cannot end; the host gives up on it at its deadline, and so the JVM goes
 * all the same.
 *
 * <p><b>Exit code.</b> 0 when the host was stopped and everything ended well, also after a signal:
 * the process was asked to end and did what it was asked for. 128 and the number of the signal
 * would say that the signal has killed it. 1 when the host failed, at its start or later.
 */
@FunctionalInterface
public interface HostRunner {

  /**
   * Starts the host and waits for its end.
   *
   * @param host a host that was not started
   * @return the exit code: 0 if it ended well; 1 if it did not, and the cause is logged
   * @throws InterruptedException if interrupted before or while waiting: the wait is over then, and
   *     the host goes on
   */
  int run(ServiceHost host) throws InterruptedException;
}
