package workbook.proof;

/** What an atomic one would be without being one: other threads come between the steps. */
final class AtomicInteger {

  private int value;

  AtomicInteger(int value) {
    this.value = value;
  }

  int decrementAndGet() {
    int next = value - 1;
    value = next;
    return next;
  }
}
