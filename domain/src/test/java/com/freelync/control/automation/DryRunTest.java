package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.DryRun.Outcome;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.parse.Document;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DryRunTest {
  private static final String EVERY_STEP_KIND =
      """
      name: every step kind
      trigger: {event: payout.requested}
      steps:
        - approval: {name: finance, slots: [[CFO], [CFO, CEO]], timeout: PT72H}
        - if: {field: amount, operator: lte, value: 5000}
          then: [{action: approve_payout, id: pay}]
          else: [{action: reject_payout, with: {reason: "too much: ${trigger.payout_id}"}}]
        - {action: reject_payout, with: {payout_id: "${steps.finance.comment}"}}
      """;

  private static TestDatabase database;
  private static Marketplace marketplace;
  private static DryRuns dryRuns;
  private static ControlCenter api;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    ControlCenter.installSamples(database.as("control_owner"), Clock.systemUTC());
    marketplace = new Marketplace(database);
    api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
    dryRuns = new DryRuns(database.as("control_dryrun"), api.catalog, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static Map<String, Object> document(String yaml) {
    return ((Document.Readable) Document.read(yaml, Document.Format.YAML)).content();
  }

  private static UUID sample() {
    return api.automations
        .list("ACTIVE", "Auto-approve low-risk payouts", Cursor.START, 1)
        .get(0)
        .id();
  }

  private static Map<String, Object> about(UUID payout) {
    return Map.of("payout_id", payout.toString());
  }

  @Test
  @DisplayName("AU-7: the sample's plan, the deciding values and the impact")
  void plansTheSample() {
    UUID sample = sample();
    UUID payout = marketplace.payout(marketplace.goodSeller(), "4200.00");
    DryRun run = dryRuns.ofStored(sample, about(payout));
    assertThat(run.matched()).isTrue();
    assertThat(run.conditions())
        .hasSize(3)
        .allSatisfy(c -> assertThat(c).containsEntry("holds", true));
    assertThat(run.steps())
        .extracting(DryRun.PlannedStep::path, DryRun.PlannedStep::outcome)
        .containsExactly(tuple("/actions/0", Outcome.WOULD_RUN));
    assertThat(run.impact().amount()).isEqualByComparingTo(new BigDecimal("4200.00"));
    assertThat(run.impact().entities())
        .containsExactly(new Action.EntityRef("payout", payout.toString()));

    DryRun tooMuch =
        dryRuns.ofStored(sample, about(marketplace.payout(marketplace.goodSeller(), "9999")));
    assertThat(tooMuch.matched()).isFalse();
    assertThat(tooMuch.reason()).isEqualTo("amount lte 5000 does not hold: amount is 9999.00");
  }

  @Test
  @DisplayName(
      "AU-7: approvals that would be asked, branches skipped, and the step that would fail")
  void plansEveryStepKind() {
    DryRun run =
        dryRuns.ofDocument(
            document(EVERY_STEP_KIND), about(marketplace.payout(marketplace.goodSeller(), "10")));
    assertThat(run.steps())
        .extracting(DryRun.PlannedStep::outcome)
        .containsExactly(
            Outcome.WOULD_WAIT,
            Outcome.WOULD_RUN,
            Outcome.WOULD_SKIP,
            Outcome.WOULD_RUN,
            Outcome.WOULD_FAIL);
    assertThat(run.approvals()).singleElement().satisfies(a -> assertThat(a.slots()).hasSize(2));
  }

  @Test
  @DisplayName("AU-7 PO-2: of a payout that is paid already, it says so, and that nothing moves")
  void explainsWhatIsDoneAlready() {
    UUID sample = sample();
    for (String status : List.of("APPROVED", "DISBURSING", "DISBURSED")) {
      UUID payout = marketplace.payout(marketplace.goodSeller(), "4200.00");
      marketplace.move(payout, status);
      DryRun run = dryRuns.ofStored(sample, about(payout));
      assertThat(run.steps())
          .extracting(DryRun.PlannedStep::outcome, DryRun.PlannedStep::reason)
          .containsExactly(
              tuple(
                  Outcome.WOULD_RUN,
                  "The payout is " + status + " already: nothing is approved or sent again."));
      assertThat(run.impact().amount()).isZero();
      assertThat(run.impact().entities()).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "AU-7 PO-2: a payout that an earlier step would approve is approved already, and once")
  void approvesOnceWithinOneDryRun() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "4200.00");
    DryRun run = dryRuns.ofDocument(actions("approve_payout, approve_payout"), about(payout));
    assertThat(run.steps())
        .extracting(DryRun.PlannedStep::outcome, DryRun.PlannedStep::reason)
        .containsExactly(
            tuple(Outcome.WOULD_RUN, null),
            tuple(
                Outcome.WOULD_RUN,
                "The payout is APPROVED already: nothing is approved or sent again."));
    assertThat(run.impact().amount()).isEqualByComparingTo("4200.00");
    assertThat(marketplace.status(payout)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("AU-7 PO-1: what an earlier step would decide, a later one cannot decide otherwise")
  void decidesOnceWithinOneDryRun() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "4200.00");
    assertThat(dryRuns.ofDocument(actions("approve_payout, reject_payout"), about(payout)).steps())
        .extracting(DryRun.PlannedStep::outcome, DryRun.PlannedStep::reason)
        .containsExactly(
            tuple(Outcome.WOULD_RUN, null),
            tuple(Outcome.WOULD_FAIL, "The payout is APPROVED and cannot be rejected."));
    DryRun rejected =
        dryRuns.ofDocument(actions("reject_payout, reject_payout, approve_payout"), about(payout));
    assertThat(rejected.steps())
        .extracting(DryRun.PlannedStep::outcome, DryRun.PlannedStep::reason)
        .containsExactly(
            tuple(Outcome.WOULD_RUN, null),
            tuple(Outcome.WOULD_RUN, "The payout is REJECTED already: nothing is changed."),
            tuple(Outcome.WOULD_FAIL, "The payout is REJECTED and cannot be approved."));
    assertThat(rejected.impact().amount()).isZero();
  }

  private static Map<String, Object> actions(String names) {
    return document(
        """
        name: one after the other
        trigger: {event: payout.requested}
        actions: [%s]
        """
            .formatted(names));
  }

  @Test
  @DisplayName("AU-3 AU-7: a condition within a not says so, with what the not came to")
  void showsNegation() {
    DryRun run =
        dryRuns.ofDocument(
            document(
                """
                name: not large
                trigger: {event: payout.requested}
                conditions: [{not: {field: amount, operator: gt, value: 5000}},
                             {field: seller.verified, operator: eq, value: true}]
                actions: [approve_payout]
                """),
            about(marketplace.payout(marketplace.goodSeller(), "10")));
    assertThat(run.matched()).isTrue();
    assertThat(run.conditions().get(0))
        .containsEntry("holds", false)
        .containsEntry("negated", true)
        .containsEntry("holds_after_not", true);
    assertThat(run.conditions().get(1)).doesNotContainKeys("negated", "holds_after_not");
  }

  @Test
  @DisplayName("AU-7: a dry run over every step kind leaves every table byte for byte as it was")
  void writesNothing() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "10");
    Map<String, String> before = contents();
    dryRuns.ofDocument(document(EVERY_STEP_KIND), about(payout));
    api.automations
        .list(null, null, Cursor.START, 100)
        .forEach(automation -> dryRuns.ofStored(automation.id(), about(payout)));
    assertThat(before).hasSizeGreaterThan(12);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  @DisplayName(
      "OP-2: rehearsing the way of an event leaves every table as it was, and owes nothing")
  void rehearsingWritesNothing() {
    List<OutboxMessage> owed = new CopyOnWriteArrayList<>();
    api.outbox.onCommit(owed::addAll);
    Map<String, String> before = contents();
    api.events.rehearse();
    assertThat(contents()).isEqualTo(before);
    assertThat(owed).isEmpty();
  }

  /** A digest of the rows of every table, by table. */
  private static Map<String, String> contents() {
    return database
        .as("control_owner")
        .read(
            handle -> {
              Map<String, String> contents = new TreeMap<>();
              handle
                  .createQuery(
                      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'control'")
                  .mapTo(String.class)
                  .forEach(
                      table ->
                          contents.put(
                              table,
                              handle
                                  .createQuery(
                                      "SELECT count(*) || md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM control."
                                          + table
                                          + " t")
                                  .mapTo(String.class)
                                  .one()));
              contents.put("payouts", marketplaceDigest());
              return contents;
            });
  }

  private static String marketplaceDigest() {
    return database
        .as("marketplace_app")
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM marketplace.payouts t")
                    .mapTo(String.class)
                    .one());
  }

  @ParameterizedTest(name = "AU-7: logged in as the dry run''s role, {0} is refused")
  @ValueSource(
      strings = {
        "INSERT INTO control.outbox (topic, key, payload, next_attempt_at) VALUES ('x', 'x', '{}', now())",
        "UPDATE marketplace.payouts SET status = 'APPROVED'",
        "DELETE FROM control.workflow_execution",
        "TRUNCATE control.audit_log",
        "CREATE TABLE control.mine (a int)",
        "CREATE TEMPORARY TABLE mine (a int)"
      })
  void itsRoleCannotWrite(String statement) throws Exception {
    var login = database.settings("control_dryrun");
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement sql = connection.createStatement()) {
      sql.execute("SET default_transaction_read_only = off");
      assertThatThrownBy(() -> sql.execute(statement)).hasMessageContaining("permission denied");
    }
  }

  @ParameterizedTest(name = "CF-3 SE-3: the API''s role cannot {0}")
  @ValueSource(
      strings = {
        "UPDATE control.audit_log SET actor = 'nobody'",
        "DELETE FROM control.audit_log",
        "TRUNCATE control.audit_log",
        "UPDATE control.automation_version SET definition = '{}'",
        "UPDATE marketplace.payouts SET status = 'APPROVED'",
        "INSERT INTO control.ledger_entry (payout_id, attempt, kind, at) VALUES (gen_random_uuid(), 1, 'DISBURSE', now())",
        "SELECT full_name FROM marketplace.users"
      })
  void theApisRoleIsNarrow(String statement) throws Exception {
    var login = database.settings("control_api");
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement sql = connection.createStatement()) {
      assertThatThrownBy(() -> sql.execute(statement)).hasMessageContaining("permission denied");
    }
  }

  @ParameterizedTest(name = "SE-3: even the owner is refused: {0}")
  @ValueSource(
      strings = {
        "UPDATE control.audit_log SET actor = 'nobody'",
        "DELETE FROM control.audit_log",
        "TRUNCATE control.audit_log"
      })
  void theAuditLogIsAppendOnly(String statement) {
    api.automations.create(
        UUID.randomUUID(), document(EVERY_STEP_KIND), new Actor("admin", "request-9"));
    assertThatThrownBy(
            () ->
                database
                    .as("control_owner")
                    .transaction(transaction -> transaction.handle().execute(statement)))
        .hasMessageContaining("append-only");
  }
}
