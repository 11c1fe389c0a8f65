package com.freelync.control.alert;

import com.freelync.control.alert.ServiceLevel.Source;
import com.freelync.control.alert.ServiceLevel.Standing;
import com.freelync.control.database.Database;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Every service level, as it stands. */
public final class ServiceLevels {
  private final Database database;
  private final List<Source> sources;
  private final Clock clock;

  public ServiceLevels(Database database, List<Source> sources, Clock clock) {
    this.database = database;
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  /** The levels, without measuring. */
  public List<ServiceLevel> levels() {
    return sources.stream().map(Source::level).toList();
  }

  /** Measures all of them. */
  public List<Standing> all() {
    Instant now = clock.instant();
    return database.read(
        handle ->
            sources.stream()
                .map(
                    source ->
                        new Standing(
                            source.level(), source.of(handle, now.minus(source.level().window()))))
                .toList());
  }

  /** Measures one; NaN where there is nothing to measure. */
  public double value(String name) {
    Source source =
        sources.stream()
            .filter(one -> one.level().name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no service level is called " + name));
    Instant since = clock.instant().minus(source.level().window());
    BigDecimal value = database.read(handle -> source.of(handle, since)).value();
    return value == null ? Double.NaN : value.doubleValue();
  }
}
