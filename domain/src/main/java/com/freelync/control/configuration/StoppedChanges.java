package com.freelync.control.configuration;

import com.freelync.control.approval.Role;
import com.freelync.control.approval.Slot;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.database.Transaction;
import com.freelync.control.notification.Notice;
import com.freelync.control.notification.Notifications;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Changes that do not become active, though nobody gave them up. */
final class StoppedChanges {
  private final ChangeWork work;
  private final Notifications notifications;

  StoppedChanges(ChangeWork work, Notifications notifications) {
    this.work = work;
    this.notifications = notifications;
  }

  /**
   * Records it, and tells who made the change and who agreed to it.
   *
   * @param row the version as it was before
   * @param action what became of it: suspended, failed or cancelled
   */
  void record(Transaction transaction, VersionRow row, Action action, String why) {
    VersionRow after =
        work.recorded(transaction, action, row.id(), VersionSubject.CLOCK, why, Map.of());
    Set<Role> asked =
        row.slots().stream().map(Slot::roles).flatMap(List::stream).collect(Collectors.toSet());
    notifications.tell(
        transaction,
        new Notice(
            "configuration/" + row.id() + "/" + action + "/" + after.revision(),
            asked,
            Set.of(row.authors()),
            Set.of(),
            "configuration",
            "%s and was not activated: version %d of %s"
                .formatted(inWords(action), row.version(), row.key()),
            why,
            "/admin/config/versions/" + row.id()),
        null);
  }

  private static String inWords(Action action) {
    return switch (action) {
      case FAILED -> "A change failed";
      case SUSPENDED -> "A change is suspended";
      default -> "A change was given up";
    };
  }
}
