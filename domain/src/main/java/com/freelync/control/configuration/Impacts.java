package com.freelync.control.configuration;

import com.freelync.control.analytics.Analytics;
import com.freelync.control.analytics.BusinessTime;
import com.freelync.control.analytics.Metric;
import com.freelync.control.analytics.Question;
import com.freelync.control.analytics.Row;
import com.freelync.control.configuration.value.ValueForm;
import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Computes of the source what a change would have done over the last 30 days (CF-4). */
final class Impacts {
  private static final int DAYS = 30;
  private static final String RULE =
      "A rule changes nothing by itself: it says what later changes need.";
  private static final String SAME = "It is what holds already: nothing changes.";
  private static final String UNKNOWN =
      "The source does not say whom this setting touches; everybody may be.";
  private static final String TOO_LARGE =
      "The source is too large to compute it in time; so it is taken for critical.";

  /** So many are computed at once: each reads millions of rows over a connection of all. */
  private static final int AT_ONCE = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String GATEWAY =
      "Everybody who paid in the window, each transaction that somebody tried to pay.";

  private final Database database;
  private final Analytics analytics;
  private final Semaphore places = new Semaphore(AT_ONCE);

  Impacts(Database database, Analytics analytics) {
    this.database = database;
    this.analytics = analytics;
  }

  /** An impact and what risk it is. */
  record Assessed(Impact impact, RiskLevel risk) {}

  /**
   * What a change would have done. It reads millions of rows and holds no lock.
   *
   * @param bare the bare value; null for a secret
   * @throws RequestRefused.Busy if several are computed already
   */
  Assessed of(String key, ConfigCategory category, @Nullable Object bare, Instant now) {
    Instant from = now.minus(DAYS, ChronoUnit.DAYS);
    Row before;
    try {
      before = analytics.read(reading -> reading.answer(lastDays(from, now)).getFirst());
    } catch (RequestRefused.TooExpensive e) {
      return new Assessed(tooLarge(key, zero(), from, now), RiskLevel.CRITICAL);
    }
    BigDecimal revenue = Objects.requireNonNull(before.value(Metric.PLATFORM_REVENUE));
    try {
      Impact impact =
          placed(
              isReadFromSource(key, category),
              () ->
                  database.read(
                      handle -> compute(handle, key, category, bare, revenue, from, now)));
      return new Assessed(impact, risk(key, category, impact, before.value(Metric.ACTIVE_USERS)));
    } catch (JdbiException e) {
      if (!Failures.isTimeout(e)) {
        throw e;
      }
      return new Assessed(tooLarge(key, revenue, from, now), RiskLevel.CRITICAL);
    }
  }

  private static Question lastDays(Instant from, Instant to) {
    return Question.total(
        Set.of(Metric.PLATFORM_REVENUE, Metric.ACTIVE_USERS),
        BusinessTime.at(from),
        BusinessTime.at(to));
  }

  private static boolean isReadFromSource(String key, ConfigCategory category) {
    return !SettingRules.isRule(key)
        && (category == ConfigCategory.PAYMENT_GATEWAY
            || CommissionImpact.concerns(key)
            || key.equals(KnownSettings.MINIMUM_PAYOUT));
  }

  /** Does it in one of the places, if it needs one. */
  private <T> T placed(boolean needsPlace, Supplier<T> work) {
    if (!needsPlace) {
      return work.get();
    }
    try {
      if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new RequestRefused.Busy(
            "Too many changes are computed at the moment: try again in some seconds.", PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private Impact tooLarge(String key, BigDecimal revenue, Instant from, Instant to) {
    Integer against =
        database.read(
            handle ->
                handle
                    .attach(ConfigurationDao.class)
                    .active(key)
                    .map(VersionRow::version)
                    .orElse(null));
    return new Impact(null, null, null, revenue, List.of(), TOO_LARGE, from, to, against);
  }

  private static Impact compute(
      Handle handle,
      String key,
      ConfigCategory category,
      @Nullable Object bare,
      BigDecimal revenue,
      Instant from,
      Instant to) {
    VersionRow active = handle.attach(ConfigurationDao.class).active(key).orElse(null);
    Integer against = active == null ? null : active.version();
    if (SettingRules.isRule(key)) {
      return new Impact(null, null, null, revenue, List.of(), RULE, from, to, against);
    }
    if (active != null && bare != null && active.valueJson() != null && isSame(active, bare)) {
      return new Impact(0L, 0L, zero(), revenue, List.of(), SAME, from, to, against);
    }
    if (bare instanceof Number && CommissionImpact.concerns(key)) {
      return CommissionImpact.of(handle, key, decimal(bare), revenue, from, to, against);
    }
    if (bare instanceof Number && key.equals(KnownSettings.MINIMUM_PAYOUT)) {
      return MinimumPayoutImpact.of(handle, decimal(bare), revenue, from, to, against);
    }
    if (category == ConfigCategory.PAYMENT_GATEWAY) {
      return everyPayer(handle, revenue, from, to, against);
    }
    return new Impact(null, null, null, revenue, List.of(), UNKNOWN, from, to, against);
  }

  private static boolean isSame(VersionRow active, Object bare) {
    return active.valueJson() != null
        && ValueForm.canonical(Shown.bare(active.valueJson())).equals(ValueForm.canonical(bare));
  }

  static BigDecimal decimal(Object number) {
    return number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
  }

  /** The number that holds of a known setting, or with which it begins where none holds. */
  static BigDecimal present(Handle handle, String key) {
    Object bare =
        handle.attach(ConfigurationDao.class).activeValue(key).map(Shown::bare).orElse(null);
    return decimal(
        bare instanceof Number
            ? bare
            : KnownSettings.find(key).map(KnownSettings.Known::value).orElseThrow());
  }

  static BigDecimal zero() {
    return BigDecimal.ZERO.setScale(2);
  }

  /** How many people paid, and what. */
  private static Impact everyPayer(
      Handle handle, BigDecimal revenue, Instant from, Instant to, @Nullable Integer against) {
    Touched touched =
        handle
            .createQuery(
                """
                SELECT count(DISTINCT t.buyer_id) AS users, count(DISTINCT t.id) AS transactions
                  FROM marketplace.payment_attempts a
                  JOIN marketplace.transactions t ON t.id = a.transaction_id
                 WHERE a.attempted_at >= :from AND a.attempted_at < :to
                """)
            .bind("from", from)
            .bind("to", to)
            .mapTo(Touched.class)
            .one();
    return new Impact(
        touched.users(),
        touched.transactions(),
        null,
        revenue,
        List.of(),
        GATEWAY,
        from,
        to,
        against);
  }

  /** People and transactions. */
  public record Touched(long users, long transactions) {}

  /** The risk: by category at least, by the share of the money and of the people otherwise. */
  private static RiskLevel risk(
      String key, ConfigCategory category, Impact impact, @Nullable BigDecimal activeUsers) {
    if (SettingRules.isRule(key)) {
      return RiskLevel.HIGH.atLeast(category.leastRisk());
    }
    RiskLevel risk = category.leastRisk();
    BigDecimal money = impact.financialImpact();
    if (money != null && money.signum() != 0) {
      risk = risk.atLeast(ofShare(money.abs(), impact.platformRevenue(), RiskLevel.CRITICAL));
    }
    if (impact.affectedUsers() != null && activeUsers != null && impact.affectedUsers() > 0) {
      risk =
          risk.atLeast(
              ofShare(BigDecimal.valueOf(impact.affectedUsers()), activeUsers, RiskLevel.HIGH));
    }
    return risk;
  }

  /** From a half on the most, from a tenth on high, from a hundredth on medium, else low. */
  private static RiskLevel ofShare(BigDecimal part, BigDecimal whole, RiskLevel most) {
    if (isAtLeast(part, whole, 2)) {
      return most;
    }
    return isAtLeast(part, whole, 10)
        ? RiskLevel.HIGH
        : isAtLeast(part, whole, 100) ? RiskLevel.MEDIUM : RiskLevel.LOW;
  }

  private static boolean isAtLeast(BigDecimal part, BigDecimal whole, int of) {
    return part.multiply(BigDecimal.valueOf(of)).compareTo(whole) >= 0;
  }
}
