package com.freelync.control.automation;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * What would be done.
 *
 * @param count to so many executions
 * @param moved ETB that these have moved
 * @param wouldMove ETB that they were about and have not moved
 * @param leftOut those that are meant too and to which it is not done, by reason
 * @param token confirms exactly this
 */
public record BulkPreview(
    int count, BigDecimal moved, BigDecimal wouldMove, List<LeftOut> leftOut, String token) {
  /** Executions to which it is not done. */
  public record LeftOut(String reason, int count, List<UUID> examples) {}
}
