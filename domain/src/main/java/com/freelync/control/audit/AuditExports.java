package com.freelync.control.audit;

import com.freelync.control.audit.chain.ExportHeader;
import com.freelync.control.audit.chain.ExportWriter;
import com.freelync.control.audit.chain.SealHash;
import com.freelync.control.database.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exports the sealed audit log as a file that can be verified without this system. */
public final class AuditExports {
  private static final int CHUNK = 1_000;
  private final Database database;
  private final AuditLog audit;
  private final AuditTrail trail;
  private final Clock clock;

  public AuditExports(Database database, AuditLog audit, AuditTrail trail, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Fixes what is exported and records that it is: all positions from the first to the last entry
   * of a time, whatever stands between, as a chain has no holes.
   *
   * @param from not before this time, if it matters
   * @param to before this time, if it matters
   */
  public Export begin(@Nullable Instant from, @Nullable Instant to, Actor actor) {
    ExportHeader header = database.read(handle -> header(handle.attach(ExportDao.class), from, to));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("first", header.first());
    details.put("last", header.last());
    details.put("count", header.count());
    details.put("head_position", header.headPosition());
    AuditEntry entry = AuditEntry.allowed(actor, "audit.export", "audit", "chain", details);
    database.transaction(
        transaction -> {
          audit.record(transaction, entry);
          return entry;
        });
    return new Export(header);
  }

  private ExportHeader header(ExportDao dao, @Nullable Instant from, @Nullable Instant to) {
    SealDao.Head head = dao.head();
    SealHash headHash = SealHash.of(head.hash());
    ExportDao.Range range = from == null && to == null ? dao.everything() : dao.between(from, to);
    Instant now = clock.instant();
    Long first = range.first();
    Long last = range.last();
    if (first == null || last == null) {
      return new ExportHeader(
          head.position() + 1, head.position(), headHash, head.position(), headHash, now, from, to);
    }
    SealHash previous = SealHash.of(dao.before(first).orElseThrow());
    return new ExportHeader(first, last, previous, head.position(), headHash, now, from, to);
  }

  /** An export whose positions are fixed. */
  public final class Export {
    private final ExportHeader header;

    private Export(ExportHeader header) {
      this.header = header;
    }

    /**
     * Writes it. Seals never change, so it is read in short transactions: however slow the reader
     * is, it holds neither a connection nor a snapshot.
     *
     * @throws IOException if the reader goes away
     * @throws IllegalStateException if entries are missing, as when they were pruned meanwhile;
     *     what was written then has no trailer
     */
    public void writeTo(OutputStream out) throws IOException {
      ExportWriter writer = new ExportWriter(out, header);
      for (long first = header.first(); first <= header.last(); first += CHUNK) {
        long begin = first;
        long end = Math.min(header.last(), first + CHUNK - 1);
        List<ExportDao.SealedRow> rows =
            database.read(handle -> handle.attach(ExportDao.class).rows(begin, end));
        if (rows.size() != end - begin + 1) {
          throw new IllegalStateException(
              "positions %d to %d of the audit log are not all there".formatted(begin, end));
        }
        for (ExportDao.SealedRow sealed : rows) {
          writer.entry(sealed.position(), SealHash.of(sealed.hash()), sealed.row());
        }
      }
      writer.end(trail.unsealed());
    }
  }
}
