package com.freelync.control.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.temporal.TaskQueues;
import com.freelync.control.temporal.TemporalConnection;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Waiting for instants and windows, with the time skipped: workflow and database are real. */
class SkippedInstantTest {
  private static final Instant BEGIN = Instant.parse("2026-02-20T09:00:00Z");
  private static final String RATE = "commission.tier1.rate";
  private static final Approver CFO = new Approver("cfo", Set.of(new Role("CFO")), null);
  private static final Actor ADMIN = new Actor("admin", "request-1");

  private final TestDatabase database = TestDatabase.create();
  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setInitialTime(BEGIN)
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(TemporalConnection.dataConverter())
                      .build())
              .build());
  private final Clock clock = new WorkflowClock();
  private final ControlCenter api = new ControlCenter(database.as("control_api"), clock);
  private final ControlCenter control = new ControlCenter(database.as("control_worker"), clock);

  /** The time that is skipped. */
  private final class WorkflowClock extends Clock {
    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() {
    ControlCenter.installSamples(
        database.as("control_owner"), Clock.fixed(BEGIN.minusSeconds(1), ZoneOffset.UTC));
    TestPeople.install(database);
    Worker worker = environment.newWorker(TaskQueues.CONFIGURATION);
    worker.registerWorkflowImplementationTypes(ConfigurationChangeImpl.class);
    worker.registerActivitiesImplementations(
        new ChangeActivitiesImpl(control.configuration.progress),
        new LongChangeActivitiesImpl(control.configuration));
    environment.start();
  }

  @AfterEach
  void close() {
    environment.close();
    database.close();
  }

  private ConfigurationVersion change(String rate, Object... more) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", Map.of("rate", new BigDecimal(rate)));
    fields.put("change_reason", "A test");
    for (int i = 0; i < more.length; i += 2) {
      fields.put((String) more[i], more[i + 1]);
    }
    return configurations()
        .create(UUID.randomUUID(), new NewChange(RATE, null, fields, false), true, ADMIN)
        .version();
  }

  private Configurations configurations() {
    return api.configuration.configurations;
  }

  private void approve(ConfigurationVersion version) {
    configurations().decide(version.id(), CFO, new NewWord(true, null, null));
  }

  private WorkflowStub follow(ConfigurationVersion version) {
    WorkflowStub stub =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "ConfigurationChange",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONFIGURATION)
                    .setWorkflowId(ConfigurationChange.temporalId(version.id()))
                    .build());
    stub.start(version.id());
    return stub;
  }

  private ConfigurationVersion now(ConfigurationVersion version) {
    return api.configuration.settings.version(version.id());
  }

  @Test
  @DisplayName("CF-7: what is scheduled becomes active at its instant, to the millisecond")
  void atItsInstant() {
    ConfigurationVersion version = change("3.0", "scheduled_at", "2026-03-01T00:00:00Z");
    approve(version);
    assertThat(follow(version).getResult(String.class)).isEqualTo("ACTIVE");
    assertThat(now(version).activatedAt()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(api.configuration.settings.setting(RATE, null).active().orElseThrow().version())
        .isEqualTo(2);
  }

  @Test
  @DisplayName("CF-7: a freeze window holds it until its end")
  void afterTheFreeze() {
    Instant end = Instant.parse("2026-03-05T08:00:00Z");
    api.configuration.freezeWindows.create(
        UUID.randomUUID(), Instant.parse("2026-02-28T00:00:00Z"), end, "Adwa", ADMIN);
    ConfigurationVersion version = change("3.0", "scheduled_at", "2026-03-01T00:00:00Z");
    approve(version);
    assertThat(follow(version).getResult(String.class)).isEqualTo("ACTIVE");
    assertThat(now(version).activatedAt()).isBetween(end, end.plusSeconds(1));
  }

  @Test
  @DisplayName("CF-7: approved after its instant it holds at once; a rejection ends its workflow")
  void late() {
    ConfigurationVersion version = change("3.0", "scheduled_at", "2026-03-01T00:00:00Z");
    WorkflowStub workflow = follow(version);
    environment.sleep(Duration.ofDays(20));
    assertThat(now(version).status()).isEqualTo("PENDING");
    approve(version);
    assertThat(now(version).status()).isEqualTo("ACTIVE");
    workflow.signal("changed");
    assertThat(workflow.getResult(String.class)).isEqualTo("ACTIVE");
    ConfigurationVersion other = change("4.0", "scheduled_at", "2026-04-01T00:00:00Z");
    WorkflowStub waiting = follow(other);
    configurations().decide(other.id(), CFO, new NewWord(false, "No.", null));
    waiting.signal("changed");
    assertThat(waiting.getResult(String.class)).isEqualTo("REJECTED");
  }

  @Test
  @DisplayName("CF-9: it is rolled back within its window, by itself, when its metric degrades")
  void guarded() {
    attempts("2026-02-28T23:30:00Z", 100, 10);
    attempts("2026-03-01T00:10:00Z", 100, 40);
    ConfigurationVersion version =
        change(
            "3.0",
            "scheduled_at",
            "2026-03-01T00:00:00Z",
            "guard",
            Map.of("metric", "payment_failure_rate", "max_drop_percent", 100, "window", "PT1H"));
    approve(version);
    assertThat(follow(version).getResult(String.class)).isEqualTo("ROLLED_BACK");
    ConfigurationVersion after = now(version);
    assertThat(after.guardOutcome()).isEqualTo("BREACHED");
    // Its window is looked at twenty times: the first look after ten past midnight finds it.
    assertThat(after.endedAt())
        .isBetween(Instant.parse("2026-03-01T00:10:00Z"), Instant.parse("2026-03-01T00:13:01Z"));
  }

  @Test
  @DisplayName("CF-9: with too little data it holds at the end of its window, and people are asked")
  void tooLittle() {
    ConfigurationVersion version =
        change(
            "3.0",
            "scheduled_at",
            "2026-03-01T00:00:00Z",
            "guard",
            Map.of("metric", "dispute_rate", "bound", new BigDecimal("0.1"), "window", "P2D"));
    approve(version);
    assertThat(follow(version).getResult(String.class)).isEqualTo("ACTIVE");
    assertThat(now(version).guardOutcome()).isEqualTo("HELD");
    assertThat(now(version).openSlots()).hasSize(1);
    assertThat(now(version).guardEndsAt()).isEqualTo(Instant.parse("2026-03-03T00:00:00Z"));
    assertThat(clock.instant()).isAfterOrEqualTo(Instant.parse("2026-03-03T00:00:00Z"));
  }

  /** People try to pay at an instant, and some of them fail. */
  private void attempts(String at, int all, int failed) {
    Marketplace marketplace = new Marketplace(database);
    UUID seller = marketplace.goodSeller();
    UUID listing = marketplace.listing(seller, "Adama");
    UUID buyer = marketplace.goodSeller();
    UUID transaction = UUID.randomUUID();
    database
        .as("marketplace_app")
        .transaction(
            made -> {
              made.handle()
                  .execute(
                      """
                      INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status,
                        amount, platform_fee, commission_fee, processor_fee, created_at)
                      VALUES (?, ?, ?, ?, 'RENT', 'PENDING', 100, 5, 5, 1, '2026-01-01T00:00:00Z')
                      """,
                      transaction,
                      listing,
                      buyer,
                      seller);
              return made.handle()
                  .execute(
                      """
                      INSERT INTO marketplace.payment_attempts
                        (id, transaction_id, attempted_at, status, method, failure_code, amount)
                      SELECT gen_random_uuid(), ?, CAST(? AS timestamptz),
                             CASE WHEN n <= ? THEN 'FAILED' ELSE 'SUCCEEDED' END, 'card',
                             CASE WHEN n <= ? THEN 'declined' END, 10
                        FROM generate_series(1, ?) n
                      """,
                      transaction,
                      at,
                      failed,
                      failed,
                      all);
            });
  }
}
