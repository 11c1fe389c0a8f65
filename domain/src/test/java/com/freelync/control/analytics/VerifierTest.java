package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.alert.AlertFilter;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AN-6: what is stored is proved against the source")
class VerifierTest {
  private static final YearMonth MONTH = YearMonth.of(2026, 1);
  private static final LocalDateTime FROM = MONTH.atDay(1).atStartOfDay();
  private static final LocalDateTime TO = FROM.plusMonths(1);
  private static final Question QUESTION =
      Question.total(Set.of(Metric.PLATFORM_REVENUE, Metric.ACTIVE_USERS), FROM, TO);

  private TestDatabase database;
  private Rollups rollups;
  private ActivitySets sets;
  private Verifier verifier;
  private ControlCenter control;

  @BeforeEach
  void load() {
    database = TestDatabase.create();
    MarketplaceGenerator.load(
        database.as("marketplace_app").dataSource(),
        new GeneratorSettings(1_000, 7, LocalDate.of(2026, 2, 1)),
        table -> {});
    control = new ControlCenter(database.as("control_worker"), Clock.systemUTC());
    rollups = new Rollups(database.as("control_worker"));
    sets = new ActivitySets(database.as("control_worker"));
    verifier = new Verifier(database.as("control_worker"), control.alerts);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void rebuildAndVerify() {
    rollups.rebuildDoubted();
    sets.makeAll();
    verifier.due().forEach(verifier::verify);
  }

  private String source(LocalDateTime from, LocalDateTime to) {
    Question revenue = Question.total(Set.of(Metric.PLATFORM_REVENUE), from, to);
    return new Analytics(database.as("control_api"))
        .read(
            reading -> {
              reading.answer(revenue);
              return reading.provenance().source();
            });
  }

  private record Told(Row row, Provenance provenance) {}

  private Told ask() {
    return new Analytics(database.as("control_api"))
        .read(
            reading -> {
              Row row = reading.answer(QUESTION).getFirst();
              return new Told(row, reading.provenance());
            });
  }

  private void tamper(String sql) {
    int changed =
        database.as("control_owner").transaction(tx -> tx.handle().createUpdate(sql).execute());
    assertThat(changed).isPositive();
  }

  private long alerts() {
    return control
        .alertList
        .list(new AlertFilter("FIRING", "analytics.mismatch", null), Cursor.START, 50)
        .size();
  }

  @Test
  @DisplayName("AN-6: loaded data is answered from the source until it is rebuilt and verified")
  void isVerifiedOnceRebuilt() {
    Told loaded = ask();
    assertThat(loaded.provenance().source()).isEqualTo("source");
    assertThat(loaded.provenance().verified()).isFalse();
    assertThat(loaded.provenance().verifiedAt()).isNull();

    rebuildAndVerify();

    Told proved = ask();
    assertThat(proved.row()).isEqualTo(loaded.row());
    assertThat(proved.provenance().source()).isEqualTo("rollup");
    assertThat(proved.provenance().verified()).isTrue();
    assertThat(proved.provenance().verifiedAt()).isBeforeOrEqualTo(proved.provenance().asOf());
    assertThat(alerts()).isZero();
  }

  @Test
  @DisplayName("AN-6: a tampered cell is found, answered from the source, alerted and not verified")
  void findsATamperedCell() {
    rebuildAndVerify();
    Row truth = ask().row();
    tamper(
        """
        UPDATE control.market_month SET platform_revenue = platform_revenue + 1
         WHERE ctid = (SELECT ctid FROM control.market_month WHERE bucket = '2026-01-01' LIMIT 1)
        """);
    assertThat(ask().row()).isNotEqualTo(truth);

    assertThat(verifier.verify(MONTH)).isEqualTo(1);

    assertThat(ask().row()).isEqualTo(truth);
    assertThat(ask().provenance().source()).isEqualTo("mixed");
    assertThat(ask().provenance().verified()).isFalse();
    assertThat(alerts()).isEqualTo(1);
    assertThat(source(FROM, TO)).isEqualTo("source");
    assertThat(source(FROM.minusDays(1), TO)).isEqualTo("mixed");
    assertThat(source(FROM.minusDays(1), FROM)).isEqualTo("rollup");
    // Found again, it is neither alerted again nor shown as verified.
    verifier.verify(MONTH);
    assertThat(alerts()).isEqualTo(1);
    assertThat(ask().provenance().verified()).isFalse();

    rollups.rebuild(MONTH, MONTH.plusMonths(1));
    sets.makeAll();
    assertThat(ask().provenance().verified()).isFalse();
    assertThat(verifier.verify(MONTH)).isZero();
    assertThat(ask().row()).isEqualTo(truth);
    assertThat(ask().provenance().source()).isEqualTo("rollup");
    assertThat(ask().provenance().verified()).isTrue();
    assertThat(alerts()).isZero();
  }

  @Test
  @DisplayName("AN-6: sets that nobody looked at yet do not count as verified")
  void setsAreVerifiedToo() {
    rollups.rebuildDoubted();
    sets.makeAll();
    Question users = Question.total(Set.of(Metric.ACTIVE_USERS), FROM, TO);
    Analytics analytics = new Analytics(database.as("control_api"));
    assertThat(verified(analytics, users)).isFalse();
    verifier.verify(MONTH);
    assertThat(verified(analytics, users)).isTrue();
  }

  private static boolean verified(Analytics analytics, Question question) {
    return analytics.read(
        reading -> {
          reading.answer(question);
          return reading.provenance().verified();
        });
  }

  @Test
  @DisplayName("AN-6: a missing cell and an invented cell are found")
  void findsMissingAndInventedCells() {
    rebuildAndVerify();
    tamper(
        """
        DELETE FROM control.market_hour
         WHERE ctid = (SELECT ctid FROM control.market_hour
                        WHERE bucket >= '2026-01-01' AND gross_volume > 0 LIMIT 1)
        """);
    tamper(
        "INSERT INTO control.people_day (bucket, region, user_type, new_users) VALUES ('2026-01-05', 'Nowhere', 'buyer', 1)");
    assertThat(verifier.verify(MONTH)).isEqualTo(2);
  }

  @Test
  @DisplayName("AN-6: a tampered set of users is found, and the source counts them")
  void findsATamperedSet() {
    rebuildAndVerify();
    Row truth = ask().row();
    tamper(
        """
        UPDATE control.activity_month SET buyers = sellers, sellers = buyers
         WHERE ctid = (SELECT ctid FROM control.activity_month WHERE bucket = '2026-01-01' LIMIT 1)
        """);
    assertThat(verifier.verify(MONTH)).isEqualTo(2);
    assertThat(ask().row()).isEqualTo(truth);
    assertThat(ask().provenance().verified()).isFalse();
  }

  @Test
  @DisplayName("AN-6: users whom no set knows are found missing, and a rebuild of sets mends them")
  void findsUsersWithoutNumbers() {
    rebuildAndVerify();
    Row truth = ask().row();
    tamper(
        "DELETE FROM control.user_number WHERE number = (SELECT min(number) FROM control.user_number)");
    tamper(
        "UPDATE control.activity_day SET buyers = sellers WHERE bucket = (SELECT max(bucket) FROM control.activity_day WHERE buyers <> sellers)");
    YearMonth month = YearMonth.from(lastDayOfSets());
    assertThat(verifier.verify(month)).isPositive();

    rollups.rebuild(month, month.plusMonths(1));
    sets.makeAll();
    assertThat(verifier.verify(month)).isZero();
    assertThat(ask().row()).isEqualTo(truth);
  }

  private LocalDate lastDayOfSets() {
    return database
        .as("control_worker")
        .read(
            handle ->
                handle
                    .createQuery("SELECT max(bucket) FROM control.activity_day")
                    .mapTo(LocalDate.class)
                    .one());
  }

  @Test
  @DisplayName("AN-6: an interrupted rebuild goes on with the months that it still owes")
  void rebuildGoesOn() {
    rollups.foldAll();
    rollups.rebuild(MONTH.minusMonths(5), MONTH.plusMonths(1));
    assertThat(ask().provenance().source()).isEqualTo("source");
    int owed = rollups.rebuildDoubted();
    assertThat(owed).isPositive();
    assertThat(ask().provenance().source()).isEqualTo("rollup");

    tamperAsMarketplace(
        "SET LOCAL marketplace.bulk_load = on; UPDATE marketplace.listings SET title = 'x'");
    tamperAsMarketplace(
        "SET LOCAL marketplace.bulk_load = on; UPDATE marketplace.users SET trust_score = 1");
    assertThat(rollups.rebuildDoubted()).isGreaterThan(owed);
  }

  @Test
  @DisplayName("AN-6: a change that could not be counted is answered from the source until rebuilt")
  void doubtsWhatItCannotCount() {
    rebuildAndVerify();
    // Both in one statement: when the attempt's trigger looks, its transaction is gone already.
    tamperAsMarketplace(
        """
        WITH one AS (SELECT t.id FROM marketplace.transactions t
                      WHERE EXISTS (SELECT FROM marketplace.payment_attempts a WHERE a.transaction_id = t.id)
                        AND NOT EXISTS (SELECT FROM marketplace.payouts p WHERE p.transaction_id = t.id)
                        AND NOT EXISTS (SELECT FROM marketplace.disputes d WHERE d.transaction_id = t.id)
                        AND NOT EXISTS (SELECT FROM marketplace.inquiries i WHERE i.transaction_id = t.id)
                      LIMIT 1),
             gone AS (DELETE FROM marketplace.payment_attempts WHERE transaction_id = (SELECT id FROM one))
        DELETE FROM marketplace.transactions WHERE id = (SELECT id FROM one)
        """);
    assertThat(ask().provenance().source()).isEqualTo("source");
    assertThat(ask().provenance().verified()).isFalse();

    rebuildAndVerify();
    assertThat(ask().provenance().source()).isEqualTo("rollup");
    assertThat(ask().provenance().verified()).isTrue();
  }

  @Test
  @DisplayName("AN-6: moving a listing under REPEATABLE READ, where a trigger is blind, is doubted")
  void doubtsMovesItCannotSee() {
    rebuildAndVerify();
    tamperAsMarketplace(
        """
        SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
        UPDATE marketplace.listings SET region = 'Elsewhere'
         WHERE id = (SELECT id FROM marketplace.listings LIMIT 1)
        """);
    assertThat(ask().provenance().source()).isEqualTo("source");
  }

  private void tamperAsMarketplace(String sql) {
    database
        .as("marketplace_app")
        .transaction(
            tx -> {
              for (String statement : sql.split(";")) {
                tx.handle().execute(statement);
              }
              return true;
            });
  }
}
