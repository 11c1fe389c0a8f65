package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.Database;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("AN-6: every answer equals plain SQL on the source, at the same snapshot, to the cent")
class ExactnessTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 2, 1);

  private TestDatabase testDatabase;
  private Rollups rollups;
  private ActivitySets sets;

  @BeforeEach
  void generate() {
    testDatabase = TestDatabase.create();
    MarketplaceGenerator.load(
        testDatabase.as("marketplace_app").dataSource(),
        new GeneratorSettings(3_000, 7, UNTIL),
        table -> {});
    rollups = new Rollups(testDatabase.as("control_worker"));
    sets = new ActivitySets(testDatabase.as("control_worker"));
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  @Tag("nightly")
  @DisplayName("AN-6: 10,000 random questions under live change, of twenty marketplaces")
  void equalsTheSourceTenThousandTimes() throws Exception {
    for (int marketplace = 0; marketplace < 20; marketplace++) {
      // Another one each time: plain SQL on one that grows all the while would be the whole test.
      close();
      generate();
      askUnderLiveChange(500);
    }
  }

  @Test
  @DisplayName("AN-6: random questions while a marketplace is loaded, changed, folded and rebuilt")
  void equalsTheSourceUnderLiveChange() throws Exception {
    askUnderLiveChange(500);
  }

  private void askUnderLiveChange(int questions) throws Exception {
    long seed = Long.getLong("control.seed", System.nanoTime());
    Random random = new Random(seed);
    ask(random, 10, seed, "source");
    rollups.rebuildDoubted();
    sets.makeAll();
    ask(random, 20, seed, "rollup");

    LiveMarketplace marketplace =
        new LiveMarketplace(
            testDatabase.as("marketplace_app"),
            BusinessTime.instant(UNTIL.minusMonths(14).atStartOfDay()),
            BusinessTime.instant(UNTIL.plusDays(2).atStartOfDay()));
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService others = Executors.newCachedThreadPool()) {
      List<Future<?>> working = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        Random changes = new Random(seed + writer);
        working.add(
            others.submit(
                () -> {
                  while (!isOver.get()) {
                    marketplace.change(changes);
                  }
                }));
      }
      for (int folder = 0; folder < 2; folder++) {
        working.add(
            others.submit(
                () -> {
                  while (!isOver.get()) {
                    rollups.fold();
                    sets.makeAll();
                  }
                }));
      }
      try {
        ask(random, questions / 2, seed, "rollup");
        rollups.rebuild(YearMonth.of(2025, 6), YearMonth.of(2025, 12));
        ask(random, questions - questions / 2, seed, "rollup");
      } finally {
        isOver.set(true);
      }
      for (Future<?> one : working) {
        one.get();
      }
    }
    rollups.foldAll();
    sets.makeAll();
    ask(random, 50, seed, "rollup");
  }

  private void ask(Random random, int questions, long seed, String source) {
    Database database = testDatabase.as("control_api");
    for (int i = 0; i < questions; i++) {
      Question question = RandomQuestions.next(random, UNTIL);
      String told = database.read(handle -> assertEqualsSource(handle, question, "seed " + seed));
      assertThat(told).isEqualTo(source);
    }
  }

  /**
   * Asks, and computes the same in plain SQL at the same snapshot; says where the answer is from.
   */
  static String assertEqualsSource(Handle handle, Question question, String context) {
    Reading reading = new Reading(handle);
    Map<String, Map<Metric, @Nullable BigDecimal>> told = told(reading.answer(question));
    Map<String, Map<Metric, @Nullable BigDecimal>> wanted =
        plain(new PlainSql(handle, question, BusinessTime.at(reading.asOf())).answer());
    assertThat(told).as("%s, %s", context, question).isEqualTo(wanted);
    return reading.provenance().source();
  }

  private static Map<String, Map<Metric, @Nullable BigDecimal>> told(List<Row> rows) {
    Map<String, Map<Metric, @Nullable BigDecimal>> told = new TreeMap<>();
    for (Row row : rows) {
      List<String> key = new ArrayList<>();
      key.add(row.period() == null ? "null" : row.period().toString().replace('T', ' ') + ":00");
      key.addAll(row.group().values());
      told.put(String.join("/", key), row.values());
    }
    return plain(told);
  }

  /** Without scale: what is compared is the number. */
  private static Map<String, Map<Metric, @Nullable BigDecimal>> plain(
      Map<String, Map<Metric, @Nullable BigDecimal>> answer) {
    Map<String, Map<Metric, @Nullable BigDecimal>> plain = new TreeMap<>();
    answer.forEach(
        (key, values) -> {
          Map<Metric, @Nullable BigDecimal> row = new TreeMap<>();
          values.forEach(
              (metric, value) -> {
                if (value != null) {
                  row.put(
                      metric, value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
                }
              });
          plain.put(key, row);
        });
    return plain;
  }
}
