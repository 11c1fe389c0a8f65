package com.freelync.control.audit;

import com.freelync.control.audit.chain.AuditRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

interface ExportDao {
  @SqlQuery("SELECT position, hash FROM control.audit_head")
  SealDao.Head head();

  @SqlQuery("SELECT min(position) AS first, max(position) AS last FROM control.audit_seal")
  Range everything();

  /** From the first to the last position that an entry of the time has. */
  @SqlQuery(
      """
      SELECT min(s.position) AS first, max(s.position) AS last
        FROM control.audit_log a JOIN control.audit_seal s ON s.audit_id = a.id
       WHERE a.at >= coalesce(CAST(:from AS timestamptz), '-infinity')
         AND a.at < coalesce(CAST(:to AS timestamptz), 'infinity')
      """)
  Range between(@Bind("from") @Nullable Instant from, @Bind("to") @Nullable Instant to);

  @SqlQuery("SELECT previous FROM control.audit_seal WHERE position = :position")
  Optional<byte[]> before(@Bind("position") long position);

  @SqlQuery(
      "SELECT "
          + SealDao.ROW
          + """
            , s.position, s.hash
              FROM control.audit_seal s JOIN control.audit_log a ON a.id = s.audit_id
             WHERE s.position >= :first AND s.position <= :last
             ORDER BY s.position
            """)
  List<SealedRow> rows(@Bind("first") long first, @Bind("last") long last);

  /** Positions; both null if there are none. */
  record Range(@Nullable Long first, @Nullable Long last) {}

  /** A row with its place in the chain and the hash that its seal says. */
  record SealedRow(@Nested AuditRow row, long position, byte[] hash) {}
}
