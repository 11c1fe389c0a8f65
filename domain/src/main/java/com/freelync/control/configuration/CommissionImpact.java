package com.freelync.control.configuration;

import com.freelync.control.configuration.Impact.Loss;
import com.freelync.control.database.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What another commission would have brought, exactly: of every completed transaction of the window
 * the commission by the new settings less that by the present ones, each rounded to the santim as
 * the marketplace does, less the part that was refunded.
 */
final class CommissionImpact {
  private static final String METHOD =
      "Of every transaction completed in the window: round(amount x rate / 100, 2) by the new"
          + " settings less the same by the present ones, times the part of the amount that was not"
          + " refunded, rounded to the santim. Affected are sellers: the commission is theirs to pay.";

  private CommissionImpact() {}

  static boolean concerns(String key) {
    return KnownSettings.COMMISSION_RATES.contains(key)
        || KnownSettings.COMMISSION_TIERS.contains(key);
  }

  static Impact of(
      Handle handle,
      String key,
      BigDecimal value,
      BigDecimal revenue,
      Instant from,
      Instant to,
      @Nullable Integer against) {
    Map<String, BigDecimal> present = present(handle);
    Map<String, BigDecimal> wanted = new HashMap<>(present);
    wanted.put(key, value);
    Found found =
        handle
            .createQuery(
                """
                WITH charged AS (
                  SELECT seller_id,
                         round(round(amount * CASE WHEN amount < :newBelow1 THEN :newRate1
                                                   WHEN amount < :newBelow2 THEN :newRate2
                                                   ELSE :newRate3 END / 100, 2)
                               * (amount - refunded_amount) / amount, 2)
                       - round(round(amount * CASE WHEN amount < :below1 THEN :rate1
                                                   WHEN amount < :below2 THEN :rate2
                                                   ELSE :rate3 END / 100, 2)
                               * (amount - refunded_amount) / amount, 2) AS more
                    FROM marketplace.transactions
                   WHERE completed_at >= :from AND completed_at < :to AND amount > 0),
                by_seller AS MATERIALIZED (
                  SELECT seller_id, count(*) AS transactions, sum(more) AS more
                    FROM charged WHERE more <> 0 GROUP BY seller_id)
                SELECT count(*) AS users, coalesce(sum(transactions), 0)::bigint AS transactions,
                       coalesce(sum(more), 0)::numeric(20, 2) AS more,
                       (SELECT coalesce(json_agg(json_build_object('seller_id', w.seller_id,
                                                   'amount', -w.more) ORDER BY w.more DESC, w.seller_id), '[]')::text
                          FROM (SELECT * FROM by_seller WHERE more > 0
                                 ORDER BY more DESC, seller_id LIMIT 5) w) AS worst_json
                  FROM by_seller
                """)
            .bind("from", from)
            .bind("to", to)
            .bind("rate1", present.get("commission.tier1.rate"))
            .bind("rate2", present.get("commission.tier2.rate"))
            .bind("rate3", present.get("commission.tier3.rate"))
            .bind("below1", present.get("commission.tier1.below"))
            .bind("below2", present.get("commission.tier2.below"))
            .bind("newRate1", wanted.get("commission.tier1.rate"))
            .bind("newRate2", wanted.get("commission.tier2.rate"))
            .bind("newRate3", wanted.get("commission.tier3.rate"))
            .bind("newBelow1", wanted.get("commission.tier1.below"))
            .bind("newBelow2", wanted.get("commission.tier2.below"))
            .mapTo(Found.class)
            .one();
    List<Loss> worst =
        Json.readObjects(found.worstJson()).stream()
            .map(
                one ->
                    new Loss(
                        String.valueOf(one.get("seller_id")),
                        new BigDecimal(String.valueOf(one.get("amount"))).setScale(2)))
            .toList();
    return new Impact(
        found.users(),
        found.transactions(),
        found.more(),
        revenue,
        worst,
        METHOD,
        from,
        to,
        against);
  }

  /** What the statement finds. */
  public record Found(long users, long transactions, BigDecimal more, String worstJson) {}

  /** What holds now; where nothing was set, what the platform begins with. */
  private static Map<String, BigDecimal> present(Handle handle) {
    Map<String, BigDecimal> present = new HashMap<>();
    KnownSettings.all().keySet().stream()
        .filter(CommissionImpact::concerns)
        .forEach(key -> present.put(key, Impacts.present(handle, key)));
    return present;
  }
}
