package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.database.Transaction;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses of corrections, histories and mirrors, whoever writes. */
class CorrectionGuardTest {
  private static PayoutHouse house;

  @BeforeAll
  static void open() {
    house = new PayoutHouse();
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static void write(String role, Consumer<Transaction> work) {
    house
        .database
        .as(role)
        .transaction(
            transaction -> {
              work.accept(transaction);
              return true;
            });
  }

  private static void execute(String role, String sql, Object... values) {
    write(role, transaction -> transaction.handle().execute(sql, values));
  }

  private static void insert(String role, UUID payout, String status) {
    execute(
        role,
        """
        INSERT INTO control.payout_correction
               (id, payout_id, attempt, kind, status, idempotency_key, reason, requested_by,
                requested_at)
        VALUES (gen_random_uuid(), ?, 1, 'REVERSAL', ?, gen_random_uuid()::text, 'r', 'cfo', now())
        """,
        payout,
        status);
  }

  private static void move(UUID correction, String status) {
    execute(
        "control_owner",
        """
        UPDATE control.payout_correction
           SET status = ?, settled_at = CASE WHEN ? IN ('DONE', 'REFUSED') THEN now() END,
               refusal = CASE WHEN ? = 'REFUSED' THEN 'no' END
         WHERE id = ?
        """,
        status,
        status,
        status,
        correction);
  }

  @Test
  @DisplayName("PO-2: the database lets one correction of a payout be open")
  void keepsOneOpen() {
    UUID payout = house.paid();
    insert("control_api", payout, "REQUESTED");
    assertThatThrownBy(() -> insert("control_api", payout, "REQUESTED"))
        .hasMessageContaining("payout_correction_one_open");
    assertThatThrownBy(() -> insert("control_api", house.paid(), "DONE"))
        .hasMessageContaining("begins as REQUESTED");
  }

  @ParameterizedTest(name = "PO-2: the database refuses a correction from {0} to {1}")
  @CsvSource({
    "REQUESTED, DONE",
    "ASKING, REQUESTED",
    "ASKING, ASKING",
    "DONE, REFUSED",
    "DONE, ASKING",
    "REFUSED, DONE",
    "REFUSED, ASKING"
  })
  void goesOneWay(String from, String to) {
    UUID correction = house.ask(house.paid(), CorrectionKind.REVERSAL);
    if (!from.equals("REQUESTED")) {
      move(correction, "ASKING");
    }
    if (from.equals("DONE") || from.equals("REFUSED")) {
      move(correction, from);
    }
    assertThatThrownBy(() -> move(correction, to)).hasMessageContaining("cannot become " + to);
  }

  @ParameterizedTest(name = "PO-2: the database refuses another {0} of a correction")
  @ValueSource(
      strings = {
        "payout_id = gen_random_uuid()",
        "kind = 'RETRY'",
        "idempotency_key = 'another'",
        "reason = 'another'",
        "requested_by = 'another'"
      })
  void keepsWhatWasAskedFor(String change) {
    UUID correction = house.ask(house.paid(), CorrectionKind.REVERSAL);
    String sql = "UPDATE control.payout_correction SET " + change + " WHERE id = ?";
    assertThatThrownBy(() -> execute("control_worker", sql, correction))
        .hasMessageContaining("never changes");
    assertThatThrownBy(
            () ->
                execute(
                    "control_owner",
                    "DELETE FROM control.payout_correction WHERE id = ?",
                    correction))
        .hasMessageContaining("kept for ever");
  }

  @Test
  @DisplayName("PO-1: the database refuses a gap in a payout's history, and any change of it")
  void keepsTheHistory() {
    UUID payout = house.paid();
    String sql =
        """
        INSERT INTO control.payout_history (payout_id, from_status, to_status, at, changed_by)
        VALUES (?, ?, ?, now(), 'test')
        """;
    assertThatThrownBy(() -> execute("control_worker", sql, payout, "FAILED", "APPROVED"))
        .hasMessageContaining("stands at DISBURSED");
    assertThatThrownBy(() -> execute("control_worker", sql, payout, "DISBURSED", "APPROVED"))
        .hasMessageContaining("payout_history_check");
    for (String change :
        new String[] {
          "UPDATE control.payout_history SET reason = 'x'", "DELETE FROM control.payout_history"
        }) {
      assertThatThrownBy(() -> execute("control_owner", change))
          .hasMessageContaining("append-only");
    }
    assertThatThrownBy(() -> execute("control_api", sql, payout, "DISBURSED", "REVERSED"))
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest(name = "PO-1: the database refuses a mirror that {0}")
  @CsvSource({
    "moves another amount, RETURN, DISBURSE, gateway_cash, payouts_in_transit, 1",
    "moves it between other accounts, RETURN, DISBURSE, gateway_cash, seller_payable, 420000",
    "is the same once more, RETURN, DISBURSE, payouts_in_transit, gateway_cash, 420000",
    "is of another kind, RELEASE, DISBURSE, gateway_cash, payouts_in_transit, 420000"
  })
  void keepsMirrorsExact(
      String what, String kind, String original, String debit, String credit, long santim) {
    UUID payout = house.paid();
    assertThatThrownBy(() -> mirror(payout, kind, original, debit, credit, santim))
        .as(what)
        .rootCause()
        .hasMessageContaining("does not mirror");
    assertThat(house.get(payout).ledger()).hasSize(4);
  }

  @Test
  @DisplayName("PO-1: the database lets an entry be mirrored once")
  void mirrorsOnce() {
    UUID payout = house.paid();
    mirror(payout, "RETURN", "DISBURSE", "gateway_cash", "payouts_in_transit", 420_000);
    assertThatThrownBy(
            () ->
                mirror(payout, "RETURN", "DISBURSE", "gateway_cash", "payouts_in_transit", 420_000))
        .hasMessageContaining("unique");
  }

  private static void mirror(
      UUID payout, String kind, String original, String debit, String credit, long santim) {
    write(
        "control_worker",
        transaction -> {
          long entry =
              transaction
                  .handle()
                  .createQuery(
                      """
                      INSERT INTO control.ledger_entry (payout_id, attempt, kind, at, reverses)
                      SELECT payout_id, attempt, :kind, now(), id FROM control.ledger_entry
                       WHERE payout_id = :payout AND kind = :original RETURNING id
                      """)
                  .bind("kind", kind)
                  .bind("payout", payout)
                  .bind("original", original)
                  .mapTo(Long.class)
                  .one();
          transaction
              .handle()
              .execute(
                  "INSERT INTO control.ledger_posting VALUES (?, ?, ?), (?, ?, ?)",
                  entry,
                  debit,
                  santim,
                  entry,
                  credit,
                  -santim);
        });
  }
}
