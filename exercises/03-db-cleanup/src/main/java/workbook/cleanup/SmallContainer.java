package workbook.cleanup;

import java.util.List;
import workbook.hosting.NotStarted;
import workbook.hosting.ServiceScope;

/**
 * A container that knows singletons and scoped services, and nothing else: what each service needs
 * is what its factory asks for. The whole contract is {@link ServiceContainer}'s.
 */
public final class SmallContainer implements ServiceContainer {

  /**
   * Builds a container.
   *
   * @param registrations what it can make, each type once
   * @throws IllegalArgumentException if a type is registered twice
   * @throws IllegalStateException if a singleton cannot be made
   */
  public SmallContainer(List<Registration<?>> registrations) {
    // TODO: step 1
    throw new NotStarted("step 1", "the constructor of SmallContainer");
  }

  @Override
  public ServiceScope createScope() {
    // TODO: step 1
    throw new NotStarted("step 1", "SmallContainer.createScope");
  }

  @Override
  public void close() {
    // TODO: step 1
    throw new NotStarted("step 1", "SmallContainer.close");
  }
}
