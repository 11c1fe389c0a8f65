package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.configuration.value.ValueForm;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Asks people for another value of a setting, as a person would: it goes through the same gate, and
 * holds as soon as it is approved. Secrets are refused: a definition is no place for them.
 */
public final class ChangeConfig implements Action.Transactional {
  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "change_config",
          List.of(
              new InputField("key", FactType.TEXT, true, "The setting."),
              new InputField("value", FactType.ANY, true, "Its value."),
              new InputField("reason", FactType.TEXT, true, "Why, for who approves it.")),
          List.of(
              new OutputField("version_id", FactType.TEXT),
              new OutputField("key", FactType.TEXT),
              new OutputField("version", FactType.NUMBER),
              new OutputField("status", FactType.TEXT)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "A new version of the setting waits for people, or is ACTIVE where none are asked.",
          "Roll the version back.",
          "The version's id is made of the execution and the step: asking again finds it.",
          ActionLimits.NONE);

  private static final String FOR_PEOPLE =
      " is a secret or a rule: those are changed by people, not by automations.";

  private final Supplier<AutomatedChanges> changes;
  private final Authors authors;

  /** Who wrote what a run does. */
  public interface Authors {
    /** Everybody whose deed it is, but for who triggered the run. */
    Set<String> of(Transaction transaction, RunIdentity run);
  }

  /** Over services that are made later: the gate is made of the actions' subjects. */
  public ChangeConfig(Supplier<AutomatedChanges> changes, Authors authors) {
    this.changes = changes;
    this.authors = authors;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Asks people for another value of a setting.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /** A secret stays out of definitions, and so of their record: where its setting is named. */
  @Override
  public Map<String, String> objections(Handle handle, Map<String, Object> with) {
    return with.get("key") instanceof String key && isForPeople(handle, key)
        ? Map.of("key", key + FOR_PEOPLE)
        : Map.of();
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    String key = request.required("key").toString();
    try {
      SettingKeys.category(handle, key, null);
      requireClear(handle, key);
      var errors =
          SettingRules.check(
              handle,
              key,
              Objects.requireNonNullElse(
                  ValueForm.bare(key, request.required("value")), request.required("value")),
              "/value");
      if (!errors.isEmpty()) {
        return Estimate.refused(errors.getFirst().message());
      }
    } catch (RequestRefused.Invalid refusal) {
      return Estimate.refused(refusal.errors().getFirst().message());
    } catch (ActionRefused refusal) {
      return Estimate.refused(refusal.reason());
    }
    return new Estimate(
        Map.of("key", key, "status", "PENDING"),
        List.of(new EntityRef("setting", key)),
        BigDecimal.ZERO,
        0,
        "People would be asked, by the rule of the setting's category.");
  }

  @Override
  public Result perform(Transaction transaction, Request request) {
    String key = request.required("key").toString();
    requireClear(transaction.handle(), key);
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", request.required("value"));
    fields.put("change_reason", request.required("reason"));
    try {
      ConfigurationVersion made =
          changes
              .get()
              .create(
                  transaction,
                  request.id(),
                  new NewChange(key, null, fields, true),
                  authors.of(transaction, request.run()),
                  new Actor(request.run().triggeredBy(), request.run().requestId()));
      Map<String, Object> output = new LinkedHashMap<>();
      output.put("version_id", made.id().toString());
      output.put("key", key);
      output.put("version", made.version());
      output.put("status", made.status());
      return Result.done(output, List.of(new EntityRef("setting", key)));
    } catch (RequestRefused.Invalid refusal) {
      throw new ActionRefused("setting_refused", refusal.errors().getFirst().message());
    } catch (RequestRefused refusal) {
      throw new ActionRefused("setting_refused", String.valueOf(refusal.getMessage()));
    }
  }

  private static void requireClear(Handle handle, String key) {
    if (isForPeople(handle, key)) {
      throw new ActionRefused("setting_refused", key + FOR_PEOPLE);
    }
  }

  private static boolean isForPeople(Handle handle, String key) {
    return SettingRules.isRule(key) || ChangeReader.isSecret(handle, key);
  }
}
