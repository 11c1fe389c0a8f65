package com.freelync.control.configuration;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A body that makes a version, as openapi.json describes it; it is read field by field, as it
 * matters which are given.
 *
 * @param category needed of a setting that is not known yet
 * @param value the bare value, or an object whose one field is the key's last part
 */
record ChangeBody(
    String key,
    @Nullable ConfigCategory category,
    Object value,
    String changeReason,
    @Nullable Instant scheduledAt,
    @Nullable GuardBody guard,
    @Nullable Boolean canRollback,
    @Nullable Boolean submit) {

  /** What is watched after the activation: by {@code max_drop_percent} or {@code bound}. */
  record GuardBody(
      String metric,
      @Nullable BigDecimal maxDropPercent,
      @Nullable BigDecimal bound,
      String window,
      @Nullable Integer minimumSample) {}
}
