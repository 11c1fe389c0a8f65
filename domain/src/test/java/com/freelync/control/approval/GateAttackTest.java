package com.freelync.control.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.approval.GateFixture.Asked;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Automation;
import com.freelync.control.automation.Runs.Attempt;
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
    return gate.worker.runs.perform(
        asked.execution(), path, Map.of("payout_id", String.valueOf(asked.payout())), 1);
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
    gate.api.approvals.decide(
        asked.approval(), GateFixture.person("cfo", "CFO"), false, "Too much.", null);
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
    gate.api.approvals.decide(asked.approval(), GateFixture.person("cfo", "CFO"), true, null, null);
    UUID other = gate.marketplace.payout(gate.marketplace.goodSeller(), "70000");
    Attempt attempt =
        gate.worker.runs.perform(
            asked.execution(), "/steps/1/then/0", Map.of("payout_id", other.toString()), 1);
    assertThat(attempt).isInstanceOf(Attempt.Done.class);
    assertThat(payoutStatus(asked)).isEqualTo("APPROVED");
    assertThat(gate.marketplace.status(other)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("SE-2 AU-16: a trivial edit by somebody else does not launder who wrote it")
  void laundering() {
    Actor founder = new Actor("founder", "request-7");
    Actor admin = new Actor("admin", "request-8");
    UUID id = UUID.randomUUID();
    gate.api.automations.create(
        id,
        Map.of(
            "name", "Pays",
            "trigger", "manual",
            "status", "DRAFT",
            "actions", List.of("approve_payout")),
        founder);
    gate.api.automations.change(id, Map.of("name", "Pays more"), null, true, admin);
    Automation asked =
        gate.api.automations.change(id, Map.of("status", "ACTIVE"), null, true, admin);
    assertThat(asked.status()).isEqualTo("PENDING");
    assertThatThrownBy(
            () ->
                gate.api.automations.decide(
                    id, GateFixture.person("founder", "ADMIN", "CEO", "CFO"), true, null, null))
        .isInstanceOf(RequestRefused.Forbidden.class);
    Automation approved =
        gate.api.automations.decide(id, GateFixture.person("cfo", "CFO"), true, null, null);
    assertThat(approved.activeVersion()).isEqualTo(2);
  }

  @Test
  @DisplayName("AU-13: a run that ends in Temporal leaves no question behind")
  void endedOutside() {
    Asked asked = gate.largePayout();
    gate.worker.openRuns.lost(asked.execution(), "TERMINATED");
    assertThat(gate.approval(asked).status()).isEqualTo(ApprovalStatus.WITHDRAWN);
    assertThatThrownBy(
            () ->
                gate.api.approvals.decide(
                    asked.approval(), GateFixture.person("cfo", "CFO"), true, null, null))
        .isInstanceOf(RequestRefused.IllegalMove.class);
    assertThat(gate.worker.runApprovals.ask(asked.execution(), "/steps/0", Instant.now()).status())
        .isEqualTo(ApprovalStatus.WITHDRAWN);
  }

  @Test
  @DisplayName("SE-2: an operator resumes what was paused, and activates nothing")
  void operatorActivates() {
    Actor operator = new Actor("operator", "request-9");
    UUID id = UUID.randomUUID();
    gate.api.automations.create(
        id,
        Map.of(
            "name", "Rejects",
            "trigger", "manual",
            "status", "DRAFT",
            "actions", List.of("reject_payout")),
        new Actor("admin", "request-9"));
    assertThatThrownBy(
            () ->
                gate.api.automations.change(id, Map.of("status", "ACTIVE"), null, false, operator))
        .isInstanceOf(RequestRefused.Forbidden.class);
    gate.api.automations.change(
        id, Map.of("status", "ACTIVE"), null, true, new Actor("admin", "request-9"));
    gate.api.automations.change(id, Map.of("status", "PAUSED"), null, false, operator);
    assertThat(
            gate.api
                .automations
                .change(id, Map.of("status", "ACTIVE"), null, false, operator)
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
    gate.api.approvals.decide(asked.approval(), GateFixture.person("cfo", "CFO"), true, null, null);
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
    Automation draft =
        gate.api.automations.create(
            UUID.randomUUID(),
            Map.of(
                "name", "Rejects",
                "trigger", "manual",
                "status", "DRAFT",
                "actions", List.of("reject_payout")),
            new Actor("admin", "request-9"));
    assertRefused(
        "control_api",
        "UPDATE control.automation_workflow SET active_version = 2 WHERE id = ?",
        draft.id());
  }

  @Test
  @DisplayName("SE-2: who may make room is asked too: both roles see what founder left open")
  void makesRoom() {
    Asked asked =
        gate.own(Map.of("name", "both", "slots", List.of(List.of("CFO"), List.of("CEO"))));
    gate.api.approvals.decide(
        asked.approval(), GateFixture.person("founder", "CFO", "CEO"), true, null, null);
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
