package com.freelync.control.configuration;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.Approvals;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Slot;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.configuration.Activation.Readiness;
import com.freelync.control.configuration.ChangeLimit.Changed;
import com.freelync.control.configuration.ConfigurationDao.SettingRow;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.configuration.Impacts.Assessed;
import com.freelync.control.configuration.value.ValueForm;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.limit.CallLimits;
import com.freelync.control.limit.CallLimits.Counted;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import com.freelync.control.text.Excerpt;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes of settings. What a change would have done is computed before its transaction, without a
 * lock; in the transaction the setting is locked, and where another version became active meanwhile
 * it is computed again.
 */
public final class Configurations {
  private static final String RESTORED = "Its value held before, as version %d. %s";
  private static final int LONGEST_REASON = 1_000;

  private final Database database;
  private final AuditLog audit;
  private final Approvals approvals;
  private final VersionSubject subject;
  private final Activation activation;
  private final Rollbacks rollbacks;
  private final History history;
  private final Impacts impacts;
  private final ChangeReader reader;
  private final CallLimits limits;
  private final SecretVault vault;
  private final Supplier<UUID> ids;
  private final Clock clock;

  Configurations(
      Database database,
      AuditLog audit,
      Approvals approvals,
      ConfigurationCore core,
      Impacts impacts,
      SecretVault vault,
      Clock clock,
      Supplier<UUID> ids) {
    this.database = database;
    this.audit = audit;
    this.approvals = approvals;
    this.subject = core.subject;
    this.activation = core.activation;
    this.rollbacks = core.rollbacks;
    this.history = core.history;
    this.impacts = impacts;
    this.reader = new ChangeReader(vault, ids);
    this.limits = new CallLimits(database);
    this.vault = vault;
    this.ids = ids;
    this.clock = clock;
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
    Assessed assessed = assess(read.key(), read.category(), read.content());
    List<Slot> slots =
        database.read(
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
    return assessed(
        read.key(),
        read.category(),
        read.content(),
        (transaction, assessed, now) -> {
          Optional<VersionRow> made = dao(transaction).find(id);
          if (made.isPresent()) {
            return new Changed(view(transaction, made.get()), NOT_COUNTED);
          }
          Counted counted = count(transaction, actor);
          VersionRow row =
              insert(transaction, id, read.key(), read.content(), assessed, actor, now);
          if (submits) {
            row = submit(transaction, row, assessed, Map.of(), actor, now);
          }
          return new Changed(view(transaction, row), counted);
        });
  }

  private static final Counted NOT_COUNTED =
      new Counted(true, ChangeLimit.LIMIT.most(), java.time.Duration.ZERO);

  /** A change that was read: its setting, and what it says. */
  private record Read(String key, ConfigCategory category, Content content) {}

  private Read read(NewChange change) {
    return database.read(
        handle -> {
          List<FieldError> errors = new ArrayList<>();
          Optional<ConfigCategory> category =
              SettingKeys.category(handle, change.key(), change.category(), errors);
          Content content = reader.read(handle, change.key(), change.fields(), null, now(), errors);
          return new Read(
              change.key(),
              category.orElseThrow(),
              // Approved after its instant, it holds at once.
              change.holdsOnceApproved() ? content.scheduledAt(now()) : content);
        });
  }

  /**
   * Installs a value that holds from the start, without an approval: for the owner of the database
   * only, whose role no server has. A setting that has versions is left as it is.
   */
  void install(String key, ConfigCategory category, Object bare, Actor owner) {
    Content content =
        new Content(Json.write(bare), null, null, null, "The platform begins with it.", null, true);
    Instant now = now();
    Impact none =
        new Impact(null, null, null, Impacts.zero(), List.of(), "The first value.", now, now, null);
    database.transaction(
        transaction -> {
          ConfigurationDao dao = dao(transaction);
          dao.insertSetting(key, category.name(), now);
          if (dao.lock(key).orElseThrow().latestVersion() == 0) {
            Assessed assessed = new Assessed(none, category.leastRisk());
            VersionRow row = insert(transaction, ids.get(), key, content, assessed, owner, now);
            dao.approve(row.id(), null, now);
            dao.activate(row.id(), now, null);
            recorded(transaction, Action.ACTIVATED, row.id(), owner, null, Map.of());
          }
          return key;
        });
  }

  private VersionRow insert(
      Transaction transaction,
      UUID id,
      String key,
      Content content,
      Assessed assessed,
      Actor actor,
      Instant now) {
    return insert(transaction, id, key, content, assessed, Set.of(actor.subject()), actor, now);
  }

  private VersionRow insert(
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

  private VersionRow recorded(
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
    while (true) {
      VersionRow seen = database.read(handle -> row(handle.attach(ConfigurationDao.class), id));
      requireRevision(seen, expected);
      Optional<Changed> changed =
          seen.state() == ConfigStatus.ACTIVE
              ? Optional.of(next(seen, newId, fields, submits, actor))
              : edit(seen, fields, submits, actor);
      if (changed.isPresent()) {
        return changed.get();
      }
    }
  }

  /** Empty if the version moved on meanwhile. */
  private Optional<Changed> edit(
      VersionRow seen, Map<String, @Nullable Object> fields, boolean submits, Actor actor) {
    UUID id = seen.id();
    Content content = edited(seen, fields);
    return assessed(
        seen.key(),
        seen.group(),
        content,
        (transaction, assessed, now) -> {
          VersionRow row = row(dao(transaction), id);
          row.require("edit");
          if (row.revision() != seen.revision()) {
            return Optional.empty();
          }
          Counted counted = count(transaction, actor);
          boolean withdraws = withdraw(transaction, row, "It was edited.", actor);
          dao(transaction)
              .edit(
                  id,
                  content,
                  assessed.risk().wireName(),
                  assessed.impact().json(),
                  actor.subject(),
                  now);
          VersionRow edited =
              recorded(
                  transaction,
                  Action.EDITED,
                  id,
                  actor,
                  content.changeReason(),
                  Map.of("before", Json.readObject(row.shown()), "withdraws_approvals", withdraws));
          if (submits || row.state() != ConfigStatus.DRAFT) {
            edited = submit(transaction, edited, assessed, Map.of(), actor, now);
          }
          return Optional.of(new Changed(view(transaction, edited), counted));
        });
  }

  private Content edited(VersionRow seen, Map<String, @Nullable Object> fields) {
    return database.read(
        handle -> {
          ConfigurationDao dao = handle.attach(ConfigurationDao.class);
          Content before = Content.of(seen, dao.secret(seen.id()).orElse(null));
          return reader.read(handle, seen.key(), fields, before, now(), new ArrayList<>());
        });
  }

  private Changed next(
      VersionRow active,
      UUID newId,
      Map<String, @Nullable Object> fields,
      boolean submits,
      Actor actor) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    // When it became active and how it was watched then is of that version alone.
    all.put("scheduled_at", null);
    all.put("guard", null);
    all.putAll(fields);
    Content content = edited(active, all);
    return assessed(
        active.key(),
        active.group(),
        content,
        (transaction, assessed, now) -> {
          Optional<VersionRow> made = dao(transaction).find(newId);
          if (made.isPresent()) {
            return new Changed(view(transaction, made.get()), NOT_COUNTED);
          }
          Counted counted = count(transaction, actor);
          VersionRow row = insert(transaction, newId, active.key(), content, assessed, actor, now);
          if (submits) {
            row = submit(transaction, row, assessed, Map.of(), actor, now);
          }
          return new Changed(view(transaction, row), counted);
        });
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
    VersionRow seen = database.read(handle -> row(handle.attach(ConfigurationDao.class), id));
    seen.require("submit");
    return assessed(
        seen.key(),
        seen.group(),
        Content.of(seen, null),
        (transaction, assessed, now) -> {
          VersionRow row = row(dao(transaction), id);
          row.require("submit");
          if (!row.contentHash().equals(seen.contentHash())) {
            throw new RequestRefused.Stale();
          }
          return view(transaction, submit(transaction, row, assessed, said(comment), actor, now));
        });
  }

  /**
   * Makes the next version of a setting in the caller's transaction, and has its workflow submit
   * it: what it would have done is not waited for. The setting is locked until the transaction
   * ends.
   *
   * @param authors whose change it is: none of them approves it
   * @throws RequestRefused if it is wrong, or a secret, which nobody may hand to a workflow
   */
  ConfigurationVersion createIn(
      Transaction transaction, UUID id, NewChange change, Set<String> authors, Actor actor) {
    ConfigurationDao dao = dao(transaction);
    Optional<VersionRow> made = dao.find(id);
    if (made.isEmpty()) {
      List<FieldError> errors = new ArrayList<>();
      Optional<ConfigCategory> found =
          SettingKeys.category(transaction.handle(), change.key(), change.category(), errors);
      Instant now = now();
      Content content =
          reader
              .read(transaction.handle(), change.key(), change.fields(), null, now, errors)
              .scheduledAt(now);
      ConfigCategory category = found.orElseThrow();
      dao.insertSetting(change.key(), category.name(), now);
      dao.lock(change.key());
      Assessed later = new Assessed(Impact.notYet(now), category.leastRisk());
      count(transaction, actor);
      Set<String> all = new LinkedHashSet<>(authors);
      all.add(actor.subject());
      insert(transaction, id, change.key(), content, later, all, actor, now);
      dao.submitAs(id, actor.subject());
      subject.ring(transaction, id, actor.requestId());
    }
    return view(transaction, row(dao, id));
  }

  /** Submits a version as whom its author asked for. */
  public void submitAsAsked(UUID id) {
    VersionRow row = database.read(handle -> row(handle.attach(ConfigurationDao.class), id));
    if (row.state() == ConfigStatus.DRAFT && row.submitAs() != null) {
      submit(id, new Actor(row.submitAs(), null));
    }
  }

  /** What somebody said to it, for the record. */
  private static Map<String, Object> said(@Nullable String comment) {
    return comment == null || comment.isBlank() ? Map.of() : Map.of("comment", comment);
  }

  private VersionRow submit(
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
      subject.watch(
          transaction,
          approvals.ask(transaction, VersionSubject.question(submitted, active, actor), now));
    }
    subject.ring(transaction, row.id(), actor.requestId());
    return dao(transaction).find(row.id()).orElseThrow();
  }

  /** Whether something that people said is withdrawn. */
  private boolean withdraw(Transaction transaction, VersionRow row, String why, Actor actor) {
    boolean isWithdrawn =
        row.state() == ConfigStatus.APPROVED
            || about(transaction, row.id()).stream()
                .anyMatch(asked -> asked.isWaiting() && !asked.words().isEmpty());
    approvals.withdraw(transaction, VersionSubject.TYPE, row.id().toString(), why, actor);
    return isWithdrawn;
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
        transaction -> view(transaction, row(dao(transaction), id)));
  }

  /** Gives a version up that does not hold yet. */
  public ConfigurationVersion cancel(UUID id, @Nullable String reason, Actor actor) {
    return locked(
        id,
        (transaction, row, now) -> {
          row.require("cancel");
          withdraw(transaction, row, "It was cancelled.", actor);
          dao(transaction).end(id, ConfigStatus.CANCELLED.name(), null, now);
          VersionRow cancelled =
              recorded(transaction, Action.CANCELLED, id, actor, reason, Map.of());
          subject.ring(transaction, id, actor.requestId());
          return view(transaction, cancelled);
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
    return locked(
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
          Counted counted = count(transaction, actor);
          return new Changed(
              view(transaction, activation.activate(transaction, row, said(comment), actor, now)),
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
    VersionRow seen = database.read(handle -> row(handle.attach(ConfigurationDao.class), id));
    Optional<VersionRow> made =
        database.read(handle -> handle.attach(ConfigurationDao.class).find(newId));
    if (made.isPresent()) {
      return locked(
          newId, (transaction, row, now) -> new Changed(view(transaction, row), NOT_COUNTED));
    }
    Integer target = toVersion;
    if (target == null && SettingRules.isRule(seen.key())) {
      target = database.read(handle -> directlyBefore(handle, seen));
    }
    boolean isDirect =
        target == null || !SettingRules.isRule(seen.key()) && isDirectlyBefore(seen, target);
    Integer older = target;
    return isDirect
        ? locked(
            id,
            (transaction, row, now) -> {
              Counted counted = count(transaction, actor);
              return new Changed(
                  view(
                      transaction,
                      rollbacks.toTheOneBefore(transaction, row, newId, reason, actor, now)),
                  counted);
            })
        : rollBackByGate(seen, newId, Objects.requireNonNull(older), reason, actor);
  }

  private boolean isDirectlyBefore(VersionRow row, int version) {
    return database.read(
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
        database.read(
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
    return assessed(
        seen.key(),
        seen.group(),
        Content.of(older, null),
        (transaction, assessed, now) -> {
          row(dao(transaction), seen.id()).require("rollback");
          Counted counted = count(transaction, actor);
          VersionRow row =
              Rollbacks.restoring(
                  transaction,
                  older,
                  newId,
                  Excerpt.of(RESTORED.formatted(toVersion, reason), LONGEST_REASON),
                  now,
                  actor,
                  now);
          recorded(
              transaction, Action.CREATED, newId, actor, reason, Map.of("restores", toVersion));
          return new Changed(
              view(transaction, submit(transaction, row, assessed, Map.of(), actor, now)), counted);
        });
  }

  /**
   * A secret in clear, which the audit log is told of before it is answered.
   *
   * @throws RequestRefused.IllegalMove if it is none
   */
  public Map<String, Object> reveal(UUID id, Actor actor, String reason) {
    record Sealed(VersionRow row, byte[] secret) {}
    Sealed sealed =
        database.transaction(
            transaction -> {
              VersionRow row = row(dao(transaction), id);
              byte[] secret =
                  dao(transaction)
                      .secret(id)
                      .orElseThrow(
                          () ->
                              new RequestRefused.IllegalMove(
                                  "%s is no secret: its value is in clear.".formatted(row.key()),
                                  row.state().moves()));
              audit.record(
                  transaction,
                  AuditEntry.allowed(
                          actor,
                          "config.reveal",
                          "configuration",
                          id.toString(),
                          Map.of("key", row.key(), "version", row.version()))
                      .because(reason));
              return new Sealed(row, secret);
            });
    UUID secretId = Objects.requireNonNull(sealed.row().secretId());
    String clear = vault.open(sealed.secret(), SecretVault.context(sealed.row().key(), secretId));
    return ValueForm.object(sealed.row().key(), clear);
  }

  private <T> T assessed(
      String key, ConfigCategory category, Content content, AssessedWork<T> work) {
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
  private static void requireAsRead(
      Transaction transaction, SettingRow setting, ConfigCategory category, Content content) {
    boolean isSecret =
        !SettingRules.isRule(setting.key())
            && ChangeReader.isSecret(transaction.handle(), setting.key());
    if (!setting.category().equals(category.name()) || isSecret != (content.secretId() != null)) {
      throw new RequestRefused.Stale();
    }
  }

  private Assessed assess(String key, ConfigCategory category, Content content) {
    Object bare = content.valueJson() == null ? null : Shown.bare(content.valueJson());
    return impacts.of(key, category, bare, now());
  }

  /** What is done with a setting locked and the impact known. */
  private interface AssessedWork<T> {
    T run(Transaction transaction, Assessed assessed, Instant now);
  }

  private <T> T locked(UUID id, LockedWork<T> work) {
    return database.transaction(
        transaction -> {
          ConfigurationDao dao = dao(transaction);
          dao.lock(dao.keyOf(id).orElseThrow(() -> notFound(id)));
          return work.run(transaction, row(dao, id), now());
        });
  }

  /** What is done with a version whose setting is locked. */
  private interface LockedWork<T> {
    T run(Transaction transaction, VersionRow row, Instant now);
  }

  private Counted count(Transaction transaction, Actor actor) {
    return limits.require(transaction, ChangeLimit.LIMIT, actor.subject());
  }

  private static void requireRevision(VersionRow row, @Nullable Long expected) {
    if (expected != null && expected != row.revision()) {
      throw new RequestRefused.Stale();
    }
  }

  private ConfigurationVersion view(Transaction transaction, VersionRow row) {
    return ConfigurationVersion.of(
        row,
        about(transaction, row.id()),
        row.state() == ConfigStatus.APPROVED
            ? FreezeWindows.at(transaction.handle(), now()).map(FreezeWindow::endsAt).orElse(null)
            : null);
  }

  private List<Approval> about(Transaction transaction, UUID id) {
    return approvals.about(transaction.handle(), VersionSubject.TYPE, id.toString());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static ConfigurationDao dao(Transaction transaction) {
    return transaction.attach(ConfigurationDao.class);
  }

  static VersionRow row(ConfigurationDao dao, UUID id) {
    return dao.find(id).orElseThrow(() -> notFound(id));
  }

  static RequestRefused notFound(UUID id) {
    return new RequestRefused.NotFound("version of a setting", id);
  }
}
