package com.freelync.control.configuration;

import com.freelync.control.configuration.value.Pointer;
import com.freelync.control.configuration.value.ValueForm;
import com.freelync.control.configuration.value.ValueRule;
import com.freelync.control.database.Json;
import com.freelync.control.parse.Nearest;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads what somebody wrote of a change: checked by the rules of its setting, with everything that
 * is wrong at once, and its secret sealed before anything is kept.
 */
final class ChangeReader {
  /** The fields that make a version's content. */
  static final Set<String> FIELDS =
      Set.of("value", "change_reason", "scheduled_at", "guard", "can_rollback");

  private static final int LONGEST_REASON = 1_000;

  private final SecretVault vault;
  private final Supplier<UUID> ids;

  ChangeReader(SecretVault vault, Supplier<UUID> ids) {
    this.vault = vault;
    this.ids = ids;
  }

  /**
   * The content of a change.
   *
   * @param written the fields that are given; null takes one away
   * @param before what they change; null for a new version
   * @param errors what is wrong already
   * @throws RequestRefused.Invalid with everything that is wrong
   */
  Content read(
      Handle handle,
      String key,
      Map<String, @Nullable Object> written,
      @Nullable Content before,
      Instant now,
      List<FieldError> errors) {
    for (String field : written.keySet()) {
      if (!FIELDS.contains(field)) {
        errors.add(new FieldError(Pointer.to("", field), "unknown", Nearest.hint(field, FIELDS)));
      }
    }
    Object bare = value(handle, key, written, before, errors);
    Instant scheduledAt =
        written.containsKey("scheduled_at")
            ? instant(written.get("scheduled_at"), now, errors)
            : before == null ? null : before.scheduledAt();
    String reason = reason(written, before, errors);
    Guard guard =
        written.containsKey("guard")
            ? guard(written.get("guard"), errors)
            : before == null ? null : before.guard();
    boolean canRollback = canRollback(written, before, errors);
    if (guard != null && SettingRules.isRule(key)) {
      errors.add(
          new FieldError(
              "/guard", "conflict", "a rule is taken back by people alone: leave the guard out"));
    }
    if (guard != null && !canRollback) {
      errors.add(
          new FieldError(
              "/guard", "conflict", "a guard takes the change back: that needs can_rollback true"));
    }
    if (!errors.isEmpty()) {
      throw new RequestRefused.Invalid(errors);
    }
    return sealed(handle, key, bare, before, scheduledAt, reason, guard, canRollback);
  }

  private Content sealed(
      Handle handle,
      String key,
      @Nullable Object bare,
      @Nullable Content before,
      @Nullable Instant scheduledAt,
      String reason,
      @Nullable Guard guard,
      boolean canRollback) {
    if (bare == null) {
      if (before == null) {
        throw new IllegalStateException("a new version has a value");
      }
      return new Content(
          before.valueJson(),
          before.secret(),
          before.secretId(),
          scheduledAt,
          reason,
          guard,
          canRollback);
    }
    if (!isSecret(handle, key)) {
      return new Content(Json.write(bare), null, null, scheduledAt, reason, guard, canRollback);
    }
    UUID secretId = ids.get();
    String clear = bare instanceof String text ? text : Json.canonical(bare);
    return new Content(
        null,
        vault.seal(clear, SecretVault.context(key, secretId)),
        secretId,
        scheduledAt,
        reason,
        guard,
        canRollback);
  }

  static boolean isSecret(Handle handle, String key) {
    return SettingRules.value(handle, key).map(ValueRule::encrypted).orElse(false);
  }

  private static @Nullable Object value(
      Handle handle,
      String key,
      Map<String, @Nullable Object> written,
      @Nullable Content before,
      List<FieldError> errors) {
    Object value = written.get("value");
    if (value == null) {
      if (before == null || written.containsKey("value")) {
        errors.add(new FieldError("/value", "missing", "this field is needed"));
      }
      return null;
    }
    // A rule is an object with fields of its own.
    Object bare = SettingRules.isRule(key) ? value : ValueForm.bare(key, value);
    if (bare == null) {
      errors.add(
          new FieldError(
              "/value/" + ValueForm.lastPart(key), "missing", "a value is needed here, not null"));
      return null;
    }
    String at = bare == value ? "/value" : "/value/" + ValueForm.lastPart(key);
    errors.addAll(SettingRules.check(handle, key, bare, at));
    return bare;
  }

  private static String reason(
      Map<String, @Nullable Object> written, @Nullable Content before, List<FieldError> errors) {
    Object reason = written.get("change_reason");
    if (reason == null && before != null && !written.containsKey("change_reason")) {
      return before.changeReason();
    }
    if (reason instanceof String text && !text.isBlank() && text.length() <= LONGEST_REASON) {
      return text.strip();
    }
    errors.add(
        new FieldError(
            "/change_reason",
            reason == null ? "missing" : "type",
            "say why, in 1 to " + LONGEST_REASON + " characters: it is recorded and told"));
    return "";
  }

  private static boolean canRollback(
      Map<String, @Nullable Object> written, @Nullable Content before, List<FieldError> errors) {
    Object can = written.get("can_rollback");
    if (can instanceof Boolean truth) {
      return truth;
    }
    if (can != null) {
      errors.add(new FieldError("/can_rollback", "type", "true or false is needed here"));
    }
    return written.containsKey("can_rollback") || before == null || before.canRollback();
  }

  private static @Nullable Guard guard(@Nullable Object written, List<FieldError> errors) {
    if (written == null) {
      return null;
    }
    if (written instanceof Map<?, ?> document) {
      return Guard.read(document, "/guard", errors).orElse(null);
    }
    errors.add(new FieldError("/guard", "type", "an object is expected"));
    return null;
  }

  private static @Nullable Instant instant(
      @Nullable Object written, Instant now, List<FieldError> errors) {
    if (written == null) {
      return null;
    }
    Instant at = parsed(written);
    if (at == null) {
      errors.add(
          new FieldError(
              "/scheduled_at", "type", "an instant is needed, such as 2026-03-01T00:00:00Z"));
    } else if (at.isBefore(now)) {
      errors.add(
          new FieldError(
              "/scheduled_at",
              "past",
              "the instant is over: name one to come, or none, and activate it once approved"));
    } else if (at.isAfter(now.plus(3_653, ChronoUnit.DAYS))) {
      errors.add(new FieldError("/scheduled_at", "range", "at most ten years ahead"));
    }
    return at;
  }

  private static @Nullable Instant parsed(Object written) {
    try {
      return written instanceof String text
          ? OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS)
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
