package com.freelync.control.sandbox.marketplace;

import com.freelync.control.configuration.ConfigurationReader;
import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.Fields;
import com.freelync.control.sandbox.http.JsonServer;
import com.freelync.control.sandbox.http.Problem;
import com.freelync.control.sandbox.http.Request;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The marketplace as far as the control center sees it: sellers register, ask for payouts, and
 * their events reach the control center by an outbox, whether it is there at that moment or later.
 * What commission is taken follows the control center's settings.
 */
public final class MarketplaceSimulator implements AutoCloseable {
  private final Marketplace marketplace;
  private final EventRelay relay;
  private final ConfigurationReader settings;
  private final Traffic traffic;
  private final JsonServer server;

  private MarketplaceSimulator(
      DataSource database, Supplier<URI> api, Supplier<String> token, int preferredPort) {
    this.marketplace = new Marketplace(database);
    this.relay = new EventRelay(new Outbox(database), api, token);
    this.settings = ConfigurationReader.start(api, token);
    this.traffic = new Traffic(database, new Commission(settings), relay::ring);
    this.server =
        new JsonServer.Builder()
            .on("POST /sellers", this::register)
            .on("POST /payouts", this::requestPayout)
            .on("GET /payouts/{id}", this::payout)
            .on("POST /traffic", this::changeTraffic)
            .on("GET /traffic", request -> Answer.json(200, traffic.shape().document()))
            .start(preferredPort);
  }

  /**
   * Starts, and begins to deliver what waits in the outbox. The schema has to be there.
   *
   * @param marketplaceApp connects as {@code marketplace_app}
   * @param api the control center's address, asked at each delivery
   * @param token a bearer token with {@code events.publish} and {@code config.read}, asked each
   *     time
   * @param preferredPort taken when free, else another one; 0 for any
   */
  public static MarketplaceSimulator start(
      DataSource marketplaceApp, Supplier<URI> api, Supplier<String> token, int preferredPort) {
    return new MarketplaceSimulator(marketplaceApp, api, token, preferredPort);
  }

  /** Where it listens. */
  public URI address() {
    return server.address();
  }

  /** Stops traffic, deliveries and the server; undelivered events stay in the outbox. */
  @Override
  public void close() {
    traffic.close();
    server.close();
    relay.close();
    settings.close();
  }

  private Answer register(Request request) throws SQLException {
    Fields fields = request.fields();
    boolean verified = fields.flag("verified", null);
    BigDecimal trust = fields.number("trust_score", "0", "10", 1, null);
    boolean suspended = fields.flag("suspended", false);
    String region = fields.text("region", 100, "Addis Ababa");
    fields.check();
    UUID id = marketplace.register(verified, trust, suspended, region);
    return Answer.json(201, Map.of("id", id));
  }

  private Answer requestPayout(Request request) throws SQLException {
    Fields fields = request.fields();
    UUID seller = fields.id("seller_id");
    BigDecimal amount = fields.number("amount", "0.01", "999999999999.99", 2, null);
    fields.check();
    UUID id =
        marketplace
            .requestPayout(seller, amount)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        List.of(
                            new Problem.FieldError(
                                "/seller_id", "unknown", "seller_id is no seller's id"))));
    relay.ring();
    return Answer.json(201, Map.of("id", id));
  }

  private Answer payout(Request request) throws SQLException {
    UUID id = request.id("id");
    Marketplace.Payout payout =
        marketplace
            .payout(id)
            .orElseThrow(() -> Problem.of(404, "not found", "There is no payout " + id));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", payout.id());
    document.put("amount", payout.amount());
    document.put("status", payout.status());
    document.put("seller_id", payout.sellerId());
    return Answer.json(200, document);
  }

  private Answer changeTraffic(Request request) {
    Fields fields = request.fields();
    TrafficShape shape =
        new TrafficShape(
            fields.number("events_per_second", "0", "1000", 3, null),
            fields.number("dispute_rate", "0", "1", 6, "0.02"),
            fields.number("payment_failure_rate", "0", "1", 6, "0.05"),
            fields.number("conversion_rate", "0", "1", 6, "0.1"));
    fields.check();
    traffic.change(shape);
    return Answer.json(200, shape.document());
  }
}
