package com.freelync.control.configuration;

import com.freelync.control.analytics.Analytics;
import com.freelync.control.analytics.BusinessTime;
import com.freelync.control.analytics.Metric;
import com.freelync.control.approval.Approvals;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what a version does to its metric after it became active (CF-9), and takes it back where
 * the metric degrades. Of too few cases nothing is concluded: at the end of the window people are
 * asked.
 */
public final class Guards {
  private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

  private final Database database;
  private final Analytics analytics;
  private final Approvals approvals;
  private final Rollbacks rollbacks;
  private final History history;
  private final Clock clock;
  private final Supplier<UUID> ids;

  Guards(
      Database database,
      Analytics analytics,
      Approvals approvals,
      ConfigurationCore core,
      Clock clock,
      Supplier<UUID> ids) {
    this.clock = clock;
    this.database = database;
    this.analytics = analytics;
    this.approvals = approvals;
    this.rollbacks = core.rollbacks;
    this.history = core.history;
    this.ids = ids;
  }

  /** What the metric says. */
  sealed interface Finding {
    /** For people. */
    String words();

    /** It is as good as it must be. */
    record Holds(String words) implements Finding {}

    /** It degraded. */
    record Degraded(String words) implements Finding {}

    /** There are too few cases to tell. */
    record TooLittle(String words) implements Finding {}
  }

  /**
   * Looks at the metric of a version, and does what follows.
   *
   * @return what was found, for people; empty if nothing watches it any more
   */
  public String check(UUID id, Instant asked) {
    // A call that was tried again is of now and not of when it was made.
    Instant present = clock.instant();
    Instant now = present.isAfter(asked) ? present : asked;
    VersionRow row =
        database.read(handle -> Configurations.row(handle.attach(ConfigurationDao.class), id));
    Optional<Guard> guard = row.guard();
    if (!row.isWatched() || guard.isEmpty() || row.activatedAt() == null) {
      return "";
    }
    Instant end = row.activatedAt().plus(guard.get().window());
    boolean isEnd = !now.isBefore(end);
    Finding finding = measured(guard.get(), row.activatedAt(), isEnd ? end : now);
    if (finding instanceof Finding.Degraded || isEnd) {
      settle(id, finding, now);
    } else {
      looked(id, now);
    }
    return finding.words();
  }

  private void looked(UUID id, Instant now) {
    database.transaction(
        transaction -> {
          transaction.attach(ConfigurationDao.class).looked(id, now);
          return id;
        });
  }

  private void settle(UUID id, Finding finding, Instant now) {
    database.transaction(
        transaction -> {
          ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
          dao.lock(Configurations.row(dao, id).key());
          VersionRow row = Configurations.row(dao, id);
          if (row.isWatched() && row.state() == ConfigStatus.ACTIVE) {
            settle(transaction, row, finding, now.truncatedTo(ChronoUnit.MICROS));
          }
          return row;
        });
  }

  private void settle(Transaction transaction, VersionRow row, Finding finding, Instant now) {
    switch (finding) {
      case Finding.Holds holds ->
          outcome(transaction, row, "PASSED", Action.GUARD_PASSED, holds.words(), now);
      case Finding.TooLittle little -> hold(transaction, row, little.words(), now);
      case Finding.Degraded degraded -> {
        if (Rollbacks.before(transaction.attach(ConfigurationDao.class), row).isEmpty()) {
          hold(transaction, row, degraded.words() + " Nothing held before it.", now);
        } else {
          transaction
              .attach(ConfigurationDao.class)
              .guard(row.id(), "BREACHED", degraded.words(), now);
          VersionRow breached =
              Configurations.row(transaction.attach(ConfigurationDao.class), row.id());
          rollbacks.toTheOneBefore(
              transaction,
              breached,
              ids.get(),
              "Its guard took it back: " + degraded.words(),
              VersionSubject.CLOCK,
              now);
        }
      }
    }
  }

  /** It holds, and people are asked whether it shall. */
  private void hold(Transaction transaction, VersionRow row, String words, Instant now) {
    VersionRow held = outcome(transaction, row, "HELD", Action.GUARD_HELD, words, now);
    approvals.ask(transaction, VersionSubject.guardQuestion(held, words), now);
  }

  private VersionRow outcome(
      Transaction transaction,
      VersionRow row,
      String outcome,
      Action action,
      String words,
      Instant now) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    dao.guard(row.id(), outcome, words, now);
    VersionRow after = Configurations.row(dao, row.id());
    history.record(transaction, action, after, row.shown(), VersionSubject.CLOCK, words, Map.of());
    return after;
  }

  /** What cannot be measured is no pass: people are asked at the end. */
  private Finding measured(Guard guard, Instant activatedAt, Instant until) {
    try {
      return measure(guard, activatedAt, until);
    } catch (JdbiException | RequestRefused e) {
      LOG.warn("{} could not be measured: {}", guard.metric().wireName(), e.getMessage());
      return new Finding.TooLittle(guard.metric().wireName() + " could not be measured.");
    }
  }

  /** A value and the cases it is drawn from. */
  private record Measured(@Nullable BigDecimal value, long cases) {}

  private Finding measure(Guard guard, Instant activatedAt, Instant until) {
    Measured after = measured(guard.metric(), activatedAt, until);
    if (after.cases() < guard.minimumSample() || after.value() == null) {
      return tooLittle(guard, "since the activation", after);
    }
    if (guard.bound() != null) {
      return judged(
          guard,
          guard.isBetterLow()
              ? after.value().compareTo(guard.bound()) > 0
              : after.value().compareTo(guard.bound()) < 0,
          "%s is %s since the activation, and may not be %s %s."
              .formatted(
                  guard.metric().wireName(),
                  after.value().toPlainString(),
                  guard.isBetterLow() ? "above" : "below",
                  guard.bound().toPlainString()));
    }
    // A sum is compared with that of as long a time; a rate with that of the whole window.
    Duration span =
        guard.metric().unit() == Metric.Unit.RATE
            ? guard.window()
            : Duration.between(activatedAt, until);
    Measured before = measured(guard.metric(), activatedAt.minus(span), activatedAt);
    if (before.cases() < guard.minimumSample() || before.value() == null) {
      return tooLittle(guard, "in the time before the activation", before);
    }
    return compared(guard, before.value(), after.value());
  }

  private static Finding compared(Guard guard, BigDecimal before, BigDecimal after) {
    BigDecimal worse = guard.isBetterLow() ? after.subtract(before) : before.subtract(after);
    BigDecimal allowed =
        before.abs().multiply(Objects.requireNonNull(guard.maxDropPercent())).movePointLeft(2);
    return judged(
        guard,
        worse.compareTo(allowed) > 0,
        "%s is %s since the activation and was %s before: %s %% worse, of at most %s %%."
            .formatted(
                guard.metric().wireName(),
                after.toPlainString(),
                before.toPlainString(),
                before.signum() == 0
                    ? worse.signum() > 0 ? "100" : "0"
                    : worse
                        .movePointRight(2)
                        .divide(before.abs(), 1, RoundingMode.HALF_UP)
                        .max(BigDecimal.ZERO)
                        .toPlainString(),
                guard.maxDropPercent().toPlainString()));
  }

  private static Finding judged(Guard guard, boolean isDegraded, String words) {
    return isDegraded ? new Finding.Degraded(words) : new Finding.Holds(words);
  }

  private static Finding tooLittle(Guard guard, String when, Measured measured) {
    return new Finding.TooLittle(
        "%s has %d cases %s, and %d are needed to tell."
            .formatted(guard.metric().wireName(), measured.cases(), when, guard.minimumSample()));
  }

  private Measured measured(Metric metric, Instant from, Instant to) {
    return analytics.read(
        reading ->
            new Measured(
                reading.value(metric, BusinessTime.at(from), BusinessTime.at(to)),
                reading.cases(metric, BusinessTime.at(from), BusinessTime.at(to))));
  }
}
