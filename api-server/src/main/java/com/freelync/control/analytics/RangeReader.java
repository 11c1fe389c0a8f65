package com.freelync.control.analytics;

import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.parse.Nearest;
import com.freelync.control.problem.FieldError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the words of a question, and collects all that is wrong with them. */
final class RangeReader {
  /** Longer than the marketplace will have data, and short enough to be answered within bounds. */
  static final int MOST_YEARS = 20;

  /** Periods of an answer. */
  static final int MOST_PERIODS = 10_000;

  /** Distinct users have no rollup by the hour: they are counted from the source. */
  static final int MOST_DAYS_OF_HOURLY_USERS = 31;

  private static final int USUAL_DAYS = 30;

  /** Cells of an answer before it is cut to its limit: periods times groups. */
  static final long MOST_CELLS = 100_000;

  /** Cells times metrics: an answer is in memory while it is written. */
  static final long MOST_VALUES = 400_000;

  /** More than the marketplace has regions. */
  private static final int USUAL_REGIONS = 20;

  static final int FIRST_YEAR = 1900;
  static final int LAST_YEAR = 2199;
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final List<FieldError> errors = new ArrayList<>();

  /** What was wrong until now. */
  List<FieldError> errors() {
    return errors;
  }

  /**
   * Goes on if nothing was wrong.
   *
   * @throws ProblemException 400 with everything that is
   */
  void require(String sentence) {
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.of(ProblemType.MALFORMED, sentence, errors), Map.of());
    }
  }

  void wrong(String field, String code, String message) {
    errors.add(new FieldError(field, code, message));
  }

  /** A day of Addis Ababa, or an instant. */
  @Nullable LocalDateTime time(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    Optional<LocalDateTime> time =
        DAY.matcher(value).matches()
            ? day(value)
            : Filters.instant(value).map(at -> BusinessTime.at(at).truncatedTo(ChronoUnit.MICROS));
    if (time.isPresent()) {
      if (time.get().getYear() < FIRST_YEAR || time.get().getYear() > LAST_YEAR) {
        wrong(
            field, "range", "years from " + FIRST_YEAR + " to " + LAST_YEAR + " can be asked for");
      }
      return time.get();
    }
    wrong(
        field,
        "time",
        "a day such as 2026-02-01, which begins in Addis Ababa, or a time such as 2026-02-01T00:00:00Z");
    return null;
  }

  /** A time that ends with today unless said, and is 30 days long unless said. */
  static TimeRange orUsual(
      @Nullable LocalDateTime from, @Nullable LocalDateTime to, LocalDate today) {
    LocalDateTime end = to == null ? today.plusDays(1).atStartOfDay() : to;
    return new TimeRange(from == null ? end.minusDays(USUAL_DAYS) : from, end);
  }

  /** A day, and no time within it. */
  @Nullable LocalDateTime day(String field, @Nullable String value) {
    if (value != null && !DAY.matcher(value).matches()) {
      wrong(field, "time", "a day such as 2026-02-01");
      return null;
    }
    return time(field, value);
  }

  private static Optional<LocalDateTime> day(String value) {
    try {
      return Optional.of(LocalDate.parse(value).atStartOfDay());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Nullable MetricPeriod grain(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    Optional<MetricPeriod> grain =
        Arrays.stream(MetricPeriod.values())
            .filter(known -> known.name().equals(value))
            .findFirst();
    if (grain.isEmpty()) {
      List<String> known = Arrays.stream(MetricPeriod.values()).map(Enum::name).toList();
      wrong(
          field,
          "value",
          "the finest grain is HOURLY; "
              + Nearest.hint(value, known)
              + " ("
              + String.join(", ", known)
              + ")");
    }
    return grain.orElse(null);
  }

  /** Checks a range against the bounds. */
  void range(
      String fromField,
      String toField,
      @Nullable LocalDateTime from,
      @Nullable LocalDateTime to,
      @Nullable MetricPeriod grain) {
    if (from == null || to == null) {
      return;
    }
    if (!from.isBefore(to)) {
      wrong(
          fromField, "range", "from is not before to: a range is half-open, exchange or widen it");
    } else if (from.plusYears(MOST_YEARS).isBefore(to)) {
      wrong(toField, "range", "a range is at most " + MOST_YEARS + " years long");
    } else if (grain != null && grain.plus(grain.start(from), MOST_PERIODS).isBefore(to)) {
      wrong(
          toField,
          "range",
          "this range has more than "
              + MOST_PERIODS
              + " periods: shorten it or take a coarser grain");
    }
  }

  /** Refuses what would take too long: too many cells, or too many rows of the source. */
  void cost(String field, Question question) {
    MetricPeriod grain = question.grain();
    if (grain == null) {
      return;
    }
    long groups = 1;
    for (Dimension dimension : question.groupBy()) {
      groups *= dimension.knownValues().isEmpty() ? USUAL_REGIONS : dimension.knownValues().size();
    }
    long cells = Math.min(MOST_CELLS, MOST_VALUES / Math.max(1, question.metrics().size()));
    long periods = Math.max(1, cells / groups);
    if (grain.plus(grain.start(question.from()), periods).isBefore(question.to())) {
      wrong(
          field,
          "cost",
          "broken down so, at most "
              + periods
              + " periods are answered: shorten the range, take a coarser grain or fewer dimensions");
    }
    if (grain == MetricPeriod.HOURLY
        && question.metrics().contains(Metric.ACTIVE_USERS)
        && question.from().plusDays(MOST_DAYS_OF_HOURLY_USERS).isBefore(question.to())) {
      wrong(
          field,
          "cost",
          "active_users by the hour is answered for at most "
              + MOST_DAYS_OF_HOURLY_USERS
              + " days: shorten the range or take DAILY");
    }
  }

  /** Refuses a list that is longer than anything sensible, and does not look at its items then. */
  <T> List<T> atMost(int most, String field, @Nullable List<T> items) {
    if (items != null && items.size() > most) {
      wrong(field, "size", "at most " + most + " items are possible here");
      return List.of();
    }
    return items == null ? List.of() : items;
  }

  /** Dimensions that all of the metrics have. */
  List<Dimension> dimensions(String field, List<String> names, Iterable<Metric> metrics) {
    List<Dimension> dimensions = new ArrayList<>();
    List<String> asked = atMost(Dimension.values().length, field, names);
    for (int i = 0; i < asked.size(); i++) {
      String at = field.startsWith("/") ? field + "/" + i : field;
      Dimension dimension = dimension(at, asked.get(i), metrics);
      if (dimension != null && dimensions.contains(dimension)) {
        wrong(at, "repeated", "name each dimension once");
      } else if (dimension != null) {
        dimensions.add(dimension);
      }
    }
    return dimensions;
  }

  @Nullable Dimension dimension(String field, String name, Iterable<Metric> metrics) {
    Optional<Dimension> dimension = Dimension.named(name);
    if (dimension.isEmpty()) {
      wrong(
          field,
          "unknown",
          "no dimension has this name: "
              + Nearest.hint(
                  name, Arrays.stream(Dimension.values()).map(Dimension::wireName).toList()));
      return null;
    }
    boolean fits = true;
    for (Metric metric : metrics) {
      if (!metric.dimensions().contains(dimension.get())) {
        wrong(
            field,
            "dimension",
            metric.wireName()
                + " has no "
                + name
                + ", it has "
                + String.join(
                    ", ", metric.dimensions().stream().map(Dimension::wireName).toList()));
        fits = false;
      }
    }
    return fits ? dimension.get() : null;
  }
}
