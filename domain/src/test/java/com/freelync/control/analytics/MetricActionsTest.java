package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.Action.Estimate;
import com.freelync.control.automation.Action.Request;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.automation.ActionRefused;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("calculate_metrics and take_snapshot")
class MetricActionsTest {
  private final ActionFixture fixture = new ActionFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** The fixture's now is 10 March 2026, 09:30 in Addis Ababa. */
  @BeforeEach
  void sell() {
    sale("2026-03-09T08:00+03:00", "1000.00", "50.00", "10.00");
    sale("2026-03-09T23:59+03:00", "2000.00", "80.50", "20.00");
    sale("2026-03-10T00:00+03:00", "5000.00", "400.00", "50.00");
  }

  private void sale(String at, String amount, String fee, String processor) {
    var seller = fixture.marketplace.goodSeller();
    var listing = fixture.marketplace.listing(seller, "Adama");
    fixture.change(
        """
        INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee,
               commission_fee, processor_fee, created_at, completed_at)
        VALUES (gen_random_uuid(), ?, ?, ?, 'DEPOSIT', 'COMPLETED', ?::numeric, ?::numeric, ?::numeric, ?::numeric, ?::timestamptz, ?::timestamptz)
        """,
        listing,
        seller,
        seller,
        amount,
        fee,
        fee,
        processor,
        at,
        at);
  }

  private static Request of(Map<String, Object> input) {
    return ActionFixture.request(input);
  }

  @Test
  @DisplayName("AU-5 AN-1: records the day that ended, and gives its numbers with their provenance")
  void records() throws Exception {
    Request request = of(Map.of());
    Estimate estimate = fixture.estimate("calculate_metrics", request);
    assertThat(recorded()).as("an estimate writes nothing").isZero();
    List<Result> twoAtOnce = fixture.performAtOnce(2, "calculate_metrics", request);
    long once = recorded();
    assertThat(twoAtOnce).extracting(Result::isNew).containsExactlyInAnyOrder(true, false);
    for (Result result : twoAtOnce) {
      assertThat(result.output())
          .containsEntry("period", "DAILY")
          .containsEntry("from", "2026-03-08T21:00:00Z")
          .containsEntry("to", "2026-03-09T21:00:00Z")
          .containsEntry("platform_revenue", new BigDecimal("130.50"))
          .containsEntry("net_revenue", new BigDecimal("100.50"))
          .containsEntry("transaction_count", new BigDecimal("2"))
          .containsEntry("source", estimate.output().get("source"))
          .doesNotContainKey("payment_failure_rate");
      assertThat(result.output().keySet()).isEqualTo(estimate.output().keySet());
    }
    assertThat(estimate.output()).containsEntry("platform_revenue", new BigDecimal("130.50"));
    assertThat(estimate.affected()).containsExactly(new EntityRef("metrics", "daily-2026-03-09"));
    assertThat(once).isPositive();
    assertThat(fixture.perform("calculate_metrics", request).isNew()).isFalse();
    assertThat(recorded()).isEqualTo(once);
    assertThat(
            fixture.count(
                """
                SELECT count(*) FROM control.platform_metric WHERE metric = 'platform_revenue' AND period = 'DAILY'
                   AND period_start = '2026-03-09' AND dimensions = '{}' AND value = 130.50
                """))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("AU-5 AN-6: a late correction is recorded as another revision, by the same call")
  void corrects() {
    Request request = of(Map.of("metrics", List.of("platform_revenue")));
    fixture.perform("calculate_metrics", request);
    sale("2026-03-09T12:00+03:00", "100.00", "9.50", "1.00");
    Result again = fixture.perform("calculate_metrics", request);
    assertThat(again.isNew()).isTrue();
    assertThat(again.output())
        .containsEntry("platform_revenue", new BigDecimal("140.00"))
        .doesNotContainKey("transaction_count");
  }

  @Test
  @DisplayName("AU-5: of a week, a month and a year the one that ended")
  void otherPeriods() {
    assertThat(fixture.perform("calculate_metrics", of(Map.of("period", "WEEKLY"))).output())
        .containsEntry("from", "2026-03-01T21:00:00Z");
    assertThat(fixture.perform("calculate_metrics", of(Map.of("period", "MONTHLY"))).output())
        .containsEntry("from", "2026-01-31T21:00:00Z");
    assertThat(fixture.perform("calculate_metrics", of(Map.of("period", "HOURLY"))).output())
        .containsEntry("to", "2026-03-10T06:00:00Z");
  }

  @Test
  @DisplayName("AU-5: refuses periods and metrics that are none, and says which there are")
  void refuses() {
    assertThatThrownBy(
            () -> fixture.perform("calculate_metrics", of(Map.of("period", "FORTNIGHTLY"))))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContaining("DAILY, WEEKLY");
    assertThatThrownBy(
            () -> fixture.perform("calculate_metrics", of(Map.of("metrics", List.of("profit")))))
        .hasMessageContaining("platform_revenue");
    assertThatThrownBy(() -> fixture.perform("take_snapshot", of(Map.of("day", "2026-03-11"))))
        .hasMessageContaining("still to come");
    assertThatThrownBy(() -> fixture.perform("take_snapshot", of(Map.of("day", "yesterday"))))
        .isInstanceOf(ActionRefused.class);
  }

  @Test
  @DisplayName(
      "AU-5 AN-7: takes a day's snapshot once, by several at once, until its numbers change")
  void takesSnapshots() throws Exception {
    Request request = of(Map.of("day", "2026-03-09"));
    Estimate estimate = fixture.estimate("take_snapshot", request);
    assertThat(fixture.count("SELECT count(*) FROM control.analytics_snapshot")).isZero();
    List<Result> results = fixture.performAtOnce(3, "take_snapshot", request);
    assertThat(results).extracting(Result::isNew).containsOnlyOnce(true);
    assertThat(results)
        .extracting(result -> result.output().get("revision"))
        .containsOnly(estimate.output().get("revision"));
    sale("2026-03-09T12:00+03:00", "100.00", "9.50", "1.00");
    assertThat(fixture.perform("take_snapshot", request).output()).containsEntry("revision", 2);
    assertThat(fixture.perform("take_snapshot", of(Map.of())).output())
        .containsEntry("day", "2026-03-10")
        .containsEntry("already", false);
  }

  private long recorded() {
    return fixture.count("SELECT count(*) FROM control.platform_metric");
  }
}
