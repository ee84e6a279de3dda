package workbook.checker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so much through and leaves out the rest, since a learner's loop may print without an end.
 *
 * <p><b>Threads.</b> Any number may write.
 */
final class BoundedOutput extends OutputStream {

  private static final long AT_MOST = 200_000; // bytes
  private static final String THE_REST =
      System.lineSeparator()
          + "(What was printed after this is left out.)"
          + System.lineSeparator();

  private final PrintStream to;
  private final AtomicLong written = new AtomicLong();

  private BoundedOutput(PrintStream to) {
    this.to = to;
  }

  /** A stream that passes on to another what comes first. */
  static PrintStream of(PrintStream to) {
    return new PrintStream(new BoundedOutput(to), true, to.charset());
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    long before = written.getAndAdd(length);
    if (before + length <= AT_MOST) {
      to.write(bytes, offset, length);
    } else if (before <= AT_MOST) {
      to.write(THE_REST.getBytes(StandardCharsets.US_ASCII), 0, THE_REST.length());
    }
  }

  @Override
  public void flush() {
    if (written.get() <= AT_MOST) {
      to.flush();
    }
  }
}
