package com.freelync.control.document;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.condition.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** The input that says how long before its expiry a document counts as expiring. */
final class Within {
  static final InputField FIELD =
      new InputField(
          "within", FactType.TEXT, false, "How long before their expiry; P30D unless said.");

  private static final Duration DEFAULT = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(366);

  private Within() {}

  /** The last day of Addis Ababa on which a document that expires counts. */
  static LocalDate until(Action.Request request, Instant now) {
    String text = request.text("within");
    Duration within = text == null ? DEFAULT : parse(text);
    if (within.isNegative() || within.compareTo(LONGEST) > 0) {
      throw new ActionRefused("within", "within is at most a year, and not negative");
    }
    return day(now).plusDays(within.toDays());
  }

  /** The day of Addis Ababa. */
  static LocalDate day(Instant now) {
    return now.atZone(Values.BUSINESS_ZONE).toLocalDate();
  }

  private static Duration parse(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new ActionRefused("within", text + " is no duration such as P30D");
    }
  }
}
