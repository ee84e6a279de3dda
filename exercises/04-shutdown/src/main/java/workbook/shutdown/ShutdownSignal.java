package workbook.shutdown;

import workbook.hosting.NotStarted;

/** Runs a host until a signal, an exit or its own end, and says with what code to exit. */
public final class ShutdownSignal implements HostRunner {

  /**
   * A runner.
   *
   * @param process how it hears that it should end
   */
  public ShutdownSignal(HostProcess process) {
    // TODO: step 3
    throw new NotStarted("step 3", "the constructor of ShutdownSignal");
  }

  @Override
  public int run(ServiceHost host) throws InterruptedException {
    // TODO: step 3
    throw new NotStarted("step 3", "ShutdownSignal.run");
  }
}
