package workbook.contracts.tests;

/** What a test class is handed: it makes what is under test, and counts the calls. */
interface Handed extends AutoCloseable {

  /** How many calls what it made has had so far. */
  int calls();

  /** Ends the waits that tests have left behind. */
  @Override
  void close();
}
