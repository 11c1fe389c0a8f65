package com.freelync.control.configuration;

import com.freelync.control.configuration.value.SettingKey;
import com.freelync.control.parse.Nearest;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keys of settings, and the categories they belong to. */
final class SettingKeys {
  /** What stands in the place of a key in an address of the interface. */
  private static final Set<String> RESERVED = Set.of("preview", "stream", "versions");

  private SettingKeys() {}

  /**
   * The category of a setting that is to be changed.
   *
   * @throws RequestRefused.Invalid if the key is none, or if the category is needed, unknown or
   *     another one than the setting has
   */
  static ConfigCategory category(Handle handle, String key, @Nullable String written) {
    List<FieldError> errors = new ArrayList<>();
    return category(handle, key, written, errors)
        .orElseThrow(() -> new RequestRefused.Invalid(errors));
  }

  /**
   * The category of a setting that is to be changed; what is wrong with it is added to the errors,
   * and then it is empty.
   *
   * @throws RequestRefused.Invalid if the key is none, of which nothing else can be said
   */
  static Optional<ConfigCategory> category(
      Handle handle, String key, @Nullable String written, List<FieldError> errors) {
    requireKey(key);
    Optional<ConfigCategory> named =
        written == null ? Optional.empty() : ConfigCategory.named(written);
    // Nobody chooses who approves what is of a family that is known.
    Optional<ConfigCategory> known = find(handle, key);
    Optional<ConfigCategory> fixed = known.or(() -> KnownSettings.family(key));
    if (written != null && named.isEmpty()) {
      errors.add(
          new FieldError("/category", "unknown", Nearest.hint(written, ConfigCategory.names())));
      return Optional.empty();
    }
    if (fixed.isPresent() && named.isPresent() && fixed.get() != named.get()) {
      errors.add(
          new FieldError(
              "/category", "fixed", key + " belongs to " + fixed.get() + ", which never changes"));
      return Optional.empty();
    }
    Optional<ConfigCategory> category = known.or(() -> named);
    if (category.isEmpty()) {
      errors.add(
          new FieldError(
              "/category",
              "missing",
              "no setting has this key yet: "
                  + Nearest.hint(key, KnownSettings.all().keySet())
                  + "; a new one needs its category, one of "
                  + ConfigCategory.names()));
    }
    return category;
  }

  private static void requireKey(String key) {
    if (RESERVED.contains(key)) {
      throw invalid("reserved", "an address of the interface has this name: choose another key");
    }
    if (!SettingRules.isOfSomething(key) && SettingKey.of(key).isEmpty()) {
      throw new RequestRefused.Invalid(List.of(SettingKey.malformed("/key")));
    }
    if (key.startsWith(LimitSettings.PREFIX) && KnownSettings.find(key).isEmpty()) {
      throw invalid(
          "unknown_limit",
          "no action is limited by it: limits.ACTION.max_per_hour, max_per_day or"
              + " max_total_amount, of one of "
              + LimitSettings.ACTIONS);
    }
    if (SettingRules.isRule(key) && !SettingRules.isOfSomething(key)) {
      throw invalid("rule", "rules. begins the names of rules: choose another key");
    }
  }

  /** The category of a setting that exists or is known, or that has a rule. */
  static Optional<ConfigCategory> find(Handle handle, String key) {
    return handle
        .attach(ConfigurationDao.class)
        .setting(key)
        .map(setting -> ConfigCategory.valueOf(setting.category()))
        .or(() -> KnownSettings.find(key).map(KnownSettings.Known::category))
        .or(
            () ->
                handle
                    .attach(ConfigurationDao.class)
                    .setting(SettingRules.ofKey(key))
                    .map(rule -> ConfigCategory.valueOf(rule.category())));
  }

  private static RequestRefused invalid(String code, String message) {
    return new RequestRefused.Invalid(List.of(new FieldError("/key", code, message)));
  }
}
