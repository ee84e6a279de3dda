package workbook.proof;

/** What an atomic one would be without being one: other threads come between the steps. */
final class AtomicReference<V> {

  private V value;

  AtomicReference() {}

  V get() {
    return value;
  }

  void set(V value) {
    this.value = value;
  }

  boolean compareAndSet(V expected, V next) {
    V was = value;
    if (was != expected) {
      return false;
    }
    value = next;
    return true;
  }
}
