package com.freelync.control.automation.safety;

/**
 * What a call has to heed on its way, as it was when it entered; what it locked there keeps it so.
 *
 * @param isStopped whether a kill switch is on for it
 * @param isBreakerTouched whether its action's last outcome was a failure, or its breaker is open
 * @param isWaiting whether the call waited before
 * @param isQueuedFor whether anybody waits for a limit of its action
 * @param isReserved whether it took what it needs of its limits before
 */
public record Gate(
    boolean isStopped,
    boolean isBreakerTouched,
    boolean isWaiting,
    boolean isQueuedFor,
    boolean isReserved) {}
