package com.freelync.control.analytics;

import com.freelync.control.analytics.Segment.Level;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Sums the measures of one cube in one statement: the rollups of the segments, the deltas that are
 * not folded into them yet, and the source where rollups do not reach. Names in the statement are
 * constants of enums; what a person wrote is bound.
 */
final class CubeQuery {
  private final Cube cube;
  private final List<Measure> measures;
  private final @Nullable MetricPeriod grain;
  private final List<Dimension> groupBy;
  private final List<Filter> filters;
  private final boolean isOfCells;
  private final Map<String, Object> values = new LinkedHashMap<>();

  CubeQuery(
      Cube cube,
      Set<Measure> measures,
      @Nullable MetricPeriod grain,
      List<Dimension> groupBy,
      List<Filter> filters) {
    this(cube, measures, grain, groupBy, filters, false);
  }

  private CubeQuery(
      Cube cube,
      Set<Measure> measures,
      @Nullable MetricPeriod grain,
      List<Dimension> groupBy,
      List<Filter> filters,
      boolean isOfCells) {
    this.isOfCells = isOfCells;
    this.cube = cube;
    this.measures = List.copyOf(measures);
    this.grain = grain;
    this.groupBy = groupBy;
    this.filters = filters;
  }

  /** Sums measures of each cell of a whole time; users who are both stay both. */
  static CubeQuery ofCells(Cube cube, Set<Measure> measures) {
    return new CubeQuery(cube, measures, null, cube.dimensions(), List.of(), true);
  }

  /** Whether users who are both are told as buyers and as sellers. */
  private boolean isByType() {
    return groupBy.contains(Dimension.USER_TYPE) && !isOfCells;
  }

  /** The sums of each part that has a row; of no parts at all where nothing is read. */
  Map<Part, Map<Measure, Long>> run(Handle handle, List<Segment> segments) {
    Map<Part, Map<Measure, Long>> sums = new HashMap<>();
    if (segments.isEmpty()) {
      return sums;
    }
    Query query = handle.createQuery(sql(segments)).bindMap(values);
    query
        .map(
            (row, context) -> {
              LocalDateTime period =
                  grain == null ? null : row.getObject("period", LocalDateTime.class);
              List<String> group = new ArrayList<>();
              for (Dimension dimension : groupBy) {
                group.add(row.getString(dimension.wireName()));
              }
              Map<Measure, Long> sum = new EnumMap<>(Measure.class);
              for (Measure measure : measures) {
                sum.put(measure, row.getLong(measure.column()));
              }
              return Map.entry(new Part(period, group), sum);
            })
        .forEach(entry -> sums.put(entry.getKey(), entry.getValue()));
    return sums;
  }

  private String sql(List<Segment> segments) {
    List<String> selects = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.level() == Level.SOURCE) {
        selects.addAll(fromSource(segment));
      } else {
        String table = cube.table() + "_" + segment.level().name().toLowerCase(Locale.ROOT);
        selects.add(from(table, segment));
        // Deltas are hours: each belongs to the one segment that would hold its cell.
        selects.add(from(cube.table() + "_delta", segment));
      }
    }
    List<String> keys = new ArrayList<>();
    if (grain != null) {
      keys.add("date_trunc('" + grain.field() + "', bucket) AS period");
    }
    groupBy.forEach(dimension -> keys.add(column(dimension)));
    List<String> sums =
        measures.stream()
            .map(Measure::column)
            .map(column -> "coalesce(sum(" + column + "), 0) AS " + column)
            .toList();
    List<String> selected = new ArrayList<>(keys);
    selected.addAll(sums);
    String grouping =
        keys.isEmpty()
            ? ""
            : " GROUP BY "
                + IntStream.rangeClosed(1, keys.size())
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", "));
    return "SELECT "
        + String.join(", ", selected)
        + " FROM ("
        + String.join(" UNION ALL ", selects)
        + ") cell"
        + (isByType()
            ? " CROSS JOIN LATERAL unnest(CASE cell.user_type WHEN 'both' THEN '{buyer,seller}'"
                + " ELSE ARRAY[cell.user_type] END) AS one (type)"
            : "")
        + where()
        + grouping;
  }

  private String column(Dimension dimension) {
    return dimension == Dimension.USER_TYPE && isByType()
        ? "one.type AS user_type"
        : dimension.wireName();
  }

  private String from(String table, Segment segment) {
    String from = bind(segment.from());
    String to = bind(segment.to());
    return "SELECT bucket, "
        + dimensions()
        + ", "
        + measures.stream().map(Measure::column).collect(Collectors.joining(", "))
        + " FROM control."
        + table
        + " WHERE bucket >= "
        + from
        + " AND bucket < "
        + to;
  }

  /** Each fact by itself: of a fact that nobody asks for nothing is read. */
  private List<String> fromSource(Segment segment) {
    String from = bind(BusinessTime.instant(segment.from()));
    String to = bind(BusinessTime.instant(segment.to()));
    Set<String> facts = new LinkedHashSet<>();
    measures.forEach(measure -> facts.add(measure.fact()));
    List<String> selects = new ArrayList<>();
    for (String fact : facts) {
      String columns =
          measures.stream()
              .map(
                  measure ->
                      measure.fact().equals(fact)
                          ? measure.column()
                          : "NULL::bigint AS " + measure.column())
              .collect(Collectors.joining(", "));
      selects.add(
          "SELECT date_trunc('hour', control.business_time(at)) AS bucket, "
              + dimensions()
              + ", "
              + columns
              + " FROM control.source_"
              + fact
              + " WHERE at >= "
              + from
              + " AND at < "
              + to);
    }
    return selects;
  }

  private String dimensions() {
    return cube.dimensions().stream().map(Dimension::wireName).collect(Collectors.joining(", "));
  }

  private String where() {
    List<String> conditions = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter.dimension() == Dimension.USER_TYPE) {
        conditions.add(userTypes(filter));
      } else {
        conditions.add(
            filter.dimension().wireName()
                + (filter.isEqual() ? " = ANY (" : " <> ALL (")
                + bind(filter.values().toArray(new String[0]))
                + ")");
      }
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Who is both passes where one of the two passes; broken down, each type by itself. */
  private String userTypes(Filter filter) {
    Set<String> types = filter.userTypes();
    if (groupBy.contains(Dimension.USER_TYPE)) {
      return "one.type = ANY (" + bind(types.toArray(new String[0])) + ")";
    }
    List<String> stored = new ArrayList<>(types);
    if (!types.isEmpty()) {
      stored.add("both");
    }
    return "cell.user_type = ANY (" + bind(stored.toArray(new String[0])) + ")";
  }

  private String bind(Object value) {
    String name = "v" + values.size();
    values.put(name, value);
    return ":" + name;
  }
}
