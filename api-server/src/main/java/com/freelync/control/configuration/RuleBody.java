package com.freelync.control.configuration;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies that ask for other rules, as openapi.json describes them. */
final class RuleBody {
  private RuleBody() {}

  /** Another rule for a setting's values; the category of one that does not exist yet. */
  record OfKey(KeyRuleBody rule, String changeReason, @Nullable ConfigCategory category) {}

  /** What the values of a setting may be. */
  record KeyRuleBody(
      String type,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max,
      @Nullable BigDecimal step,
      @Nullable String pattern,
      @Nullable List<Object> allowedValues,
      @Nullable Map<String, Object> jsonSchema,
      @Nullable Boolean encrypted,
      @Nullable String description) {}

  /** Another rule of approval for a category. */
  record OfCategory(CategoryRuleBody rule, String changeReason) {}

  /** Who must agree: one of the roles of each slot. */
  record CategoryRuleBody(List<List<String>> slots, @Nullable String extraSlotFrom) {}
}
