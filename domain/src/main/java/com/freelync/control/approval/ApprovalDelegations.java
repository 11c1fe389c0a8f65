package com.freelync.control.approval;

import com.freelync.control.audit.Actor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Hands one request to somebody by name, who then decides it in the stead of who handed it over.
 * Only who may decide in person can; it is not passed on. Who handed it over still may decide, and
 * the two count as one person.
 */
public final class ApprovalDelegations {
  private final Database database;
  private final Approvals approvals;
  private final ApprovalAudit audit;
  private final StandIns standIns;
  private final ApprovalMessages messages;
  private final Clock clock;

  ApprovalDelegations(
      Database database,
      Approvals approvals,
      ApprovalAudit audit,
      StandIns standIns,
      ApprovalMessages messages,
      Clock clock) {
    this.database = database;
    this.approvals = approvals;
    this.audit = audit;
    this.standIns = standIns;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * Hands a request that waits to a person, instead of whom the approver named for it before.
   *
   * @throws RequestRefused.Invalid if that person may not decide in the approver's stead
   * @throws RequestRefused if the approver may not decide in person, which is audited
   */
  public Approval delegate(UUID id, String to, String reason, Approver approver) {
    Instant now = clock.instant();
    // What is due is over before anybody is named.
    approvals.advance(id, now);
    return database
        .transaction(
            transaction -> {
              Approval approval = approvals.lock(transaction, id);
              Optional<RequestRefused> refusal = refusal(transaction, approval, approver);
              if (refusal.isPresent()) {
                return new Taken.Refused<Approval>(refusal.get());
              }
              if (approval.delegations().stream()
                  .anyMatch(one -> one.from().equals(approver.subject()) && one.to().equals(to))) {
                // Said twice it is one word: nobody is told again.
                return new Taken.Counted<>(approval);
              }
              check(transaction, approval, to, approver);
              transaction
                  .attach(ApprovalDao.class)
                  .delegate(id, approver.subject(), to, reason, now);
              Approval delegated = approvals.lock(transaction, id);
              audit.delegated(transaction, actor(approver), delegated, to, reason);
              messages.delegated(
                  transaction,
                  delegated,
                  new Approval.Delegation(approver.subject(), to, reason, now),
                  now);
              return new Taken.Counted<>(delegated);
            })
        .orThrow();
  }

  /**
   * Takes back what the approver handed to somebody.
   *
   * @throws RequestRefused.IllegalMove if the request waits no more, or nobody was named
   */
  public Approval takeBack(UUID id, Approver approver) {
    return database
        .transaction(
            transaction -> {
              Approval approval = approvals.lock(transaction, id);
              if (!approval.isWaiting()) {
                return new Taken.Refused<Approval>(audit.settled(transaction, approver, approval));
              }
              if (transaction.attach(ApprovalDao.class).takeBack(id, approver.subject()) == 0) {
                throw new RequestRefused.IllegalMove(
                    "You handed this request to nobody.", List.of("delegate"));
              }
              Approval kept = approvals.lock(transaction, id);
              audit.record(transaction, actor(approver), "approval.take_back", kept, null, null);
              return new Taken.Counted<>(kept);
            })
        .orThrow();
  }

  private Optional<RequestRefused> refusal(
      Transaction transaction, Approval approval, Approver approver) {
    if (!approval.isWaiting()) {
      return Optional.of(audit.settled(transaction, approver, approval));
    }
    return approval.rule().decide(approval.given(), List.of(approver.inPerson()))
            instanceof Decision.Refused refused
        ? Optional.of(audit.refused(transaction, approver, approval, refused.reason()))
        : Optional.empty();
  }

  /** The person must be there, and their word in the approver's stead must count. */
  private void check(Transaction transaction, Approval approval, String to, Approver approver) {
    if (to.equals(approver.subject())) {
      throw invalid("oneself", "name somebody else: you may decide yourself");
    }
    StandIns.Principal from =
        standIns
            .person(transaction, approver.subject())
            .orElseThrow(
                () ->
                    new RequestRefused.NotFound(
                        "person in the directory named", approver.subject()));
    if (standIns.person(transaction, to).isEmpty()) {
      throw invalid("unknown", "there is no such person");
    }
    Given theirs = new Given(to, from.roles(), from.subject());
    if (approval.rule().decide(approval.given(), List.of(theirs))
        instanceof Decision.Refused refused) {
      throw switch (refused.reason()) {
        case OWN_CHANGE ->
            invalid("author", "this person edited it, asked for it or triggered it: name another");
        case ALREADY_APPROVED -> invalid("spoken", "this person has approved it: name another");
        case NO_SLOT_FOR_ROLE ->
            invalid("role", "the directory gives you none of the roles that it waits for");
      };
    }
  }

  private static RequestRefused.Invalid invalid(String code, String message) {
    return new RequestRefused.Invalid(List.of(new FieldError("/to", code, message)));
  }

  private static Actor actor(Approver approver) {
    return new Actor(approver.subject(), approver.requestId());
  }
}
