package com.freelync.control.analytics;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionRefused;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The input of actions that says how long a period is. */
public final class PeriodInput {
  private PeriodInput() {}

  /**
   * The length that {@code period} names; a day unless said.
   *
   * @param among those that the action takes
   * @throws ActionRefused if it is none of them
   */
  public static MetricPeriod of(Action.Request request, MetricPeriod... among) {
    String name = request.text("period");
    if (name == null) {
      return MetricPeriod.DAILY;
    }
    return Arrays.stream(among)
        .filter(period -> period.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ActionRefused(
                    "period",
                    name
                        + " is no period: they are "
                        + Arrays.stream(among).map(Enum::name).collect(Collectors.joining(", "))));
  }
}
