package com.freelync.control.analytics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table that answers a question.
 *
 * @param rows one list for each row, in the order of the columns; null for a rate over nothing and
 *     for what is suppressed
 * @param truncated whether there are more rows than the limit
 * @param suppressed whether counts of fewer than five people were left out
 */
record CustomAnswer(
    List<Column> columns,
    List<List<@Nullable Object>> rows,
    boolean truncated,
    boolean suppressed,
    Provenance provenance) {
  /** A column: {@code kind} is time, dimension or measure. */
  record Column(String name, String kind, String unit) {}
}
