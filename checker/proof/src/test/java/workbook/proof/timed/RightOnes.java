package workbook.proof.timed;

import java.util.List;
import workbook.proof.Broken.Right;

/** Right implementations of module 01, each built in another way. */
public final class RightOnes {

  /** The table. */
  public static final List<Right> ALL =
      List.of(
          BrokenPeriodicTimers.TIMER.reference(),
          BrokenPeriodicTimers.TIMER.right(TickerThreadTimer.class),
          BrokenPeriodicTimers.TIMER.right(MonitorTimer.class),
          BrokenFixedDelayTimers.TIMER.reference(),
          BrokenFixedDelayTimers.TIMER.right(HelperThreadTimer.class),
          BrokenFixedDelayTimers.TIMER.right(LockedDelayTimer.class),
          BrokenTimedServices.SERVICE.reference(),
          BrokenTimedServices.SERVICE.right(BackgroundTimedService.class),
          BrokenTimedServices.SERVICE.right(ExecutorTimedService.class),
          BrokenTimedServices.SERVICE.right(StateMachineTimedService.class));

  private RightOnes() {}
}
