package com.freelync.control.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Automation;
import com.freelync.control.automation.AutomationRun;
import com.freelync.control.automation.AutomationRunImpl;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.automation.RunActivitiesImpl;
import com.freelync.control.automation.RunInput;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.event.PlatformEvent;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.notification.InboxMessage;
import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.TaskQueues;
import com.freelync.control.temporal.TemporalConnection;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Waiting for days, with the days skipped: the workflows are real, and so is the database. */
class SkippedTimeTest {
  private static final Actor ADMIN = new Actor("admin", "request-1");

  private final TestDatabase database = TestDatabase.create();
  private final Marketplace marketplace = new Marketplace(database);
  private final ControlCenter api =
      new ControlCenter(database.as("control_api"), Clock.systemUTC());
  private final ControlCenter control =
      new ControlCenter(database.as("control_worker"), Clock.systemUTC());
  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(TemporalConnection.dataConverter())
                      .build())
              .registerSearchAttribute(
                  ControlAttributes.AWAITING_APPROVAL.getName(),
                  IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());

  @BeforeEach
  void start() {
    ControlCenter.installSamples(database.as("control_owner"), Clock.systemUTC());
    TestPeople.install(database);
    Worker worker = environment.newWorker(TaskQueues.AUTOMATION);
    worker.registerWorkflowImplementationTypes(AutomationRunImpl.class, ApprovalWatchImpl.class);
    worker.registerActivitiesImplementations(
        new RunActivitiesImpl(
            control.runs,
            control.runSteps,
            control.runNotes,
            control.runApprovals,
            control.undoing),
        new ApprovalActivitiesImpl(control.approvals));
    environment.start();
  }

  @AfterEach
  void close() {
    environment.close();
    database.close();
  }

  private WorkflowStub begin(String type, String id, Object input) {
    WorkflowStub stub =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.AUTOMATION)
                    .setWorkflowId(id)
                    .build());
    stub.start(input);
    return stub;
  }

  private List<String> told(String person) {
    return api.inbox.list(person, null, Cursor.START, 100).stream()
        .map(InboxMessage::subject)
        .map(subject -> subject.replaceAll(":.*", ""))
        .toList()
        .reversed();
  }

  @Test
  @DisplayName("AU-4 PO-1: after a reminder and an escalation, three days count as a rejection")
  void timesOut() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "50000");
    api.events.accept(
        List.of(
            new PlatformEvent(
                "/marketplace",
                UUID.randomUUID().toString(),
                "payout.requested",
                null,
                null,
                Map.of("payout_id", payout.toString()))),
        new Actor("marketplace", "request-0"));
    ExecutionRow large =
        api
            .executions
            .list(ExecutionFilter.ofEntity("payout", payout.toString()), Cursor.START, 10)
            .stream()
            .filter(row -> row.workflowName().equals("Large payouts"))
            .findFirst()
            .orElseThrow();
    long before = environment.currentTimeMillis();
    RunInput input = RunInput.of(control.runs.start(large.id()).orElseThrow());
    AutomationRun.RunResult result =
        begin("AutomationRun", input.temporalId(), input).getResult(AutomationRun.RunResult.class);
    assertThat(result.status()).isEqualTo("COMPLETED");
    assertThat(Duration.ofMillis(environment.currentTimeMillis() - before))
        .isBetween(Duration.ofHours(72), Duration.ofHours(73));
    assertThat(marketplace.status(payout)).isEqualTo("REJECTED");
    assertThat(api.executions.get(large.id()).steps())
        .filteredOn(step -> step.path().equals("/steps/1/else/0"))
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.inputJson())
                    .contains("Nobody decided within PT72H; it waited for CFO or CEO."));
    assertThat(told("cfo")).containsExactly("Approval needed", "Reminder");
    assertThat(told("ceo")).containsExactly("Escalated to you");
    assertThat(told("founder")).containsExactly("Approval needed", "Reminder", "Escalated to you");
    assertThat(told("admin")).isEmpty();
  }

  @Test
  @DisplayName("AU-16: who should approve a version is reminded after a day, and then left alone")
  void remindsOfAVersion() {
    Automation pays =
        api.automations.create(
            UUID.randomUUID(),
            Map.of(
                "name",
                "Pays",
                "trigger",
                "manual",
                "status",
                "ACTIVE",
                "actions",
                List.of("approve_payout")),
            ADMIN);
    UUID asked = pays.approvals().getFirst().id();
    String end =
        begin("ApprovalWatch", ApprovalWatch.temporalId(asked), asked).getResult(String.class);
    assertThat(end).isEqualTo("nothing is left to remind of");
    assertThat(told("cfo")).containsExactly("Approval needed", "Reminder");
    assertThat(api.automations.get(pays.id()).status()).isEqualTo("PENDING");
  }
}
