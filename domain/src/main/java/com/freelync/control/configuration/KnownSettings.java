package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigCategory.COMMISSION;
import static com.freelync.control.configuration.ConfigCategory.INTEGRATION;
import static com.freelync.control.configuration.ConfigCategory.PAYMENT_GATEWAY;
import static com.freelync.control.configuration.ConfigCategory.SECURITY;
import static com.freelync.control.configuration.ConfigCategory.SYSTEM;

import com.freelync.control.configuration.value.ValueRule;
import com.freelync.control.configuration.value.ValueRule.Type;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the platform knows from the start, with their rules until people change them.
 */
public final class KnownSettings {
  /** Commission, in percent of a transaction's amount, of the three tiers. */
  static final List<String> COMMISSION_RATES =
      List.of("commission.tier1.rate", "commission.tier2.rate", "commission.tier3.rate");

  /** Up to which amount of a transaction, ETB, the first two tiers go; it belongs to the next. */
  static final List<String> COMMISSION_TIERS =
      List.of("commission.tier1.below", "commission.tier2.below");

  /** The smallest payout that a seller may ask for, ETB. */
  static final String MINIMUM_PAYOUT = "payout.minimum_amount";

  private static final Map<String, Known> ALL = new LinkedHashMap<>();

  static {
    number(
        COMMISSION,
        "commission.tier1.rate",
        "5.0",
        "0",
        "10",
        "0.1",
        "Commission of transactions of the first tier, percent of their amount.");
    number(
        COMMISSION,
        "commission.tier2.rate",
        "3.0",
        "0",
        "10",
        "0.1",
        "Commission of transactions of the second tier, percent of their amount.");
    number(
        COMMISSION,
        "commission.tier3.rate",
        "2.0",
        "0",
        "10",
        "0.1",
        "Commission of all larger transactions, percent of their amount.");
    number(
        COMMISSION,
        "commission.tier1.below",
        "100000",
        "1000",
        "10000000",
        "1000",
        "Transactions below this amount, ETB, are of the first tier.");
    number(
        COMMISSION,
        "commission.tier2.below",
        "1000000",
        "1000",
        "100000000",
        "1000",
        "Transactions below this amount, ETB, and not of the first tier are of the second.");
    number(
        SYSTEM,
        MINIMUM_PAYOUT,
        "100",
        "100",
        "10000",
        null,
        "The smallest payout that a seller may ask for, ETB.");
    json(
        SYSTEM,
        "payout.schedule",
        Map.of("days", List.of("MONDAY", "THURSDAY"), "hour", 10),
        """
        {"type": "object", "required": ["days", "hour"], "additionalProperties": false, "properties": {
          "days": {"type": "array", "minItems": 1, "maxItems": 7, "uniqueItems": true, "items": {"enum":
            ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]}},
          "hour": {"type": "integer", "minimum": 0, "maximum": 23}}}""",
        "On which days and at which hour, Addis Ababa, payouts are collected for the bank.");
    json(
        SYSTEM,
        "platform.currencies",
        List.of("ETB"),
        """
        {"type": "array", "minItems": 1, "maxItems": 10, "uniqueItems": true, "contains": {"const": "ETB"},
         "items": {"type": "string", "pattern": "^[A-Z]{3}$"}}""",
        "The currencies in which prices are shown; ETB is always among them.");
    number(
        SYSTEM,
        "listing.photos.maximum",
        "20",
        "1",
        "100",
        "1",
        "How many photos a listing may have.");
    number(
        SYSTEM,
        "listing.active.maximum",
        "50",
        "1",
        "10000",
        "1",
        "How many listings a seller may have on offer at a time.");
    number(
        SYSTEM,
        "listing.lifetime_days",
        "90",
        "1",
        "365",
        "1",
        "After how many days a listing expires.");
    executions("event", "10000", "How many executions events start in an hour; more wait.");
    executions(
        "state_change",
        "10000",
        "How many executions changes of the marketplace start in an hour; more wait.");
    executions(
        "scheduled", "60", "How many executions of one automation the clock starts in an hour.");
    executions("manual", "60", "How many executions a person may start by hand in an hour.");
    json(
        PAYMENT_GATEWAY,
        "payment.gateway.enabled",
        List.of("telebirr", "cbe_birr", "bank_transfer", "card"),
        """
        {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"enum": ["telebirr", "cbe_birr", "bank_transfer", "card"]}}""",
        "The ways in which buyers may pay.");
    text(
        PAYMENT_GATEWAY,
        "payment.gateway.api_key",
        "^sk_live_[a-zA-Z0-9]{32}$",
        true,
        "The key with which the payment gateway is called.");
    number(
        PAYMENT_GATEWAY,
        "payment.gateway.timeout_seconds",
        "30",
        "1",
        "120",
        "1",
        "How long an answer of the payment gateway is waited for.");
    number(
        SECURITY,
        "security.session.minutes",
        "60",
        "5",
        "1440",
        "1",
        "After how many minutes without a deed a session ends.");
    number(
        SECURITY,
        "security.login.attempts",
        "5",
        "3",
        "20",
        "1",
        "After how many wrong passwords in a row a login is locked.");
    text(
        INTEGRATION,
        "integration.sms.sender",
        "^[A-Za-z0-9]{3,11}$",
        false,
        "The name under which text messages are sent.");
    text(
        INTEGRATION,
        "integration.sms.api_key",
        "^[A-Za-z0-9_-]{16,128}$",
        true,
        "The key with which the provider of text messages is called.");
    text(
        INTEGRATION,
        "integration.webhook.secret",
        "^whsec_[A-Za-z0-9+/]{32,86}={0,2}$",
        true,
        "The key that signs webhooks, as Standard Webhooks writes it.");
    limit("limits.approve_payout.max_per_hour", "50");
    limit("limits.approve_payout.max_total_amount", "100000");
    limit("limits.send_notification.max_per_hour", "1000");
    limit("limits.send_notification.max_per_day", "10000");
  }

  private KnownSettings() {}

  /**
   * A setting that is known.
   *
   * @param value what the local stack starts with; null where it starts with none
   */
  record Known(ConfigCategory category, ValueRule rule, @Nullable Object value) {}

  static Optional<Known> find(String key) {
    return Optional.ofNullable(ALL.get(key)).or(() -> LimitSettings.find(key));
  }

  /** The category of all settings whose keys begin as those of known ones that are not SYSTEM's. */
  static Optional<ConfigCategory> family(String key) {
    String first = key.substring(0, Math.max(0, key.indexOf('.')) + 1);
    return first.isEmpty()
        ? Optional.empty()
        : ALL.entrySet().stream()
            .filter(known -> known.getKey().startsWith(first))
            .map(known -> known.getValue().category())
            .filter(category -> category != SYSTEM)
            .findFirst();
  }

  /** All of them by key, in the order in which people read them. */
  static Map<String, Known> all() {
    return ALL;
  }

  private static void limit(String key, String value) {
    ALL.put(key, LimitSettings.standard(key, value));
  }

  private static void number(
      ConfigCategory category,
      String key,
      String value,
      String min,
      String max,
      @Nullable String step,
      String description) {
    ValueRule rule =
        new ValueRule(
            Type.NUMBER,
            new BigDecimal(min),
            new BigDecimal(max),
            step == null ? null : new BigDecimal(step),
            null,
            List.of(),
            null,
            false,
            description);
    ALL.put(key, new Known(category, rule, new BigDecimal(value)));
  }

  private static void executions(String trigger, String most, String description) {
    number(
        SYSTEM,
        "limits.executions." + trigger + ".max_per_hour",
        most,
        "1",
        "1000000",
        "1",
        description);
  }

  private static void text(
      ConfigCategory category, String key, String pattern, boolean encrypted, String description) {
    ValueRule rule =
        new ValueRule(
            Type.STRING, null, null, null, pattern, List.of(), null, encrypted, description);
    ALL.put(key, new Known(category, rule, encrypted ? null : "FreeLync"));
  }

  private static void json(
      ConfigCategory category, String key, Object value, String schema, String description) {
    ValueRule rule =
        new ValueRule(
            Type.JSON,
            null,
            null,
            null,
            null,
            List.of(),
            com.freelync.control.database.Json.readObject(schema),
            false,
            description);
    ALL.put(key, new Known(category, rule, value));
  }
}
