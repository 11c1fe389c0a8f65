package com.freelync.control.configuration;

import com.freelync.control.alert.Alerts;
import com.freelync.control.approval.Approvals;
import com.freelync.control.approval.Slots;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.FieldError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The one way to become active: in one transaction the old version ends and the new one begins, at
 * the same instant, so no reader ever sees two or none. The setting is locked by the caller.
 */
final class Activation {
  /** The alert of changes of high or critical risk. */
  private static final String HIGH_RISK = "config.high_risk_change";

  private final History history;
  private final Alerts alerts;
  private final Outbox outbox;
  private final Supplier<Approvals> approvals;

  Activation(History history, Alerts alerts, Outbox outbox, Supplier<Approvals> approvals) {
    this.approvals = approvals;
    this.history = history;
    this.alerts = alerts;
    this.outbox = outbox;
  }

  /** Whether an approved version can become active now. */
  sealed interface Readiness {
    /** It can. */
    record Ready() implements Readiness {}

    /** Not before that instant. */
    record Frozen(Instant until, String why) implements Readiness {}

    /** What people agreed to is not what would happen: they are to be asked again. */
    record Outdated(String why) implements Readiness {}

    /** It never can. */
    record Impossible(String why) implements Readiness {}
  }

  /** Looks whether an approved version can become active. */
  Readiness readiness(Handle handle, VersionRow row, Content content, Instant now) {
    ConfigurationDao dao = handle.attach(ConfigurationDao.class);
    Integer active = dao.active(row.key()).map(VersionRow::version).orElse(null);
    if (active == null ? row.baseVersion() != null : !active.equals(row.baseVersion())) {
      return new Readiness.Outdated(
          "It was approved when %s was active, and now %s is: submit it again, so that people see what it would change."
              .formatted(name(row.baseVersion()), name(active)));
    }
    if (!Slots.covers(
        row.slots(), SettingRules.slots(handle, row.key(), row.group(), row.risk(), content))) {
      return new Readiness.Outdated(
          "The rule of approval became stricter since it was approved: submit it again.");
    }
    if (!SettingRules.isRule(row.key())
        && ChangeReader.isSecret(handle, row.key()) != row.isSecret()) {
      return new Readiness.Impossible(
          "The setting became a secret, or is none any more: make a new version.");
    }
    if (row.valueJson() != null) {
      List<FieldError> errors =
          SettingRules.check(handle, row.key(), Shown.bare(row.valueJson()), "/value");
      if (!errors.isEmpty()) {
        return new Readiness.Impossible(
            "Its value is against the rule of the setting as it is now: "
                + errors.getFirst().message());
      }
    }
    Optional<FreezeWindow> freeze =
        isRollback(handle, row) ? Optional.empty() : FreezeWindows.at(handle, now);
    return freeze.isPresent()
        ? new Readiness.Frozen(freeze.get().endsAt(), freeze.get().reason())
        : new Readiness.Ready();
  }

  /** Whether it says what an older version said; it may have been edited since it was made so. */
  private static boolean isRollback(Handle handle, VersionRow row) {
    return row.restores() != null
        && handle
            .attach(ConfigurationDao.class)
            .version(row.key(), row.restores())
            .filter(
                restored ->
                    Objects.equals(restored.valueJson(), row.valueJson())
                        && Objects.equals(restored.secretId(), row.secretId()))
            .isPresent();
  }

  private static String name(@Nullable Integer version) {
    return version == null ? "no version" : "version " + version;
  }

  /** Makes an approved version the one that holds. */
  VersionRow activate(
      Transaction transaction,
      VersionRow row,
      Map<String, Object> details,
      Actor actor,
      Instant now) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    Optional<VersionRow> before = dao.active(row.key());
    Instant at = after(before, now);
    before.ifPresent(old -> replace(transaction, old, "SUPERSEDED", row, actor, at, null));
    Failpoint.CONFIG_ENDED.reach();
    return begin(transaction, row, before.orElse(null), actor, at, details);
  }

  /** Takes back what holds: a new version says what held directly before. */
  VersionRow rollBack(
      Transaction transaction,
      VersionRow undone,
      VersionRow forward,
      Actor actor,
      String reason,
      Instant now) {
    Instant at = after(Optional.of(undone), now);
    replace(transaction, undone, "ROLLED_BACK", forward, actor, at, reason);
    transaction.attach(ConfigurationDao.class).approve(forward.id(), undone.version(), at);
    return begin(
        transaction,
        forward,
        undone,
        actor,
        at,
        Map.of("rolls_back", undone.version(), "reason", reason));
  }

  private VersionRow begin(
      Transaction transaction,
      VersionRow row,
      @Nullable VersionRow before,
      Actor actor,
      Instant at,
      Map<String, Object> details) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    dao.activate(row.id(), at, row.guard().map(guard -> at.plus(guard.window())).orElse(null));
    VersionRow active = dao.find(row.id()).orElseThrow();
    history.record(
        transaction,
        Action.ACTIVATED,
        active,
        before == null ? null : before.shown(),
        actor,
        active.changeReason(),
        details);
    outbox.append(
        transaction, VersionSubject.WATCH, row.id().toString(), Map.of(), actor.requestId());
    if (active.risk().compareTo(RiskLevel.HIGH) >= 0) {
      alerts.report(
          transaction,
          HIGH_RISK,
          "%s:%d".formatted(active.key(), active.version()),
          "%s was changed at %s risk".formatted(active.key(), active.riskLevel()),
          Map.of(
              "key", active.key(), "version", active.version(), "risk_level", active.riskLevel()));
    }
    Failpoint.CONFIG_ACTIVATED.reach();
    return active;
  }

  private void replace(
      Transaction transaction,
      VersionRow old,
      String status,
      VersionRow by,
      Actor actor,
      Instant at,
      @Nullable String reason) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    dao.replace(old.id(), status, at);
    history.record(
        transaction,
        Action.valueOf(status),
        dao.find(old.id()).orElseThrow(),
        old.shown(),
        actor,
        reason,
        Map.of("by_version", by.version()));
    // Whether it shall stay is no question any more.
    approvals
        .get()
        .withdraw(
            transaction,
            VersionSubject.TYPE,
            old.id().toString(),
            "Another version took its place.",
            actor);
    if (old.isWatched()) {
      // Its workflow sees that there is nothing to watch any more.
      outbox.append(
          transaction, VersionSubject.WATCH, old.id().toString(), Map.of(), actor.requestId());
    }
  }

  /** One version after the other, whatever the servers' clocks say. */
  private static Instant after(Optional<VersionRow> before, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    return before
        .map(VersionRow::activatedAt)
        .filter(begun -> !at.isAfter(begun))
        .map(begun -> begun.plus(1, ChronoUnit.MICROS))
        .orElse(at);
  }
}
