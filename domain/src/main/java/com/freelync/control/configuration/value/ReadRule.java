package com.freelync.control.configuration.value;

import com.freelync.control.problem.FieldError;
import java.util.List;

/** What came of reading a rule. */
public sealed interface ReadRule {
  /** It is one, free of contradictions. */
  record Valid(ValueRule rule) implements ReadRule {}

  /** It is none; everything that is wrong with it, at most a hundred errors. */
  record Invalid(List<FieldError> errors) implements ReadRule {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }
}
