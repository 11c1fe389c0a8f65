package com.freelync.control.approval;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A question to people and how it stands.
 *
 * @param slots as asked now, escalations included
 * @param dueAt when it counts as rejected; null for never
 * @param timers reminders and escalations, those to come and those gone
 * @param words what each person said, in order
 * @param comment the words of the decision
 * @param given the approvals among the words, as the rule reads them
 * @param delegations to whom it was handed by name
 */
public record Approval(
    UUID id,
    String subjectType,
    String subjectId,
    String subjectKey,
    String name,
    String title,
    String link,
    List<Slot> slots,
    Set<String> authors,
    String contentHash,
    ApprovalStatus status,
    Instant requestedAt,
    @Nullable Instant dueAt,
    @Nullable String timeout,
    @Nullable Instant decidedAt,
    @Nullable String comment,
    @Nullable String requestId,
    @Nullable String waitsIn,
    List<Timer> timers,
    List<Word> words,
    List<Given> given,
    List<Delegation> delegations) {

  /** To whom somebody handed the request, and why. */
  public record Delegation(String from, String to, String reason, Instant at) {}

  /** When something happens by itself while nobody decides. */
  public record Timer(Instant at, Kind kind, List<String> roles, @Nullable Instant firedAt) {
    /** What happens. */
    public enum Kind {
      REMIND,
      ESCALATE
    }
  }

  /** What one person said, and the role with which it counts. */
  public record Word(
      String by,
      @Nullable String onBehalfOf,
      @Nullable String role,
      boolean isApproval,
      @Nullable String comment,
      Instant at) {}

  /** Whether people are still asked. */
  public boolean isWaiting() {
    return status == ApprovalStatus.WAITING;
  }

  /** Whether people are still asked, and it counts as rejected at that time. */
  boolean isDue(Instant now) {
    return isWaiting() && dueAt != null && !now.isBefore(dueAt);
  }

  /** Who approved, or who rejected. */
  public List<String> decidedBy() {
    boolean approved = status == ApprovalStatus.APPROVED;
    return words.stream().filter(word -> word.isApproval() == approved).map(Word::by).toList();
  }

  /** The words of the decision, or who decided; empty while people are asked. */
  public String outcomeInWords() {
    if (comment != null) {
      return comment;
    }
    return decidedBy().isEmpty() ? "" : status + " by " + String.join(", ", decidedBy()) + ".";
  }

  /** When to look again, if nobody decides before; null for never. */
  public @Nullable Instant nextAt() {
    Instant next = dueAt;
    for (Timer timer : timers) {
      if (timer.firedAt() == null && (next == null || timer.at().isBefore(next))) {
        next = timer.at();
      }
    }
    return isWaiting() ? next : null;
  }

  /** Who must agree. */
  ApprovalRule rule() {
    return new ApprovalRule(slots, authors);
  }

  /** Those of somebody's roles for which a slot is open. */
  public List<Role> rolesFor(Given somebody) {
    return openRoles().stream()
        .filter(somebody.roles()::contains)
        .sorted(Comparator.comparing(Role::name))
        .toList();
  }

  /** Every role whose holder may fill one more slot; none once it is decided. */
  public Set<Role> openRoles() {
    return isWaiting() ? rule().openRoles(given) : Set.of();
  }

  /** The slots that nobody fills yet; none once it is decided. */
  public List<Slot> openSlots() {
    return isWaiting() ? rule().open(given) : List.of();
  }

  /** The slots as people read them, such as {@code CFO + (CFO or CEO)}. */
  public static String inWords(List<Slot> slots) {
    return slots.stream()
        .map(slot -> String.join(" or ", slot.roleNames()))
        .map(words -> slots.size() > 1 && words.contains(" or ") ? "(" + words + ")" : words)
        .collect(Collectors.joining(" + "));
  }
}
