package workbook.tests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workbook.hosting.NotStarted;
import workbook.testing.Bench;
import workbook.testing.UnderTest;

/**
 * Tests of a service that does its work once a period: of any that keeps what {@link TimedServices}
 * says.
 *
 * <p>A mock may stand in for the work and for the listener: interfaces of one's own whose calls
 * are what a test asks about. Neither the time nor the service is mocked. A mocked time does not
 * pass: it fits one way to sleep, and accuses all others; {@code bench.time()} is a real one. A
 * mocked service is no service, and its tests pass whatever the real one does.
 */
@ExtendWith(UnderTest.class)
public final class TimedServiceTests {

  private final TimedServices services;

  /**
   * Tests of the services that are made here.
   *
   * @param services makes the services under test
   */
  public TimedServiceTests(TimedServices services) {
    this.services = services;
  }

  // As many tests as you like, with names of your own. A test that is left out is no gap: the rules
  // say what nobody catches.

  @Test
  void periods(Bench bench) throws Exception {
    // TODO: step 2
    throw new NotStarted("step 2", "TimedServiceTests.periods");
  }

  @Test
  void longRuns(Bench bench) throws Exception {
    // TODO: step 2
    throw new NotStarted("step 2", "TimedServiceTests.longRuns");
  }

  @Test
  void starting(Bench bench) throws Exception {
    // TODO: step 2
    throw new NotStarted("step 2", "TimedServiceTests.starting");
  }

  @Test
  void failures(Bench bench) throws Exception {
    // TODO: step 2
    throw new NotStarted("step 2", "TimedServiceTests.failures");
  }

  @Test
  void stopping(Bench bench) throws Exception {
    // TODO: step 2
    throw new NotStarted("step 2", "TimedServiceTests.stopping");
  }

  @Test
  void deadlines(Bench bench) throws Exception {
    // TODO: step 2
    throw new NotStarted("step 2", "TimedServiceTests.deadlines");
  }
}
