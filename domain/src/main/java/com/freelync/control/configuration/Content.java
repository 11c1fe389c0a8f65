package com.freelync.control.configuration;

import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people approve: what a version says, when it is to hold, and what may undo it.
 *
 * @param valueJson the bare value as it was written; null for a secret
 * @param secret a secret, sealed for its key and id
 * @param secretId a secret's id, which stands for what it says: it is new whenever that is
 */
public record Content(
    @Nullable String valueJson,
    byte @Nullable [] secret,
    @Nullable UUID secretId,
    @Nullable Instant scheduledAt,
    String changeReason,
    @Nullable Guard guard,
    boolean canRollback) {

  /** The guard as JSON. */
  public @Nullable String guardJson() {
    return guard == null ? null : Json.write(guard.document());
  }

  /** The same at another instant. */
  Content scheduledAt(Instant at) {
    return new Content(valueJson, secret, secretId, at, changeReason, guard, canRollback);
  }

  /** The content of a version that is kept; its secret is left where it is. */
  static Content of(VersionRow row, byte @Nullable [] secret) {
    return new Content(
        row.valueJson(),
        secret,
        row.secretId(),
        row.scheduledAt(),
        row.changeReason(),
        row.guard().orElse(null),
        row.canRollback());
  }
}
