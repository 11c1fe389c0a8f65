package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.ApprovalWatch;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Automation;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.sandbox.mail.ReceivedMail;
import com.freelync.control.temporal.ControlAttributes;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that wait for people, on real parts. */
class ApprovalRunTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Actor ADMIN = new Actor("admin", "request-2");
  private static final Approver CFO = person("cfo", "CFO");

  @TempDir static Path state;
  private static RealWorker real;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
    TestPeople.install(real.database);
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  private static Approver person(String subject, String... roles) {
    return new Approver(
        subject, Arrays.stream(roles).map(Role::new).collect(Collectors.toSet()), "request-3");
  }

  /** A large payout whose run waits for the CFO. */
  private static UUID waiting() {
    UUID payout = real.request("50000");
    awaitExecution(large(payout), "AWAITING_APPROVAL");
    return payout;
  }

  private static UUID large(UUID payout) {
    return real.executionOf(payout, "Large payouts").id();
  }

  private static void awaitExecution(UUID execution, String status) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> assertThat(real.api.executions.get(execution).row().status()).isEqualTo(status));
  }

  private static void awaitPayout(UUID payout, String status) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(real.marketplace.status(payout)).isEqualTo(status));
  }

  private static void decide(UUID execution, Approver approver, boolean approves, String comment) {
    real.api.executions.decide(execution, approver, new NewWord(approves, comment, null));
  }

  private static WorkflowStub run(UUID execution) {
    return real.connection.client().newUntypedWorkflowStub(RunInput.temporalId(execution, 1));
  }

  private static String details(UUID execution) {
    return run(execution)
        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails();
  }

  @Test
  @DisplayName(
      "AU-4 PO-1: a large payout waits, visibly in Temporal, and is paid once when approved")
  void paysWhatIsApproved() {
    UUID payout = waiting();
    UUID execution = large(payout);
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(
                        run(execution)
                            .describe()
                            .getTypedSearchAttributes()
                            .get(ControlAttributes.AWAITING_APPROVAL))
                    .isEqualTo("CFO"));
    assertThat(details(execution)).contains("Waits for **CFO** (finance) since");
    assertThat(real.marketplace.status(payout)).isEqualTo("REQUESTED");
    decide(execution, CFO, true, "checked");
    awaitPayout(payout, "DISBURSED");
    awaitExecution(execution, "COMPLETED");
    assertThat(real.book(payout).split("\"PAID\"", -1)).hasSize(2);
    Histories.keep(real, "run-approved", RunInput.temporalId(execution, 1));
  }

  @Test
  @DisplayName("AU-4 PO-1: a rejected one is REJECTED, with the reason of who rejected it")
  void rejectsWhatIsRejected() {
    UUID payout = waiting();
    UUID execution = large(payout);
    decide(execution, CFO, false, "the account is disputed");
    awaitPayout(payout, "REJECTED");
    awaitExecution(execution, "COMPLETED");
    Execution done = real.api.executions.get(execution);
    assertThat(done.steps().getLast().inputJson()).contains("the account is disputed");
    Histories.keep(real, "run-rejected-by-people", RunInput.temporalId(execution, 1));
  }

  @Test
  @DisplayName("AU-4: a signal that is sent by hand in Temporal decides nothing")
  void ignoresSignalsByHand() {
    UUID payout = waiting();
    UUID execution = large(payout);
    long before = run(execution).describe().getHistoryLength();
    run(execution).signal("decided", Map.of("outcome", "APPROVED"));
    run(execution).signal("decided");
    run(execution).signal("approve", "yes");
    await().atMost(LONG).until(() -> run(execution).describe().getHistoryLength() > before + 5);
    assertThat(details(execution)).contains("Waits for **CFO**");
    assertThat(real.api.executions.get(execution).row().status()).isEqualTo("AWAITING_APPROVAL");
    assertThat(real.marketplace.status(payout)).isEqualTo("REQUESTED");
    decide(execution, CFO, true, "checked");
    awaitPayout(payout, "DISBURSED");
  }

  @Test
  @DisplayName("AU-4 AU-14: an approval given while Temporal is away takes effect afterwards")
  void approvesWhileTemporalIsAway() {
    UUID payout = waiting();
    real.stopTemporal();
    try {
      decide(large(payout), CFO, true, "checked");
      assertThat(real.api.executions.get(large(payout)).row().status()).isEqualTo("RUNNING");
    } finally {
      real.startTemporal();
    }
    awaitPayout(payout, "DISBURSED");
    awaitExecution(large(payout), "COMPLETED");
  }

  @Test
  @DisplayName("AU-13: cancelling a run that waits withdraws the question and ends the run")
  void cancels() {
    UUID payout = waiting();
    UUID execution = large(payout);
    real.api.executions.cancel(execution, "entered twice", false, ADMIN);
    awaitExecution(execution, "CANCELLED");
    await()
        .atMost(LONG)
        .until(() -> run(execution).describe().getStatus().name().endsWith("CANCELED"));
    assertThat(real.marketplace.status(payout)).isEqualTo("REQUESTED");
    Histories.keep(real, "run-cancelled-while-waiting", RunInput.temporalId(execution, 1));
  }

  @Test
  @DisplayName("AU-4: in real seconds: a reminder, an escalation, and then it counts as rejected")
  void timesOutInRealSeconds() {
    UUID workflow = UUID.randomUUID();
    Map<String, Object> approval =
        Map.of(
            "name",
            "quick",
            "slots",
            List.of(List.of("CFO")),
            "remind_after",
            "PT1S",
            "escalate_after",
            Map.of("PT2S", List.of("CEO")),
            "timeout",
            "PT4S");
    real.api.automations.create(
        workflow,
        Map.of(
            "name",
            "In a hurry",
            "trigger",
            "manual",
            "status",
            "ACTIVE",
            "steps",
            List.of(Map.of("approval", approval))),
        ADMIN);
    UUID execution =
        real.api.executions.execute(UUID.randomUUID(), workflow, Map.of(), null, ADMIN).row().id();
    awaitExecution(execution, "REJECTED");
    assertThat(real.api.executions.get(execution).row().reason())
        .isEqualTo("Nobody decided within PT4S; it waited for CFO or CEO.");
    assertThat(subjects("cfo"))
        .containsSubsequence(
            "Approval needed: In a hurry: quick", "Reminder: approval needed: In a hurry: quick");
    assertThat(subjects("ceo"))
        .containsOnlyOnce("Escalated to you: approval needed: In a hurry: quick");
    Histories.keep(real, "run-timed-out", RunInput.temporalId(execution, 1));
  }

  /**
   * Of the mails that a person got, the oldest first, once the one about the escalation is there.
   */
  private static List<String> subjects(String person) {
    await()
        .atMost(LONG)
        .until(
            () ->
                real.mail().messages().stream()
                    .anyMatch(mail -> mail.subject().startsWith("Escalated")));
    return real.mail().messages().stream()
        .filter(mail -> mail.to().toString().contains(person + "@"))
        .map(ReceivedMail::subject)
        .toList()
        .reversed();
  }

  @Test
  @DisplayName("AU-16: a version that waits has a watch of its own, which ends with the decision")
  void watchesAVersion() {
    Automation pays =
        real.api.automations.create(
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
    String id = ApprovalWatch.temporalId(pays.approvals().getFirst().id());
    WorkflowStub watch = real.connection.client().newUntypedWorkflowStub(id);
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> watch.describe().getStatus().name().endsWith("RUNNING"));
    Automation active = real.api.automations.decide(pays.id(), CFO, new NewWord(true, null, null));
    assertThat(active.status()).isEqualTo("ACTIVE");
    assertThat(watch.getResult(String.class)).isEqualTo("APPROVED");
    Histories.keep(real, "approval-watch", id);
  }
}
