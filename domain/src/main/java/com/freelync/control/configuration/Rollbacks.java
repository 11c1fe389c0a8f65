package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.Impacts.Assessed;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes back what holds, without asking: to what people had agreed to directly before (CF-8). */
final class Rollbacks {
  private final Activation activation;

  Rollbacks(Activation activation) {
    this.activation = activation;
  }

  /** What a version can be rolled back to without new approval. */
  static Optional<VersionRow> before(ConfigurationDao dao, VersionRow row) {
    return row.activatedAt() == null
        ? Optional.empty()
        : dao.before(row.key(), row.activatedAt())
            .filter(before -> before.state() == ConfigStatus.SUPERSEDED);
  }

  /**
   * Rolls back; the setting is locked.
   *
   * @param id of the new version that says what the old one said
   * @throws RequestRefused.IllegalMove if the change is not reversible, or nothing was before it
   */
  VersionRow toTheOneBefore(
      Transaction transaction, VersionRow row, UUID id, String reason, Actor actor, Instant now) {
    row.require("rollback");
    requireReversible(row);
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    VersionRow before =
        before(dao, row)
            .orElseThrow(
                () ->
                    new RequestRefused.IllegalMove(
                        row.version() == 1
                            ? "Nothing held before version 1: make a new version instead."
                            : "What held directly before was rolled back itself: name an older version in to_version, people are asked about it.",
                        row.version() == 1 ? List.of("edit") : List.of("edit", "rollback")));
    Assessed assessed =
        new Assessed(Impact.ofTakingBack(row, before), row.risk().atLeast(before.risk()));
    VersionRow forward = restoring(transaction, before, assessed, id, reason, null, actor, now);
    return activation.rollBack(transaction, row, forward, actor, reason, now);
  }

  static void requireReversible(VersionRow row) {
    if (!row.canRollback()) {
      throw new RequestRefused.IllegalMove(
          "Version %d of %s was marked as not reversible: make a new version instead."
              .formatted(row.version(), row.key()),
          List.of("edit"));
    }
  }

  /** A new version that says what an older one said. */
  static VersionRow restoring(
      Transaction transaction,
      VersionRow older,
      Assessed assessed,
      UUID id,
      String reason,
      @Nullable Instant scheduledAt,
      Actor actor,
      Instant now) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    Content content =
        new Content(
            older.valueJson(),
            dao.secret(older.id()).orElse(null),
            older.secretId(),
            scheduledAt,
            reason,
            null,
            true);
    int version = dao.nextVersion(older.key());
    dao.insert(
        id,
        older.key(),
        version,
        content,
        assessed.risk().wireName(),
        assessed.impact().json(),
        older.version(),
        new String[] {actor.subject()},
        actor.subject(),
        now);
    return dao.find(id).orElseThrow();
  }
}
