package com.freelync.control.approval;

import com.freelync.control.approval.Approval.Timer;
import com.freelync.control.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reminders and escalations: planned when people are asked, done once each. */
final class ApprovalTimers {
  private final ApprovalMessages messages;

  ApprovalTimers(ApprovalMessages messages) {
    this.messages = messages;
  }

  /** Plans those that come before the request counts as rejected. */
  static void plan(ApprovalDao dao, UUID id, NewApproval asked, Instant now) {
    Duration timeout = asked.timeout();
    Duration reminder = asked.remindAfter();
    if (reminder != null && isBefore(reminder, timeout)) {
      dao.insertTimer(id, now.plus(reminder), Timer.Kind.REMIND.name(), new String[0]);
    }
    asked
        .escalateAfter()
        .forEach(
            (after, slot) -> {
              if (isBefore(after, timeout)) {
                dao.insertTimer(
                    id,
                    now.plus(after),
                    Timer.Kind.ESCALATE.name(),
                    slot.roleNames().toArray(String[]::new));
              }
            });
  }

  private static boolean isBefore(Duration after, @Nullable Duration end) {
    return end == null || after.compareTo(end) < 0;
  }

  /** Does what is due; whether anything was. */
  boolean fire(Transaction transaction, ApprovalDao dao, Approval approval, Instant now) {
    boolean fired = false;
    for (Timer timer : approval.timers()) {
      if (timer.firedAt() == null
          && !timer.at().isAfter(now)
          && dao.fire(approval.id(), timer.at(), timer.kind().name(), now) == 1) {
        fired = true;
        switch (timer.kind()) {
          case REMIND -> messages.reminded(transaction, current(dao, approval), timer.at());
          case ESCALATE -> escalate(transaction, dao, current(dao, approval), timer);
        }
      }
    }
    return fired;
  }

  /** From now on any open slot may be filled by these roles too. */
  private void escalate(Transaction transaction, ApprovalDao dao, Approval approval, Timer timer) {
    List<Role> more = timer.roles().stream().map(Role::new).toList();
    List<Slot> open = approval.openSlots();
    List<Slot> slots = new ArrayList<>();
    for (Slot slot : approval.slots()) {
      slots.add(open.contains(slot) ? with(slot, more) : slot);
    }
    Set<Role> roles = new ApprovalRule(slots, approval.authors()).openRoles(approval.given());
    Approval escalated =
        ApprovalRows.read(
            dao.ask(approval.id(), ApprovalRows.json(slots), ApprovalRows.names(roles)));
    messages.escalated(transaction, escalated, timer.at(), Set.copyOf(more));
  }

  private static Slot with(Slot slot, List<Role> more) {
    Set<Role> roles = new LinkedHashSet<>(slot.roles());
    roles.addAll(more);
    return new Slot(List.copyOf(roles));
  }

  private static Approval current(ApprovalDao dao, Approval approval) {
    return ApprovalRows.read(dao.find(approval.id()).orElseThrow());
  }
}
