package com.freelync.control.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.approval.GateFixture.Asked;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Attempt;
import com.freelync.control.automation.Automation;
import com.freelync.control.automation.RunSteps;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.problem.RequestRefused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ways around the gate that somebody tried. */
class GateAttackTest {
  private static GateFixture gate;

  @BeforeAll
  static void open() {
    gate = new GateFixture();
  }

  @AfterAll
  static void close() {
    gate.close();
  }

  private static Attempt forged(Asked asked, String path) {
    return gate.worker.runSteps.perform(
        new RunSteps.Asked(
            asked.execution(),
            StepPlace.of(path),
            Map.of("payout_id", String.valueOf(asked.payout())),
            1,
            "test"));
  }

  private static UUID draft(String action, Actor author) {
    UUID id = UUID.randomUUID();
    gate.api.automations.create(
        id,
        Map.of(
            "name", "Draft",
            "trigger", "manual",
            "status", "DRAFT",
            "actions", List.of(action)),
        author);
    return id;
  }

  private static String payoutStatus(Asked asked) {
    return gate.marketplace.status(asked.payout());
  }

  @Test
  @DisplayName(
      "AU-4 PO-1: a run with a forged definition pays neither before nor after a rejection")
  void forgedRun() {
    Asked asked = gate.largePayout();
    String pays = "/steps/1/then/0";
    assertThat(forged(asked, pays)).isInstanceOf(Attempt.Refused.class);
    gate.decide(asked, GateFixture.person("cfo", "CFO"), false, "Too much.", null);
    assertThat(forged(asked, pays))
        .isInstanceOfSatisfying(
            Attempt.Refused.class, refused -> assertThat(refused.code()).isEqualTo("not_due"));
    assertThat(payoutStatus(asked)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName(
      "AU-4: what was approved is due, on the payout of the facts, whatever the caller says")
  void approvedRun() {
    Asked asked = gate.largePayout();
    gate.decide(asked, GateFixture.person("cfo", "CFO"), true, null, null);
    UUID other = gate.marketplace.payout(gate.marketplace.goodSeller(), "70000");
    Attempt attempt =
        gate.worker.runSteps.perform(
            new RunSteps.Asked(
                asked.execution(),
                StepPlace.of("/steps/1/then/0"),
                Map.of("payout_id", other.toString()),
                1,
                "test"));
    assertThat(attempt).isInstanceOf(Attempt.Done.class);
    assertThat(payoutStatus(asked)).isEqualTo("APPROVED");
    assertThat(gate.marketplace.status(other)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("SE-2 AU-16: a trivial edit by somebody else does not launder who wrote it")
  void laundering() {
    Actor founder = new Actor("founder", "request-7");
    Actor admin = new Actor("admin", "request-8");
    UUID id = draft("approve_payout", founder);
    gate.api.automations.change(id, Map.of("name", "Pays more"), null, admin);
    Automation asked = gate.api.automations.change(id, Map.of("status", "ACTIVE"), null, admin);
    assertThat(asked.status()).isEqualTo("PENDING");
    assertThatThrownBy(
            () ->
                gate.api.automations.decide(
                    id,
                    GateFixture.person("founder", "ADMIN", "CEO", "CFO"),
                    new NewWord(true, null, null)))
        .isInstanceOf(RequestRefused.Forbidden.class);
    Automation approved =
        gate.api.automations.decide(
            id, GateFixture.person("cfo", "CFO"), new NewWord(true, null, null));
    assertThat(approved.activeVersion()).isEqualTo(2);
  }

  @Test
  @DisplayName("AU-13: a run that ends in Temporal leaves no question behind")
  void endedOutside() {
    Asked asked = gate.largePayout();
    gate.worker.openRuns.lost(asked.execution(), "TERMINATED");
    assertThat(gate.approval(asked).status()).isEqualTo(ApprovalStatus.WITHDRAWN);
    assertThatThrownBy(() -> gate.decide(asked, GateFixture.person("cfo", "CFO"), true, null, null))
        .isInstanceOf(RequestRefused.IllegalMove.class);
    assertThat(
            gate.worker.runApprovals.ask(
                asked.execution(),
                StepPlace.of("/steps/0"),
                "execution/" + asked.execution() + "/r1",
                Instant.now()))
        .isEmpty();
  }

  @Test
  @DisplayName("AU-13: a live run loses no question to a message that it does not concern")
  void liveRunKeepsItsQuestion() {
    Asked asked = gate.largePayout();
    assertThat(gate.worker.runs.cancelledWithoutRun(asked.execution())).isFalse();
    assertThat(gate.approval(asked).isWaiting()).isTrue();
    assertThat(gate.status(asked)).isEqualTo("AWAITING_APPROVAL");
  }

  @Test
  @DisplayName("AU-4: a run that is cancelled before it asks asks nobody, and nobody is told")
  void cancelledBeforeItAsks() {
    Asked first = gate.largePayout();
    gate.api.executions.cancel(
        first.execution(), "Wrong one.", false, new Actor("operator", "request-9"));
    long told = messages();
    assertThat(
            gate.worker.runApprovals.ask(
                first.execution(),
                StepPlace.of("/steps/0"),
                "execution/" + first.execution() + "/r1",
                Instant.now()))
        .isEmpty();
    assertThat(messages()).isEqualTo(told);
  }

  private static long messages() {
    return gate.count("SELECT count(*) FROM control.inbox_message WHERE kind = ?", "approval");
  }

  @Test
  @DisplayName("SE-2: an operator resumes what was paused, and activates nothing")
  void operatorActivates() {
    Actor operator = new Actor("operator", "request-9");
    UUID id = draft("reject_payout", new Actor("admin", "request-9"));
    assertThatThrownBy(
            () ->
                gate.api.automations.pauseOrResume(id, Map.of("status", "ACTIVE"), null, operator))
        .isInstanceOf(RequestRefused.Forbidden.class);
    gate.api.automations.change(
        id, Map.of("status", "ACTIVE"), null, new Actor("admin", "request-9"));
    gate.api.automations.pauseOrResume(id, Map.of("status", "PAUSED"), null, operator);
    assertThat(
            gate.api
                .automations
                .pauseOrResume(id, Map.of("status", "ACTIVE"), null, operator)
                .status())
        .isEqualTo("ACTIVE");
  }

  @Test
  @DisplayName("AU-1: a slot that nobody may fill is refused by name")
  void unfillableSlot() {
    assertThatThrownBy(
            () -> gate.own(Map.of("name", "nobody", "slots", List.of(List.of("DEVOPS")))))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refused -> assertThat(refused.errors().get(0).code()).isEqualTo("cannot_approve"));
  }

  @Test
  @DisplayName("PO-1: a payout that was turned to another seller after it was asked is not paid")
  void otherSeller() {
    Asked asked = gate.largePayout();
    gate.decide(asked, GateFixture.person("cfo", "CFO"), true, null, null);
    UUID other = gate.marketplace.goodSeller();
    gate.database
        .as("marketplace_owner")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        "UPDATE marketplace.payouts SET seller_id = ? WHERE id = ?",
                        other,
                        asked.payout()));
    assertThat(forged(asked, "/steps/1/then/0")).isInstanceOf(Attempt.Refused.class);
    assertThat(payoutStatus(asked)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("AU-16 SE-2: not even a server's own login decides without people")
  void byTheLogin() {
    Asked asked = gate.largePayout();
    assertRefused(
        "control_worker",
        "UPDATE control.approval_request SET status = 'APPROVED', decided_at = now(),"
            + " open_roles = '{}' WHERE id = ?",
        asked.approval());
    assertRefused(
        "control_worker",
        "UPDATE control.approval_request SET slots = '[]' WHERE id = ?",
        asked.approval());
    assertRefused(
        "control_worker",
        "UPDATE control.approval_request SET slots = '[[\"CEO\"]]' WHERE id = ?",
        asked.approval());
    assertRefused(
        "control_worker",
        "INSERT INTO control.approval_request SELECT (r).* FROM (SELECT jsonb_populate_record(r,"
            + " jsonb_build_object('id', gen_random_uuid(), 'subject_key', 'x', 'slots', '[]'::jsonb))"
            + " AS r FROM control.approval_request r WHERE id = ?) one",
        asked.approval());
    UUID draft = draft("reject_payout", new Actor("admin", "request-9"));
    assertRefused(
        "control_api",
        "UPDATE control.automation_workflow SET active_version = 2 WHERE id = ?",
        draft);
  }

  @Test
  @DisplayName("SE-2: who may make room is asked too: both roles see what founder left open")
  void makesRoom() {
    Asked asked =
        gate.own(Map.of("name", "both", "slots", List.of(List.of("CFO"), List.of("CEO"))));
    gate.decide(asked, GateFixture.person("founder", "CFO", "CEO"), true, null, null);
    assertThat(
            gate.count(
                "SELECT cardinality(open_roles) FROM control.approval_request WHERE id = ?",
                asked.approval()))
        .isEqualTo(2);
    assertThat(gate.approval(asked).openRoles())
        .containsExactlyInAnyOrder(role("CEO"), role("CFO"));
  }

  private static Role role(String name) {
    return new Role(name);
  }

  private static void assertRefused(String login, String sql, UUID id) {
    assertThatThrownBy(
            () ->
                gate.database
                    .as(login)
                    .transaction(transaction -> transaction.handle().execute(sql, id)))
        .hasStackTraceContaining("approv");
  }
}
