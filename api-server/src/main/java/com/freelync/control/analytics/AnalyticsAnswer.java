package com.freelync.control.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ready-made questions are answered with.
 *
 * @param from begin of the time, a day or a local time of Addis Ababa
 * @param to its end, which does not belong to it
 * @param totals each metric over the whole time
 * @param previous the time before and its totals; absent unless compared
 * @param change each metric's difference and percentage; absent unless compared
 * @param series each period with its values, also those in which nothing happened; empty without a
 *     grain
 * @param breakdown each group with its values; empty without grouping
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnalyticsAnswer(
    String from,
    String to,
    @Nullable String grain,
    String timeZone,
    Map<String, Object> totals,
    @Nullable Previous previous,
    @Nullable Map<String, Change> change,
    List<Map<String, Object>> series,
    List<Map<String, Object>> breakdown,
    Provenance provenance) {
  /** What it is compared with. */
  record Previous(String from, String to, Map<String, Object> totals) {}
}
