package com.freelync.control.configuration;

import com.freelync.control.approval.Slot;
import com.freelync.control.approval.Slots;
import com.freelync.control.configuration.ConfigurationDao.SettingRow;
import com.freelync.control.configuration.value.ReadRule;
import com.freelync.control.configuration.value.SettingKey;
import com.freelync.control.configuration.value.ValueRule;
import com.freelync.control.configuration.value.ValueRule.Type;
import com.freelync.control.configuration.value.ValueRules;
import com.freelync.control.database.Json;
import com.freelync.control.problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The rules of settings as they are now: those that people agreed on, else the ones known from the
 * start. A rule is the value of a setting of its own, so it is changed, approved, recorded and
 * rolled back as any other.
 */
final class SettingRules {
  /** What the settings that are rules begin with. */
  static final String PREFIX = "rules.";

  private static final String CATEGORY = PREFIX + "category.";
  private static final String KEY = PREFIX + "key.";

  private SettingRules() {}

  static String ofCategory(ConfigCategory category) {
    return CATEGORY + category.name().toLowerCase(Locale.ROOT);
  }

  static String ofKey(String key) {
    return KEY + key;
  }

  static boolean isRule(String key) {
    return key.startsWith(PREFIX);
  }

  /** Whether it is the rule of a category or of a key, and not only named as one. */
  static boolean isOfSomething(String key) {
    return key.startsWith(CATEGORY)
        ? ConfigCategory.named(key.substring(CATEGORY.length()))
            .filter(category -> ofCategory(category).equals(key))
            .isPresent()
        : key.startsWith(KEY) && SettingKey.of(key.substring(KEY.length())).isPresent();
  }

  /** Who must agree to changes of a category. */
  static CategoryRule category(Handle handle, ConfigCategory category) {
    return stored(handle, ofCategory(category))
        .map(CategoryRule::read)
        .orElseGet(category::usualRule);
  }

  /** What the values of a setting may be; empty where nothing is said of it. */
  static Optional<ValueRule> value(Handle handle, String key) {
    return stored(handle, ofKey(key))
        .map(SettingRules::stored)
        .or(() -> KnownSettings.find(key).map(KnownSettings.Known::rule));
  }

  private static Optional<Map<String, Object>> stored(Handle handle, String key) {
    return handle.attach(ConfigurationDao.class).activeValue(key).map(Json::readObject);
  }

  /** One that was checked before it was kept. */
  private static ValueRule stored(Map<String, Object> document) {
    return switch (ValueRules.read(document, "")) {
      case ReadRule.Valid valid -> valid.rule();
      case ReadRule.Invalid invalid ->
          throw new IllegalStateException("a stored rule is invalid: " + invalid.errors());
    };
  }

  /** Who must agree to this change: for a rule, whom its old and its new words both ask. */
  static List<Slot> slots(
      Handle handle, String key, ConfigCategory category, RiskLevel risk, Content content) {
    CategoryRule rule = category(handle, category);
    List<Slot> asked = rule.slotsAt(risk);
    if (key.startsWith(CATEGORY) && content.valueJson() != null) {
      // All whom it ever asks: fewer people could take the extra slot away, and decide alone then.
      CategoryRule written = CategoryRule.read(Json.readObject(content.valueJson()));
      asked = Slots.both(rule.slotsAt(RiskLevel.CRITICAL), written.slotsAt(RiskLevel.CRITICAL));
    }
    // Rules are never changed by one person alone.
    return asked.isEmpty() && isRule(key) ? List.of(CategoryRule.EXTRA) : asked;
  }

  /** What is wrong with a bare value. */
  static List<FieldError> check(Handle handle, String key, Object bare, String at) {
    if (!isRule(key)) {
      return value(handle, key).orElseGet(() -> anything(bare)).check(bare, at);
    }
    if (!(bare instanceof Map<?, ?> object)) {
      return List.of(new FieldError(at, "type", "a rule is an object"));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    object.forEach((field, value) -> document.put(String.valueOf(field), value));
    List<FieldError> errors = new ArrayList<>();
    if (key.startsWith(CATEGORY)) {
      CategoryRule.read(document, at, errors);
    } else {
      checkKeyRule(handle, key.substring(KEY.length()), document, at, errors);
    }
    return errors;
  }

  /** The rule of a setting of which nothing is said: any value of bounded size. */
  private static ValueRule anything(Object bare) {
    Type type =
        bare instanceof Number
            ? Type.NUMBER
            : bare instanceof Boolean
                ? Type.BOOLEAN
                : bare instanceof String ? Type.STRING : Type.JSON;
    return new ValueRule(type, null, null, null, null, List.of(), null, false, "");
  }

  private static void checkKeyRule(
      Handle handle, String key, Map<String, Object> document, String at, List<FieldError> errors) {
    ValueRule written;
    switch (ValueRules.read(document, at)) {
      case ReadRule.Invalid invalid -> {
        errors.addAll(invalid.errors());
        return;
      }
      case ReadRule.Valid valid -> written = valid.rule();
    }
    Optional<SettingRow> setting = handle.attach(ConfigurationDao.class).setting(key);
    boolean isSecret = value(handle, key).map(ValueRule::encrypted).orElse(false);
    if (setting.isPresent()
        && setting.get().latestVersion() > 0
        && written.encrypted() != isSecret) {
      errors.add(
          new FieldError(
              at + "/encrypted",
              "fixed",
              "the setting has versions already, which are %s: a secret stays one, and what was in clear stands in histories; use a new key"
                  .formatted(isSecret ? "encrypted" : "in clear")));
    }
  }
}
