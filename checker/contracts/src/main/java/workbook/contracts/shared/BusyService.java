package workbook.contracts.shared;

import workbook.checker.Gate;
import workbook.hosting.HostedService;

/**
 * A service that was started and has work in progress, which ends when a gate opens or by an
 * interrupt.
 *
 * @param service the service
 * @param gate where its work waits
 */
public record BusyService(HostedService service, Gate gate) {}
