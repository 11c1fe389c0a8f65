package com.freelync.control.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of an analyst's own.
 *
 * @param measures names of the catalog
 * @param dimensions what to break down by
 * @param timeDimension the time asked about; without it the last 30 days
 * @param order pairs of a column's name and {@code asc} or {@code desc}
 * @param limit how many rows at most, 1 to 10,000; 1,000 unless said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CustomQuery(
    List<String> measures,
    @Nullable List<String> dimensions,
    @Nullable TimeDimension timeDimension,
    @Nullable List<MemberFilter> filters,
    @Nullable List<List<String>> order,
    @Nullable Integer limit) {

  /**
   * The time asked about.
   *
   * @param name {@code created_at}: each measure counts by its own time stamp, which the catalog
   *     says
   * @param grain how it is cut; not cut where it is missing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TimeDimension(String name, String from, String to, @Nullable String grain) {}

  /**
   * A filter.
   *
   * @param member a dimension
   * @param operator {@code equals} or {@code not_equals} one of the values
   */
  record MemberFilter(String member, String operator, List<String> values) {}
}
