package com.freelync.control.configuration;

import com.freelync.control.database.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change would have done over the last 30 days (CF-4).
 *
 * @param affectedUsers how many people; null where it cannot be told
 * @param affectedTransactions how many transactions; null where it cannot be told
 * @param financialImpact what FreeLync would have earned more, ETB; null where it cannot be told
 * @param platformRevenue what FreeLync earned in that time, ETB
 * @param worstHit the sellers who would have lost most
 * @param method how it was computed, for people
 * @param from begin of the time that was looked at
 * @param to its end, which does not belong to it
 * @param against the version that was active, with which it was compared; null for none
 */
public record Impact(
    @Nullable Long affectedUsers,
    @Nullable Long affectedTransactions,
    @Nullable BigDecimal financialImpact,
    BigDecimal platformRevenue,
    List<Loss> worstHit,
    String method,
    Instant from,
    Instant to,
    @Nullable Integer against) {
  public Impact {
    worstHit = List.copyOf(worstHit);
  }

  /** What a seller would have got more, ETB: negative for a loss. */
  public record Loss(String sellerId, BigDecimal amount) {}

  /** Of a change whose impact is computed when it is submitted. */
  static Impact notYet(Instant now) {
    return new Impact(
        null,
        null,
        null,
        BigDecimal.ZERO.setScale(2),
        List.of(),
        "It is computed when the change is submitted.",
        now,
        now,
        null);
  }

  /**
   * Of taking a version back at once: what that one would have done, the other way round, where it
   * was compared with what holds again.
   */
  static Impact ofTakingBack(VersionRow undone, VersionRow before) {
    Map<String, Object> done = Json.readObject(undone.impactJson());
    boolean isReverse =
        done.get("against_version") instanceof Number against
            && against.intValue() == before.version();
    Object money = isReverse ? done.get("financial_impact") : null;
    Map<?, ?> window = (Map<?, ?>) Objects.requireNonNull(done.get("window"));
    return new Impact(
        isReverse ? number(done.get("affected_users")) : null,
        isReverse ? number(done.get("affected_transactions")) : null,
        money == null ? null : new BigDecimal(money.toString()).negate(),
        new BigDecimal(String.valueOf(done.get("platform_revenue"))),
        List.of(),
        (isReverse
                ? "Takes version %d back: what that one would have done, the other way round."
                : "Takes version %d back; what that does was not computed.")
            .formatted(undone.version()),
        Instant.parse(String.valueOf(window.get("from"))),
        Instant.parse(String.valueOf(window.get("to"))),
        undone.version());
  }

  private static @Nullable Long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : null;
  }

  /** It as it is kept and answered. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("affected_users", affectedUsers);
    document.put("affected_transactions", affectedTransactions);
    document.put("financial_impact", financialImpact);
    document.put("platform_revenue", platformRevenue);
    List<Map<String, Object>> losses = new ArrayList<>();
    worstHit.forEach(
        loss -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("seller_id", loss.sellerId());
          one.put("amount", loss.amount());
          losses.add(one);
        });
    document.put("worst_hit", losses);
    document.put("method", method);
    Map<String, Object> window = new LinkedHashMap<>();
    window.put("from", from.toString());
    window.put("to", to.toString());
    document.put("window", window);
    document.put("against_version", against);
    return document;
  }

  /** It as JSON. */
  String json() {
    return Json.write(document());
  }
}
