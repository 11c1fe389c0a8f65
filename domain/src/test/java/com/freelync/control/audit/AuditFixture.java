package com.freelync.control.audit;

import com.freelync.control.audit.chain.Anchor;
import com.freelync.control.audit.chain.ExportVerifier;
import com.freelync.control.audit.chain.Verification;
import com.freelync.control.database.Database;
import com.freelync.control.database.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A database whose audit log is written, sealed and exported. */
final class AuditFixture implements AutoCloseable {
  final TestDatabase test = TestDatabase.create();
  final Database owner = test.as("control_owner");
  final Database api = test.as("control_api");
  final Database worker = test.as("control_worker");
  final AuditLog audit = new AuditLog(api, Clock.systemUTC());
  final AuditTrail trail = new AuditTrail(api);

  static AuditEntry entry(String subjectId) {
    return AuditEntry.allowed(
        new Actor("admin", "request-" + subjectId), "thing.change", "thing", subjectId, Map.of());
  }

  /** Writes an entry in a transaction of its own. */
  void write(String subjectId) {
    audit.recordRefusal(entry(subjectId));
  }

  /** Writes many entries of a time, quickly. */
  void write(int count, Instant at) {
    api.transaction(
        transaction ->
            transaction
                .handle()
                .createUpdate(
                    """
                    INSERT INTO control.audit_log
                           (at, actor, action, subject_type, subject_id, outcome, details, request_id)
                    SELECT :at, 'person' || n % 50, 'thing.change', 'thing', 'id-' || n,
                           CASE n % 100 WHEN 0 THEN 'REFUSED' ELSE 'ALLOWED' END,
                           jsonb_build_object('amount', 4200.00, 'version', n), 'request-' || n
                      FROM generate_series(1, :count) n
                    """)
                .bind("at", at)
                .bind("count", count)
                .execute());
  }

  /** Seals until nothing settled is left. */
  int seal() {
    int sealed = 0;
    while (true) {
      int round = worker.transaction(transaction -> Sealing.round(transaction, 1_000));
      if (round == 0) {
        return sealed;
      }
      sealed += round;
    }
  }

  byte[] export() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new AuditExports(api, audit, trail, Clock.systemUTC())
          .begin(null, null, new Actor("cfo", null))
          .writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** What a verifier finds in an export of everything that is sealed. */
  Verification verify(Anchor... anchors) {
    try {
      return ExportVerifier.verify(new ByteArrayInputStream(export()), List.of(anchors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The subjects in the chain's order. */
  List<String> sealedSubjects() {
    return owner.read(
        handle ->
            handle
                .select(
                    """
                    SELECT a.subject_id FROM control.audit_seal s
                      JOIN control.audit_log a ON a.id = s.audit_id ORDER BY s.position
                    """)
                .mapTo(String.class)
                .list());
  }

  /** The number that a query of the owner gives. */
  long number(String sql) {
    return owner.read(handle -> handle.select(sql).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    test.close();
  }
}
