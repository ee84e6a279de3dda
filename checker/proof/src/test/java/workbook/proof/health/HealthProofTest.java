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
        right("HealthChecks", FlightHealthChecks.class),
        right("HealthChecks", MonitorHealthChecks.class),
        right("HealthHandler", ReadyFlagHandler.class),
        right("HealthHandler", RoutesHandler.class));
  }
}
