package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.ChangeLimit.Changed;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.database.Json;
import com.freelync.control.limit.CallLimits.Counted;
import com.freelync.control.problem.RequestRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what a version says. */
final class Edits {
  private final ChangeWork work;
  private final ChangeReader reader;

  Edits(ChangeWork work, ChangeReader reader) {
    this.work = work;
    this.reader = reader;
  }

  /**
   * Changes a version that does not hold yet, which withdraws what people said of it and asks them
   * anew; of one that holds it makes the next version.
   *
   * @param newId the id of the next version
   * @param expected the revision that the caller read; null if it does not matter
   */
  Changed edit(
      UUID id,
      UUID newId,
      Map<String, @Nullable Object> fields,
      boolean submits,
      @Nullable Long expected,
      Actor actor) {
    while (true) {
      VersionRow seen = work.read(id);
      requireRevision(seen, expected);
      Optional<Changed> changed =
          seen.state() == ConfigStatus.ACTIVE
              ? next(seen, newId, fields, submits, actor)
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
    return work.assessed(
        seen.key(),
        seen.group(),
        content,
        (transaction, assessed, now) -> {
          VersionRow row = Configurations.row(ChangeWork.dao(transaction), id);
          row.require("edit");
          if (row.revision() != seen.revision()) {
            return Optional.empty();
          }
          Counted counted = work.count(transaction, actor);
          boolean withdraws = work.withdraw(transaction, row, "It was edited.", actor);
          ChangeWork.dao(transaction)
              .edit(
                  id,
                  content,
                  assessed.risk().wireName(),
                  assessed.impact().json(),
                  actor.subject(),
                  now);
          VersionRow edited =
              work.recorded(
                  transaction,
                  Action.EDITED,
                  id,
                  actor,
                  content.changeReason(),
                  Map.of("before", Json.readObject(row.shown()), "withdraws_approvals", withdraws));
          if (submits || row.state() != ConfigStatus.DRAFT) {
            edited = work.submit(transaction, edited, assessed, Map.of(), actor, now);
          }
          return Optional.of(new Changed(work.view(transaction, edited), counted));
        });
  }

  private Content edited(VersionRow seen, Map<String, @Nullable Object> fields) {
    return work.database.read(
        handle -> {
          ConfigurationDao dao = handle.attach(ConfigurationDao.class);
          Content before = Content.of(seen, dao.secret(seen.id()).orElse(null));
          return reader.read(handle, seen.key(), fields, before, work.now(), new ArrayList<>());
        });
  }

  /** Empty if another one became active meanwhile. */
  private Optional<Changed> next(
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
    return work.assessed(
        active.key(),
        active.group(),
        content,
        (transaction, assessed, now) -> {
          Optional<VersionRow> made = ChangeWork.dao(transaction).find(newId);
          if (made.isPresent()) {
            return Optional.of(new Changed(work.view(transaction, made.get()), null));
          }
          VersionRow present = Configurations.row(ChangeWork.dao(transaction), active.id());
          if (present.revision() != active.revision()) {
            return Optional.empty();
          }
          Counted counted = work.count(transaction, actor);
          VersionRow row =
              work.insert(transaction, newId, active.key(), content, assessed, actor, now);
          if (submits) {
            row = work.submit(transaction, row, assessed, Map.of(), actor, now);
          }
          return Optional.of(new Changed(work.view(transaction, row), counted));
        });
  }

  private static void requireRevision(VersionRow row, @Nullable Long expected) {
    if (expected != null && expected != row.revision()) {
      throw new RequestRefused.Stale();
    }
  }
}
