package com.freelync.control.analytics;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Questions to one snapshot of the database: all answers of a reading agree with each other. This
 * is the one way to a number; dashboard, queries, reports and snapshots all read through it.
 */
public final class Reading {
  /** Before everything: the begin of what a stock is counted from. */
  private static final LocalDateTime BEGIN = LocalDateTime.of(1, 1, 1, 0, 0);

  /** What makes a stock. */
  private static final Set<Measure> STOCK =
      Set.of(Measure.NEW_LISTINGS, Measure.SOLD_LISTINGS, Measure.CLOSED_LISTINGS);

  private final Handle handle;
  private final Instant asOf;
  private final CubeState.All states;
  private boolean isOfRollups;
  private boolean isOfSource;
  private Optional<Instant> verifiedAt = Optional.of(Instant.MAX);

  /** Begins to read; the handle's transaction must see one snapshot (repeatable read). */
  public Reading(Handle handle) {
    this.handle = handle;
    this.asOf = handle.createQuery("SELECT now()").mapTo(Instant.class).one();
    this.states = CubeState.read(handle);
  }

  /** The instant whose data is read. */
  public Instant asOf() {
    return asOf;
  }

  /**
   * The answer, in order of time and groups. A part of which every value is zero or null is left
   * out, except where the question has one part only.
   */
  public List<Row> answer(Question question) {
    Map<Part, Map<Measure, Long>> sums = new HashMap<>();
    for (Cube cube : List.of(Cube.MARKET, Cube.PEOPLE)) {
      Set<Measure> measures = EnumSet.noneOf(Measure.class);
      for (Metric metric : question.metrics()) {
        if (metric.formula().cube() == cube) {
          measures.addAll(metric.formula().measures());
        }
      }
      if (!measures.isEmpty()) {
        sum(question, cube, measures, question.from(), question.to(), question.grain())
            .forEach(
                (part, found) -> sums.computeIfAbsent(part, p -> new HashMap<>()).putAll(found));
      }
    }
    Map<Part, Stocks.Stock> stocks = Map.of();
    if (question.metrics().stream().anyMatch(metric -> metric.formula().needsStock())) {
      Map<Part, Map<Measure, Long>> before =
          sum(question, Cube.MARKET, STOCK, BEGIN, question.from(), null);
      stocks = Stocks.of(question, before, sums, BusinessTime.at(asOf));
    }
    Map<Part, Long> active = Map.of();
    if (question.metrics().contains(Metric.ACTIVE_USERS)) {
      note(Cube.ACTIVITY, question.from(), question.to());
      active = new ActiveUsers(handle, states.of(Cube.ACTIVITY)).count(question);
    }
    return Rows.of(question, sums, stocks, active);
  }

  /** A metric's value over a whole time. */
  public @Nullable BigDecimal value(Metric metric, LocalDateTime from, LocalDateTime to) {
    return answer(Question.total(Set.of(metric), from, to)).getFirst().value(metric);
  }

  /** How many cases that value is drawn from: of a rate its denominator. */
  public long cases(Metric metric, LocalDateTime from, LocalDateTime to) {
    Measure measure = metric.formula().cases();
    long counted =
        measure == null
            ? Objects.requireNonNull(value(metric, from, to)).longValue()
            : sum(
                    Question.total(Set.of(metric), from, to),
                    measure.cube(),
                    Set.of(measure),
                    from,
                    to,
                    null)
                .values()
                .stream()
                .mapToLong(found -> found.getOrDefault(measure, 0L))
                .sum();
    return metric.formula() instanceof Formula.SoldShare ? counted + stockAt(from) : counted;
  }

  private long stockAt(LocalDateTime at) {
    BigDecimal stock = value(Metric.ACTIVE_LISTINGS, at.minusHours(1), at);
    return Objects.requireNonNull(stock).longValue();
  }

  /**
   * The answer in every period that begins before an instant, so that a chart has no holes.
   *
   * @param question by a grain, and by no dimension
   * @param until of what begins later only that is told in which something happened
   */
  public List<Row> series(Question question, LocalDateTime until) {
    MetricPeriod grain = Objects.requireNonNull(question.grain(), "a series has a grain");
    Map<LocalDateTime, Row> found = new HashMap<>();
    answer(question).forEach(row -> found.put(row.period(), row));
    List<Row> series = new ArrayList<>();
    for (LocalDateTime start = grain.start(question.from());
        start.isBefore(question.to());
        start = grain.plus(start, 1)) {
      Row row = found.get(start);
      if (row != null) {
        series.add(row);
      } else if (start.isBefore(until)) {
        series.add(Row.empty(start, question.metrics()));
      }
    }
    return series;
  }

  /**
   * Answers several questions about one whole time: every metric's cells are read once, and each
   * answer is added up of them. The answers are those of {@link #answer}.
   *
   * @param breakdowns what is asked: by these dimensions, of every metric that has them
   * @throws IllegalArgumentException if a time ends before it begins
   */
  List<List<Row>> answers(LocalDateTime from, LocalDateTime to, List<List<Dimension>> breakdowns) {
    Map<Cube, Cells> within = new EnumMap<>(Cube.class);
    for (Cube cube : List.of(Cube.MARKET, Cube.PEOPLE)) {
      within.put(cube, cells(cube, cube.measures(), from, to));
    }
    Cells before = cells(Cube.MARKET, STOCK, BEGIN, from);
    note(Cube.ACTIVITY, from, to);
    List<Question> questions =
        breakdowns.stream().map(groupBy -> whole(from, to, groupBy)).toList();
    List<Map<Part, Long>> users =
        new ActiveUsers(handle, states.of(Cube.ACTIVITY)).counts(questions);
    List<List<Row>> answers = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      List<Dimension> groupBy = question.groupBy();
      Map<Part, Map<Measure, Long>> sums = new HashMap<>();
      within.forEach(
          (cube, cells) -> {
            if (cube.dimensions().containsAll(groupBy)) {
              cells
                  .by(groupBy)
                  .forEach(
                      (part, found) ->
                          sums.computeIfAbsent(part, p -> new HashMap<>()).putAll(found));
            }
          });
      Map<Part, Stocks.Stock> stocks =
          Cube.MARKET.dimensions().containsAll(groupBy)
              ? Stocks.of(question, before.by(groupBy), sums, BusinessTime.at(asOf))
              : Map.of();
      answers.add(Rows.of(question, sums, stocks, users.get(i)));
    }
    return answers;
  }

  /** Every metric that has these dimensions. */
  private static Question whole(LocalDateTime from, LocalDateTime to, List<Dimension> groupBy) {
    Set<Metric> metrics = Metric.all();
    groupBy.forEach(dimension -> metrics.retainAll(Metric.having(dimension)));
    return new Question(metrics, from, to, null, groupBy, List.of());
  }

  private Cells cells(Cube cube, Set<Measure> measures, LocalDateTime from, LocalDateTime to) {
    return new Cells(
        cube, CubeQuery.ofCells(cube, measures).run(handle, segments(cube, from, to, null)));
  }

  private Map<Part, Map<Measure, Long>> sum(
      Question question,
      Cube cube,
      Set<Measure> measures,
      LocalDateTime from,
      LocalDateTime to,
      @Nullable MetricPeriod grain) {
    return new CubeQuery(cube, measures, grain, question.groupBy(), question.filters())
        .run(handle, segments(cube, from, to, grain));
  }

  private List<Segment> segments(
      Cube cube, LocalDateTime from, LocalDateTime to, @Nullable MetricPeriod grain) {
    note(cube, from, to);
    CubeState state = states.of(cube);
    return state.isDoubted()
        ? Segment.fromSource(from, to)
        : Segment.cover(from, to, grain, state.quarantined());
  }

  private void note(Cube cube, LocalDateTime from, LocalDateTime to) {
    CubeState state = states.of(cube);
    isOfSource |= state.isDistrusted(from, to);
    isOfRollups |= !state.isWhollyDistrusted(from, to);
    Optional<Instant> at = state.verifiedAt(from, to);
    verifiedAt =
        at.isEmpty() || verifiedAt.isEmpty()
            ? Optional.empty()
            : at.get().isBefore(verifiedAt.get()) ? at : verifiedAt;
  }

  /** Where all that was answered until now comes from. */
  public Provenance provenance() {
    String source = !isOfSource ? "rollup" : isOfRollups ? "mixed" : "source";
    // Where there is nothing there is nothing to verify: it is as true as the snapshot.
    Instant at = verifiedAt.map(found -> found.equals(Instant.MAX) ? asOf : found).orElse(null);
    return new Provenance(source, asOf, at, at != null && !isOfSource);
  }
}
