package com.freelync.control.alert;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a signal says of one subject.
 *
 * @param subject what it is about, such as the id of an automation
 * @param title the finding in one line, for people
 * @param value in the unit of the signal
 * @param sample of how many things the value is made
 * @param facts what else people want to know; no personal data
 */
public record Measurement(
    String subject, String title, BigDecimal value, long sample, Map<String, Object> facts) {
  public Measurement {
    facts = Map.copyOf(facts);
  }
}
