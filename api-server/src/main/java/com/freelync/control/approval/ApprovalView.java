package com.freelync.control.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.api.links.Links;
import com.freelync.control.temporal.TemporalSettings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question to people as it is answered.
 *
 * @param slots each filled by a different person who holds one of its roles
 * @param since when it was asked
 * @param dueAt when it counts as rejected
 * @param escalations who is asked besides, and when
 * @param delegations to whom it was handed by name, by whom and why
 * @param why why it waits for the caller; only in the caller's own list
 */
public record ApprovalView(
    UUID id,
    String title,
    String name,
    SubjectView subject,
    String status,
    List<List<String>> slots,
    List<List<String>> openSlots,
    List<WordView> approvals,
    String contentHash,
    Instant since,
    @Nullable Instant dueAt,
    @Nullable Instant remindAt,
    List<EscalationView> escalations,
    List<Approval.Delegation> delegations,
    @Nullable Instant decidedAt,
    @Nullable String comment,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WhyView why,
    Links links) {

  /** What it is about. */
  public record SubjectView(String type, String id, String key) {}

  /** Who is asked besides, when, and whether that was done. */
  public record EscalationView(Instant at, List<String> roles, @Nullable Instant doneAt) {}

  /** By which roles the caller may decide, and in whose stead. */
  public record WhyView(List<String> roles, @Nullable String onBehalfOf) {}

  static ApprovalView of(Approval approval, @Nullable Given why, TemporalSettings temporal) {
    return new ApprovalView(
        approval.id(),
        approval.title(),
        approval.name(),
        new SubjectView(approval.subjectType(), approval.subjectId(), approval.subjectKey()),
        approval.status().name(),
        names(approval.slots()),
        names(approval.openSlots()),
        WordView.of(approval),
        approval.contentHash(),
        approval.requestedAt(),
        approval.dueAt(),
        approval.timers().stream()
            .filter(timer -> timer.kind() == Approval.Timer.Kind.REMIND)
            .map(Approval.Timer::at)
            .findFirst()
            .orElse(null),
        approval.timers().stream()
            .filter(timer -> timer.kind() == Approval.Timer.Kind.ESCALATE)
            .map(timer -> new EscalationView(timer.at(), timer.roles(), timer.firedAt()))
            .toList(),
        approval.delegations(),
        approval.decidedAt(),
        approval.comment(),
        why == null
            ? null
            : new WhyView(
                approval.rolesFor(why).stream().map(Role::name).toList(), why.onBehalfOf()),
        new Links(
            approval.link(),
            temporal.uiLink(
                approval.waitsIn() == null
                    ? ApprovalWatch.temporalId(approval.id())
                    : approval.waitsIn())));
  }

  private static List<List<String>> names(List<Slot> slots) {
    return slots.stream().map(Slot::roleNames).toList();
  }
}
