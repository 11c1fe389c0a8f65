package com.freelync.control.payout;

import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.event.EntityType;
import com.freelync.control.event.PastEvents;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Payouts as conditions see them: the payout's own facts and its seller's. */
public final class PayoutEntity implements EntityType {
  private static final Map<String, FactType> FACTS = described();
  private static final List<String> STATUSES =
      Arrays.stream(PayoutStatus.values()).map(Enum::name).toList();

  private static Map<String, FactType> described() {
    Map<String, FactType> facts = new LinkedHashMap<>();
    facts.put("id", FactType.TEXT);
    facts.put("amount", FactType.NUMBER);
    facts.put("status", FactType.TEXT);
    facts.put("requested_at", FactType.TIME);
    facts.put("seller.id", FactType.TEXT);
    facts.put("seller.verified", FactType.BOOLEAN);
    facts.put("seller.trust_score", FactType.NUMBER);
    facts.put("seller.suspended", FactType.BOOLEAN);
    facts.put("seller.region", FactType.TEXT);
    return facts;
  }

  @Override
  public String name() {
    return "payout";
  }

  @Override
  public String idField() {
    return "payout_id";
  }

  @Override
  public Map<String, String> eventTypes() {
    return Map.of("payout.requested", "A seller asked for a payout.");
  }

  @Override
  public Optional<PastEvents> past(String eventType) {
    return eventType.equals("payout.requested") ? Optional.of(new PastPayouts()) : Optional.empty();
  }

  @Override
  public Map<String, FactType> facts() {
    return FACTS;
  }

  @Override
  public Map<String, List<String>> states() {
    return Map.of("status", STATUSES);
  }

  @Override
  public Map<UUID, Map<String, Object>> read(Handle handle, Collection<UUID> ids) {
    Map<UUID, Map<String, Object>> facts = new HashMap<>();
    for (Payout payout : handle.attach(PayoutDao.class).findAll(ids.toArray(UUID[]::new))) {
      facts.put(payout.id(), facts(payout));
    }
    return facts;
  }

  static Map<String, Object> facts(Payout payout) {
    Map<String, Object> seller = new LinkedHashMap<>();
    seller.put("id", payout.sellerId().toString());
    seller.put("verified", payout.sellerVerified());
    seller.put("trust_score", payout.sellerTrustScore());
    seller.put("suspended", payout.sellerSuspended());
    if (payout.sellerRegion() != null) {
      seller.put("region", payout.sellerRegion());
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", payout.id().toString());
    facts.put("amount", payout.amount());
    facts.put("status", payout.status());
    facts.put("requested_at", payout.requestedAt().toString());
    facts.put("seller", seller);
    return facts;
  }
}
