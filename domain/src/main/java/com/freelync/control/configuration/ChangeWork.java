package com.freelync.control.configuration;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.Approvals;
import com.freelync.control.approval.Slot;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.ConfigurationDao.SettingRow;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.configuration.Impacts.Assessed;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.limit.CallLimits;
import com.freelync.control.limit.CallLimits.Counted;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all changes of settings share: the impact is computed before the transaction, without a
 * lock; in the transaction the setting is locked, and where another version became active meanwhile
 * it is computed again.
 */
final class ChangeWork {
  final Database database;
  private final Approvals approvals;
  private final VersionSubject subject;
  private final History history;
  private final Impacts impacts;
  private final CallLimits limits;
  private final Clock clock;

  ChangeWork(
      Database database,
      Approvals approvals,
      ConfigurationCore core,
      Impacts impacts,
      Clock clock) {
    this.database = database;
    this.approvals = approvals;
    this.subject = core.subject;
    this.history = core.history;
    this.impacts = impacts;
    this.limits = new CallLimits(database);
    this.clock = clock;
  }

  VersionRow insert(
      Transaction transaction,
      UUID id,
      String key,
      Content content,
      Assessed assessed,
      Actor actor,
      Instant now) {
    return insert(transaction, id, key, content, assessed, Set.of(actor.subject()), actor, now);
  }

  VersionRow insert(
      Transaction transaction,
      UUID id,
      String key,
      Content content,
      Assessed assessed,
      Set<String> authors,
      Actor actor,
      Instant now) {
    ConfigurationDao dao = dao(transaction);
    int version = dao.nextVersion(key);
    dao.insert(
        id,
        key,
        version,
        content,
        assessed.risk().wireName(),
        assessed.impact().json(),
        null,
        authors.toArray(String[]::new),
        actor.subject(),
        now);
    return recorded(transaction, Action.CREATED, id, actor, content.changeReason(), Map.of());
  }

  VersionRow recorded(
      Transaction transaction,
      Action action,
      UUID id,
      Actor actor,
      @Nullable String reason,
      Map<String, Object> details) {
    VersionRow row = dao(transaction).find(id).orElseThrow();
    String previous = dao(transaction).active(row.key()).map(VersionRow::shown).orElse(null);
    history.record(transaction, action, row, previous, actor, reason, details);
    return row;
  }

  /** What somebody said to it, for the record. */
  static Map<String, Object> said(@Nullable String comment) {
    return comment == null || comment.isBlank() ? Map.of() : Map.of("comment", comment);
  }

  VersionRow submit(
      Transaction transaction,
      VersionRow row,
      Assessed assessed,
      Map<String, Object> details,
      Actor actor,
      Instant now) {
    List<Slot> slots =
        SettingRules.slots(
            transaction.handle(), row.key(), row.group(), assessed.risk(), Content.of(row, null));
    withdraw(transaction, row, "It was submitted again.", actor);
    dao(transaction)
        .submit(
            row.id(),
            ConfigStatus.PENDING.name(),
            Json.write(slots.stream().map(Slot::roleNames).toList()),
            assessed.risk().wireName(),
            assessed.impact().json(),
            actor.subject(),
            now);
    VersionRow submitted =
        recorded(transaction, Action.SUBMITTED, row.id(), actor, row.changeReason(), details);
    if (slots.isEmpty()) {
      subject.approved(transaction, submitted, actor, Map.of("words", List.of()), now);
    } else {
      VersionRow active = dao(transaction).active(row.key()).orElse(null);
      approvals.ask(transaction, VersionSubject.question(submitted, active, actor), now);
    }
    subject.ring(transaction, row.id(), actor.requestId());
    return dao(transaction).find(row.id()).orElseThrow();
  }

  /** Whether something that people said is withdrawn. */
  boolean withdraw(Transaction transaction, VersionRow row, String why, Actor actor) {
    boolean isWithdrawn =
        row.state() == ConfigStatus.APPROVED
            || about(transaction, row.id()).stream()
                .anyMatch(asked -> asked.isWaiting() && !asked.words().isEmpty());
    approvals.withdraw(transaction, VersionSubject.TYPE, row.id().toString(), why, actor);
    return isWithdrawn;
  }

  <T> T assessed(String key, ConfigCategory category, Content content, AssessedWork<T> work) {
    while (true) {
      Assessed assessed = assess(key, category, content);
      Optional<T> done =
          database.transaction(
              transaction -> {
                ConfigurationDao dao = dao(transaction);
                dao.insertSetting(key, category.name(), now());
                requireAsRead(transaction, dao.lock(key).orElseThrow(), category, content);
                Instant now = now();
                Integer active = dao.active(key).map(VersionRow::version).orElse(null);
                return Objects.equals(active, assessed.impact().against())
                    ? Optional.of(work.run(transaction, assessed, now))
                    : Optional.empty();
              });
      if (done.isPresent()) {
        return done.get();
      }
    }
  }

  /** What was read without a lock still stands: whose setting it is, and whether it is a secret. */
  static void requireAsRead(
      Transaction transaction, SettingRow setting, ConfigCategory category, Content content) {
    boolean isSecret =
        !SettingRules.isRule(setting.key())
            && ChangeReader.isSecret(transaction.handle(), setting.key());
    if (!setting.category().equals(category.name()) || isSecret != (content.secretId() != null)) {
      throw new RequestRefused.Stale();
    }
  }

  Assessed assess(String key, ConfigCategory category, Content content) {
    Object bare = content.valueJson() == null ? null : Shown.bare(content.valueJson());
    return impacts.of(key, category, bare, now());
  }

  /** What is done with a setting locked and the impact known. */
  interface AssessedWork<T> {
    T run(Transaction transaction, Assessed assessed, Instant now);
  }

  <T> T locked(UUID id, LockedWork<T> work) {
    return database.transaction(
        transaction -> {
          ConfigurationDao dao = dao(transaction);
          dao.lock(dao.keyOf(id).orElseThrow(() -> Configurations.notFound(id)));
          return work.run(transaction, Configurations.row(dao, id), now());
        });
  }

  /** What is done with a version whose setting is locked. */
  interface LockedWork<T> {
    T run(Transaction transaction, VersionRow row, Instant now);
  }

  Counted count(Transaction transaction, Actor actor) {
    return limits.require(transaction, ChangeLimit.LIMIT, actor.subject());
  }

  ConfigurationVersion view(Transaction transaction, VersionRow row) {
    return ConfigurationVersion.of(
        row,
        about(transaction, row.id()),
        row.state() == ConfigStatus.APPROVED
            ? FreezeWindows.at(transaction.handle(), now()).map(FreezeWindow::endsAt).orElse(null)
            : null);
  }

  List<Approval> about(Transaction transaction, UUID id) {
    return approvals.about(transaction.handle(), VersionSubject.TYPE, id.toString());
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  static ConfigurationDao dao(Transaction transaction) {
    return transaction.attach(ConfigurationDao.class);
  }

  /** A version as it is. */
  VersionRow read(UUID id) {
    return database.read(handle -> Configurations.row(handle.attach(ConfigurationDao.class), id));
  }
}
