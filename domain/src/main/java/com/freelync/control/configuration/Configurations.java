package com.freelync.control.configuration;

import com.freelync.control.approval.Approvals;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Slot;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.configuration.Activation.Readiness;
import com.freelync.control.configuration.ChangeLimit.Changed;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.configuration.Impacts.Assessed;
import com.freelync.control.database.Database;
import com.freelync.control.limit.CallLimits.Counted;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of settings. What a change would have done is computed before its transaction, without a
 * lock; in the transaction the setting is locked, and where another version became active meanwhile
 * it is computed again.
 */
public final class Configurations {
  private final Approvals approvals;
  private final VersionSubject subject;
  private final Activation activation;
  private final ChangeReader reader;
  private final ChangeWork work;
  private final Edits edits;
  private final RollbackRequests rollbacks;
  private final Reveals reveals;

  Configurations(
      Database database,
      AuditLog audit,
      Approvals approvals,
      ConfigurationCore core,
      ChangeWork work,
      ChangeReader reader,
      SecretVault vault) {
    this.approvals = approvals;
    this.subject = core.subject;
    this.activation = core.activation;
    this.reader = reader;
    this.work = work;
    this.edits = new Edits(work, reader);
    this.rollbacks = new RollbackRequests(work, core.rollbacks);
    this.reveals = new Reveals(database, audit, vault);
  }

  /**
   * A change to be.
   *
   * @param key the setting
   * @param category its category; null for a setting that is known
   * @param fields what it says: {@code value}, {@code change_reason}, {@code scheduled_at}, {@code
   *     guard}, {@code can_rollback}
   * @param holdsOnceApproved whether it becomes active as soon as people agreed
   */
  public record NewChange(
      String key,
      @Nullable String category,
      Map<String, @Nullable Object> fields,
      boolean holdsOnceApproved) {}

  /** What a change would do and whom it would ask. */
  public record Preview(Impact impact, RiskLevel risk, List<Slot> slots) {}

  /**
   * What a change would do, that is not kept (CF-4).
   *
   * @throws RequestRefused.Invalid with everything that is wrong
   */
  public Preview preview(NewChange change) {
    Read read = read(change);
    Assessed assessed = work.assess(read.key(), read.category(), read.content());
    List<Slot> slots =
        work.database.read(
            handle ->
                SettingRules.slots(
                    handle, read.key(), read.category(), assessed.risk(), read.content()));
    return new Preview(assessed.impact(), assessed.risk(), slots);
  }

  /**
   * Makes the next version of a setting, as DRAFT, or PENDING if it is submitted at once.
   *
   * @throws RequestRefused if it is wrong, or the author has made enough changes for now
   */
  public Changed create(UUID id, NewChange change, boolean submits, Actor actor) {
    Read read = read(change);
    return work.assessed(
        read.key(),
        read.category(),
        read.content(),
        (transaction, assessed, now) -> {
          Optional<VersionRow> made = ChangeWork.dao(transaction).find(id);
          if (made.isPresent()) {
            return new Changed(work.view(transaction, made.get()), null);
          }
          Counted counted = work.count(transaction, actor);
          VersionRow row =
              work.insert(transaction, id, read.key(), read.content(), assessed, actor, now);
          if (submits) {
            row = work.submit(transaction, row, assessed, Map.of(), actor, now);
          }
          return new Changed(work.view(transaction, row), counted);
        });
  }

  /** A change that was read: its setting, and what it says. */
  private record Read(String key, ConfigCategory category, Content content) {}

  private Read read(NewChange change) {
    return work.database.read(
        handle -> {
          List<FieldError> errors = new ArrayList<>();
          Optional<ConfigCategory> category =
              SettingKeys.category(handle, change.key(), change.category(), errors);
          Content content =
              reader.read(handle, change.key(), change.fields(), null, work.now(), errors);
          return new Read(
              change.key(),
              category.orElseThrow(),
              // Approved after its instant, it holds at once.
              change.holdsOnceApproved() ? content.scheduledAt(work.now()) : content);
        });
  }

  /**
   * Changes a version that does not hold yet, which withdraws what people said of it and asks them
   * anew; of one that holds it makes the next version.
   *
   * @param newId the id of the next version
   * @param expected the revision that the caller read; null if it does not matter
   */
  public Changed edit(
      UUID id,
      UUID newId,
      Map<String, @Nullable Object> fields,
      boolean submits,
      @Nullable Long expected,
      Actor actor) {
    return edits.edit(id, newId, fields, submits, expected, actor);
  }

  /** Asks people whether a version may become active; again, if it is suspended. */
  public ConfigurationVersion submit(UUID id, Actor actor) {
    return submit(id, null, actor);
  }

  /**
   * The same.
   *
   * @param comment for the record
   */
  public ConfigurationVersion submit(UUID id, @Nullable String comment, Actor actor) {
    VersionRow seen = work.read(id);
    seen.require("submit");
    return work.assessed(
        seen.key(),
        seen.group(),
        Content.of(seen, null),
        (transaction, assessed, now) -> {
          VersionRow row = row(ChangeWork.dao(transaction), id);
          row.require("submit");
          if (!row.contentHash().equals(seen.contentHash())) {
            throw new RequestRefused.Stale();
          }
          return work.view(
              transaction,
              work.submit(transaction, row, assessed, ChangeWork.said(comment), actor, now));
        });
  }

  /**
   * Takes a person's word: on the version that waits, or on one whose guard asks.
   *
   * @throws RequestRefused if nothing waits, or if the word does not count
   */
  public ConfigurationVersion decide(UUID id, Approver approver, NewWord word) {
    return approvals.decide(
        VersionSubject.TYPE,
        id.toString(),
        approver,
        word,
        transaction -> work.view(transaction, row(ChangeWork.dao(transaction), id)));
  }

  /** Gives a version up that does not hold yet. */
  public ConfigurationVersion cancel(UUID id, @Nullable String reason, Actor actor) {
    return work.locked(
        id,
        (transaction, row, now) -> {
          row.require("cancel");
          work.withdraw(transaction, row, "It was cancelled.", actor);
          ChangeWork.dao(transaction).end(id, ConfigStatus.CANCELLED.name(), null, now);
          VersionRow cancelled =
              work.recorded(transaction, Action.CANCELLED, id, actor, reason, Map.of());
          subject.ring(transaction, id, actor.requestId());
          return work.view(transaction, cancelled);
        });
  }

  /**
   * Makes an approved version the one that holds, now.
   *
   * @throws RequestRefused.IllegalMove if it is not approved, frozen, or not what people agreed to
   */
  public Changed activate(UUID id, Actor actor) {
    return activate(id, null, actor);
  }

  /**
   * The same.
   *
   * @param comment for the record
   */
  public Changed activate(UUID id, @Nullable String comment, Actor actor) {
    return work.locked(
        id,
        (transaction, row, now) -> {
          row.require("activate");
          Readiness readiness =
              activation.readiness(transaction.handle(), row, Content.of(row, null), now);
          switch (readiness) {
            case Readiness.Ready ready -> {}
            case Readiness.Frozen frozen ->
                throw new RequestRefused.IllegalMove(
                    "Nothing is activated until %s: %s".formatted(frozen.until(), frozen.why()),
                    List.of("edit", "cancel"));
            case Readiness.Outdated outdated ->
                throw new RequestRefused.IllegalMove(
                    outdated.why(), List.of("submit", "edit", "cancel"));
            case Readiness.Impossible impossible ->
                throw new RequestRefused.IllegalMove(impossible.why(), List.of("edit", "cancel"));
          }
          Counted counted = work.count(transaction, actor);
          return new Changed(
              work.view(
                  transaction,
                  activation.activate(transaction, row, ChangeWork.said(comment), actor, now)),
              counted);
        });
  }

  /**
   * Takes back what holds: at once to what held directly before, through the gate to what held
   * earlier (CF-8).
   *
   * @param newId the id of the version that says the old value
   * @param toVersion which one; null for the one directly before
   */
  public Changed rollback(
      UUID id, UUID newId, @Nullable Integer toVersion, String reason, Actor actor) {
    return rollbacks.rollback(id, newId, toVersion, reason, actor);
  }

  /**
   * A secret in clear, which the audit log is told of before it is answered.
   *
   * @throws RequestRefused.IllegalMove if it is none
   */
  public Map<String, Object> reveal(UUID id, Actor actor, String reason) {
    return reveals.reveal(id, actor, reason);
  }

  static VersionRow row(ConfigurationDao dao, UUID id) {
    return dao.find(id).orElseThrow(() -> notFound(id));
  }

  static RequestRefused notFound(UUID id) {
    return new RequestRefused.NotFound("version of a setting", id);
  }
}
