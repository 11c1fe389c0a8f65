package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.ChangeLimit.Changed;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.limit.CallLimits.Counted;
import com.freelync.control.problem.RequestRefused;
import com.freelync.control.text.Excerpt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** People who take back what holds. */
final class RollbackRequests {
  private static final String RESTORED = "Its value held before, as version %d. %s";
  private static final int LONGEST_REASON = 1_000;

  private final ChangeWork work;
  private final Rollbacks rollbacks;

  RollbackRequests(ChangeWork work, Rollbacks rollbacks) {
    this.work = work;
    this.rollbacks = rollbacks;
  }

  /**
   * Takes back what holds: at once to what held directly before, through the gate to what held
   * earlier (CF-8).
   *
   * @param newId the id of the version that says the old value
   * @param toVersion which one; null for the one directly before
   */
  Changed rollback(UUID id, UUID newId, @Nullable Integer toVersion, String reason, Actor actor) {
    VersionRow seen = work.read(id);
    Optional<VersionRow> made =
        work.database.read(handle -> handle.attach(ConfigurationDao.class).find(newId));
    if (made.isPresent()) {
      return work.locked(
          newId, (transaction, row, now) -> new Changed(work.view(transaction, row), null));
    }
    Integer target = toVersion;
    if (target == null && SettingRules.isRule(seen.key())) {
      target = work.database.read(handle -> directlyBefore(handle, seen));
    }
    boolean isDirect =
        target == null || !SettingRules.isRule(seen.key()) && isDirectlyBefore(seen, target);
    Integer older = target;
    return isDirect
        ? work.locked(
            id,
            (transaction, row, now) -> {
              Counted counted = work.count(transaction, actor);
              return new Changed(
                  work.view(
                      transaction,
                      rollbacks.toTheOneBefore(transaction, row, newId, reason, actor, now)),
                  counted);
            })
        : rollBackByGate(seen, newId, Objects.requireNonNull(older), reason, actor);
  }

  private boolean isDirectlyBefore(VersionRow row, int version) {
    return work.database.read(
        handle ->
            Rollbacks.before(handle.attach(ConfigurationDao.class), row)
                .map(before -> before.version() == version)
                .orElse(false));
  }

  /** The version before a rule: a rule comes back through the gate alone. */
  private static Integer directlyBefore(Handle handle, VersionRow row) {
    row.require("rollback");
    return Rollbacks.before(handle.attach(ConfigurationDao.class), row)
        .map(VersionRow::version)
        .orElseThrow(
            () ->
                new RequestRefused.IllegalMove(
                    "Nothing held before this rule but what is known from the start: make a new version.",
                    List.of("edit")));
  }

  private Changed rollBackByGate(
      VersionRow seen, UUID newId, int toVersion, String reason, Actor actor) {
    seen.require("rollback");
    Rollbacks.requireReversible(seen);
    VersionRow older =
        work.database.read(
            handle ->
                handle
                    .attach(ConfigurationDao.class)
                    .version(seen.key(), toVersion)
                    .filter(row -> row.endedAt() != null)
                    .orElseThrow(
                        () ->
                            new RequestRefused.IllegalMove(
                                "Version %d of %s never held, or holds now: name one that held before."
                                    .formatted(toVersion, seen.key()),
                                List.of("edit", "rollback"))));
    return work.assessed(
        seen.key(),
        seen.group(),
        Content.of(older, null),
        (transaction, assessed, now) -> {
          Configurations.row(ChangeWork.dao(transaction), seen.id()).require("rollback");
          Counted counted = work.count(transaction, actor);
          VersionRow row =
              Rollbacks.restoring(
                  transaction,
                  older,
                  assessed,
                  newId,
                  Excerpt.of(RESTORED.formatted(toVersion, reason), LONGEST_REASON),
                  now,
                  actor,
                  now);
          work.recorded(
              transaction, Action.CREATED, newId, actor, reason, Map.of("restores", toVersion));
          return new Changed(
              work.view(transaction, work.submit(transaction, row, assessed, Map.of(), actor, now)),
              counted);
        });
  }
}
