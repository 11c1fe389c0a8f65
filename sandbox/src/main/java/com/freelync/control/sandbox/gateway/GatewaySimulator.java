package com.freelync.control.sandbox.gateway;

import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.Fields;
import com.freelync.control.sandbox.http.JsonServer;
import com.freelync.control.sandbox.http.Problem;
import com.freelync.control.sandbox.http.Request;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A payment gateway as the real ones behave: the same idempotency key gives the same answer for
 * ever, a key with another body is refused, what was paid can be taken back, and {@code POST
 * /faults} makes the next calls go wrong. Its book is kept in schema {@code gateway} and so
 * outlives it; faults do not.
 */
public final class GatewaySimulator implements AutoCloseable {
  private final Book book;
  private final String apiKey;
  private final Faults faults = new Faults();
  private final JsonServer server;

  private GatewaySimulator(DataSource database, String apiKey, int preferredPort) {
    this.book = new Book(database);
    ReversalDesk reversals = new ReversalDesk(book, new ReversalBook(database), faults);
    BookPages pages = new BookPages(database);
    this.apiKey = apiKey;
    this.server =
        new JsonServer.Builder()
            .on("POST /disbursements", this::disburse)
            .on("GET /disbursements", this::list)
            .on(
                "POST /reversals",
                request -> {
                  requireApiKey(request);
                  return reversals.reverse(request);
                })
            .on("GET /reversals", reversals::list)
            .on("GET /book/entries", pages::answer)
            .on("GET /book", request -> Answer.json(200, book.totals()))
            .on("POST /faults", this::addFault)
            .on("GET /faults", request -> remainingFaults())
            .on("DELETE /faults", request -> clearFaults())
            .start(preferredPort);
  }

  /**
   * Makes its schema where it is missing, and starts.
   *
   * @param gatewayRole connects as the role {@code gateway}
   * @param preferredPort taken when free, else another one; 0 for any
   * @param apiKey what {@code POST} asks for as bearer token
   */
  public static GatewaySimulator start(DataSource gatewayRole, int preferredPort, String apiKey) {
    return new GatewaySimulator(gatewayRole, apiKey, preferredPort);
  }

  /** Where it listens. */
  public URI address() {
    return server.address();
  }

  /** Stops at once; calls that it holds are cut off. */
  @Override
  public void close() {
    server.close();
  }

  private Answer disburse(Request request) throws Exception {
    requireApiKey(request);
    Disbursement wanted = wanted(request);
    FaultyWrite write = refuses -> outcome(book.enter(refuses ? refused(wanted) : wanted), wanted);
    return write.answer(faults);
  }

  private static FaultyWrite.Outcome outcome(Book.Entry entered, Disbursement wanted) {
    Disbursement entry = entered.entry();
    if (!entry.asksTheSameAs(wanted)) {
      throw Problem.of(
          409,
          "idempotency key reused",
          "The key " + entry.idempotencyKey() + " was used with another body");
    }
    int status = !entry.isPaid() ? 422 : entered.isNew() ? 201 : 200;
    return new FaultyWrite.Outcome(
        Answer.json(status, entry.document()), entry.isPaid(), "disbursement", entry.document());
  }

  private void requireApiKey(Request request) {
    byte[] given = request.header("Authorization").orElse("").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, ("Bearer " + apiKey).getBytes(StandardCharsets.UTF_8))) {
      throw Problem.of(401, "unauthorized", "The API key is missing or wrong");
    }
  }

  /** The idempotency key, which every write has. */
  static String key(Request request) {
    String key = request.header("Idempotency-Key").orElse("");
    if (key.isBlank() || key.length() > 255) {
      throw Problem.invalid(
          List.of(
              new Problem.FieldError(
                  "Idempotency-Key",
                  "required",
                  "The header Idempotency-Key is required (1-255)")));
    }
    return key;
  }

  private static Disbursement wanted(Request request) {
    String key = key(request);
    Fields fields = request.fields();
    UUID payout = fields.id("payout_id");
    BigDecimal amount = fields.number("amount", "0.01", "999999999999.99", 2, null);
    String currency = fields.word("currency", List.of("ETB"));
    UUID recipient = fields.id("recipient");
    fields.check();
    String id = "dsb_" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new Disbursement(
        id, key, payout.toString(), amount, currency, recipient.toString(), "PAID", null, now);
  }

  private static Disbursement refused(Disbursement wanted) {
    return new Disbursement(
        wanted.id(),
        wanted.idempotencyKey(),
        wanted.payoutId(),
        wanted.amount(),
        wanted.currency(),
        wanted.recipient(),
        "REFUSED",
        "The recipient's bank refused the payment (fault: refuse)",
        wanted.createdAt());
  }

  private Answer list(Request request) throws SQLException {
    Optional<String> payout = request.parameter("payout_id").filter(v -> v.indexOf('\0') < 0);
    Optional<String> key = request.parameter("idempotency_key").filter(v -> v.indexOf('\0') < 0);
    if (payout.isPresent() == key.isPresent()) {
      throw Problem.of(400, "malformed", "Ask by either payout_id or idempotency_key");
    }
    List<Disbursement> found =
        payout.isPresent() ? book.ofPayout(payout.get()) : book.ofKey(key.orElseThrow());
    return Answer.json(200, Map.of("items", found.stream().map(Disbursement::document).toList()));
  }

  private Answer addFault(Request request) {
    Fields fields = request.fields();
    String mode = fields.word("mode", Faults.Mode.NAMES);
    int times = fields.number("times", "1", "1000000", 0, "1").intValueExact();
    fields.check();
    faults.add(mode, times);
    return remainingFaults();
  }

  private Answer remainingFaults() {
    return Answer.json(200, Map.of("items", faults.left()));
  }

  private Answer clearFaults() {
    faults.clear();
    return remainingFaults();
  }
}
