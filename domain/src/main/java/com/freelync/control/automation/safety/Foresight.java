package com.freelync.control.automation.safety;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.safety.Breaker.State;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The gates as they stand, for a dry run: reads, and remembers what the run itself would take. It
 * holds for one dry run.
 */
public final class Foresight {
  private final Instant now;
  private final Map<Key, BigDecimal> after = new LinkedHashMap<>();
  private final Map<Key, Level> levels = new LinkedHashMap<>();

  public Foresight(Clock clock) {
    this.now = clock.instant();
  }

  private record Key(String action, String scope, LimitMeasure measure) {}

  private record Level(BigDecimal limit, BigDecimal used, Instant resetsAt) {}

  /**
   * A limit that a run would come to.
   *
   * @param used what is used of it now
   * @param after what would be used of it after the run
   */
  public record Foreseen(
      String action,
      String window,
      String measure,
      BigDecimal limit,
      BigDecimal used,
      BigDecimal after,
      Instant resetsAt) {}

  /** Why a call would be held up; empty if it would pass, and then has taken its part. */
  public Optional<String> holdsUp(Handle handle, Call call, BigDecimal amount) {
    Optional<String> stopped = stopped(handle, call);
    if (stopped.isPresent() || call.isExempt()) {
      return stopped;
    }
    ActionLimits everybody = ActionLimiter.limits(handle, call.action(), call.standard());
    Optional<String> full = take(handle, call, ActionLimiter.EVERYBODY, everybody, amount);
    Optional<String> own = take(handle, call, call.workflowId().toString(), call.own(), amount);
    return full.isPresent() ? full : own;
  }

  private static Optional<String> stopped(Handle handle, Call call) {
    Optional<String> killed =
        KillSwitch.all(handle).stream()
            .filter(Switched::isOn)
            .filter(
                on ->
                    on.scope().equals(KillSwitch.ALL)
                        || on.scope().equals(call.workflowId().toString()))
            .findFirst()
            .map(on -> "The kill switch is on: " + on.reason());
    return killed.isPresent()
        ? killed
        : handle
            .attach(BreakerDao.class)
            .find(call.action())
            .filter(breaker -> breaker.state() != State.CLOSED)
            .map(breaker -> "The circuit breaker of " + call.action() + " is open.");
  }

  private Optional<String> take(
      Handle handle, Call call, String scope, ActionLimits limits, BigDecimal amount) {
    Optional<String> full = Optional.empty();
    for (LimitMeasure measure : LimitMeasure.values()) {
      Optional<BigDecimal> limit = measure.of(limits);
      if (limit.isPresent()) {
        Key key = new Key(call.action(), scope, measure);
        Level level = levels.computeIfAbsent(key, missing -> level(handle, missing, limit.get()));
        BigDecimal used = after.getOrDefault(key, level.used()).add(measure.taken(amount));
        after.put(key, used);
        if (used.compareTo(limit.get()) > 0) {
          full =
              Optional.of(
                  "The limit of %s would be full: %s, until %s."
                      .formatted(call.action(), measure.inWords(limit.get()), level.resetsAt()));
        }
      }
    }
    return full;
  }

  private Level level(Handle handle, Key key, BigDecimal limit) {
    Instant start = key.measure().start(now);
    return new Level(
        limit,
        handle.attach(LimitDao.class).used(key.action(), key.scope(), key.measure().name(), start),
        key.measure().end(start));
  }

  /** Every limit that the run would come to, in the order in which it came to them. */
  public List<Foreseen> limits() {
    return after.entrySet().stream()
        .map(
            entry -> {
              Key key = entry.getKey();
              Level level = Objects.requireNonNull(levels.get(key));
              return new Foreseen(
                  key.action(),
                  key.measure().window(),
                  key.measure().measure(),
                  level.limit(),
                  level.used(),
                  entry.getValue(),
                  level.resetsAt());
            })
        .toList();
  }
}
