package com.freelync.control.automation;

import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What becomes of what an automation missed while it was paused. */
enum Missed {
  SKIP,
  RUN;

  /**
   * Takes the word out of the changes of an automation.
   *
   * @param resumes whether the changes resume what is PAUSED
   * @throws RequestRefused.Invalid if the word is another one, or nothing is resumed
   */
  static Missed take(Map<String, Object> changes, boolean resumes) {
    if (!changes.containsKey("missed")) {
      return SKIP;
    }
    Object word = changes.remove("missed");
    if (!resumes) {
      throw invalid(
          "not_resumed", "missed is said only where status ACTIVE resumes what is PAUSED");
    }
    for (Missed missed : values()) {
      if (missed.word().equals(word)) {
        return missed;
      }
    }
    throw invalid("missed", "missed is run or skip");
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RequestRefused.Invalid invalid(String code, String message) {
    return new RequestRefused.Invalid(List.of(new FieldError("/missed", code, message)));
  }
}
