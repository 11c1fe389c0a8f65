package com.freelync.control.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealerTest {
  private final AuditFixture log = new AuditFixture();

  @AfterEach
  void close() {
    log.close();
  }

  private void assertWholeChain(long count) {
    assertThat(log.verify().faults()).isEmpty();
    assertThat(log.number("SELECT max(position) FROM control.audit_seal")).isEqualTo(count);
    assertThat(log.number("SELECT count(*) FROM control.audit_seal")).isEqualTo(count);
  }

  @Test
  @DisplayName("SE-3: an entry is sealed within a second of its commit")
  void sealsSoon() {
    try (Sealer sealer = Sealer.start(log.worker)) {
      for (int i = 1; i <= 5; i++) {
        long waitsFor = i;
        log.write("a" + i);
        await()
            .atMost(Duration.ofSeconds(1))
            .pollInterval(Duration.ofMillis(10))
            .until(() -> log.number("SELECT count(*) FROM control.audit_seal") == waitsFor);
      }
      assertThat(sealer).isNotNull();
    }
    assertThat(log.sealedSubjects()).containsExactly("a1", "a2", "a3", "a4", "a5");
    assertWholeChain(5);
  }

  @Test
  @DisplayName("SE-3: what is rolled back is neither waited for nor sealed")
  void rolledBack() {
    log.write("a");
    log.api.rehearse(transaction -> log.audit.record(transaction, AuditFixture.entry("never")));
    log.write("b");
    assertThat(log.seal()).isEqualTo(2);
    assertThat(log.sealedSubjects()).containsExactly("a", "b");
    assertThat(log.trail.unsealed()).isZero();
    assertWholeChain(2);
  }

  @Test
  @DisplayName(
      "SE-3: a transaction that stays open holds back what was begun after it, loses nothing")
  void longTransaction() {
    log.write("before");
    log.api.transaction(
        open -> {
          log.audit.record(open, AuditFixture.entry("long"));
          log.write("meanwhile 1");
          log.write("meanwhile 2");
          assertThat(log.seal()).isEqualTo(1);
          assertThat(log.sealedSubjects()).containsExactly("before");
          // Its own transaction sees its entry too.
          assertThat(log.trail.unsealed()).isEqualTo(2);
          return open;
        });
    assertThat(log.seal()).isEqualTo(3);
    assertThat(log.sealedSubjects())
        .containsExactly("before", "long", "meanwhile 1", "meanwhile 2");
    assertWholeChain(4);
  }

  @Test
  @DisplayName("SE-3: a reader whose snapshot stays open holds nothing back")
  void longReader() {
    log.api.read(
        handle -> {
          handle.select("SELECT count(*) FROM control.audit_log").mapTo(Long.class).one();
          log.write("a");
          assertThat(log.seal()).isEqualTo(1);
          return handle;
        });
  }

  @Test
  @DisplayName("SE-3: ids that commit in another order stay in the chain once and for all")
  void idsOutOfCommitOrder() {
    log.api.transaction(
        slow -> {
          slow.handle().select("SELECT pg_current_xact_id()::text").mapTo(String.class).one();
          log.write("quick");
          log.audit.record(slow, AuditFixture.entry("slow"));
          log.seal();
          return slow;
        });
    log.write("last");
    log.seal();
    // The slow one has the larger id and the older transaction.
    assertThat(log.sealedSubjects()).containsExactly("slow", "quick", "last");
    assertWholeChain(3);
  }

  @Test
  @DisplayName(
      "SE-3: eight writers, two sealers and a slow transaction make one chain of everything")
  void concurrently() throws Exception {
    CountDownLatch written = new CountDownLatch(8);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Sealer one = Sealer.start(log.worker);
        Sealer other = Sealer.start(log.worker)) {
      Future<?> slow =
          threads.submit(
              () ->
                  log.api.transaction(
                      transaction -> {
                        log.audit.record(transaction, AuditFixture.entry("slow"));
                        awaitLatch(written);
                        return transaction;
                      }));
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        String name = "w" + writer;
        writers.add(
            threads.submit(
                () -> {
                  IntStream.range(0, 50).forEach(i -> log.write(name + "-" + i));
                  written.countDown();
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      slow.get();
      assertThat(List.of(one, other)).doesNotContainNull();
      await().atMost(Duration.ofSeconds(10)).until(() -> log.trail.unsealed() == 0);
    }
    assertThat(log.sealedSubjects()).hasSize(401).doesNotHaveDuplicates();
    assertWholeChain(401);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("SE-3: of two sealers at once one seals, and the other does nothing")
  void twoSealers() {
    IntStream.range(0, 5).forEach(i -> log.write("a" + i));
    log.worker.transaction(
        first -> {
          assertThat(Sealing.round(first, 3)).isEqualTo(3);
          int second = log.worker.transaction(transaction -> Sealing.round(transaction, 3));
          assertThat(second).isZero();
          return first;
        });
    assertThat(log.seal()).isEqualTo(2);
    assertWholeChain(5);
  }

  @Test
  @DisplayName(
      "SE-3: a sealer that dies before its commit leaves the chain as it was, for the next one")
  void dyingSealer() {
    IntStream.range(0, 3).forEach(i -> log.write("a" + i));
    log.seal();
    IntStream.range(3, 6).forEach(i -> log.write("a" + i));
    assertThatThrownBy(
            () ->
                log.worker.transaction(
                    dying -> {
                      assertThat(Sealing.round(dying, 1_000)).isEqualTo(3);
                      return cut(dying);
                    }))
        .isNotInstanceOf(AssertionError.class);
    // The server has to notice first that the connection is gone.
    await().atMost(Duration.ofSeconds(10)).until(() -> log.seal() == 3);
    assertThat(log.sealedSubjects()).containsExactly("a0", "a1", "a2", "a3", "a4", "a5");
    assertWholeChain(6);
  }

  /** As if the process were killed: the socket is closed, nothing is said. */
  private static Transaction cut(Transaction transaction) {
    try {
      transaction.handle().getConnection().unwrap(Connection.class).abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return transaction;
  }

  @Test
  @DisplayName("SE-3: a clock that jumps changes what an entry says, not its place in the chain")
  void jumpingClock() {
    List<Instant> times =
        List.of("2026-02-01T00:00:00Z", "1999-01-01T00:00:00Z", "2126-02-01T00:00:00.123456Z")
            .stream()
            .map(Instant::parse)
            .toList();
    for (int i = 0; i < times.size(); i++) {
      new AuditLog(log.api, Clock.fixed(times.get(i), ZoneOffset.UTC))
          .recordRefusal(AuditFixture.entry("a" + i));
      log.seal();
    }
    assertThat(log.sealedSubjects()).containsExactly("a0", "a1", "a2");
    assertThat(log.verify().earliest()).isEqualTo(times.get(1));
    assertThat(log.verify().latest()).isAfterOrEqualTo(times.get(2));
    assertThat(log.verify().faults()).isEmpty();
  }

  @Test
  @DisplayName("SE-3: entries that came from another server by a dump are sealed first")
  void restoredEntries() {
    log.write("new");
    log.owner.transaction(
        transaction ->
            transaction
                .handle()
                .execute(
                    """
                    INSERT INTO control.audit_log
                           (txid, at, actor, action, subject_type, subject_id, outcome)
                    VALUES ('99999999999', now(), 'a', 'b', 'c', 'restored', 'ALLOWED')
                    """));
    assertThat(log.seal()).isEqualTo(2);
    assertThat(log.sealedSubjects()).containsExactly("restored", "new");
    assertWholeChain(2);
  }

  @Test
  @DisplayName(
      "SE-3: the database refuses seals that do not continue the chain, or seal nothing new")
  void forgedSeals() {
    log.write("a");
    log.write("b");
    log.seal();
    log.write("c");
    long waiting = log.number("SELECT audit_id FROM control.audit_pending");
    long sealed = log.number("SELECT audit_id FROM control.audit_seal WHERE position = 1");
    String head = "(SELECT hash FROM control.audit_head)";
    for (Database role : List.of(log.worker, log.owner)) {
      assertRefused(role, 4, waiting, head);
      assertRefused(role, 2, waiting, head);
      assertRefused(role, 3, waiting, "decode(repeat('00', 32), 'hex')");
      assertRefused(role, 3, sealed, head);
      assertRefused(role, 3, 4711, head);
    }
    log.seal();
    assertWholeChain(3);
  }

  private static void assertRefused(Database role, long position, long audit, String previous) {
    Callable<Integer> insert =
        () ->
            role.transaction(
                transaction ->
                    transaction
                        .handle()
                        .execute(
                            "INSERT INTO control.audit_seal (position, audit_id, previous, hash)"
                                + " VALUES (?, ?, "
                                + previous
                                + ", sha256('x'))",
                            position,
                            audit));
    assertThatThrownBy(insert::call).hasStackTraceContaining("PSQLException");
  }
}
