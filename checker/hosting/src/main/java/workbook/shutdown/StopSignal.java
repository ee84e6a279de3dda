package workbook.shutdown;

/** A request to a process to end. */
public enum StopSignal {
  /** Ctrl-C in the terminal. */
  SIGINT(2),
  /** The request of a supervisor: {@code kill}, systemd, a container's runtime. */
  SIGTERM(15);

  private static final int ENDED_BY_SIGNAL = 128;

  private final int number;

  StopSignal(int number) {
    this.number = number;
  }

  /**
   * The exit code by which a shell knows that this signal ended a process: 128 and the number of
   * the signal, 130 or 143.
   */
  public int exitCode() {
    return ENDED_BY_SIGNAL + number;
  }
}
