package com.freelync.control.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OB-3: readiness")
class HealthTest {
  private static final Component DATABASE = new Component("database", true, () -> {});
  private static final Component TEMPORAL = new Component("temporal", false, () -> {});

  @Test
  void itIsReadyWhenAllPartsAreThere() {
    Health.Report report = new Health(List.of(DATABASE, TEMPORAL)).report();
    assertThat(report)
        .isEqualTo(new Health.Report("ready", Map.of("database", "up", "temporal", "up")));
  }

  @Test
  void itServesWithoutAPartThatIsNotEssential() {
    Health.Report report = new Health(List.of(DATABASE, away("temporal", false))).report();
    assertThat(report.status()).isEqualTo("degraded");
    assertThat(report.isServing()).isTrue();
  }

  @Test
  void itDoesNotServeWithoutAnEssentialPart() {
    Health.Report report = new Health(List.of(away("database", true), TEMPORAL)).report();
    assertThat(report.isServing()).isFalse();
    assertThat(report.components()).containsEntry("database", "down");
  }

  @Test
  void aPartThatNeverAnswersIsAway() {
    CountDownLatch never = new CountDownLatch(1);
    Component silent = new Component("temporal", false, never::await);
    assertThat(new Health(List.of(DATABASE, silent)).report().components())
        .containsEntry("temporal", "down");
  }

  private static Component away(String name, boolean isEssential) {
    return new Component(
        name,
        isEssential,
        () -> {
          throw new IllegalStateException("away");
        });
  }
}
