package workbook.proof;

/** What an atomic one would be without being one: other threads come between the steps. */
final class AtomicBoolean {

  private boolean value;

  AtomicBoolean() {}

  boolean get() {
    return value;
  }

  void set(boolean value) {
    this.value = value;
  }

  boolean compareAndSet(boolean expected, boolean next) {
    boolean was = value;
    if (was != expected) {
      return false;
    }
    value = next;
    return true;
  }
}
