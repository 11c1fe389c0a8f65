package com.freelync.control.configuration;

import com.freelync.control.approval.Role;
import com.freelync.control.approval.Slot;
import com.freelync.control.configuration.value.Pointer;
import com.freelync.control.problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who must agree to changes of a category (CF-2).
 *
 * @param slots each filled by a different person, none of them an author; none asks nobody
 * @param extraSlotFrom from which risk on one of CEO, CFO and CTO is asked besides; null for never
 */
public record CategoryRule(List<Slot> slots, @Nullable RiskLevel extraSlotFrom) {
  /** Who is asked besides. */
  static final Slot EXTRA = Slot.of("CEO", "CFO", "CTO");

  private static final int MOST_SLOTS = 5;
  private static final int MOST_ROLES = 10;
  private static final Set<String> FIELDS = Set.of("slots", "extra_slot_from");

  public CategoryRule {
    slots = List.copyOf(slots);
  }

  /** Who must agree to a change of this risk. */
  public List<Slot> slotsAt(RiskLevel risk) {
    if (extraSlotFrom == null || risk.compareTo(extraSlotFrom) < 0) {
      return slots;
    }
    List<Slot> more = new ArrayList<>(slots);
    more.add(EXTRA);
    return more;
  }

  /** The rule as a value. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("slots", slots.stream().map(Slot::roleNames).toList());
    if (extraSlotFrom != null) {
      document.put("extra_slot_from", extraSlotFrom.wireName());
    }
    return document;
  }

  /** Reads one that was checked before it was kept. */
  static CategoryRule read(Map<?, ?> document) {
    List<FieldError> errors = new ArrayList<>();
    CategoryRule rule = read(document, "", errors);
    if (!errors.isEmpty()) {
      throw new IllegalStateException("a stored rule is invalid: " + errors);
    }
    return rule;
  }

  /** Reads one that somebody wrote; what is wrong with it is added to the errors. */
  static CategoryRule read(Map<?, ?> document, String at, List<FieldError> errors) {
    for (Object field : document.keySet()) {
      if (!FIELDS.contains(String.valueOf(field))) {
        errors.add(
            new FieldError(
                Pointer.to(at, String.valueOf(field)),
                "unknown",
                "known are slots and extra_slot_from"));
      }
    }
    RiskLevel from = null;
    Object level = document.get("extra_slot_from");
    if (level != null) {
      from = RiskLevel.named(level.toString()).orElse(null);
      if (from == null) {
        errors.add(
            new FieldError(
                at + "/extra_slot_from", "value", "one of " + RiskLevel.names() + ", or nothing"));
      }
    }
    return new CategoryRule(slots(document.get("slots"), at + "/slots", errors), from);
  }

  private static List<Slot> slots(@Nullable Object written, String at, List<FieldError> errors) {
    List<Slot> slots = new ArrayList<>();
    if (!(written instanceof List<?> lists) || lists.size() > MOST_SLOTS) {
      errors.add(
          new FieldError(
              at,
              written == null ? "missing" : "type",
              "a list of at most %d slots is needed, each a list of roles, such as [[\"CEO\", \"CFO\"]]; [] asks nobody"
                  .formatted(MOST_SLOTS)));
      return slots;
    }
    for (int i = 0; i < lists.size(); i++) {
      if (lists.get(i) instanceof List<?> roles && isSlot(roles)) {
        slots.add(Slot.of(roles.stream().map(Objects::toString).toArray(String[]::new)));
      } else {
        errors.add(
            new FieldError(
                at + "/" + i,
                "slot",
                "a slot is a list of 1 to "
                    + MOST_ROLES
                    + " different roles, written in capitals, such as [\"CFO\"]"));
      }
    }
    return slots;
  }

  private static boolean isSlot(List<?> roles) {
    return !roles.isEmpty()
        && roles.size() <= MOST_ROLES
        && new LinkedHashSet<>(roles).size() == roles.size()
        && roles.stream().allMatch(role -> role instanceof String name && Role.isValid(name));
  }
}
