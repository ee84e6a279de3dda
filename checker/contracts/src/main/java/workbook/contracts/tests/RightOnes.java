package workbook.contracts.tests;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import workbook.hosting.HostedService;
import workbook.queue.BackgroundTaskQueue;
import workbook.tests.Queues;
import workbook.tests.Rooms;
import workbook.tests.TimedServices;

/** The right implementations of each type. */
public final class RightOnes {

  private static final List<Subject> QUEUES =
      List.of(
          queue("a queue of a lock and a condition", RightQueues.OfALock::new),
          queue("a queue of a monitor and a ring", RightQueues.OfAMonitor::new),
          queue("a queue of permits", RightQueues.OfPermits::new),
          queue("a queue of latches", RightQueues.OfLatches::new),
          queue("a queue of futures", RightQueues.OfFutures::new));
  private static final List<Subject> SERVICES =
      List.of(
          service("a service of a loop", RightServices.OfALoop::new),
          service("a service of the base class", RightServices.OfTheBaseClass::new),
          service("a service of short sleeps", RightServices.OfShortSleeps::new),
          service("a service of two threads", RightServicesOfThreads.OfTwoThreads::new),
          service("a service of an executor", RightServicesOfThreads.OfAnExecutor::new),
          service(
              "a service with a thread for each run",
              RightServicesOfThreads.OfAThreadForEachRun::new));

  private static final List<Subject> ROOMS =
      List.of(
          HandedRooms.right("a room of a monitor", RightReservations.OfAMonitor.class),
          HandedRooms.right("a room of a lock", RightReservations.OfALock.class),
          HandedRooms.right("a room that hands seats over", RightReservations.OfAStampedLock.class),
          HandedRooms.right("a room of plans", RightReservationsWithoutLocks.OfPlans.class),
          HandedRooms.right("a room of permits", RightReservationsWithoutLocks.OfPermits.class),
          HandedRooms.right("a room of one owner", RightReservationsWithoutLocks.OfOneOwner.class));

  private RightOnes() {}

  static List<Subject> queues() {
    return QUEUES;
  }

  static List<Subject> rooms() {
    return ROOMS;
  }

  private static Subject queue(String name, IntFunction<BackgroundTaskQueue> kind) {
    return new Subject(name, () -> new HandedQueues(kind));
  }

  static List<Subject> services() {
    return SERVICES;
  }

  private static Subject service(String name, Function<ServicePlan, HostedService> kind) {
    return new Subject(name, () -> new HandedServices(kind));
  }

  /**
   * What a test class is handed that is run from an editor.
   *
   * @param type the type of its parameter
   * @return what makes a right implementation; null if there is none for this type
   */
  public static @Nullable Object first(Class<?> type) {
    var all =
        Map.of(Queues.class, queues(), TimedServices.class, services(), Rooms.class, rooms())
            .get(type);
    return all == null ? null : all.getFirst().hands().get();
  }
}
