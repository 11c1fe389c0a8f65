package com.freelync.control.automation;

import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an automation stands. */
public enum AutomationStatus {
  DRAFT,
  PENDING,
  ACTIVE,
  PAUSED,
  ARCHIVED;

  /** The states to which a person may move it from here. */
  public Set<AutomationStatus> next() {
    return switch (this) {
      case DRAFT -> Set.of(ACTIVE, ARCHIVED);
      case PENDING -> Set.of(DRAFT, ARCHIVED);
      case ACTIVE -> Set.of(PAUSED, ARCHIVED);
      case PAUSED -> Set.of(ACTIVE, ARCHIVED);
      case ARCHIVED -> Set.of(DRAFT);
    };
  }

  /** The same, in words. */
  public List<String> nextWords() {
    return next().stream().map(Enum::name).sorted().toList();
  }

  /** The status that a document names, exactly as written; the other one if it names none. */
  static AutomationStatus read(@Nullable Object value, AutomationStatus otherwise) {
    if (value == null) {
      return otherwise;
    }
    return Arrays.stream(values())
        .filter(status -> status.name().equals(value))
        .findFirst()
        .orElseThrow(() -> invalid("status is one of " + Arrays.toString(values())));
  }

  static RequestRefused.Invalid invalid(String message) {
    return new RequestRefused.Invalid(List.of(new FieldError("/status", "status", message)));
  }
}
