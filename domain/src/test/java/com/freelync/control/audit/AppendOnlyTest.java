package com.freelync.control.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.chain.Anchor;
import com.freelync.control.audit.chain.Verification;
import com.freelync.control.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.postgresql.util.PSQLException;

@DisplayName("SE-3: the database keeps the audit log")
class AppendOnlyTest {
  private static final List<String> ROLES =
      List.of(
          "control_owner",
          "control_api",
          "control_worker",
          "control_dryrun",
          "control_query",
          "control_reader",
          "marketplace_owner",
          "marketplace_app",
          "gateway");
  private static final List<String> TABLES =
      List.of("audit_log", "audit_seal", "audit_pending", "audit_checkpoint", "audit_retention");

  private static AuditFixture log;

  @BeforeAll
  static void write() {
    log = new AuditFixture();
    IntStream.range(0, 3).forEach(i -> log.write("a" + i));
    log.seal();
    log.write("waits");
  }

  @AfterAll
  static void close() {
    log.close();
  }

  private static int execute(String role, String sql) {
    return log.test
        .as(role)
        .transaction(
            transaction -> {
              transaction.handle().execute("SET TRANSACTION READ WRITE");
              return transaction.handle().execute(sql);
            });
  }

  private static String column(String table) {
    return switch (table) {
      case "audit_log" -> "actor = actor";
      case "audit_seal" -> "hash = hash";
      case "audit_pending" -> "since = since";
      case "audit_checkpoint" -> "hash = hash";
      default -> "kept_for = interval '1 day'";
    };
  }

  @TestFactory
  @DisplayName("SE-3: nobody updates, deletes or truncates, the tables' owner included")
  Stream<DynamicTest> nobodyChanges() {
    return ROLES.stream()
        .flatMap(
            role ->
                TABLES.stream()
                    .filter(table -> !table.equals("audit_checkpoint"))
                    .flatMap(
                        table ->
                            Stream.of(
                                    "UPDATE control." + table + " SET " + column(table),
                                    "DELETE FROM control." + table,
                                    "TRUNCATE control." + table + " CASCADE",
                                    "MERGE INTO control."
                                        + table
                                        + " t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE")
                                .map(
                                    sql ->
                                        DynamicTest.dynamicTest(
                                            role + ": " + sql, () -> assertForbidden(role, sql)))));
  }

  @Test
  @DisplayName(
      "SE-3: a writer says neither an entry's number nor its transaction nor a seal's time")
  void writersCannotForge() {
    String entry =
        "INSERT INTO control.audit_log (%s, at, actor, action, subject_type, subject_id, outcome)"
            + " OVERRIDING SYSTEM VALUE VALUES (%s, now(), 'a', 'b', 'c', 'd', 'ALLOWED')";
    for (String role : List.of("control_api", "control_worker")) {
      assertDenied(role, entry.formatted("txid", "'5'"));
      assertDenied(role, entry.formatted("id", "5"));
      assertDenied(role, "INSERT INTO control.audit_pending (audit_id, txid) VALUES (77, '5')");
      assertDenied(
          role, "INSERT INTO control.audit_retention (kept_for, reason) VALUES ('1 day', 'x')");
      assertDenied(role, "SELECT * FROM control.audit_prune()");
      assertDenied(role, "SET session_replication_role = replica");
    }
    assertDenied(
        "control_worker",
        "INSERT INTO control.audit_seal (position, audit_id, previous, hash, sealed_at)"
            + " VALUES (9, 9, sha256('x'), sha256('x'), now())");
    assertDenied(
        "control_api",
        "INSERT INTO control.audit_seal (position, audit_id, previous, hash)"
            + " VALUES (9, 9, sha256('x'), sha256('x'))");
  }

  /** Refused for want of a privilege, by a grant or by a trigger. */
  private static void assertForbidden(String role, String sql) {
    assertThatThrownBy(() -> execute(role, sql))
        .as(role + ": " + sql)
        .rootCause()
        .isInstanceOfSatisfying(
            PSQLException.class, refusal -> assertThat(refusal.getSQLState()).isEqualTo("42501"));
  }

  private static void assertDenied(String role, String sql) {
    assertThatThrownBy(() -> execute(role, sql))
        .as(role + ": " + sql)
        .hasStackTraceContaining("permission denied");
  }

  @Nested
  @DisplayName("SE-3: forgetting")
  class Forgetting {
    private final AuditFixture old = new AuditFixture();
    private final Database owner = old.owner;

    @AfterEach
    void close() {
      old.close();
    }

    private void run(String sql) {
      owner.transaction(transaction -> transaction.handle().execute(sql));
    }

    /** Makes the seals that are written from now on look as old as this. */
    private void sealedAgo(String age) {
      run(
          "ALTER TABLE control.audit_seal ALTER COLUMN sealed_at"
              + " SET DEFAULT clock_timestamp() - interval '"
              + age
              + "'");
    }

    private long prune() {
      return owner.transaction(
          transaction ->
              transaction
                  .handle()
                  .select("SELECT removed FROM control.audit_prune()")
                  .mapTo(Long.class)
                  .one());
    }

    private void writeSealed(int count, Duration age, String sealedAge) {
      sealedAgo(sealedAge);
      old.write(count, Instant.now().minus(age));
      old.seal();
    }

    @Test
    @DisplayName("SE-3: what is older than the rule is forgotten, recorded, and the rest verifies")
    void forgetsThePrefix() {
      writeSealed(30, Duration.ofDays(365 * 11), "11 years");
      byte[] before = old.export();
      old.seal();
      writeSealed(12, Duration.ofDays(365 * 9), "9 years");
      String hash =
          owner.read(
              handle ->
                  handle
                      .select(
                          "SELECT encode(hash, 'hex') FROM control.audit_seal WHERE position = 30")
                      .mapTo(String.class)
                      .one());

      assertThat(prune()).isEqualTo(30);
      assertThat(prune()).isZero();

      sealedAgo("0");
      old.seal();
      Verification rest = old.verify(Anchor.parse("30:" + hash).orElseThrow());
      assertThat(rest.faults()).isEmpty();
      assertThat(rest.first()).isEqualTo(31);
      assertThat(old.audit.actionsOn("chain")).contains("audit.prune", "audit.export");
      assertThat(
              old.number(
                  "SELECT count(*) FROM control.audit_log WHERE at < now() - interval '10 years'"))
          .isZero();
      assertThat(before.length).isPositive();
    }

    @Test
    @DisplayName("SE-3: everything may be forgotten, and the chain goes on from its checkpoint")
    void forgetsEverything() {
      writeSealed(5, Duration.ofDays(365 * 11), "11 years");
      assertThat(prune()).isEqualTo(5);
      sealedAgo("0");
      assertThat(old.seal()).isEqualTo(1);
      Verification rest = old.verify();
      assertThat(rest.faults()).isEmpty();
      assertThat(rest.first()).isEqualTo(6);
    }

    @Test
    @DisplayName(
        "SE-3: an entry that lies about its time, one unsealed, and all behind them are kept")
    void keepsWhatMayBeYoung() {
      writeSealed(3, Duration.ofDays(365 * 11), "11 years");
      writeSealed(1, Duration.ofDays(365 * 11), "1 minute");
      writeSealed(4, Duration.ofDays(365 * 11), "11 years");
      old.write(2, Instant.now().minus(Duration.ofDays(365 * 11)));
      assertThat(prune()).isEqualTo(3);
      assertThat(old.number("SELECT count(*) FROM control.audit_seal")).isEqualTo(5);
      assertThat(old.trail.unsealed()).isEqualTo(3);
    }

    @Test
    @DisplayName("SE-3: a checkpoint made by hand stands only where the rule lets it")
    void checkpointsByHand() {
      writeSealed(3, Duration.ofDays(365 * 11), "11 years");
      writeSealed(3, Duration.ofDays(1), "1 day");
      String make =
          "INSERT INTO control.audit_checkpoint (position, hash)"
              + " SELECT %s, hash FROM control.audit_seal WHERE position = %s";
      for (String wrong :
          List.of(
              make.formatted("6", "6"),
              make.formatted("4", "4"),
              make.formatted("3", "2"),
              make.formatted("7", "6"),
              "WITH forged AS (INSERT INTO control.audit_checkpoint (position, hash)"
                  + " SELECT 6, hash FROM control.audit_seal WHERE position = 6)"
                  + " DELETE FROM control.audit_log",
              "WITH forged AS (INSERT INTO control.audit_checkpoint (position, hash)"
                  + " SELECT 6, hash FROM control.audit_seal WHERE position = 6)"
                  + " DELETE FROM control.audit_seal")) {
        assertThatThrownBy(() -> run(wrong)).as(wrong).hasStackTraceContaining("PSQLException");
      }
      assertThat(old.number("SELECT count(*) FROM control.audit_log")).isEqualTo(6);
      run(make.formatted("3", "3"));
      assertThat(old.number("SELECT min(position) FROM control.audit_seal")).isEqualTo(4);
      assertThatThrownBy(() -> run("UPDATE control.audit_checkpoint SET hash = hash"))
          .hasStackTraceContaining("append-only");
      assertThatThrownBy(() -> run("DELETE FROM control.audit_checkpoint"))
          .hasStackTraceContaining("append-only");
    }

    @Test
    @DisplayName("SE-3: the retention rule is data, and a change of it is an entry")
    void retentionIsData() {
      assertThat(old.number("SELECT extract(year FROM kept_for) FROM control.audit_retention"))
          .isEqualTo(10);
      writeSealed(3, Duration.ofDays(365 * 3), "3 years");
      assertThat(prune()).isZero();
      run(
          "INSERT INTO control.audit_retention (kept_for, reason, changed_by)"
              + " VALUES ('2 years', 'decided by the board', 'cfo')");
      assertThat(old.audit.actionsOn("retention")).containsExactly("audit.retention");
      assertThat(prune()).isEqualTo(3);
      assertThatThrownBy(
              () -> run("INSERT INTO control.audit_retention (kept_for, reason) VALUES ('0', 'x')"))
          .hasStackTraceContaining("check constraint");
    }
  }
}
