package workbook.proof.health;

import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 07. */
class HealthProofTest extends ModuleProof {

  HealthProofTest() {
    super(
        WorkbookModule.HEALTH,
        right("Heartbeat", ListeningHeartbeat.class),
        right("Heartbeat", StateHeartbeat.class),
        right("Heartbeat", TwoFieldsHeartbeat.class),
        right("HealthChecks", FlightHealthChecks.class),
        right("HealthChecks", MonitorHealthChecks.class),
        right("HealthChecks", MailboxHealthChecks.class),
        right("HealthChecks", WardenHealthChecks.class),
        right("HealthChecks", OneClockHealthChecks.class),
        right("HealthHandler", ReadyFlagHandler.class),
        right("HealthHandler", RoutesHandler.class),
        right("HealthHandler", HelperThreadHandler.class),
        right("HealthHandler", WrittenAnswersHandler.class));
  }
}
