package com.freelync.control.configuration;

import com.freelync.control.configuration.value.SettingKey;
import com.freelync.control.parse.Nearest;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keys of settings, and the categories they belong to. */
final class SettingKeys {
  private static final Set<String> RESERVED = Set.of("stream", "versions", "preview");

  private SettingKeys() {}

  /**
   * The category of a setting that is to be changed.
   *
   * @throws RequestRefused.Invalid if the key is none, or if the category is needed, unknown or
   *     another one than the setting has
   */
  static ConfigCategory category(Handle handle, String key, @Nullable String written) {
    if (!SettingRules.isRule(key) && SettingKey.of(key).isEmpty()) {
      throw invalid(
          "/key",
          "shape",
          "a key is of small letters, digits and _ , joined by . or - , such as commission.tier1.rate");
    }
    if (RESERVED.contains(key)) {
      throw invalid("/key", "reserved", key + " is a word of the interface: choose another key");
    }
    Optional<ConfigCategory> named =
        written == null ? Optional.empty() : ConfigCategory.named(written);
    if (written != null && named.isEmpty()) {
      throw invalid("/category", "unknown", Nearest.hint(written, ConfigCategory.names()));
    }
    Optional<ConfigCategory> known = find(handle, key);
    if (known.isPresent() && named.isPresent() && known.get() != named.get()) {
      throw invalid(
          "/category",
          "fixed",
          key + " belongs to " + known.get() + ": leave the category out, it never changes");
    }
    return known
        .or(() -> named)
        .orElseThrow(
            () ->
                invalid(
                    "/category",
                    "missing",
                    "no setting has this key yet: "
                        + Nearest.hint(key, KnownSettings.all().keySet())
                        + "; a new one needs its category, one of "
                        + ConfigCategory.names()));
  }

  /**
   * The category of a setting that exists or is known, that has a rule, or that is of the family of
   * known ones, such as {@code commission.}: nobody chooses who approves those.
   */
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
                    .map(rule -> ConfigCategory.valueOf(rule.category())))
        .or(() -> KnownSettings.family(key));
  }

  private static RequestRefused invalid(String field, String code, String message) {
    return new RequestRefused.Invalid(List.of(new FieldError(field, code, message)));
  }
}
