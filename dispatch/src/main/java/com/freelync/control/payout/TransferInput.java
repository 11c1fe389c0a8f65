package com.freelync.control.payout;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which attempt at which payout. */
public record TransferInput(UUID payoutId, int attempt, @Nullable String requestId) {
  /** The workflow's id, which says which payout it sends. */
  public String temporalId() {
    return temporalId(payoutId, attempt);
  }

  /** The workflow id of an attempt at a payout. */
  public static String temporalId(UUID payoutId, int attempt) {
    return "payout/" + payoutId + "/a" + attempt;
  }
}
