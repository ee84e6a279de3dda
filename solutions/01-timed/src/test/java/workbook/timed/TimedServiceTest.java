package workbook.timed;

import java.util.function.Supplier;
import workbook.contracts.timed.TimedServiceContract;
import workbook.hosting.HostedService;
import workbook.hosting.Work;

class TimedServiceTest extends TimedServiceContract {

  @Override
  protected HostedService create(String name, Supplier<? extends TickSource> timer, Work work) {
    return new TimedService(name, timer, work);
  }
}
