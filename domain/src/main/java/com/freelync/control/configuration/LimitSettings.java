package com.freelync.control.configuration;

import com.freelync.control.configuration.KnownSettings.Known;
import com.freelync.control.configuration.value.ValueRule;
import com.freelync.control.configuration.value.ValueRule.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings that limit actions (AU-9): {@code limits.ACTION.MEASURE}. A limit of an action that
 * does not exist would hold nothing and look as if it did, so there is none.
 */
final class LimitSettings {
  /** What their keys begin with. */
  static final String PREFIX = "limits.";

  /** Every action; the catalog has the same ones. */
  static final List<String> ACTIONS =
      List.of(
          "approve_payout",
          "calculate_metrics",
          "call_webhook",
          "change_config",
          "enter_maintenance",
          "generate_report",
          "query_expiring_documents",
          "reject_payout",
          "send_expiry_notifications",
          "send_notification",
          "set_feature_flag",
          "take_snapshot",
          "update_expired_status");

  /** Those that move money: whoever is asked about payments is asked about them. */
  static final Set<String> MOVING_MONEY = Set.of("approve_payout");

  private static final ValueRule COUNT =
      rule("1000000", "1", "How many calls there may be in a window; 0 lets none through.");
  private static final ValueRule AMOUNT =
      rule("10000000000", "0.01", "How many ETB may move in a business day; 0 lets none through.");

  private LimitSettings() {}

  /** The limit of an action that exists, with the value that the local stack starts with. */
  static Optional<Known> find(String key) {
    if (!key.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String rest = key.substring(PREFIX.length());
    int dot = rest.indexOf('.');
    String action = dot < 0 ? rest : rest.substring(0, dot);
    if (!ACTIONS.contains(action)) {
      return Optional.empty();
    }
    return switch (rest.substring(action.length())) {
      case ".max_per_hour", ".max_per_day" -> Optional.of(known(action, COUNT, null));
      case ".max_total_amount" -> Optional.of(known(action, AMOUNT, null));
      default -> Optional.empty();
    };
  }

  /** A known limit that the local stack starts with. */
  static Known standard(String key, String value) {
    return find(key)
        .map(known -> new Known(known.category(), known.rule(), new BigDecimal(value)))
        .orElseThrow();
  }

  private static Known known(String action, ValueRule rule, @Nullable Object value) {
    return new Known(
        MOVING_MONEY.contains(action) ? ConfigCategory.PAYMENT_GATEWAY : ConfigCategory.SYSTEM,
        rule,
        value);
  }

  private static ValueRule rule(String max, String step, String description) {
    return new ValueRule(
        Type.NUMBER,
        BigDecimal.ZERO,
        new BigDecimal(max),
        new BigDecimal(step),
        null,
        List.of(),
        null,
        false,
        description);
  }
}
