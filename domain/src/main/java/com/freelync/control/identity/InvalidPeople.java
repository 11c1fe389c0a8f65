package com.freelync.control.identity;

import com.freelync.control.problem.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration of the directory is wrong; the message has one line for each error. */
public final class InvalidPeople extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<FieldError> errors;

  InvalidPeople(List<FieldError> errors) {
    super(
        "The configuration of people has "
            + errors.size()
            + (errors.size() == 1 ? " error:" : " errors:")
            + errors.stream()
                .map(error -> "\n  " + error.field() + ": " + error.message())
                .collect(Collectors.joining()));
    this.errors = List.copyOf(errors);
  }

  /** Everything that is wrong. */
  public List<FieldError> errors() {
    return errors;
  }
}
