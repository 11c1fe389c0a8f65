package com.freelync.control.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.automation.Action.Estimate;
import com.freelync.control.automation.Action.Request;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.automation.ActionRefused;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Documents that expire")
class DocumentActionsTest {
  private static final String QUERY = "query_expiring_documents";
  private static final String SEND = "send_expiry_notifications";
  private static final String UPDATE = "update_expired_status";

  /** Today of the fixture's clock in Addis Ababa. */
  private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

  private final ActionFixture fixture = new ActionFixture();
  private final UUID owner = fixture.marketplace.goodSeller();

  @AfterEach
  void close() {
    fixture.close();
  }

  private UUID document(String status, LocalDate expires) {
    UUID id = UUID.randomUUID();
    fixture.change(
        """
        INSERT INTO marketplace.documents (id, owner_id, kind, status, number, issued_on, expires_on, uploaded_at)
        VALUES (?, ?, 'trade_licence', ?, 'ET123456789', DATE '2020-01-01', ?, now())
        """,
        id,
        owner,
        status,
        expires);
    return id;
  }

  private UUID expiringIn(int days) {
    return document("VALID", TODAY.plusDays(days));
  }

  private void many(int count) {
    fixture.change(
        """
        INSERT INTO marketplace.documents (id, owner_id, kind, status, number, issued_on, expires_on, uploaded_at)
        SELECT gen_random_uuid(), ?, 'trade_licence', 'VALID', 'ET', DATE '2020-01-01', DATE '2026-03-01', now()
          FROM generate_series(1, ?)
        """,
        owner,
        count);
  }

  private static Request with(Object... fields) {
    Map<String, Object> input = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      input.put((String) fields[i], fields[i + 1]);
    }
    return ActionFixture.request(input);
  }

  private static BigDecimal n(long number) {
    return BigDecimal.valueOf(number);
  }

  private long messages() {
    return fixture
        .database
        .as("marketplace_app")
        .read(
            h ->
                h.createQuery("SELECT count(*) FROM marketplace.messages").mapTo(Long.class).one());
  }

  @Test
  @DisplayName("AU-5: lists what is valid and expires in time, the first to expire first")
  void lists() {
    UUID late = expiringIn(29);
    UUID lastDay = expiringIn(30);
    UUID over = expiringIn(-2);
    expiringIn(31);
    document("EXPIRED", TODAY.plusDays(1));
    document("REVOKED", TODAY.plusDays(1));
    Request request = with();
    Result result = fixture.perform(QUERY, request);
    assertThat(result.output())
        .containsEntry("documents", List.of(over.toString(), late.toString(), lastDay.toString()))
        .containsEntry("count", n(3))
        .containsEntry("more", false);
    assertThat(fixture.estimate(QUERY, request).output()).isEqualTo(result.output());
    assertThat(fixture.perform(QUERY, with("within", "P1D", "limit", n(1))).output())
        .containsEntry("documents", List.of(over.toString()));
    assertThat(fixture.perform(QUERY, with("limit", n(2))).output()).containsEntry("more", true);
  }

  @Test
  @DisplayName("AU-5: refuses a time and a limit that are none")
  void refuses() {
    for (Request wrong :
        List.of(
            with("within", "a month"),
            with("within", "-P1D"),
            with("within", "P9000D"),
            with("limit", n(0)),
            with("limit", n(10_001)),
            with("limit", new BigDecimal("1.5")))) {
      assertThatThrownBy(() -> fixture.perform(QUERY, wrong)).isInstanceOf(ActionRefused.class);
    }
    assertThatThrownBy(() -> fixture.perform(SEND, with("document", "no id")))
        .isInstanceOf(ActionRefused.class);
    assertThatThrownBy(() -> fixture.perform(SEND, with("document", UUID.randomUUID().toString())))
        .hasMessageContaining("The source has no document");
  }

  @Test
  @DisplayName("AU-5 SE-6: each owner is told once for an expiry, by the marketplace's own way")
  void tellsOnce() {
    UUID due = expiringIn(3);
    expiringIn(31);
    document("REVOKED", TODAY.plusDays(3));
    Request request = with();
    Estimate estimate = fixture.estimate(SEND, request);
    assertThat(messages()).as("an estimate writes nothing").isZero();
    Result first = fixture.perform(SEND, request);
    assertThat(first.output())
        .isEqualTo(Map.of("sent", n(1), "already", n(0)))
        .isEqualTo(estimate.output());
    assertThat(estimate.messages()).isEqualTo(1);
    assertThat(fixture.perform(SEND, request).output())
        .as("the same call")
        .isEqualTo(first.output());
    assertThat(fixture.perform(SEND, with()).output())
        .as("another run")
        .isEqualTo(Map.of("sent", n(0), "already", n(1)));
    assertThat(messages()).isEqualTo(1);
    String data =
        fixture
            .database
            .as("marketplace_app")
            .read(
                h ->
                    h.createQuery("SELECT user_id || ' ' || data FROM marketplace.messages")
                        .mapTo(String.class)
                        .one());
    assertThat(data).startsWith(owner.toString()).contains("2026-03-13").doesNotContain("@", "ET1");
    fixture.change(
        "UPDATE marketplace.documents SET expires_on = DATE '2026-04-01' WHERE id = ?", due);
    assertThat(fixture.perform(SEND, with()).output())
        .as("renewed, it has another expiry")
        .containsEntry("sent", n(1));
  }

  @Test
  @DisplayName("AU-5: one document is told of whenever it expires, and one that is over is not")
  void tellsOfOne() {
    UUID far = expiringIn(300);
    expiringIn(1);
    Request request = with("document", far.toString());
    assertThat(fixture.perform(SEND, request).output()).containsEntry("sent", n(1));
    UUID expired = document("EXPIRED", TODAY.minusDays(1));
    assertThat(fixture.perform(SEND, with("document", expired.toString())).output())
        .containsEntry("sent", n(0));
    assertThat(messages()).isEqualTo(1);
  }

  @Test
  @DisplayName("AU-5 AU-11: ten thousand are told in seconds, by five at once still each once")
  void tellsTenThousand() throws Exception {
    many(10_000);
    long begin = System.nanoTime();
    Set<Object> sent = new HashSet<>();
    for (Result result : fixture.performAtOnce(5, SEND, with())) {
      sent.add(result.output().get("sent"));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(messages()).isEqualTo(10_000);
    assertThat(fixture.count("SELECT count(DISTINCT document_id) FROM control.document_notice"))
        .isEqualTo(10_000);
    assertThat(sent).contains(n(10_000));
    assertThat(took).isLessThan(Duration.ofSeconds(30));
    assertThat(
            fixture.count(
                "SELECT sum((details->>'owners')::int) FROM control.audit_log WHERE action = 'document.notify'"))
        .isEqualTo(10_000);
  }

  @Test
  @DisplayName("AU-11: a call that died after its first thousand tells the rest, and says all")
  void goesOn() {
    many(1_500);
    Request request = with();
    fixture
        .database
        .as("control_worker")
        .transaction(
            tx ->
                tx.attach(DocumentDao.class)
                    .tell(TODAY, null, 1_000, request.id(), fixture.clock.instant()));
    assertThat(fixture.perform(SEND, request).output())
        .isEqualTo(Map.of("sent", n(1_500), "already", n(0)));
    assertThat(messages()).isEqualTo(1_500);
  }

  @Test
  @DisplayName("AU-5 SE-3: what is over becomes EXPIRED once, with one entry of the audit log")
  void expires() throws Exception {
    many(150);
    UUID today = expiringIn(0);
    UUID tomorrow = expiringIn(1);
    Request request = with();
    Estimate estimate = fixture.estimate(UPDATE, request);
    List<Result> results = fixture.performAtOnce(2, UPDATE, request);
    assertThat(results)
        .extracting(result -> result.output().get("expired"))
        .containsExactlyInAnyOrder(n(151), n(0));
    assertThat(estimate.output()).isEqualTo(Map.of("expired", n(151), "left", n(0)));
    assertThat(status(today)).isEqualTo("EXPIRED");
    assertThat(status(tomorrow)).isEqualTo("VALID");
    assertThat(
            fixture.count(
                """
                SELECT jsonb_array_length(details->'documents') FROM control.audit_log
                 WHERE action = 'document.expire' AND details->>'count' = '151'
                """))
        .isEqualTo(100);
    assertThat(fixture.estimate(UPDATE, with()).isNew()).isFalse();
  }

  @Test
  @DisplayName("AU-5: telling and marking the same documents at once ends, with all told or marked")
  void tellsAndMarksAtOnce() throws Exception {
    many(3_000);
    Thread marking = Thread.ofPlatform().start(() -> fixture.perform(UPDATE, with()));
    fixture.perform(SEND, with());
    marking.join();
    assertThat(fixture.perform(UPDATE, with()).isNew()).isFalse();
    assertThat(messages()).isLessThanOrEqualTo(3_000);
  }

  private String status(UUID id) {
    return fixture
        .database
        .as("marketplace_app")
        .read(
            h ->
                h.createQuery("SELECT status FROM marketplace.documents WHERE id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .one());
  }
}
