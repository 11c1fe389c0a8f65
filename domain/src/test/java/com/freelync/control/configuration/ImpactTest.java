package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.analytics.Rollups;
import com.freelync.control.configuration.Configurations.Preview;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImpactTest {
  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @BeforeEach
  void generate() {
    MarketplaceGenerator.load(
        fixture.database.as("marketplace_app").dataSource(),
        new GeneratorSettings(5_000, 11, LocalDate.of(2026, 2, 20)),
        table -> {});
    new Rollups(fixture.database.as("control_worker")).rebuildDoubted();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A transaction as the marketplace keeps it. */
  public record Deal(UUID sellerId, BigDecimal amount, BigDecimal refundedAmount) {}

  private List<Deal> deals() {
    Instant now = fixture.clock.instant();
    return fixture
        .database
        .as("control_api")
        .read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT seller_id, amount, refunded_amount FROM marketplace.transactions
                         WHERE completed_at >= :from AND completed_at < :to
                        """)
                    .bind("from", now.minus(30, ChronoUnit.DAYS))
                    .bind("to", now)
                    .mapTo(Deal.class)
                    .list());
  }

  private static BigDecimal commission(Deal deal, String first, String below) {
    BigDecimal rate =
        deal.amount().compareTo(new BigDecimal(below)) < 0
            ? new BigDecimal(first)
            : deal.amount().compareTo(new BigDecimal("1000000")) < 0
                ? new BigDecimal("3.0")
                : new BigDecimal("2.0");
    BigDecimal whole =
        deal.amount().multiply(rate).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
    return whole
        .multiply(deal.amount().subtract(deal.refundedAmount()))
        .divide(deal.amount(), 2, RoundingMode.HALF_UP);
  }

  private void equalsTheSource(String key, Object value, String first, String below) {
    Map<UUID, BigDecimal> bySeller = new HashMap<>();
    long transactions = 0;
    for (Deal deal : deals()) {
      BigDecimal more = commission(deal, first, below).subtract(commission(deal, "5.0", "100000"));
      if (more.signum() != 0) {
        transactions++;
        bySeller.merge(deal.sellerId(), more, BigDecimal::add);
      }
    }
    Preview preview = fixture.configurations().preview(change(key, value));
    Impact impact = preview.impact();
    assertThat(transactions).isPositive();
    assertThat(impact.affectedTransactions()).isEqualTo(transactions);
    assertThat(impact.affectedUsers()).isEqualTo(bySeller.size());
    assertThat(impact.financialImpact())
        .isEqualTo(bySeller.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    List<BigDecimal> losses =
        bySeller.values().stream()
            .filter(more -> more.signum() > 0)
            .sorted((one, other) -> other.compareTo(one))
            .limit(5)
            .map(BigDecimal::negate)
            .toList();
    assertThat(impact.worstHit().stream().map(Impact.Loss::amount)).isEqualTo(losses);
    assertThat(impact.method()).contains("rounded to the santim");
  }

  @Test
  @DisplayName("CF-4: a commission's impact equals what each real transaction says, to the santim")
  void exact() {
    equalsTheSource("commission.tier1.rate", new BigDecimal("3.7"), "3.7", "100000");
    equalsTheSource("commission.tier1.rate", new BigDecimal("9.9"), "9.9", "100000");
    equalsTheSource("commission.tier1.below", 5_000, "5.0", "5000");
  }

  @Test
  @DisplayName("CF-4: half of the platform's revenue is critical, and one more person is asked")
  void critical() {
    Preview mild = fixture.configurations().preview(change("commission.tier1.rate", 4));
    assertThat(mild.risk()).isEqualTo(RiskLevel.HIGH);
    assertThat(mild.slots()).hasSize(1);
    Preview none = fixture.configurations().preview(change("commission.tier1.rate", 0));
    BigDecimal share =
        none.impact()
            .financialImpact()
            .abs()
            .divide(none.impact().platformRevenue(), 4, RoundingMode.HALF_UP);
    Preview all = fixture.configurations().preview(change("commission.tier3.rate", 10));
    assertThat(all.impact().financialImpact().multiply(BigDecimal.TWO))
        .as("the generator's world has large deals (%s of the revenue is tier 1)", share)
        .isGreaterThanOrEqualTo(all.impact().platformRevenue());
    assertThat(all.risk()).isEqualTo(RiskLevel.CRITICAL);
    assertThat(all.slots()).hasSize(2);
  }

  @Test
  @DisplayName("CF-4: what holds already has no impact; a rule's is none, at high risk")
  void nothing() {
    Impact same = fixture.configurations().preview(change("commission.tier1.rate", 5)).impact();
    assertThat(same.financialImpact()).isEqualTo("0.00");
    assertThat(same.affectedTransactions()).isZero();
    Impact minimum =
        fixture.configurations().preview(change("payout.minimum_amount", 2000)).impact();
    assertThat(minimum.affectedTransactions())
        .isEqualTo(
            fixture.count(
                """
                SELECT count(*) FROM marketplace.payouts
                 WHERE amount >= 100 AND amount < 2000
                   AND requested_at >= '2026-01-21T09:00:00Z' AND requested_at < '2026-02-20T09:00:00Z'
                """));
  }

  @Test
  @DisplayName("CF-4 CF-8: a rollback says the change's impact the other way round, against it")
  void reversed() {
    ConfigurationVersion change = fixture.active("commission.tier1.rate", 4, CEO);
    Map<String, Object> done = change.impact();
    ConfigurationVersion back =
        fixture
            .configurations()
            .rollback(change.id(), UUID.randomUUID(), null, "Too low.", fixture.admin())
            .version();
    BigDecimal money = new BigDecimal(done.get("financial_impact").toString());
    assertThat(money.signum()).isNegative();
    assertThat(new BigDecimal(back.impact().get("financial_impact").toString()))
        .isEqualTo(money.negate());
    assertThat(back.impact())
        .containsEntry("affected_users", done.get("affected_users"))
        .containsEntry("against_version", 2);
    assertThat(back.riskLevel()).isEqualTo("high");
  }

  @Test
  @DisplayName("CF-4: a tier whose value is no number any more counts as it began")
  void noNumber() {
    BigDecimal before =
        fixture
            .configurations()
            .preview(change("commission.tier1.rate", 4))
            .impact()
            .financialImpact();
    ConfigurationVersion rule =
        fixture
            .api
            .configuration
            .ruleChanges
            .changeKey(
                UUID.randomUUID(),
                "commission.tier2.rate",
                null,
                Map.of("type", "string"),
                "Words",
                fixture.admin())
            .version();
    fixture.approve(rule, CEO);
    fixture.active("commission.tier2.rate", "three", CEO);
    assertThat(
            fixture
                .configurations()
                .preview(change("commission.tier1.rate", 4))
                .impact()
                .financialImpact())
        .isEqualTo(before);
  }
}
