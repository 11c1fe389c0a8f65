package com.freelync.control.approval;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a request to people stands, as much as a workflow needs of it.
 *
 * @param id the request's; the run's where nobody was asked
 * @param outcome APPROVED, REJECTED, TIMED_OUT or WITHDRAWN; null while it waits
 * @param by who decided
 * @param comment the words of the decision
 * @param waitsFor the open slots in words, such as {@code CFO + (CFO or CEO)}
 * @param roles the roles that may decide now, for searching
 * @param since when it was asked
 * @param dueAt when it counts as rejected; null for never
 * @param nextAt when to look again if nobody decides before; null for never
 */
public record ApprovalState(
    UUID id,
    String name,
    @Nullable String outcome,
    List<String> by,
    String comment,
    String waitsFor,
    String roles,
    Instant since,
    @Nullable Instant dueAt,
    @Nullable Instant nextAt) {

  /** Of a run that is over or to be cancelled, for which nobody was asked. */
  public static ApprovalState notAsked(UUID runId, Instant now) {
    return new ApprovalState(
        runId, "", ApprovalStatus.WITHDRAWN.name(), List.of(), "", "", "", now, null, null);
  }

  /** What a workflow needs of a request. */
  public static ApprovalState of(Approval approval) {
    Set<String> roles = new TreeSet<>();
    approval.openRoles().forEach(role -> roles.add(role.name()));
    return new ApprovalState(
        approval.id(),
        approval.name(),
        approval.isWaiting() ? null : approval.status().name(),
        approval.decidedBy(),
        approval.outcomeInWords(),
        Approval.inWords(approval.openSlots()),
        String.join(",", roles),
        approval.requestedAt(),
        approval.dueAt(),
        approval.nextAt());
  }
}
