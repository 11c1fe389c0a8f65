package com.freelync.control.audit;

import com.freelync.control.audit.chain.AuditRow;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface SealDao {
  /** The columns of an {@link AuditRow}. */
  String ROW =
      """
      a.id, CAST(CAST(a.txid AS text) AS bigint) AS txid, a.at, a.actor, a.action, a.subject_type,
      a.subject_id, a.outcome, a.reason, CAST(a.details AS text) AS details, a.request_id
      """;

  String WAITING =
      "SELECT "
          + ROW
          + " FROM control.audit_pending p JOIN control.audit_log a ON a.id = p.audit_id ";

  @SqlQuery("SELECT EXISTS (SELECT FROM control.audit_pending)")
  boolean isAnyWaiting();

  /** Locks the one row whose holder seals, if nobody else holds it. */
  @SqlQuery("SELECT one FROM control.audit_sealer FOR UPDATE SKIP LOCKED")
  Optional<Boolean> takeTurn();

  @SqlQuery("SELECT position, hash FROM control.audit_head")
  Head head();

  /**
   * Entries whose place is settled: no transaction that is open, or will ever begin, can write one
   * before them in the order of transactions.
   */
  @SqlQuery(
      WAITING
          + """
            WHERE p.txid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
            ORDER BY p.txid, p.audit_id LIMIT :most
            """)
  List<AuditRow> settled(@Bind("most") int most);

  /**
   * Entries of transactions that this server has not had yet: they came from another one, by a
   * dump, and are older than everything that was written here since.
   */
  @SqlQuery(
      WAITING
          + """
            WHERE p.txid >= (SELECT pg_snapshot_xmax(pg_current_snapshot()))
            ORDER BY p.txid, p.audit_id LIMIT :most
            """)
  List<AuditRow> restored(@Bind("most") int most);

  /** One statement, so that the database checks the whole batch as one continuation. */
  @SqlUpdate(
      """
      INSERT INTO control.audit_seal (position, audit_id, previous, hash)
      SELECT :head + place, audit_id,
             lag(decode(hash, 'hex'), 1, :headHash) OVER (ORDER BY place), decode(hash, 'hex')
        FROM unnest(CAST(:ids AS bigint[]), CAST(:hashes AS text[])) WITH ORDINALITY
             AS seal(audit_id, hash, place)
      """)
  void insert(
      @Bind("head") long head,
      @Bind("headHash") byte[] headHash,
      @Bind("ids") Long[] ids,
      @Bind("hashes") String[] hashes);

  /** Where the chain ends. */
  record Head(long position, byte[] hash) {}
}
