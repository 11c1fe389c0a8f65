package com.freelync.control.configuration;

import com.freelync.control.analytics.Metric;
import com.freelync.control.configuration.value.Pointer;
import com.freelync.control.parse.Nearest;
import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is watched after an activation, and when it is taken back (CF-9).
 *
 * @param metric what is watched
 * @param maxDropPercent by how many percent it may get worse than in the time before; null where a
 *     bound is given
 * @param bound what it may not pass: from above, or from below for what is better the less it is
 * @param window how long
 * @param minimumSample of fewer cases nothing is concluded
 */
public record Guard(
    Metric metric,
    @Nullable BigDecimal maxDropPercent,
    @Nullable BigDecimal bound,
    Duration window,
    long minimumSample) {
  private static final Set<String> FIELDS =
      Set.of("metric", "max_drop_percent", "bound", "window", "minimum_sample");
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final long USUAL_SAMPLE = 30;
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000L);
  private static final int MOST_DIGITS = 30;

  /** Whether less of the metric is better. */
  public boolean isBetterLow() {
    return switch (metric) {
      case DISPUTE_RATE, PAYMENT_FAILURE_RATE, PROCESSOR_FEES -> true;
      default -> false;
    };
  }

  /** It as it is kept and answered. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("metric", metric.wireName());
    if (maxDropPercent != null) {
      document.put("max_drop_percent", maxDropPercent);
    }
    if (bound != null) {
      document.put("bound", bound);
    }
    document.put("window", window.toString());
    document.put("minimum_sample", minimumSample);
    return document;
  }

  /** Reads one that was checked before it was kept. */
  static Guard read(Map<?, ?> document) {
    List<FieldError> errors = new java.util.ArrayList<>();
    return read(document, "", errors)
        .orElseThrow(() -> new IllegalStateException("a stored guard is invalid: " + errors));
  }

  /** Reads one that somebody wrote; what is wrong with it is added to the errors. */
  static Optional<Guard> read(Map<?, ?> document, String at, List<FieldError> errors) {
    int before = errors.size();
    for (Object field : document.keySet()) {
      if (!FIELDS.contains(String.valueOf(field))) {
        errors.add(
            new FieldError(
                Pointer.to(at, String.valueOf(field)),
                "unknown",
                Nearest.hint(String.valueOf(field), FIELDS)));
      }
    }
    String name = String.valueOf(document.get("metric"));
    Optional<Metric> metric = Metric.named(name);
    if (metric.isEmpty()) {
      errors.add(
          new FieldError(
              at + "/metric",
              document.get("metric") == null ? "missing" : "unknown",
              "no metric has this name: " + Nearest.hint(name, Metric.names())));
    }
    BigDecimal drop = number(document, "max_drop_percent", at, errors);
    BigDecimal bound = number(document, "bound", at, errors);
    if ((document.get("max_drop_percent") == null) == (document.get("bound") == null)) {
      errors.add(new FieldError(at, "one_of", "give either max_drop_percent or bound"));
    }
    if (drop != null && (drop.signum() <= 0)) {
      errors.add(
          new FieldError(at + "/max_drop_percent", "range", "percent above 0 are needed here"));
    }
    Duration window = window(document.get("window"), at, errors);
    Long sample = sample(document.get("minimum_sample"), at, errors);
    return errors.size() > before || metric.isEmpty() || window == null || sample == null
        ? Optional.empty()
        : Optional.of(new Guard(metric.get(), drop, bound, window, sample));
  }

  private static @Nullable BigDecimal number(
      Map<?, ?> document, String field, String at, List<FieldError> errors) {
    Object written = document.get(field);
    if (written == null) {
      return null;
    }
    BigDecimal number =
        written instanceof BigDecimal exact
            ? exact
            : written instanceof Integer || written instanceof Long
                ? BigDecimal.valueOf(((Number) written).longValue())
                : null;
    // Scale and digits first: arithmetic with 1E+999999999 would not end.
    if (number == null
        || number.precision() > MOST_DIGITS
        || Math.abs(number.scale()) > MOST_DIGITS
        || number.abs().compareTo(LARGEST) > 0) {
      errors.add(
          new FieldError(at + "/" + field, "type", "a number of at most 30 digits is needed here"));
      return null;
    }
    return number;
  }

  private static @Nullable Duration window(
      @Nullable Object written, String at, List<FieldError> errors) {
    try {
      Duration window = written instanceof String text ? Duration.parse(text) : null;
      if (window != null && window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0) {
        return window;
      }
    } catch (DateTimeException e) {
      // Falls through to the one message.
    }
    errors.add(
        new FieldError(
            at + "/window",
            written == null ? "missing" : "range",
            "a duration from PT10S to P30D is needed, such as PT1H"));
    return null;
  }

  private static @Nullable Long sample(
      @Nullable Object written, String at, List<FieldError> errors) {
    if (written == null) {
      return USUAL_SAMPLE;
    }
    if (written instanceof Integer number && number > 0) {
      return number.longValue();
    }
    errors.add(
        new FieldError(
            at + "/minimum_sample", "range", "a whole number of at least 1 is needed here"));
    return null;
  }
}
