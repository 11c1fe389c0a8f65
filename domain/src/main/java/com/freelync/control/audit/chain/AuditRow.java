package com.freelync.control.audit.chain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit log, every column of it.
 *
 * @param id its number; numbers are not in the order of commits
 * @param txid the database transaction that wrote it
 * @param at when, by the clock of the process that wrote it
 * @param details JSON as PostgreSQL prints {@code jsonb}
 */
public record AuditRow(
    long id,
    long txid,
    Instant at,
    String actor,
    String action,
    String subjectType,
    String subjectId,
    String outcome,
    @Nullable String reason,
    String details,
    @Nullable String requestId) {

  /** The canonical text that is hashed when the row is sealed at a position of the chain. */
  public byte[] sealedAt(long position) {
    return new JsonText()
        .field("position", position)
        .field("id", id)
        .field("txid", txid)
        .field("at", at)
        .field("actor", actor)
        .field("action", action)
        .field("subject_type", subjectType)
        .field("subject_id", subjectId)
        .field("outcome", outcome)
        .field("reason", reason)
        .json("details", details)
        .field("request_id", requestId)
        .bytes();
  }
}
