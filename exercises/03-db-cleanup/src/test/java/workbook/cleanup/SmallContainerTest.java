package workbook.cleanup;

import java.util.List;
import workbook.contracts.cleanup.SmallContainerContract;

class SmallContainerTest extends SmallContainerContract {

  @Override
  protected ServiceContainer create(List<Registration<?>> registrations) {
    return new SmallContainer(registrations);
  }
}
