package workbook.email;

/**
 * Who is registered.
 *
 * <p><b>Threads.</b> All methods may be called from any thread; each is one step.
 */
public interface Users {

  /**
   * Registers somebody.
   *
   * @param address the address, which nobody else may have
   * @param name the name
   * @return true if it was done; false if the address is registered already, and nothing has
   *     changed
   */
  boolean add(String address, String name);

  /**
   * Undoes a registration. Does nothing if there is none.
   *
   * @param address the address
   */
  void remove(String address);
}
