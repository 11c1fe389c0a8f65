package com.freelync.control.alert;

import com.freelync.control.api.links.Links;
import com.freelync.control.approval.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it is answered.
 *
 * @param roles whose holders are told
 * @param signal what is measured; null, as the four after it, where a capability reports what it
 *     finds
 * @param evaluatedAt when it was last measured
 */
record AlertRuleView(
    String name,
    String description,
    String severity,
    List<String> roles,
    List<String> channels,
    @Nullable String signal,
    @Nullable String comparison,
    @Nullable BigDecimal threshold,
    @Schema(type = "string", format = "duration") @Nullable Duration window,
    @Nullable Integer minimumSample,
    boolean enabled,
    long version,
    Instant updatedAt,
    @Nullable Instant evaluatedAt,
    Links links) {

  static AlertRuleView of(AlertRule rule) {
    AlertMeasure measure = rule.measure();
    return new AlertRuleView(
        rule.name(),
        rule.description(),
        rule.severity().wireName(),
        rule.roles().stream().map(Role::name).toList(),
        rule.channels(),
        measure == null ? null : measure.signal(),
        measure == null ? null : measure.comparison().wireName(),
        measure == null ? null : measure.threshold(),
        measure == null ? null : measure.window(),
        measure == null ? null : Integer.valueOf(measure.minimumSample()),
        rule.enabled(),
        rule.version(),
        rule.updatedAt(),
        rule.evaluatedAt(),
        Links.self("/admin/alert-rules/" + rule.name()));
  }
}
