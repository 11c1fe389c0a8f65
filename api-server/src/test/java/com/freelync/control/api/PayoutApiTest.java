package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.ControlCenter;
import com.freelync.control.payout.BookEntry;
import com.freelync.control.payout.BookEntryKind;
import com.freelync.control.payout.BookPage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("PO-1 PO-2: payouts over HTTP")
class PayoutApiTest {
  private static final String RUNS = "/admin/payouts/reconciliations";
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Africa/Addis_Ababa"));

  private final TestApi api = TestApi.running();

  private Answer get(String payout) {
    return api.as("cfo", "GET", "/admin/payouts/" + payout).send();
  }

  private Call move(String payout, String move) {
    return api.as("operator", "POST", "/admin/payouts/" + payout + "/" + move)
        .json("{\"reason\": \"The seller gave another account.\"}");
  }

  private static List<String> texts(JsonNode items, String field) {
    return items.findValuesAsText(field);
  }

  @Test
  @DisplayName("PO-1: a payout shows its history, attempts and both sides of each booking, exactly")
  void showsAllThatHappened() {
    String payout = PaidAndFailed.failed(api);
    Answer answer = get(payout);
    assertThat(texts(answer.json().path("history"), "to"))
        .containsExactly("REQUESTED", "APPROVED", "DISBURSING", "FAILED");
    assertThat(answer.text("/history/1/by")).startsWith("automation:");
    assertThat(answer.text("/history/1/execution_id")).hasSize(36);
    assertThat(answer.text("/history/3/reason")).isEqualTo("The account is closed");
    assertThat(answer.text("/transfers/0/idempotency_key")).isEqualTo(payout + "/a1");
    assertThat(answer.text("/transfers/0/status")).isEqualTo("REFUSED");
    assertThat(Instant.parse(answer.text("/transfers/0/sent_at")))
        .isBeforeOrEqualTo(Instant.parse(answer.text("/transfers/0/settled_at")).plusSeconds(1));
    assertThat(texts(answer.json().path("ledger"), "kind"))
        .containsExactly("RESERVE", "RESERVE", "COMPENSATE", "COMPENSATE");
    assertThat(answer.body())
        .contains("\"account\":\"seller_payable\",\"amount\":4200.00,")
        .contains("\"account\":\"seller_payable\",\"amount\":-4200.00,");
  }

  @Test
  @DisplayName("PO-2: a retry is accepted once, and says where it runs")
  void retries() {
    String payout = PaidAndFailed.failed(api);
    Answer accepted = move(payout, "retry").send();
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("/status")).isEqualTo("FAILED");
    assertThat(accepted.text("/corrections/0/kind")).isEqualTo("RETRY");
    assertThat(accepted.text("/corrections/0/status")).isEqualTo("REQUESTED");
    assertThat(accepted.text("/corrections/0/requested_by")).isEqualTo("operator");
    assertThat(accepted.text("/links/temporal_ui"))
        .endsWith("%2Fr%2F" + accepted.text("/corrections/0/id"));
    Answer second = move(payout, "reverse").send();
    assertProblem(second, 409);
    assertThat(second.json().path("allowed").toString()).isEqualTo("[]");
    assertThat(api.refusal("operator", "/admin/payouts/" + payout + "/reverse"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("under way"));
    assertThat(get(payout).header("ETag")).isEqualTo(accepted.header("ETag"));
    ControlCenter worker = PaidAndFailed.worker(api);
    UUID correction = UUID.fromString(accepted.text("/corrections/0/id"));
    worker.corrections.begin(correction);
    worker.corrections.accepted(correction, null);
    Answer after = get(payout);
    assertThat(after.text("/status")).isEqualTo("APPROVED");
    assertThat(after.json().path("transfers")).hasSize(2);
    assertThat(after.text("/history/4/by")).isEqualTo("operator");
    assertThat(after.text("/history/4/reason")).isEqualTo("The seller gave another account.");
    assertThat(after.header("ETag")).isNotEqualTo(accepted.header("ETag"));
  }

  @Test
  @DisplayName("SE-7: the same key asks for one reversal")
  void isIdempotent() {
    String payout = PaidAndFailed.paid(api);
    Call call = move(payout, "reverse").header("Idempotency-Key", UUID.randomUUID().toString());
    Answer first = call.send();
    Answer again = call.send();
    assertThat(first.status()).isEqualTo(202);
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.text("/corrections/0/id")).isEqualTo(first.text("/corrections/0/id"));
    assertThat(get(payout).json().path("corrections")).hasSize(1);
  }

  @Test
  @DisplayName("PO-1 SE-4: what a payout's state does not allow is refused with what it allows")
  void refusesIllegalMoves() {
    Answer retried = move(PaidAndFailed.paid(api), "retry").send();
    assertProblem(retried, 409);
    assertThat(retried.json().path("allowed").toString()).isEqualTo("[\"reverse\"]");
    Answer waiting = move(Fixtures.standing().payout(), "reverse").send();
    assertProblem(waiting, 409);
    assertThat(waiting.json().path("allowed").toString()).isEqualTo("[]");
  }

  @ParameterizedTest(name = "SE-4: a {0} without a reason, or by the CFO, is refused")
  @CsvSource({"retry", "reverse"})
  void needsAReasonAndTheRight(String move) {
    String path = "/admin/payouts/" + PaidAndFailed.failed(api) + "/" + move;
    for (String body : List.of("{}", "{\"reason\": \"  \"}")) {
      Answer refused = api.as("operator", "POST", path).json(body).send();
      assertProblem(refused, 422);
      assertThat(refused.text("/errors/0/field")).isEqualTo("/reason");
    }
    Answer forbidden = api.as("cfo", "POST", path).json("{\"reason\": \"r\"}").send();
    assertProblem(forbidden, 403);
    assertThat(forbidden.text("/detail")).contains("automation.operate");
  }

  @Test
  @DisplayName("PO-3: a reconciliation is of yesterday unless said, listed, and shows what differs")
  void reconciles() {
    Answer started = api.as("operator", "POST", RUNS).json("{}").send();
    assertThat(started.status()).isEqualTo(202);
    assertThat(started.text("/to")).isEqualTo(TODAY.minusDays(1) + "T21:00:00Z");
    UUID id = UUID.fromString(started.text("/id"));
    ControlCenter worker = PaidAndFailed.worker(api);
    BookEntry strange =
        new BookEntry(
            BookEntryKind.DISBURSEMENT, "dsb_" + id, "key", null, 1_050, true, Instant.now());
    worker.reconciliationWork.compare(id, null, new BookPage(List.of(strange), null));
    worker.reconciliationWork.finish(id);
    Answer run = api.as("cfo", "GET", RUNS + "/" + id).send();
    assertThat(run.text("/status")).isEqualTo("COMPLETED");
    assertThat(run.text("/differing")).isEqualTo("1");
    assertThat(run.text("/differences/0/kind")).isEqualTo("MISSING_HERE");
    assertThat(run.body()).contains("\"gateway_amount\":10.50,\"our_amount\":0.00");
    Answer listed = api.as("cfo", "GET", RUNS + "?status=COMPLETED&limit=200").send();
    assertThat(texts(listed.json().path("items"), "id")).contains(id.toString());
    assertThat(listed.body()).doesNotContain("\"differences\"");
  }

  @ParameterizedTest(name = "SE-4: a reconciliation of {0} until {1} is refused at {2}")
  @CsvSource({"1, 2, /from", "-1, -1, /to", "-40, -1, /to", "0, 2, /to", "-400000, 0, /from"})
  void refusesOtherDays(int from, int to, String field) {
    Answer refused =
        api.as("operator", "POST", RUNS)
            .json(
                "{\"from\": \"%s\", \"to\": \"%s\"}"
                    .formatted(TODAY.plusDays(from), TODAY.plusDays(to)))
            .send();
    assertProblem(refused, 422);
    assertThat(texts(refused.json().path("errors"), "field")).contains(field);
  }

  @Test
  @DisplayName("SE-4: a day that is none is named")
  void refusesWhatIsNoDay() {
    Answer refused =
        api.as("operator", "POST", RUNS).json("{\"from\": \"2026-02-30\", \"to\": 7}").send();
    assertProblem(refused, 422);
    assertThat(texts(refused.json().path("errors"), "field")).containsExactly("/from", "/to");
  }
}
