package workbook.hosting;

/** Something to do that can be asked to stop. */
@FunctionalInterface
public interface Work {

  /**
   * Does the work.
   *
   * @param stop cancelled when the work should come to an end; looking at it between two units of
   *     work is enough
   * @throws Exception any failure
   */
  void run(CancellationToken stop) throws Exception;
}
