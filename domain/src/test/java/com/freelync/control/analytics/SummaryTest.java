package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.TestDatabase;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AN-6 AN-8: what is added up of cells is what a question of its own answers")
class SummaryTest {
  private static TestDatabase database;

  @BeforeAll
  static void load() {
    database = TestDatabase.create();
    MarketplaceGenerator.load(
        database.as("marketplace_app").dataSource(),
        new GeneratorSettings(2_000, 11, LocalDate.of(2026, 2, 1)),
        table -> {});
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  @DisplayName("AN-8: totals and breakdowns of the dashboard equal single questions, to the cent")
  void equalsSingleQuestions() {
    Random random = new Random(5);
    Analytics analytics = new Analytics(database.as("control_query"));
    for (boolean isRebuilt : new boolean[] {false, true}) {
      if (isRebuilt) {
        new Rollups(database.as("control_worker")).rebuildDoubted();
        new ActivitySets(database.as("control_worker")).makeAll();
      }
      for (int i = 0; i < 40; i++) {
        LocalDateTime from =
            LocalDateTime.of(2022, 1, 1, 0, 0)
                .plusHours(random.nextInt(30_000))
                .plusMinutes(random.nextInt(60));
        LocalDateTime to = from.plusHours(1 + random.nextInt(10_000));
        analytics.read(
            reading -> {
              Summary summary = Summary.read(reading, from, to);
              assertThat(summary.totals())
                  .isEqualTo(reading.answer(Question.total(Metric.all(), from, to)).getFirst());
              for (Dimension dimension : Dimension.values()) {
                assertThat(summary.breakdowns().get(dimension))
                    .as("%s from %s to %s", dimension, from, to)
                    .isEqualTo(
                        reading.answer(
                            Question.total(Metric.having(dimension), from, to)
                                .by(List.of(dimension))));
              }
              return true;
            });
      }
    }
  }
}
