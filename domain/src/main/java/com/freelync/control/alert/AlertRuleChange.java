package com.freelync.control.alert;

import com.freelync.control.approval.Role;
import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a rule; what is null stays as it is.
 *
 * @param severity as it is written outside this program
 * @param roles every name of a role
 * @param threshold in the unit of the rule's signal; of a measured rule only, as the next two
 */
public record AlertRuleChange(
    @Nullable String severity,
    @Nullable List<String> roles,
    @Nullable List<String> channels,
    @Nullable BigDecimal threshold,
    @Nullable Duration window,
    @Nullable Integer minimumSample,
    @Nullable Boolean enabled) {
  private static final int MOST_ROLES = 10;
  private static final List<String> CHANNELS = List.of(AlertRule.IN_APP, AlertRule.MAIL);
  private static final BigDecimal HIGHEST = new BigDecimal("1000000000");
  private static final int MOST_DECIMALS = 6;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int LARGEST_SAMPLE = 1_000_000;

  /** Everything that is wrong with it for this rule. */
  List<FieldError> check(AlertRule rule, Predicate<Role> isHeld) {
    List<FieldError> errors = new ArrayList<>();
    if (fields().isEmpty()) {
      errors.add(new FieldError("", "empty", "nothing is asked to change"));
    }
    if (severity != null && AlertSeverity.read(severity).isEmpty()) {
      errors.add(new FieldError("/severity", "value", "one of " + AlertSeverity.wireNames()));
    }
    checkRoles(isHeld, errors);
    checkChannels(errors);
    checkMeasure(rule, errors);
    return errors;
  }

  private void checkRoles(Predicate<Role> isHeld, List<FieldError> errors) {
    if (roles == null) {
      return;
    }
    if (roles.isEmpty() || roles.size() > MOST_ROLES) {
      errors.add(new FieldError("/roles", "size", "1 to " + MOST_ROLES + " roles are told"));
      return;
    }
    for (int i = 0; i < roles.size(); i++) {
      String role = roles.get(i);
      if (!Role.isValid(role) || !isHeld.test(new Role(role))) {
        errors.add(
            new FieldError(
                "/roles/" + i, "unknown_role", "nobody in the directory holds this role"));
      } else if (roles.indexOf(role) < i) {
        errors.add(new FieldError("/roles/" + i, "duplicate", "each role is named once"));
      }
    }
  }

  private void checkChannels(List<FieldError> errors) {
    if (channels != null
        && (!channels.contains(AlertRule.IN_APP)
            || new HashSet<>(channels).size() < channels.size()
            || !new HashSet<>(CHANNELS).containsAll(channels))) {
      errors.add(
          new FieldError(
              "/channels", "value", "[in_app] or [in_app, mail]: a mail repeats the inbox"));
    }
  }

  private void checkMeasure(AlertRule rule, List<FieldError> errors) {
    if (rule.measure() == null) {
      for (String field : List.of("threshold", "window", "minimum_sample")) {
        if (fields().containsKey(field)) {
          errors.add(
              new FieldError("/" + field, "not_measured", "this rule is reported, not measured"));
        }
      }
      return;
    }
    if (threshold != null
        && (threshold.signum() < 0
            || threshold.compareTo(HIGHEST) > 0
            || threshold.stripTrailingZeros().scale() > MOST_DECIMALS)) {
      errors.add(
          new FieldError(
              "/threshold", "range", "a number from 0 to " + HIGHEST + " of at most 6 decimals"));
    }
    if (window != null && (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0)) {
      errors.add(new FieldError("/window", "range", "a duration from PT1M to P7D"));
    }
    if (minimumSample != null && (minimumSample < 1 || minimumSample > LARGEST_SAMPLE)) {
      errors.add(
          new FieldError("/minimum_sample", "range", "a number from 1 to " + LARGEST_SAMPLE));
    }
  }

  /** What is asked to change, as the audit log keeps it. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "severity", severity);
    put(fields, "roles", roles);
    put(fields, "channels", channels);
    put(fields, "threshold", threshold);
    put(fields, "window", window == null ? null : window.toString());
    put(fields, "minimum_sample", minimumSample);
    put(fields, "enabled", enabled);
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
