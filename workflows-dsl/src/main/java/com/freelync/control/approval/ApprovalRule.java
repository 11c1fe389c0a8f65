package com.freelync.control.approval;

import com.freelync.control.approval.Decision.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who must agree. Every slot is filled by a different person, none of them an author. People are
 * matched with slots, not first come first served: who holds two roles makes room for who holds one
 * (a maximum matching, by augmenting paths).
 *
 * @param slots what is asked for; none means that nobody has to agree
 * @param authors who made the change, asked for it or triggered it
 */
public record ApprovalRule(List<Slot> slots, Set<String> authors) {
  public ApprovalRule {
    slots = List.copyOf(slots);
    authors = Set.copyOf(authors);
  }

  /**
   * Decides on one more approval.
   *
   * @param given what was approved before
   * @param candidates in what ways the person may approve: in person, then for others; the first
   *     that counts is taken
   */
  public Decision decide(List<Given> given, List<Given> candidates) {
    Reason reason = Reason.NO_SLOT_FOR_ROLE;
    for (int i = 0; i < candidates.size(); i++) {
      Given candidate = candidates.get(i);
      Optional<Reason> refusal = refusal(given, candidate);
      if (refusal.isEmpty()) {
        return counted(given, candidate);
      }
      // What is refused in person is the reason to tell, unless the person has no role here.
      if (i == 0 || reason == Reason.NO_SLOT_FOR_ROLE) {
        reason = refusal.get();
      }
    }
    return new Decision.Refused(reason);
  }

  private Optional<Reason> refusal(List<Given> given, Given candidate) {
    Set<String> people = candidate.people();
    if (people.stream().anyMatch(authors::contains)) {
      return Optional.of(Reason.OWN_CHANGE);
    }
    if (given.stream().anyMatch(before -> before.people().stream().anyMatch(people::contains))) {
      return Optional.of(Reason.ALREADY_APPROVED);
    }
    return filled(and(given, candidate)) > filled(given)
        ? Optional.empty()
        : Optional.of(Reason.NO_SLOT_FOR_ROLE);
  }

  private Decision counted(List<Given> given, Given candidate) {
    List<Slot> open = open(and(given, candidate));
    return open.isEmpty()
        ? new Decision.Complete(candidate)
        : new Decision.Waiting(candidate, open);
  }

  /** The slots that nobody fills yet. */
  public List<Slot> open(List<Given> given) {
    @Nullable Given[] matched = match(given);
    List<Slot> open = new ArrayList<>();
    for (int slot = 0; slot < matched.length; slot++) {
      if (matched[slot] == null) {
        open.add(slots.get(slot));
      }
    }
    return open;
  }

  /**
   * Every role whose holder would fill one more slot: more than the open slots ask for, where
   * people who approved before can make room.
   */
  public Set<Role> openRoles(List<Given> given) {
    long filled = filled(given);
    return slots.stream()
        .flatMap(slot -> slot.roles().stream())
        .filter(role -> filled(and(given, new Given("somebody", Set.of(role), null))) > filled)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The role with which an approval counts; empty if it fills no slot. */
  public Optional<Role> roleOf(List<Given> given, Given approval) {
    @Nullable Given[] matched = match(given);
    for (int slot = 0; slot < matched.length; slot++) {
      if (approval.equals(matched[slot])) {
        return slots.get(slot).roles().stream().filter(approval.roles()::contains).findFirst();
      }
    }
    return Optional.empty();
  }

  private long filled(List<Given> given) {
    return Arrays.stream(match(given)).filter(approval -> approval != null).count();
  }

  /** Who fills each slot. */
  private @Nullable Given[] match(List<Given> given) {
    @Nullable Given[] matched = new Given[slots.size()];
    for (Given approval : given) {
      place(approval, matched, new boolean[slots.size()]);
    }
    return matched;
  }

  /** Places an approval, moving others where that makes room. */
  private boolean place(Given approval, @Nullable Given[] matched, boolean[] tried) {
    for (int slot = 0; slot < matched.length; slot++) {
      if (tried[slot] || slots.get(slot).roles().stream().noneMatch(approval.roles()::contains)) {
        continue;
      }
      tried[slot] = true;
      Given holder = matched[slot];
      if (holder == null || place(holder, matched, tried)) {
        matched[slot] = approval;
        return true;
      }
    }
    return false;
  }

  private static List<Given> and(List<Given> given, Given candidate) {
    List<Given> all = new ArrayList<>(given);
    all.add(candidate);
    return all;
  }
}
