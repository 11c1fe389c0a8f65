package com.freelync.control.payout;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which retry or reversal of which payout. */
public record CorrectionInput(UUID payoutId, UUID correctionId, @Nullable String requestId) {
  /** The workflow's id, which says which payout it corrects. */
  public String temporalId() {
    return temporalId(payoutId, correctionId);
  }

  /** The workflow id of a correction of a payout. */
  public static String temporalId(UUID payoutId, UUID correctionId) {
    return "payout/" + payoutId + "/r/" + correctionId;
  }
}
