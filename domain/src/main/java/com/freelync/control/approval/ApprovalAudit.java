package com.freelync.control.approval;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditEntry.Outcome;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the audit log keeps of requests: every word, every outcome, every refused attempt. */
final class ApprovalAudit {
  private final AuditLog log;

  ApprovalAudit(AuditLog log) {
    this.log = log;
  }

  /** Records a person's word or an outcome, in the transaction that decides it. */
  void record(
      Transaction transaction,
      Actor actor,
      String action,
      Approval approval,
      @Nullable Given given,
      @Nullable String comment) {
    Map<String, Object> details = details(approval);
    if (given != null) {
      details.put("roles", given.roles().stream().map(Role::name).sorted().toList());
    }
    if (given != null && given.onBehalfOf() != null) {
      details.put("on_behalf_of", given.onBehalfOf());
    }
    allowed(transaction, actor, action, approval, comment, details);
  }

  /** Records that a request was handed to somebody. */
  void delegated(
      Transaction transaction, Actor actor, Approval approval, String to, String reason) {
    Map<String, Object> details = details(approval);
    details.put("to", to);
    allowed(transaction, actor, "approval.delegate", approval, reason, details);
  }

  private void allowed(
      Transaction transaction,
      Actor actor,
      String action,
      Approval approval,
      @Nullable String comment,
      Map<String, Object> details) {
    log.record(
        transaction,
        new AuditEntry(
            actor.subject(),
            action,
            approval.subjectType(),
            approval.subjectId(),
            Outcome.ALLOWED,
            comment,
            details,
            actor.requestId()));
  }

  /** A word that the rule does not count: 403, or 409 where the person has spoken already. */
  RequestRefused refused(
      Transaction transaction, Approver approver, Approval approval, Decision.Reason reason) {
    String message = message(approval, reason);
    recordRefusal(transaction, approver, approval, message);
    return switch (reason) {
      case OWN_CHANGE, NO_SLOT_FOR_ROLE -> new RequestRefused.Forbidden(message).audited();
      case ALREADY_APPROVED -> new RequestRefused.IllegalMove(message, List.of()).audited();
    };
  }

  /** A word that comes when it is decided: 409. */
  RequestRefused settled(Transaction transaction, Approver approver, Approval approval) {
    String message =
        "It is decided already: %s%s."
            .formatted(
                approval.status(),
                approval.decidedBy().isEmpty()
                    ? ""
                    : " by " + String.join(", ", approval.decidedBy()));
    recordRefusal(transaction, approver, approval, message);
    return new RequestRefused.IllegalMove(message, List.of()).audited();
  }

  /** A word about something else than what is asked: 409. */
  RequestRefused changed(Transaction transaction, Approver approver, Approval approval) {
    String message =
        "What is asked is not what you saw (content_hash): read it again, and decide on that.";
    recordRefusal(transaction, approver, approval, message);
    return new RequestRefused.IllegalMove(message, List.of("approve", "reject")).audited();
  }

  private static String message(Approval approval, Decision.Reason reason) {
    String open = Approval.inWords(approval.openSlots());
    return switch (reason) {
      case OWN_CHANGE ->
          "Nobody decides on what is their own: you, or the person you stand in for, edited it,"
              + " asked for it or triggered it. Somebody else must decide: it waits for "
              + open
              + ".";
      case ALREADY_APPROVED ->
          "You, or the person you stand in for, approved it already; what is still open ("
              + open
              + ") needs somebody else.";
      case NO_SLOT_FOR_ROLE -> "No open slot asks for a role of yours: it waits for " + open + ".";
    };
  }

  private void recordRefusal(
      Transaction transaction, Approver approver, Approval approval, String message) {
    log.record(
        transaction,
        new AuditEntry(
            approver.subject(),
            "approval.decide",
            approval.subjectType(),
            approval.subjectId(),
            Outcome.REFUSED,
            message,
            details(approval),
            approver.requestId()));
  }

  private static Map<String, Object> details(Approval approval) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("approval_id", approval.id().toString());
    details.put("key", approval.subjectKey());
    details.put("name", approval.name());
    details.put("status", approval.status().name());
    details.put("content_hash", approval.contentHash());
    details.put("open_slots", approval.openSlots().stream().map(Slot::roleNames).toList());
    return details;
  }
}
