package workbook.hosting;

import java.time.Duration;
import java.util.Objects;

/** Checks of arguments whose messages name the argument and its value. */
public final class Arguments {

  private Arguments() {}

  /**
   * A duration longer than zero.
   *
   * @param value the argument
   * @param name its name
   * @return the argument
   * @throws NullPointerException if it is null
   * @throws IllegalArgumentException if it is zero or negative
   */
  public static Duration positive(Duration value, String name) {
    Objects.requireNonNull(value, name);
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be longer than zero, was " + value);
    }
    return value;
  }

  /**
   * A number that is large enough.
   *
   * @param value the argument
   * @param least the smallest number allowed
   * @param name the argument's name
   * @return the argument
   * @throws IllegalArgumentException if it is smaller
   */
  public static int atLeast(int value, int least, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
    return value;
  }
}
