package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.database.Cursor;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AU-2 AU-14: automations that changes of the source start")
class StateChangesTest {
  private static TriggerFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new TriggerFixture();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** What the next test changes is none of this one's automations' business. */
  @AfterEach
  void archive() {
    fixture.work();
    fixture
        .api
        .automations
        .list("ACTIVE", null, Cursor.START, 200)
        .forEach(active -> fixture.change(active.id(), Map.of("status", "ARCHIVED")));
  }

  private static UUID payout() {
    return fixture.marketplace.payout(fixture.marketplace.goodSeller(), "100.00");
  }

  private static long waiting() {
    return fixture.count("SELECT count(*) FROM control.state_change");
  }

  @Test
  @DisplayName("AU-2: a change makes one execution, with the facts of its entity and what changed")
  void oneExecution() {
    UUID failed =
        fixture.create(
            "state: payout.status DISBURSING -> FAILED",
            List.of(Map.of("field", "seller.trust_score", "operator", "gte", "value", 8)),
            "ACTIVE");
    UUID payout = payout();
    fixture.marketplace.move(payout, "DISBURSING");
    fixture.marketplace.move(payout, "FAILED");
    assertThat(waiting()).as("nobody waits for the first change").isEqualTo(1);
    fixture.work();
    fixture.work();
    assertThat(waiting()).isZero();
    assertThat(fixture.executions(failed))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.triggerType()).isEqualTo("STATE_CHANGE");
              assertThat(row.status()).isEqualTo("PENDING");
              assertThat(row.entityType()).isEqualTo("payout");
              assertThat(row.entityId()).isEqualTo(payout.toString());
              assertThat(row.why()).isEqualTo("payout.status DISBURSING -> FAILED");
              assertThat(row.factsJson()).contains("\"status\": \"FAILED\"");
              assertThat(row.triggerDataJson()).contains("payout_id", "DISBURSING");
            });
  }

  @Test
  @DisplayName("AU-2: what nobody waits for is not written; a new row comes from nothing")
  void onlyWhatIsWatched() {
    payout();
    assertThat(waiting()).isZero();
    UUID any = fixture.active("state: payout.status -> REQUESTED");
    UUID from = fixture.active("state: payout.status APPROVED -> REQUESTED");
    UUID payout = payout();
    fixture.marketplace.amount(payout, "200.00");
    fixture.marketplace.suspend(fixture.marketplace.goodSeller());
    assertThat(waiting()).isEqualTo(1);
    fixture.work();
    assertThat(fixture.executions(any)).hasSize(1);
    assertThat(fixture.executions(from)).isEmpty();
  }

  @Test
  @DisplayName("AU-2: every kind of entity is watched, with facts that can be read")
  void everyEntity() {
    UUID seller = fixture.marketplace.goodSeller();
    UUID listing = fixture.marketplace.listing(seller, "Dire Dawa");
    Map<String, String> triggers =
        Map.of(
            "listing.status ACTIVE -> SOLD",
            "UPDATE marketplace.listings SET status = 'SOLD', sold_at = now() WHERE id = ?",
            "transaction.status -> PENDING",
            """
            INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status,
                   amount, platform_fee, commission_fee, processor_fee, created_at)
            SELECT gen_random_uuid(), id, seller_id, seller_id, 'SALE', 'PENDING', 100, 5, 3, 1, now()
              FROM marketplace.listings WHERE id = ?
            """,
            "dispute.status -> OPEN",
            """
            INSERT INTO marketplace.disputes (id, transaction_id, opened_by, reason, status, opened_at)
            SELECT gen_random_uuid(), id, buyer_id, 'not_delivered', 'OPEN', now()
              FROM marketplace.transactions WHERE listing_id = ?
            """,
            "user.suspended false -> true",
            """
            UPDATE marketplace.users SET suspended = true
             WHERE id = (SELECT seller_id FROM marketplace.listings WHERE id = ?)
            """,
            "document.status -> VALID",
            """
            INSERT INTO marketplace.documents (id, owner_id, listing_id, kind, status, issued_on,
                   expires_on, uploaded_at)
            SELECT gen_random_uuid(), seller_id, id, 'title_deed', 'VALID', '2026-01-01',
                   '2027-01-01', now() FROM marketplace.listings WHERE id = ?
            """);
    for (String state :
        List.of(
            "listing.status ACTIVE -> SOLD",
            "transaction.status -> PENDING",
            "dispute.status -> OPEN",
            "user.suspended false -> true",
            "document.status -> VALID")) {
      UUID id = fixture.active("state: " + state);
      fixture.asMarketplace.transaction(
          tx -> tx.handle().execute(String.valueOf(triggers.get(state)), listing));
      fixture.work();
      assertThat(fixture.executions(id))
          .as(state)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.status()).isEqualTo("PENDING");
                assertThat(row.factsJson()).contains("\"id\"");
              });
    }
  }

  @Test
  @DisplayName(
      "AU-14: changes are handled in the order of their transactions, and none is passed by")
  void inOrder() {
    UUID id = fixture.active("state: payout.status -> APPROVED");
    UUID first = payout();
    UUID second = payout();
    Jdbi jdbi = Jdbi.create(fixture.asMarketplace.dataSource());
    try (Handle older = jdbi.open();
        Handle younger = jdbi.open()) {
      older.begin();
      older.execute("UPDATE marketplace.payouts SET status = 'APPROVED' WHERE id = ?", first);
      younger.begin();
      younger.execute("UPDATE marketplace.payouts SET status = 'APPROVED' WHERE id = ?", second);
      younger.commit();
      fixture.work();
      assertThat(fixture.executions(id)).as("the older one may still write").isEmpty();
      older.commit();
    }
    fixture.work();
    List<String> handled =
        fixture.asOwner.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT e.entity_id
                          FROM control.workflow_execution e
                          JOIN control.outbox o ON o.key = e.id::text
                         WHERE e.workflow_id = :id ORDER BY o.id
                        """)
                    .bind("id", id)
                    .mapTo(String.class)
                    .list());
    assertThat(handled).containsExactly(first.toString(), second.toString());
  }

  @Test
  @DisplayName(
      "AU-14: several followers at once handle each change once, and a killed one leaves all")
  void manyFollowers() throws Exception {
    UUID id = fixture.active("state: payout.status -> APPROVED");
    List<UUID> payouts = IntStream.range(0, 30).mapToObj(i -> payout()).toList();
    payouts.forEach(payout -> fixture.marketplace.move(payout, "APPROVED"));
    fixture
        .database
        .as("control_worker")
        .rehearse(transaction -> fixture.worker.triggers.changes.round(transaction));
    assertThat(fixture.executions(id)).as("the process died before its commit").isEmpty();
    assertThat(waiting()).isEqualTo(30);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> followers =
          IntStream.range(0, 4)
              .<Callable<Boolean>>mapToObj(i -> () -> fixture.worker.triggers.changes.follow())
              .toList();
      for (Future<Boolean> follower : threads.invokeAll(followers)) {
        follower.get();
      }
    }
    fixture.work();
    assertThat(waiting()).isZero();
    assertThat(fixture.executions(id))
        .extracting(ExecutionRow::entityId)
        .containsExactlyInAnyOrderElementsOf(payouts.stream().map(UUID::toString).toList());
  }

  @Test
  @DisplayName("AU-14: a change that is taken back was none")
  void rolledBack() {
    fixture.active("state: payout.status -> APPROVED");
    UUID payout = payout();
    fixture.asMarketplace.rehearse(
        tx ->
            tx.handle()
                .execute(
                    "UPDATE marketplace.payouts SET status = 'APPROVED' WHERE id = ?", payout));
    assertThat(waiting()).isZero();
  }

  @Test
  @DisplayName("AU-1 AU-2: what is not watched is refused with the nearest name")
  void refuses() {
    assertThatThrownBy(() -> fixture.active("state: payout.status -> FAILLED"))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refused ->
                assertThat(refused.errors())
                    .extracting(FieldError::message)
                    .allMatch(message -> message.contains("did you mean FAILED?")));
  }
}
