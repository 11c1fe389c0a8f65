package com.freelync.control.alert;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a measured rule looks at.
 *
 * @param signal the name of the {@link Signal}
 * @param comparison how the value stands to the threshold when the rule holds
 * @param threshold in the unit of the signal
 * @param window how far back the signal looks
 * @param minimumSample fewer say nothing, neither that the rule holds nor that it does not
 */
public record AlertMeasure(
    String signal,
    AlertComparison comparison,
    BigDecimal threshold,
    Duration window,
    int minimumSample) {

  /** Whether the measurement is of enough to say anything. */
  public boolean isEnough(Measurement measurement) {
    return measurement.sample() >= minimumSample;
  }

  /** Whether the measurement is what the rule looks for. */
  public boolean holds(Measurement measurement) {
    return comparison.holds(measurement.value(), threshold);
  }
}
