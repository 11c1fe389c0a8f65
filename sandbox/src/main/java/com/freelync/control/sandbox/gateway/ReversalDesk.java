package com.freelync.control.sandbox.gateway;

import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.Fields;
import com.freelync.control.sandbox.http.Problem;
import com.freelync.control.sandbox.http.Request;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where the gateway is asked to take back what it paid. */
final class ReversalDesk {
  private final Book book;
  private final ReversalBook reversals;
  private final Faults faults;

  ReversalDesk(Book book, ReversalBook reversals, Faults faults) {
    this.book = book;
    this.reversals = reversals;
    this.faults = faults;
  }

  Answer reverse(Request request) throws Exception {
    Reversal wanted = wanted(request);
    FaultyWrite write =
        refuses ->
            outcome(
                reversals.enter(
                    refuses
                        ? wanted.refused("The recipient's account has no money (fault: refuse)")
                        : wanted),
                wanted);
    return write.answer(faults);
  }

  Answer list(Request request) throws SQLException {
    String key =
        request
            .parameter("idempotency_key")
            .filter(given -> given.indexOf('\0') < 0)
            .orElseThrow(() -> Problem.of(400, "malformed", "Ask by idempotency_key"));
    return Answer.json(
        200, Map.of("items", reversals.ofKey(key).stream().map(Reversal::document).toList()));
  }

  private static FaultyWrite.Outcome outcome(Reversal entry, Reversal wanted) {
    if (!entry.asksTheSameAs(wanted)) {
      throw Problem.of(
          409,
          "idempotency key reused",
          "The key " + entry.idempotencyKey() + " was used with another body");
    }
    boolean isNew = entry.id().equals(wanted.id());
    int status = !entry.isDone() ? 422 : isNew ? 201 : 200;
    return new FaultyWrite.Outcome(
        Answer.json(status, entry.document()), entry.isDone(), "reversal", entry.document());
  }

  private Reversal wanted(Request request) throws SQLException {
    String key = GatewaySimulator.key(request);
    Fields fields = request.fields();
    String disbursement = fields.text("disbursement", 200, null);
    BigDecimal amount = fields.number("amount", "0.01", "999999999999.99", 2, null);
    fields.word("currency", List.of("ETB"));
    fields.check();
    Optional<Disbursement> paid = book.ofId(disbursement).filter(Disbursement::isPaid);
    if (paid.isEmpty() || paid.get().amount().compareTo(amount) != 0) {
      throw Problem.invalid(
          List.of(
              new Problem.FieldError(
                  paid.isEmpty() ? "/disbursement" : "/amount",
                  "unknown",
                  "Nothing was paid that could be taken back so")));
    }
    String id = "rev_" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new Reversal(
        id, key, disbursement, paid.get().payoutId(), amount, "REVERSED", null, now);
  }
}
