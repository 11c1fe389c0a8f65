package com.freelync.control.analytics;

import com.freelync.control.analytics.CustomQuery.MemberFilter;
import com.freelync.control.analytics.CustomQuery.TimeDimension;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.table.Table;
import com.freelync.control.parse.Nearest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a question of an analyst's own: only names of the catalog pass, so nothing that was written
 * reaches the database but as a value.
 */
final class CustomQueryReader {
  private static final String TIME = "created_at";
  private static final int USUAL_ROWS = 1_000;
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_VALUES = 100;
  private static final int MOST_FILTERS = 20;

  /** A column of each dimension and measure, and time. */
  private static final int MOST_ORDERS = Metric.values().length + Dimension.values().length + 1;

  private final RangeReader reader = new RangeReader();
  private final List<Metric> metrics = new ArrayList<>();
  private List<Dimension> dimensions = List.of();
  private final List<Filter> filters = new ArrayList<>();
  private @Nullable LocalDateTime from;
  private @Nullable LocalDateTime to;
  private @Nullable MetricPeriod grain;

  private CustomQueryReader() {}

  /**
   * Reads it.
   *
   * @throws ProblemException 422 with everything that is wrong
   */
  static Asked read(CustomQuery query, Instant now) {
    return new CustomQueryReader().question(query, now);
  }

  private Asked question(CustomQuery query, Instant now) {
    measures(query.measures());
    dimensions =
        query.dimensions() == null
            ? List.of()
            : reader.dimensions("/dimensions", query.dimensions(), metrics);
    time(query.timeDimension(), now);
    List<MemberFilter> asked = reader.atMost(MOST_FILTERS, "/filters", query.filters());
    for (int i = 0; i < asked.size(); i++) {
      filter("/filters/" + i, asked.get(i));
    }
    List<String> names = columns();
    List<Order> order = order(query.order(), names);
    Integer limit = query.limit();
    if (limit != null && (limit < 1 || limit > MOST_ROWS)) {
      reader.wrong("/limit", "range", "limit is a number from 1 to " + MOST_ROWS);
    }
    LocalDateTime begin = from;
    LocalDateTime end = to;
    if (!reader.errors().isEmpty() || begin == null || end == null) {
      throw ProblemException.invalid(reader.errors());
    }
    Question question =
        new Question(new LinkedHashSet<>(metrics), begin, end, grain, dimensions, filters);
    reader.cost("/time_dimension/grain", question);
    if (!reader.errors().isEmpty()) {
      throw ProblemException.invalid(reader.errors());
    }
    return new Asked(question, List.copyOf(metrics), names, order, limit);
  }

  private void measures(List<String> all) {
    List<String> names = reader.atMost(Metric.values().length, "/measures", all);
    if (all.isEmpty()) {
      reader.wrong("/measures", "empty", "name at least one measure of GET /analytics/catalog");
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Optional<Metric> metric = Metric.named(name);
      if (metric.isEmpty()) {
        reader.wrong(
            "/measures/" + i,
            "unknown",
            "no measure has this name: " + Nearest.hint(name, Metric.names()));
      } else if (metrics.contains(metric.get())) {
        reader.wrong("/measures/" + i, "repeated", "name each measure once");
      } else {
        metrics.add(metric.get());
      }
    }
  }

  private void time(@Nullable TimeDimension time, Instant now) {
    if (time == null) {
      TimeRange range = RangeReader.orUsual(null, null, BusinessTime.day(now));
      from = range.from();
      to = range.to();
      return;
    }
    if (!time.name().equals(TIME)) {
      reader.wrong(
          "/time_dimension/name",
          "unknown",
          "write created_at: each measure counts by its own time stamp, which the catalog says");
    }
    from = reader.time("/time_dimension/from", time.from());
    to = reader.time("/time_dimension/to", time.to());
    grain = reader.grain("/time_dimension/grain", time.grain());
    reader.range("/time_dimension/from", "/time_dimension/to", from, to, grain);
  }

  private void filter(String at, MemberFilter filter) {
    Dimension dimension = reader.dimension(at + "/member", filter.member(), metrics);
    boolean isKnown = filter.operator().equals("equals") || filter.operator().equals("not_equals");
    if (!isKnown) {
      reader.wrong(
          at + "/operator",
          "unknown",
          Nearest.hint(filter.operator(), List.of("equals", "not_equals")));
    }
    if (filter.values().isEmpty() || filter.values().size() > MOST_VALUES) {
      reader.wrong(at + "/values", "size", "give 1 to " + MOST_VALUES + " values");
      return;
    }
    if (dimension != null && !dimension.knownValues().isEmpty()) {
      for (int i = 0; i < filter.values().size(); i++) {
        if (!dimension.knownValues().contains(filter.values().get(i))) {
          reader.wrong(
              at + "/values/" + i,
              "unknown",
              Nearest.hint(filter.values().get(i), dimension.knownValues()));
        }
      }
    }
    if (dimension != null && isKnown) {
      Set<String> values = new TreeSet<>(filter.values());
      filters.add(new Filter(dimension, filter.operator().equals("equals"), values));
    }
  }

  private List<String> columns() {
    List<String> names = new ArrayList<>();
    if (grain != null) {
      names.add(TIME);
    }
    dimensions.forEach(dimension -> names.add(dimension.wireName()));
    metrics.forEach(metric -> names.add(metric.wireName()));
    return names;
  }

  private List<Order> order(@Nullable List<List<String>> all, List<String> names) {
    List<Order> order = new ArrayList<>();
    List<List<String>> pairs = reader.atMost(MOST_ORDERS, "/order", all);
    for (int i = 0; i < pairs.size(); i++) {
      List<String> pair = pairs.get(i);
      if (pair.size() != 2 || !(pair.get(1).equals("asc") || pair.get(1).equals("desc"))) {
        reader.wrong(
            "/order/" + i, "shape", "a pair of a column's name and asc or desc is needed here");
      } else if (!names.contains(pair.getFirst())) {
        reader.wrong(
            "/order/" + i + "/0",
            "unknown",
            "no column of the answer has this name: " + Nearest.hint(pair.getFirst(), names));
      } else {
        order.add(new Order(names.indexOf(pair.getFirst()), pair.get(1).equals("desc")));
      }
    }
    return order;
  }

  /** By which column, and whether the greatest comes first. */
  private record Order(int column, boolean isDescending)
      implements Comparator<List<@Nullable Object>> {
    @Override
    public int compare(List<@Nullable Object> left, List<@Nullable Object> right) {
      Object a = left.get(column);
      Object b = right.get(column);
      if (a == null || b == null) {
        // What is missing comes last, in either direction.
        return a == b ? 0 : a == null ? 1 : -1;
      }
      int compared =
          a instanceof BigDecimal number && b instanceof BigDecimal other
              ? number.compareTo(other)
              : a.toString().compareTo(b.toString());
      return isDescending ? -compared : compared;
    }
  }

  /** A question that can be asked. */
  record Asked(
      Question question,
      List<Metric> metrics,
      List<String> names,
      List<Order> order,
      @Nullable Integer limit) {
    CustomAnswer ask(Analytics analytics) {
      return analytics.read(reading -> answer(reading, limit == null ? USUAL_ROWS : limit));
    }

    /** As a table it has every row, unless it says how many it wants. */
    Table table(Analytics analytics) {
      CustomAnswer answer =
          analytics.read(reading -> answer(reading, limit == null ? Integer.MAX_VALUE : limit));
      return new Table(
          "custom-query",
          names,
          answer.rows(),
          AnswerTable.facts(answer.provenance(), answer.suppressed(), answer.truncated()));
    }

    private CustomAnswer answer(Reading reading, int most) {
      List<Row> found = reading.answer(question);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      found.forEach(row -> rows.add(AnswerTable.cells(row, metrics)));
      order.stream()
          .map(by -> (Comparator<List<@Nullable Object>>) by)
          .reduce(Comparator::thenComparing)
          .ifPresent(by -> Collections.sort(rows, by));
      boolean isMore = rows.size() > most;
      return new CustomAnswer(
          columns(),
          isMore ? List.copyOf(rows.subList(0, most)) : rows,
          isMore,
          found.stream().anyMatch(Row::suppressed),
          reading.provenance());
    }

    private List<CustomAnswer.Column> columns() {
      List<CustomAnswer.Column> columns = new ArrayList<>();
      if (question.grain() != null) {
        columns.add(new CustomAnswer.Column(TIME, "time", question.grain().name()));
      }
      question
          .groupBy()
          .forEach(
              dimension ->
                  columns.add(new CustomAnswer.Column(dimension.wireName(), "dimension", "text")));
      metrics.forEach(
          metric ->
              columns.add(
                  new CustomAnswer.Column(metric.wireName(), "measure", metric.unit().name())));
      return columns;
    }
  }
}
