package com.freelync.control.approval;

import com.freelync.control.database.Transaction;
import com.freelync.control.notification.Notice;
import com.freelync.control.notification.Notifications;
import com.freelync.control.text.Excerpt;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people are told about a request, those who may decide and those who stand in for them; each
 * message once, however often it is due.
 */
final class ApprovalMessages {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy HH:mm z", Locale.ENGLISH)
          .withZone(ZoneId.of("Africa/Addis_Ababa"));

  private static final int LONGEST_REASON = 1_000;

  private final Notifications notifications;
  private final StandIns standIns;

  ApprovalMessages(Notifications notifications, StandIns standIns) {
    this.notifications = notifications;
    this.standIns = standIns;
  }

  /** It waits for those who may fill an open slot. */
  void asked(Transaction transaction, Approval approval) {
    tell(
        transaction,
        approval,
        "asked",
        approval.openRoles(),
        Set.of(),
        "Approval needed",
        "It waits");
  }

  /** It still waits for them. */
  void reminded(Transaction transaction, Approval approval, Instant at) {
    tell(
        transaction,
        approval,
        "remind/" + at,
        approval.openRoles(),
        approval.delegations().stream()
            .map(Approval.Delegation::to)
            .collect(Collectors.toUnmodifiableSet()),
        "Reminder: approval needed",
        "It still waits");
  }

  /** Nobody decided so far, so these are asked besides. */
  void escalated(Transaction transaction, Approval approval, Instant at, Set<Role> to) {
    tell(
        transaction,
        approval,
        "escalate/" + at,
        to,
        Set.of(),
        "Escalated to you: approval needed",
        "Nobody decided so far, and you may. It waits");
  }

  /** Somebody was named to decide it. */
  void delegated(
      Transaction transaction, Approval approval, Approval.Delegation delegation, Instant at) {
    notifications.tell(
        transaction,
        notice(
            approval,
            "delegate/" + at,
            Set.of(),
            Set.of(delegation.to()),
            Set.of(),
            "Delegated to you: approval needed",
            "%s asks you to decide in their stead (\"%s\"). It waits"
                .formatted(delegation.from(), Excerpt.of(delegation.reason(), LONGEST_REASON))),
        approval.requestId());
  }

  private void tell(
      Transaction transaction,
      Approval approval,
      String what,
      Set<Role> roles,
      Set<String> people,
      String subject,
      String waits) {
    Set<String> except = new HashSet<>(approval.authors());
    approval.words().forEach(word -> except.add(word.by()));
    Set<String> named = new HashSet<>(standIns.forHolders(transaction, roles, except));
    named.addAll(people);
    notifications.tell(
        transaction,
        notice(approval, what, roles, named, except, subject, waits),
        approval.requestId());
  }

  private static Notice notice(
      Approval approval,
      String what,
      Set<Role> roles,
      Set<String> named,
      Set<String> except,
      String subject,
      String waits) {
    return new Notice(
        "approval/" + approval.id() + "/" + what,
        roles,
        named,
        except,
        "approval",
        subject + ": " + approval.title(),
        "%s for %s since %s.%s"
            .formatted(
                waits,
                Approval.inWords(approval.openSlots()),
                TIME.format(approval.requestedAt()),
                due(approval.dueAt())),
        approval.link());
  }

  private static String due(@Nullable Instant at) {
    return at == null ? "" : " It counts as rejected after " + TIME.format(at) + ".";
  }
}
