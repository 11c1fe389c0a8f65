package com.freelync.control.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.approval.GateFixture.Asked;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.identity.Delegation;
import com.freelync.control.notification.InboxMessage;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The gate over a real database, without Temporal: what people say, and what becomes of it. */
class ApprovalsTest {
  private static final Approver CFO = GateFixture.person("cfo", "CFO");
  private static final Approver CEO = GateFixture.person("ceo", "CEO");
  private static final Approver FOUNDER = GateFixture.person("founder", "CEO", "CFO");

  private static GateFixture gate;

  @BeforeAll
  static void open() {
    gate = new GateFixture();
  }

  @AfterAll
  static void close() {
    gate.close();
  }

  private static Approval approve(Asked asked, Approver approver) {
    return gate.decide(asked, approver, true, null, null);
  }

  private static Map<String, Object> slots(List<List<String>> slots) {
    return Map.of("name", "both", "slots", slots);
  }

  private static List<UUID> waitingFor(Approver approver) {
    return gate.api.approvalList.waitingFor(approver, Cursor.START, 200).stream()
        .map(waiting -> waiting.approval().id())
        .toList();
  }

  private static List<String> told(String person, Asked asked) {
    return gate.api.inbox.list(person, null, Cursor.START, 200).stream()
        .filter(message -> message.link().endsWith(asked.execution().toString()))
        .map(InboxMessage::subject)
        .toList();
  }

  @Test
  @DisplayName("AU-4 SE-2: a large payout waits for the CFO, who is told, and sees it in the list")
  void waits() {
    Asked asked = gate.largePayout();
    assertThat(gate.status(asked)).isEqualTo("AWAITING_APPROVAL");
    assertThat(waitingFor(CFO)).contains(asked.approval());
    assertThat(waitingFor(FOUNDER)).contains(asked.approval());
    assertThat(waitingFor(CEO)).doesNotContain(asked.approval());
    assertThat(told("cfo", asked))
        .singleElement()
        .asString()
        .startsWith("Approval needed: Large payouts: finance")
        .contains("50000.00 ETB");
    assertThat(told("ceo", asked)).isEmpty();
    Approval approval = gate.approval(asked);
    assertThat(Duration.between(approval.requestedAt(), approval.dueAt())).hasHours(72);
    assertThat(approval.timers())
        .extracting(Approval.Timer::kind, timer -> timer.roles())
        .containsExactly(
            tuple(Approval.Timer.Kind.REMIND, List.of()),
            tuple(Approval.Timer.Kind.ESCALATE, List.of("CEO")));
  }

  @Test
  @DisplayName("AU-4: asking again, as a worker does that died after the commit, asks once")
  void asksOnce() {
    Asked asked = gate.largePayout();
    Approval again =
        gate.worker
            .runApprovals
            .ask(
                asked.execution(),
                StepPlace.of("/steps/0"),
                "execution/" + asked.execution() + "/r1",
                Instant.now().plusSeconds(9))
            .orElseThrow();
    assertThat(again).isEqualTo(gate.approval(asked));
    assertThat(told("cfo", asked)).hasSize(1);
  }

  @Test
  @DisplayName("AU-13 SE-2: the approval completes the step, and rings the run, in one transaction")
  void approves() {
    Asked asked = gate.largePayout();
    Approval approved = gate.decide(asked, CFO, true, "fine", null);
    assertThat(approved.status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(gate.status(asked)).isEqualTo("RUNNING");
    Execution execution = gate.api.executions.get(asked.execution());
    assertThat(Json.readObject(execution.steps().getFirst().outputJson()))
        .isEqualTo(Map.of("outcome", "APPROVED", "by", List.of("cfo"), "comment", "fine"));
    assertThat(
            gate.count(
                "SELECT count(*) FROM control.outbox WHERE topic = 'automation.decided' AND key = ?",
                asked.execution().toString()))
        .isEqualTo(1);
    assertThat(waitingFor(CFO)).doesNotContain(asked.approval());
    assertThatThrownBy(() -> approve(asked, FOUNDER))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining("APPROVED by cfo");
  }

  @Test
  @DisplayName("SE-2 SE-3: who made it, and who lacks the role, are refused, and that is audited")
  void refuses() {
    Asked asked = gate.own(slots(List.of(List.of("CFO"))));
    List<Approver> refused =
        List.of(
            CEO,
            GateFixture.person("admin", "CFO"),
            GateFixture.person("operator", "CFO"),
            GateFixture.person("cfo"));
    for (Approver somebody : refused) {
      assertThatThrownBy(() -> approve(asked, somebody))
          .as(somebody.subject())
          .isInstanceOf(RequestRefused.Forbidden.class);
      assertThatThrownBy(() -> gate.decide(asked, somebody, false, "no", null))
          .isInstanceOf(RequestRefused.Forbidden.class);
    }
    assertThat(gate.status(asked)).isEqualTo("AWAITING_APPROVAL");
    assertThat(
            gate.count(
                "SELECT count(*) FROM control.audit_log WHERE outcome = 'REFUSED'"
                    + " AND action = 'approval.decide' AND subject_id = ?",
                asked.execution().toString()))
        .isEqualTo(2L * refused.size());
  }

  @Test
  @DisplayName("SE-2: nobody fills two slots, not even who holds both roles")
  void fourEyes() {
    Asked asked = gate.own(slots(List.of(List.of("CFO"), List.of("CFO", "CEO"))));
    Approval first = approve(asked, FOUNDER);
    assertThat(first.status()).isEqualTo(ApprovalStatus.WAITING);
    assertThat(gate.status(asked)).isEqualTo("AWAITING_APPROVAL");
    assertThatThrownBy(() -> approve(asked, FOUNDER))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining("approved it already");
    // Whose two roles were taken for the one slot makes room for who has one.
    assertThat(first.openSlots()).hasSize(1);
    assertThat(approve(asked, CEO).status()).isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  @DisplayName("AU-4: one rejection is enough, and its words are what later steps see")
  void rejects() {
    Asked asked = gate.own(slots(List.of(List.of("CFO"), List.of("CEO"))));
    approve(asked, CFO);
    gate.decide(asked, CEO, false, "the account is disputed", null);
    assertThat(gate.status(asked)).isEqualTo("RUNNING");
    assertThat(
            Json.readObject(
                gate.api.executions.get(asked.execution()).steps().getFirst().outputJson()))
        .containsEntry("outcome", "REJECTED")
        .containsEntry("by", List.of("ceo"))
        .containsEntry("comment", "the account is disputed");
  }

  @Test
  @DisplayName("AU-4: a reason that nobody can see is none")
  void rejectsWithAReason() {
    Asked asked = gate.largePayout();
    assertThatThrownBy(() -> gate.decide(asked, CFO, false, " \u200b\u00a0\t", null))
        .isInstanceOf(RequestRefused.Invalid.class);
    assertThat(gate.status(asked)).isEqualTo("AWAITING_APPROVAL");
  }

  @Test
  @DisplayName("SE-2: a refused word has one entry in the audit log, which is kept")
  void recordsRefusals() {
    Asked asked = gate.largePayout();
    approve(asked, CFO);
    assertThatThrownBy(() -> approve(asked, FOUNDER))
        .isInstanceOfSatisfying(
            RequestRefused.IllegalMove.class, refused -> assertThat(refused.isAudited()).isTrue());
    assertThat(
            gate.count(
                "SELECT count(*) FROM control.audit_log WHERE outcome = 'REFUSED'"
                    + " AND action = 'approval.decide' AND subject_id = ?",
                asked.execution().toString()))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("SE-2: who saw something else decides nothing")
  void bindsToTheContent() {
    Asked asked = gate.largePayout();
    assertThatThrownBy(() -> gate.decide(asked, CFO, true, null, "0".repeat(64)))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining("content_hash");
    String seen = gate.approval(asked).contentHash();
    assertThat(gate.decide(asked, CFO, true, null, seen).status())
        .isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  @DisplayName("SE-2: who stands in decides for the other, and both have then decided")
  void standsIn() {
    Asked asked = gate.own(slots(List.of(List.of("CFO"), List.of("CFO", "CTO"))));
    Approver cto = GateFixture.person("cto", "CTO");
    Actor cfo = new Actor("cfo", "request-4");
    gate.api.delegations.replace(List.of(new Delegation("cto", null, null)), cfo);
    try {
      Approval first = approve(asked, cto);
      assertThat(first.words().getFirst().by()).isEqualTo("cto");
      assertThatThrownBy(() -> approve(asked, cto)).isInstanceOf(RequestRefused.class);
      assertThat(first.status()).isEqualTo(ApprovalStatus.WAITING);
      assertThat(waitingFor(cto)).doesNotContain(asked.approval());
    } finally {
      gate.api.delegations.replace(List.of(), cfo);
    }
    Asked other = gate.own(slots(List.of(List.of("CFO"))));
    assertThatThrownBy(() -> approve(other, cto)).isInstanceOf(RequestRefused.Forbidden.class);
  }

  @Test
  @DisplayName("SE-2: who stands in is told as well, and reminded; once it is taken back, not")
  void tellsStandIns() {
    Actor cfo = new Actor("cfo", "request-4");
    gate.api.delegations.replace(List.of(new Delegation("cto", null, null)), cfo);
    Asked asked = gate.largePayout();
    gate.api.delegations.replace(List.of(), cfo);
    assertThat(told("cto", asked)).singleElement().asString().startsWith("Approval needed");
    advance(asked, gate.approval(asked).requestedAt().plus(Duration.ofHours(4)));
    assertThat(told("cto", asked)).hasSize(1);
    assertThat(told("cfo", asked)).hasSize(2);
  }

  private static Approval handOver(Asked asked, Approver from, String to) {
    return gate.api.approvals.delegations.delegate(asked.approval(), to, "away", from);
  }

  @Test
  @DisplayName("AU-1 SE-2: whom a question is handed to is told and reminded, until it is another")
  void handsOver() {
    Asked asked = gate.largePayout();
    handOver(asked, CFO, "cto");
    handOver(asked, CFO, "operator");
    handOver(asked, CFO, "operator");
    Approver cto = GateFixture.person("cto", "CTO");
    Approver operator = GateFixture.person("operator", "OPERATOR");
    assertThat(waitingFor(cto)).doesNotContain(asked.approval());
    assertThat(waitingFor(operator)).contains(asked.approval());
    assertThat(told("cto", asked)).singleElement().asString().startsWith("Delegated to you");
    advance(asked, gate.approval(asked).requestedAt().plus(Duration.ofHours(4)));
    assertThat(told("cto", asked)).hasSize(1);
    assertThat(told("operator", asked)).hasSize(2).first().asString().startsWith("Reminder");
    assertThatThrownBy(() -> approve(asked, cto)).isInstanceOf(RequestRefused.Forbidden.class);
    Approval decided = approve(asked, operator);
    assertThat(decided.status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(decided.words())
        .singleElement()
        .extracting(Approval.Word::by, Approval.Word::onBehalfOf, Approval.Word::role)
        .containsExactly("operator", "cfo", "CFO");
  }

  @Test
  @DisplayName(
      "AU-1 SE-2: handed over or not, two slots need two people, and authors decide nothing")
  void handsOverOnce() {
    Asked asked = gate.own(slots(List.of(List.of("CFO"), List.of("CFO", "CTO"))));
    Approver cto = GateFixture.person("cto", "CTO");
    assertThatThrownBy(() -> handOver(asked, CFO, "operator"))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refused -> assertThat(refused.errors().getFirst().code()).isEqualTo("author"));
    handOver(asked, CFO, "cto");
    // What the CTO may say in person comes first, and says nothing for the CFO.
    assertThat(approve(asked, cto).words().getFirst().onBehalfOf()).isNull();
    assertThatThrownBy(() -> approve(asked, cto)).isInstanceOf(RequestRefused.IllegalMove.class);
    assertThat(approve(asked, CFO).status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThatThrownBy(() -> handOver(asked, CFO, "ceo"))
        .isInstanceOf(RequestRefused.IllegalMove.class);
  }

  @Test
  @DisplayName(
      "AU-4: it reminds, escalates, and counts as rejected, each once, however often asked")
  void timesOut() {
    Asked asked = gate.largePayout();
    Instant start = gate.approval(asked).requestedAt();
    advance(asked, start.plus(Duration.ofHours(3)));
    assertThat(told("cfo", asked)).hasSize(1);
    advance(asked, start.plus(Duration.ofHours(4)));
    advance(asked, start.plus(Duration.ofHours(5)));
    assertThat(told("cfo", asked)).hasSize(2).first().asString().startsWith("Reminder");
    advance(asked, start.plus(Duration.ofHours(24)));
    advance(asked, start.plus(Duration.ofHours(30)));
    assertThat(told("ceo", asked)).singleElement().asString().startsWith("Escalated to you");
    assertThat(waitingFor(CEO)).contains(asked.approval());
    Approval over = advance(asked, start.plus(Duration.ofHours(72)));
    assertThat(over.status()).isEqualTo(ApprovalStatus.TIMED_OUT);
    assertThat(advance(asked, start.plus(Duration.ofHours(99)))).isEqualTo(over);
    assertThat(
            Json.readObject(
                gate.api.executions.get(asked.execution()).steps().getFirst().outputJson()))
        .containsEntry("outcome", "REJECTED")
        .containsEntry("comment", "Nobody decided within PT72H; it waited for CFO or CEO.");
    assertThatThrownBy(() -> approve(asked, CFO)).isInstanceOf(RequestRefused.IllegalMove.class);
  }

  private static Approval advance(Asked asked, Instant now) {
    return gate.worker.approvals.advance(asked.approval(), now);
  }

  @Test
  @DisplayName("AU-4: whom it is escalated to may decide from then on, and not before")
  void escalates() {
    Asked asked = gate.largePayout();
    assertThatThrownBy(() -> approve(asked, CEO)).isInstanceOf(RequestRefused.Forbidden.class);
    advance(asked, gate.approval(asked).requestedAt().plus(Duration.ofHours(25)));
    assertThat(approve(asked, CEO).status()).isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  @DisplayName("AU-13: cancelling the execution withdraws the question")
  void withdraws() {
    Asked asked = gate.largePayout();
    gate.api.executions.cancel(asked.execution(), "entered twice", false, GateFixture.ADMIN);
    assertThat(gate.approval(asked).status()).isEqualTo(ApprovalStatus.WITHDRAWN);
    assertThatThrownBy(() -> approve(asked, CFO)).isInstanceOf(RequestRefused.IllegalMove.class);
  }

  @Test
  @DisplayName("AU-4 SE-2: approval, rejection and time-out in one instant, 200 times: one outcome")
  void decidesOnce() throws Exception {
    Set<ApprovalStatus> seen = Collections.synchronizedSet(new HashSet<>());
    Random random = new Random(7);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int trial = 0; trial < 200; trial++) {
        Asked asked = gate.largePayout();
        Instant due = gate.approval(asked).dueAt();
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        List<Callable<Boolean>> calls =
            List.of(
                () -> said(() -> approve(asked, CFO)),
                () -> said(() -> gate.decide(asked, FOUNDER, false, "no", null)),
                () -> said(() -> gate.decide(asked, CFO, false, "no", null)),
                () -> advance(asked, due).status() == ApprovalStatus.TIMED_OUT);
        for (int i = 0; i < calls.size(); i++) {
          Callable<Boolean> call = calls.get(i);
          // Each in its turn is ahead of the others by up to some milliseconds.
          long behind = i == trial % calls.size() ? 0 : random.nextLong(4_000_000);
          outcomes.add(
              threads.submit(
                  () -> {
                    together.await();
                    LockSupport.parkNanos(behind);
                    return call.call();
                  }));
        }
        int winners = 0;
        for (Future<Boolean> outcome : outcomes) {
          winners += outcome.get() ? 1 : 0;
        }
        assertThat(winners).as("trial " + trial).isEqualTo(1);
        seen.add(agreed(asked));
      }
    }
    assertThat(seen).as("all three ways are taken").hasSize(3);
  }

  private static boolean said(Callable<Approval> word) throws Exception {
    try {
      word.call();
      return true;
    } catch (RequestRefused.IllegalMove late) {
      return false;
    }
  }

  /** The outcome, the same wherever it is written. */
  private static ApprovalStatus agreed(Asked asked) {
    Approval approval = gate.approval(asked);
    Execution execution = gate.api.executions.get(asked.execution());
    assertThat(execution.row().status()).isEqualTo("RUNNING");
    assertThat(Json.readObject(execution.steps().getFirst().outputJson()))
        .containsEntry(
            "outcome", approval.status() == ApprovalStatus.APPROVED ? "APPROVED" : "REJECTED");
    assertThat(approval.words()).hasSize(approval.status() == ApprovalStatus.TIMED_OUT ? 0 : 1);
    assertThat(
            gate.count(
                "SELECT count(*) FROM control.outbox WHERE topic = 'automation.decided' AND key = ?",
                asked.execution().toString()))
        .isEqualTo(1);
    return approval.status();
  }

  @Test
  @DisplayName("SE-2: the database itself refuses a word of the author, a second one, and a change")
  void isGuardedByTheDatabase() {
    Asked asked = gate.own(slots(List.of(List.of("CFO"), List.of("CEO"))));
    approve(asked, CFO);
    assertRefused("own", word(asked, "admin", null));
    assertRefused("own", word(asked, "ceo", "operator"));
    assertRefused("twice", word(asked, "ceo", "cfo"));
    assertRefused("append-only", "UPDATE control.approval_decision SET comment = 'x'");
    assertRefused("append-only", "DELETE FROM control.approval_decision");
    gate.decide(asked, CEO, true, null, null);
    assertRefused(
        "cannot be changed",
        "UPDATE control.approval_request SET status = 'REJECTED' WHERE id = '%s'"
            .formatted(asked.approval()));
    assertRefused("already", word(asked, "founder", null));
  }

  private static String word(Asked asked, String by, @Nullable String onBehalfOf) {
    return "INSERT INTO control.approval_decision VALUES ('%s', '%s', %s, '{CEO}', 'APPROVE', NULL, now())"
        .formatted(asked.approval(), by, onBehalfOf == null ? "NULL" : "'" + onBehalfOf + "'");
  }

  private static void assertRefused(String why, String sql) {
    Database owner = gate.database.as("control_owner");
    assertThatThrownBy(() -> owner.transaction(t -> t.handle().execute(sql)))
        .hasStackTraceContaining(why);
  }
}
