package com.freelync.control.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.database.Database;
import com.freelync.control.database.TestDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private TestDatabase test;
  private Database database;
  private Outbox outbox;

  @BeforeEach
  void open() {
    test = TestDatabase.create();
    database = test.as("control_worker");
    outbox = new Outbox(database);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private void append(String key) {
    database.transaction(
        transaction -> {
          outbox.append(transaction, "topic", key, Map.of("n", 1), "request-1");
          return key;
        });
  }

  /** Makes every message due, as if its lease had run out. */
  private void expireLeases() {
    database.transaction(
        transaction ->
            transaction.handle().execute("UPDATE control.outbox SET next_attempt_at = now()"));
  }

  @Test
  @DisplayName("AU-14: the fast path hears of a message after its commit, with its row's id")
  void tellsTheFastPathAfterTheCommit() {
    List<OutboxMessage> heard = new ArrayList<>();
    outbox.onCommit(heard::addAll);
    append("a");
    assertThat(heard).singleElement().satisfies(m -> assertThat(m.key()).isEqualTo("a"));
    outbox.delivered(List.of(heard.get(0).id()));
    assertThat(outbox.waiting()).isZero();
  }

  @Test
  @DisplayName("AU-14: what is rolled back is neither owed nor told")
  void forgetsWhatIsRolledBack() {
    List<OutboxMessage> heard = new ArrayList<>();
    outbox.onCommit(heard::addAll);
    assertThatThrownBy(
            () ->
                database.transaction(
                    transaction -> {
                      outbox.append(transaction, "topic", "a", Map.of(), null);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(heard).isEmpty();
    assertThat(outbox.waiting()).isZero();
  }

  @Test
  @DisplayName("AU-14: a message is left to its own process for its lease, then anybody takes it")
  void leasesMessages() {
    append("a");
    assertThat(outbox.claim(10)).isEmpty();
    expireLeases();
    assertThat(outbox.claim(10)).hasSize(1);
    assertThat(outbox.claim(10)).isEmpty();
  }

  @Test
  @DisplayName("AU-14: a message that failed comes back later, and counts its attempts")
  void comesBackAfterAFailure() {
    append("a");
    expireLeases();
    outbox.failed(outbox.claim(1).get(0), "Temporal is away");
    assertThat(outbox.waiting()).isEqualTo(1);
    expireLeases();
    assertThat(outbox.claim(1).get(0).attempts()).isEqualTo(1);
  }

  @Test
  @DisplayName("AU-14: 8 relays at once take each message once")
  void relaysShareTheWork() throws Exception {
    for (int i = 0; i < 200; i++) {
      append("k" + i);
    }
    expireLeases();
    Set<Long> taken = new HashSet<>();
    int sum = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<List<OutboxMessage>>> calls =
          IntStream.range(0, 40)
              .<Callable<List<OutboxMessage>>>mapToObj(i -> () -> outbox.claim(7))
              .toList();
      for (Future<List<OutboxMessage>> call : threads.invokeAll(calls)) {
        for (OutboxMessage message : call.get()) {
          taken.add(message.id());
          sum++;
        }
      }
    }
    assertThat(sum).isEqualTo(200);
    assertThat(taken).hasSize(200);
  }
}
