package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.Approvals;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Transaction;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Asks people whether a version that moves money becomes active (AU-16). */
final class VersionApprovals {
  private final Approvals approvals;
  private final Clock clock;

  VersionApprovals(Approvals approvals, Clock clock) {
    this.approvals = approvals;
    this.clock = clock;
  }

  /** Asks about a version, unless that is being asked. */
  void ask(Transaction transaction, UUID id, Definition definition, int version, Actor asker) {
    List<Approval> asked =
        approvals.about(transaction.handle(), AutomationSubject.TYPE, id.toString());
    List<Approval> ofVersion =
        asked.stream().filter(before -> AutomationSubject.version(before) == version).toList();
    if (ofVersion.stream().anyMatch(Approval::isWaiting)) {
      return;
    }
    approvals.ask(
        transaction,
        AutomationSubject.question(
            id,
            definition,
            version,
            AutomationSubject.authors(transaction.attach(AutomationDao.class), asked, id, version),
            ofVersion.size(),
            asker),
        clock.instant());
  }

  /** Withdraws what was asked about a version that is edited, taken back or archived; asks anew. */
  void settle(Transaction transaction, UUID id, AutomationChange change, Actor actor) {
    boolean isTakenBack =
        change.to() == AutomationStatus.ARCHIVED || change.to() == AutomationStatus.DRAFT;
    if (change.isEdited() || isTakenBack) {
      String why = change.isEdited() ? "It was edited." : "It was made " + change.to() + ".";
      approvals.withdraw(transaction, AutomationSubject.TYPE, id.toString(), why, actor);
    }
    if (change.isAsked()) {
      ask(transaction, id, change.definition(), change.version(), actor);
    }
  }
}
