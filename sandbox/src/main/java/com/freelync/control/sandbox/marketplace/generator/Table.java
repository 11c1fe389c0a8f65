package com.freelync.control.sandbox.marketplace.generator;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** A table and how its rows are written, all of them in a fixed order. */
record Table(String name, String columns, Writer writer) {
  /** Writes the whole table. */
  interface Writer {
    void write(World world, Rows rows) throws SQLException, IOException;
  }

  /** All tables. The longest come first, so that those loaded side by side end together. */
  static final List<Table> ALL =
      List.of(
          new Table(
              "inquiries",
              "id, listing_id, buyer_id, asked_at, transaction_id",
              ListingTables::inquiries),
          new Table(
              "transactions",
              "id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee,"
                  + " commission_fee, processor_fee, refunded_amount, refunded_platform_fee,"
                  + " refunded_commission_fee, created_at, completed_at, refunded_at, updated_at",
              DealTables::transactions),
          new Table(
              "payment_attempts",
              "id, transaction_id, attempted_at, status, method, failure_code, amount",
              DealTables::paymentAttempts),
          new Table(
              "payouts",
              "id, seller_id, transaction_id, amount, status, requested_at, decided_at,"
                  + " decided_by, decision_reason, disbursed_at, gateway_reference, failed_at,"
                  + " failure_reason, updated_at",
              PayoutTable::payouts),
          new Table(
              "listings",
              "id, seller_id, category, region, title, price, status, listed_at, sold_at,"
                  + " closed_at, updated_at",
              ListingTables::listings),
          new Table(
              "documents",
              "id, owner_id, listing_id, kind, status, number, issued_on, expires_on,"
                  + " uploaded_at, notified_at, updated_at",
              PeopleTables::documents),
          new Table(
              "seller_facts_history",
              "user_id, valid_from, verified, trust_score, suspended",
              PeopleTables::sellerFacts),
          new Table(
              "users",
              "id, registered_at, is_buyer, is_seller, verified, verified_at, trust_score,"
                  + " suspended, region, full_name, email, phone, updated_at",
              PeopleTables::users),
          new Table(
              "disputes",
              "id, transaction_id, opened_by, reason, status, opened_at, resolved_at",
              DealTables::disputes));
}
