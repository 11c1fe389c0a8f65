package com.freelync.control.payout;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which reconciliation. */
public record ReconciliationInput(UUID id, @Nullable String requestId) {
  /** The workflow's id. */
  public String temporalId() {
    return temporalId(id);
  }

  /** The workflow id of a reconciliation. */
  public static String temporalId(UUID id) {
    return "payout-reconciliation/" + id;
  }
}
