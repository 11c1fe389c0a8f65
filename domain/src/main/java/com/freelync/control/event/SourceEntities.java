package com.freelync.control.event;

import static com.freelync.control.automation.Vocabulary.FactType.BOOLEAN;
import static com.freelync.control.automation.Vocabulary.FactType.NUMBER;
import static com.freelync.control.automation.Vocabulary.FactType.TEXT;
import static com.freelync.control.automation.Vocabulary.FactType.TIME;

import com.freelync.control.automation.Vocabulary.FactType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the marketplace has beside payouts, as conditions see it; nothing personal. */
public final class SourceEntities {
  private static final List<String> TRUTHS = List.of("true", "false");

  private SourceEntities() {}

  /** Listings, transactions, disputes, users and documents. */
  public static List<EntityType> all() {
    return List.of(listing(), transaction(), dispute(), user(), document());
  }

  private static EntityType listing() {
    return new SourceEntity(
        "listing",
        "listing_id",
        facts(
            Map.of("id", TEXT, "status", TEXT, "category", TEXT, "region", TEXT, "price", NUMBER),
            Map.of("listed_at", TIME, "sold_at", TIME, "closed_at", TIME),
            seller()),
        Map.of(
            "status",
            List.of("ACTIVE", "SOLD", "WITHDRAWN", "EXPIRED"),
            "category",
            List.of("property", "vehicle")),
        """
        SELECT l.id, l.status, l.category, l.region, l.price, l.listed_at, l.sold_at, l.closed_at,
               u.id AS "seller.id", u.verified AS "seller.verified",
               u.trust_score AS "seller.trust_score", u.suspended AS "seller.suspended"
          FROM marketplace.listings l JOIN marketplace.users u ON u.id = l.seller_id
         WHERE l.id = ANY (:ids)
        """);
  }

  private static EntityType transaction() {
    return new SourceEntity(
        "transaction",
        "transaction_id",
        facts(
            Map.of("id", TEXT, "kind", TEXT, "status", TEXT, "amount", NUMBER),
            Map.of("platform_fee", NUMBER, "refunded_amount", NUMBER),
            Map.of("created_at", TIME, "completed_at", TIME),
            Map.of("listing.id", TEXT, "listing.category", TEXT, "listing.region", TEXT),
            Map.of("buyer.id", TEXT),
            seller()),
        Map.of("status", List.of("PENDING", "COMPLETED", "FAILED", "CANCELLED")),
        """
        SELECT t.id, t.kind, t.status, t.amount, t.platform_fee, t.refunded_amount, t.created_at,
               t.completed_at, l.id AS "listing.id", l.category AS "listing.category",
               l.region AS "listing.region", t.buyer_id AS "buyer.id", u.id AS "seller.id",
               u.verified AS "seller.verified", u.trust_score AS "seller.trust_score",
               u.suspended AS "seller.suspended"
          FROM marketplace.transactions t
          JOIN marketplace.listings l ON l.id = t.listing_id
          JOIN marketplace.users u ON u.id = t.seller_id
         WHERE t.id = ANY (:ids)
        """);
  }

  private static EntityType dispute() {
    return new SourceEntity(
        "dispute",
        "dispute_id",
        facts(
            Map.of("id", TEXT, "status", TEXT, "reason", TEXT),
            Map.of("opened_at", TIME, "resolved_at", TIME),
            Map.of("transaction.id", TEXT, "transaction.amount", NUMBER),
            Map.of("transaction.status", TEXT),
            seller()),
        Map.of("status", List.of("OPEN", "RESOLVED_FOR_BUYER", "RESOLVED_FOR_SELLER")),
        """
        SELECT d.id, d.status, d.reason, d.opened_at, d.resolved_at, t.id AS "transaction.id",
               t.amount AS "transaction.amount", t.status AS "transaction.status",
               u.id AS "seller.id", u.verified AS "seller.verified",
               u.trust_score AS "seller.trust_score", u.suspended AS "seller.suspended"
          FROM marketplace.disputes d
          JOIN marketplace.transactions t ON t.id = d.transaction_id
          JOIN marketplace.users u ON u.id = t.seller_id
         WHERE d.id = ANY (:ids)
        """);
  }

  private static EntityType user() {
    return new SourceEntity(
        "user",
        "user_id",
        facts(
            Map.of("id", TEXT, "verified", BOOLEAN, "suspended", BOOLEAN, "trust_score", NUMBER),
            Map.of("is_buyer", BOOLEAN, "is_seller", BOOLEAN, "region", TEXT),
            Map.of("registered_at", TIME, "verified_at", TIME)),
        Map.of("verified", TRUTHS, "suspended", TRUTHS),
        """
        SELECT id, verified, suspended, trust_score, is_buyer, is_seller, region, registered_at,
               verified_at
          FROM marketplace.users WHERE id = ANY (:ids)
        """);
  }

  private static EntityType document() {
    return new SourceEntity(
        "document",
        "document_id",
        facts(
            Map.of("id", TEXT, "kind", TEXT, "status", TEXT, "listing.id", TEXT, "owner.id", TEXT),
            Map.of("expires_at", TIME, "uploaded_at", TIME, "notified_at", TIME)),
        Map.of("status", List.of("VALID", "EXPIRED", "REVOKED")),
        """
        SELECT id, kind, status, listing_id AS "listing.id", owner_id AS "owner.id",
               expires_on::timestamp AT TIME ZONE 'Africa/Addis_Ababa' AS expires_at, uploaded_at,
               notified_at
          FROM marketplace.documents WHERE id = ANY (:ids)
        """);
  }

  private static Map<String, FactType> seller() {
    return Map.of(
        "seller.id", TEXT,
        "seller.verified", BOOLEAN,
        "seller.trust_score", NUMBER,
        "seller.suspended", BOOLEAN);
  }

  @SafeVarargs
  private static Map<String, FactType> facts(Map<String, FactType>... parts) {
    Map<String, FactType> facts = new LinkedHashMap<>();
    for (Map<String, FactType> part : parts) {
      facts.putAll(part);
    }
    return facts;
  }
}
