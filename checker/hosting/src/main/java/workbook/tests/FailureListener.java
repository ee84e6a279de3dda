package workbook.tests;

/**
 * Hears of what goes wrong in a service, so that somebody can be told.
 *
 * <p><b>Threads.</b> Called on a thread of the service, one call at a time.
 */
@FunctionalInterface
public interface FailureListener {

  /**
   * A run of the work has failed.
   *
   * @param failure what the work threw, the same object
   */
  void failed(Exception failure);
}
