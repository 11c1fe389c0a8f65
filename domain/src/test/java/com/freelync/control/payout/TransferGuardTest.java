package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.database.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses of transfers, whoever writes. */
class TransferGuardTest {
  private static final List<String> WRITERS = List.of("control_worker", "control_owner");

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static int execute(String role, String sql, Object... values) {
    return database.as(role).transaction(transaction -> transaction.handle().execute(sql, values));
  }

  private static UUID created(String role) {
    UUID payout = UUID.randomUUID();
    insert(role, payout, "CREATED");
    return payout;
  }

  private static void insert(String role, UUID payout, String status) {
    execute(
        role,
        """
        INSERT INTO control.payout_transfer
               (payout_id, attempt, idempotency_key, amount_santim, recipient, status, created_at)
        VALUES (?, 1, ?, 100, ?, ?, now())
        """,
        payout,
        payout + "/a1",
        UUID.randomUUID(),
        status);
  }

  private static int move(String role, UUID payout, String status) {
    return execute(
        role, "UPDATE control.payout_transfer SET status = ? WHERE payout_id = ?", status, payout);
  }

  /** A transfer in a state, by the way that leads there. */
  private static UUID in(String role, String status) {
    UUID payout = created(role);
    if (!status.equals("CREATED")) {
      move(role, payout, "SENDING");
    }
    if (!status.equals("CREATED") && !status.equals("SENDING")) {
      move(role, payout, status);
    }
    return payout;
  }

  private static String row(UUID payout) {
    return database
        .as("control_reader")
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT t::text FROM control.payout_transfer t WHERE payout_id = :id")
                    .bind("id", payout)
                    .mapTo(String.class)
                    .one());
  }

  @ParameterizedTest(name = "PO-2: the database lets a transfer go to {0}")
  @ValueSource(strings = {"CREATED", "SENDING", "PAID", "REFUSED"})
  void goesItsWay(String status) {
    for (String role : WRITERS) {
      assertThat(row(in(role, status))).contains(status);
    }
  }

  @ParameterizedTest(name = "PO-2: the database refuses a transfer from {0} to {1}")
  @CsvSource({
    "CREATED, CREATED",
    "CREATED, PAID",
    "CREATED, REFUSED",
    "SENDING, SENDING",
    "SENDING, CREATED",
    "PAID, PAID",
    "PAID, CREATED",
    "PAID, SENDING",
    "PAID, REFUSED",
    "REFUSED, REFUSED",
    "REFUSED, CREATED",
    "REFUSED, SENDING",
    "REFUSED, PAID"
  })
  void refusesEveryOtherWay(String from, String to) {
    for (String role : WRITERS) {
      UUID payout = in(role, from);
      String before = row(payout);
      assertThatThrownBy(() -> move(role, payout, to)).hasMessageContaining("transfer " + payout);
      assertThat(row(payout)).isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "PO-2: the database refuses that a transfer begins as {0}")
  @ValueSource(strings = {"SENDING", "PAID", "REFUSED"})
  void beginsAtTheBeginning(String status) {
    for (String role : WRITERS) {
      assertThatThrownBy(() -> insert(role, UUID.randomUUID(), status))
          .hasMessageContaining("begins as CREATED");
    }
  }

  @ParameterizedTest(name = "PO-2: the database refuses another {0} of a transfer, at any time")
  @ValueSource(
      strings = {
        "payout_id = gen_random_uuid()",
        "attempt = 2",
        "idempotency_key = 'another'",
        "amount_santim = 101",
        "recipient = gen_random_uuid()",
        "request_id = 'another'",
        "created_at = created_at - interval '1 second'"
      })
  void keepsWhatIsPaid(String change) {
    for (String role : WRITERS) {
      for (String[] step : new String[][] {{"CREATED", "SENDING"}, {"SENDING", "PAID"}}) {
        UUID payout = in(role, step[0]);
        String before = row(payout);
        assertThatThrownBy(
                () ->
                    execute(
                        role,
                        "UPDATE control.payout_transfer SET status = ?, "
                            + change
                            + " WHERE payout_id = ?",
                        step[1],
                        payout))
            .hasMessageContaining("never change");
        assertThat(row(payout)).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest(name = "PO-2: the database refuses another {0} of a settled transfer")
  @ValueSource(
      strings = {"gateway_reference = 'dsb_1'", "reason = 'because'", "settled_at = now()"})
  void keepsWhatIsSettled(String change) {
    for (String role : WRITERS) {
      for (String status : List.of("PAID", "REFUSED")) {
        UUID payout = in(role, status);
        String sql = "UPDATE control.payout_transfer SET " + change + " WHERE payout_id = ?";
        assertThatThrownBy(() -> execute(role, sql, payout))
            .hasMessageContaining("is " + status + " and never changes again");
      }
    }
  }

  @Test
  @DisplayName("PO-2: since when a transfer is being sent is what the database saw")
  void stampsTheSending() {
    UUID payout = created("control_worker");
    String sql =
        """
        UPDATE control.payout_transfer SET status = ?, sending_since = 'epoch' WHERE payout_id = ?
        """;
    for (String status : List.of("SENDING", "PAID")) {
      assertThat(execute("control_worker", sql, status, payout)).isEqualTo(1);
      assertThat(row(payout)).contains(status).doesNotContain("1970");
    }
  }

  @Test
  @DisplayName("PO-2: the database refuses to delete a transfer, and to empty the table")
  void keepsEveryTransfer() {
    UUID payout = created("control_worker");
    String delete = "DELETE FROM control.payout_transfer WHERE payout_id = ?";
    assertThatThrownBy(() -> execute("control_worker", delete, payout))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> execute("control_owner", delete, payout))
        .hasMessageContaining("DELETE on control.payout_transfer is refused");
    String truncate = "TRUNCATE control.payout_transfer CASCADE";
    assertThatThrownBy(() -> execute("control_worker", truncate))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> execute("control_owner", truncate))
        .hasMessageContaining("TRUNCATE on control.payout_transfer is refused");
    assertThat(row(payout)).contains("CREATED");
  }
}
