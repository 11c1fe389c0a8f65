package com.freelync.control.alert;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a rule; what is not given stays as it is. */
public record AlertRuleRequest(
    @Schema(allowableValues = {"low", "medium", "high", "critical"}) @Nullable String severity,
    @Nullable List<String> roles,
    @Nullable List<String> channels,
    @Nullable BigDecimal threshold,
    @Schema(type = "string", format = "duration") @Nullable Duration window,
    @Nullable Integer minimumSample,
    @Nullable Boolean enabled) {
  AlertRuleChange change() {
    return new AlertRuleChange(
        severity, roles, channels, threshold, window, minimumSample, enabled);
  }
}
