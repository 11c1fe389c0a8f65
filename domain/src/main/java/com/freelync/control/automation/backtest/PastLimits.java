package com.freelync.control.automation.backtest;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.safety.LimitMeasure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Limits as they would have been used in the past, by the definition alone. What a full limit
 * queues is done at the first full hour at which there is room.
 */
final class PastLimits {
  /** What would still wait after so long is not followed any further. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(31);

  private final TreeMap<Instant, Map<String, BigDecimal>> used = new TreeMap<>();

  /** Up to when no call of an action fits, however small: what waits need not look before. */
  private final Map<String, Instant> fullUntil = new HashMap<>();

  /** A limit that was full. */
  record Full(LimitMeasure measure, BigDecimal limit, Instant window) {}

  /** What is full at an instant for a call; empty if there is room. */
  Optional<Full> full(String action, ActionLimits limits, BigDecimal amount, Instant at) {
    for (LimitMeasure measure : LimitMeasure.values()) {
      Optional<BigDecimal> limit = measure.of(limits);
      Instant window = measure.start(at);
      if (limit.isPresent()
          && used(window, key(action, measure)).add(measure.taken(amount)).compareTo(limit.get())
              > 0) {
        return Optional.of(new Full(measure, limit.get(), window));
      }
    }
    return Optional.empty();
  }

  /** Takes what a call needs at an instant. */
  void take(String action, ActionLimits limits, BigDecimal amount, Instant at) {
    for (LimitMeasure measure : LimitMeasure.values()) {
      if (measure.of(limits).isPresent()) {
        used.computeIfAbsent(measure.start(at), start -> new LinkedHashMap<>())
            .merge(key(action, measure), measure.taken(amount), BigDecimal::add);
      }
    }
  }

  /** When a call that waits finds room; null if it does not within a month. */
  @Nullable Instant room(String action, ActionLimits limits, BigDecimal amount, Instant at) {
    Instant end = at.plus(LONGEST_WAIT);
    Instant known = fullUntil.getOrDefault(action, at);
    Instant next = known.isAfter(at) ? known : at;
    boolean isFullForAll = true;
    while (next.isBefore(end)) {
      Optional<Full> full = full(action, limits, amount, next);
      if (full.isEmpty()) {
        return next;
      }
      next = full.get().measure().end(full.get().window());
      isFullForAll &= full.get().measure() != LimitMeasure.AMOUNT_PER_DAY;
      if (isFullForAll) {
        fullUntil.put(action, next);
      }
    }
    return null;
  }

  /** Windows that are over are not looked at again. */
  void forgetBefore(Instant now) {
    used.headMap(LimitMeasure.COUNT_PER_DAY.start(now)).clear();
  }

  private BigDecimal used(Instant window, String key) {
    return used.getOrDefault(window, Map.of()).getOrDefault(key, BigDecimal.ZERO);
  }

  private static String key(String action, LimitMeasure measure) {
    return action + " " + measure;
  }

  /** As it is kept between two parts of the work. */
  Map<String, Object> kept() {
    Map<String, Object> kept = new LinkedHashMap<>();
    used.forEach((window, amounts) -> kept.put(window.toString(), amounts));
    return kept;
  }

  static PastLimits of(Map<String, Object> kept) {
    PastLimits limits = new PastLimits();
    kept.forEach(
        (window, amounts) -> {
          Map<String, BigDecimal> restored = new LinkedHashMap<>();
          Kept.map(amounts)
              .forEach((key, amount) -> restored.put(key, new BigDecimal(amount.toString())));
          limits.used.put(Instant.parse(window), restored);
        });
    return limits;
  }
}
