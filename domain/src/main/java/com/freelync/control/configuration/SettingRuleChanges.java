package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.ChangeLimit.Changed;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.configuration.value.SettingKey;
import com.freelync.control.database.Database;
import com.freelync.control.parse.Nearest;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the rules themselves: what the values of a setting may be, and who agrees to changes
 * of a category. Each is the value of a setting of its own and goes the way of all settings,
 * submitted at once; it holds as soon as it is approved.
 */
public final class SettingRuleChanges {
  private final Database database;
  private final Configurations configurations;

  SettingRuleChanges(Database database, Configurations configurations) {
    this.database = database;
    this.configurations = configurations;
  }

  /** The setting that holds the rule of a key. */
  public static String ofKey(String key) {
    return SettingRules.ofKey(key);
  }

  /** The setting that holds the rule of a category. */
  public static String ofCategory(ConfigCategory category) {
    return SettingRules.ofCategory(category);
  }

  /**
   * The category of this name.
   *
   * @throws RequestRefused.NotFound if there is none
   */
  public static ConfigCategory category(String name) {
    return ConfigCategory.named(name)
        .orElseThrow(
            () ->
                new RequestRefused.NotFound(
                    "category (" + Nearest.hint(name, ConfigCategory.names()) + ")", name));
  }

  /**
   * Another rule for the values of a setting; of one that does not exist yet its category is
   * needed.
   *
   * @throws RequestRefused if it is wrong
   */
  public Changed changeKey(
      UUID id,
      String key,
      @Nullable String category,
      Map<String, Object> rule,
      String reason,
      Actor actor) {
    if (SettingRules.isRule(key) || SettingKey.of(key).isEmpty()) {
      throw new RequestRefused.NotFound("setting", key);
    }
    ConfigCategory of = database.read(handle -> SettingKeys.category(handle, key, category));
    return create(id, change(SettingRules.ofKey(key), of, rule, reason), actor);
  }

  /**
   * Another rule of approval for a category.
   *
   * @throws RequestRefused if it is wrong
   */
  public Changed changeCategory(
      UUID id, ConfigCategory category, Map<String, Object> rule, String reason, Actor actor) {
    return create(id, change(SettingRules.ofCategory(category), category, rule, reason), actor);
  }

  /** What is wrong is told in the words of who asks: there it is a rule, here a value. */
  private Changed create(UUID id, NewChange change, Actor actor) {
    try {
      return configurations.create(id, change, true, actor);
    } catch (RequestRefused.Invalid refused) {
      throw new RequestRefused.Invalid(
          refused.errors().stream()
              .map(
                  error ->
                      new FieldError(
                          error.field().replaceFirst("^/value", "/rule"),
                          error.code(),
                          error.message()))
              .toList());
    }
  }

  private NewChange change(
      String key, ConfigCategory category, Map<String, Object> rule, String reason) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", rule);
    fields.put("change_reason", reason);
    return new NewChange(key, category.name(), fields, true);
  }
}
