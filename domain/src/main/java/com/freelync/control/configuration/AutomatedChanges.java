package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.configuration.Impacts.Assessed;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes that automations ask for. A step makes the version and goes on; the version's workflow
 * computes what it would have done and asks people.
 */
public final class AutomatedChanges {
  private static final String OTHER_SETTING =
      "Since the automation asked, its setting became a secret, or is none any more: a person has to make the change.";

  private final ChangeWork work;
  private final ChangeReader reader;
  private final VersionSubject subject;
  private final StoppedChanges stopped;
  private final Configurations configurations;

  AutomatedChanges(
      ChangeWork work,
      ChangeReader reader,
      VersionSubject subject,
      StoppedChanges stopped,
      Configurations configurations) {
    this.work = work;
    this.reader = reader;
    this.subject = subject;
    this.stopped = stopped;
    this.configurations = configurations;
  }

  /**
   * Makes the next version of a setting in the caller's transaction, and has its workflow submit
   * it: what it would have done is not waited for. The setting is locked until the transaction
   * ends.
   *
   * @param authors whose change it is: none of them approves it
   * @throws RequestRefused if it is wrong, or a secret, which nobody may hand to a workflow
   */
  ConfigurationVersion create(
      Transaction transaction, UUID id, NewChange change, Set<String> authors, Actor actor) {
    ConfigurationDao dao = ChangeWork.dao(transaction);
    Optional<VersionRow> made = dao.find(id);
    if (made.isEmpty()) {
      List<FieldError> errors = new ArrayList<>();
      Optional<ConfigCategory> found =
          SettingKeys.category(transaction.handle(), change.key(), change.category(), errors);
      Instant now = work.now();
      Content content =
          reader
              .read(transaction.handle(), change.key(), change.fields(), null, now, errors)
              .scheduledAt(now);
      ConfigCategory category = found.orElseThrow();
      dao.insertSetting(change.key(), category.name(), now);
      dao.lock(change.key());
      Assessed later = new Assessed(Impact.notYet(now), category.leastRisk());
      work.count(transaction, actor);
      Set<String> all = new LinkedHashSet<>(authors);
      all.add(actor.subject());
      work.insert(transaction, id, change.key(), content, later, all, actor, now);
      dao.submitAs(id, actor.subject());
      subject.ring(transaction, id, actor.requestId());
    }
    return work.view(transaction, Configurations.row(dao, id));
  }

  /**
   * Submits a version as whom its author asked for. One that is refused for good is given up, and
   * its authors hear why; asked again, it does nothing.
   *
   * @throws RequestRefused if it may be submitted later
   */
  public void submitAsAsked(UUID id) {
    VersionRow row = work.read(id);
    for (String as = asWhom(row); as != null; as = asWhom(row)) {
      try {
        configurations.submit(id, new Actor(as, null));
        return;
      } catch (RequestRefused refused) {
        if (giveUp(row, why(refused))) {
          return;
        }
        row = work.read(id);
      }
    }
  }

  /** Null if it does not wait for that. */
  private static @Nullable String asWhom(VersionRow row) {
    return row.state() == ConfigStatus.DRAFT ? row.submitAs() : null;
  }

  /** Whether it was refused as it is: somebody may have changed it meanwhile. */
  private boolean giveUp(VersionRow seen, String why) {
    return work.locked(
        seen.id(),
        (transaction, row, now) -> {
          if (asWhom(row) == null || row.revision() != seen.revision()) {
            return false;
          }
          ChangeWork.dao(transaction).end(row.id(), ConfigStatus.CANCELLED.name(), null, now);
          stopped.record(transaction, row, Action.CANCELLED, why);
          return true;
        });
  }

  private static String why(RequestRefused refused) {
    return switch (refused) {
      case RequestRefused.Stale stale -> OTHER_SETTING;
      case RequestRefused.Invalid invalid -> invalid.errors().getFirst().message();
      case RequestRefused.IllegalMove move -> String.valueOf(move.getMessage());
      // In a moment it may be otherwise.
      default -> throw refused;
    };
  }
}
