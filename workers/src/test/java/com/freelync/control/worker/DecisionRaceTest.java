package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.AutomationRun.RunResult;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Json;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.problem.RequestRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approval, a rejection and Temporal's own timer at the same moment, on real parts. */
class DecisionRaceTest {
  private static final Duration LONG = Duration.ofSeconds(120);
  private static final Actor ADMIN = new Actor("admin", "request-2");
  private static final Approver CFO = new Approver("cfo", Set.of(new Role("CFO")), "request-3");
  private static final Approver FOUNDER =
      new Approver("founder", Set.of(new Role("CFO")), "request-4");
  private static final int AT_ONCE = 8;

  /** How long before its time-out a word may come, and how long after, in nanoseconds. */
  private static final long BEFORE = Duration.ofMillis(10).toNanos();

  private static final long AFTER = Duration.ofMillis(6).toNanos();

  @TempDir static Path state;
  private static RealWorker real;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
    TestPeople.install(real.database);
    UUID large =
        real.api.automations.list("ACTIVE", "Large payouts", Cursor.START, 10).getFirst().id();
    Map<String, Object> approval =
        Map.of(
            "name",
            "finance",
            "slots",
            List.of(List.of("CFO")),
            "timeout",
            "PT4S",
            "on_reject",
            "continue");
    Map<String, Object> pay =
        Map.of(
            "if",
            Map.of("field", "steps.finance.outcome", "operator", "eq", "value", "APPROVED"),
            "then",
            List.of(Map.of("action", "approve_payout")),
            "else",
            List.of(
                Map.of(
                    "action",
                    "reject_payout",
                    "with",
                    Map.of("reason", "${steps.finance.comment}"))));
    real.api.automations.change(
        large, Map.of("steps", List.of(Map.of("approval", approval), pay)), null, ADMIN);
    real.api.automations.decide(large, CFO, new NewWord(true, null, null));
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  /** A run that waits, and when it counts as rejected. */
  private record Trial(UUID payout, UUID execution, Instant due) {}

  private static Trial trial() {
    UUID payout = real.request("50000");
    UUID execution = real.executionOf(payout, "Large payouts").id();
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !real.api.executions.get(execution).approvals().isEmpty());
    return new Trial(payout, execution, asked(execution).dueAt());
  }

  private static Approval asked(UUID execution) {
    return real.api.executions.get(execution).approvals().getFirst();
  }

  /** Whether a word that is said at that time counts. */
  private static boolean said(Trial trial, Approver approver, boolean approves, long offset)
      throws InterruptedException {
    Instant at = trial.due().plusNanos(offset);
    for (long left = nanosTo(at); left > 0; left = nanosTo(at)) {
      LockSupport.parkNanos(left);
    }
    try {
      real.api.executions.decide(
          trial.execution(), approver, new NewWord(approves, "at the last moment", null));
      return true;
    } catch (RequestRefused.IllegalMove late) {
      return false;
    }
  }

  private static long nanosTo(Instant at) {
    return Duration.between(Instant.now(), at).toNanos();
  }

  private static long offset(Random random) {
    return random.nextLong(-BEFORE, AFTER);
  }

  private static Map<ApprovalStatus, Integer> race(int trials) throws Exception {
    Random random = new Random(trials);
    Map<ApprovalStatus, Integer> outcomes = new EnumMap<>(ApprovalStatus.class);
    try (ExecutorService people = Executors.newFixedThreadPool(2 * AT_ONCE)) {
      for (int begun = 0; begun < trials; begun += AT_ONCE) {
        List<Trial> wave = new ArrayList<>();
        List<Future<Boolean>> words = new ArrayList<>();
        for (int i = begun; i < Math.min(trials, begun + AT_ONCE); i++) {
          Trial trial = trial();
          long approves = offset(random);
          long rejects = offset(random);
          wave.add(trial);
          words.add(people.submit(() -> said(trial, CFO, true, approves)));
          words.add(people.submit(() -> said(trial, FOUNDER, false, rejects)));
        }
        for (int i = 0; i < wave.size(); i++) {
          boolean isApproved = words.get(2 * i).get();
          boolean isRejected = words.get(2 * i + 1).get();
          outcomes.merge(outcome(wave.get(i), isApproved, isRejected), 1, Integer::sum);
        }
      }
    }
    return outcomes;
  }

  /** The outcome, once the run is over: the same wherever it is written. */
  private static ApprovalStatus outcome(Trial trial, boolean isApproved, boolean isRejected) {
    RunResult result =
        real.connection
            .client()
            .newUntypedWorkflowStub(RunInput.temporalId(trial.execution(), 1))
            .getResult(RunResult.class);
    Execution execution = real.api.executions.get(trial.execution());
    Approval approval = asked(trial.execution());
    ApprovalStatus expected =
        isApproved
            ? ApprovalStatus.APPROVED
            : isRejected ? ApprovalStatus.REJECTED : ApprovalStatus.TIMED_OUT;
    boolean isPaid = expected == ApprovalStatus.APPROVED;
    assertThat(isApproved && isRejected).as("both were told that theirs counts").isFalse();
    assertThat(approval.status()).isEqualTo(expected);
    assertThat(approval.words()).hasSize(expected == ApprovalStatus.TIMED_OUT ? 0 : 1);
    assertThat(Json.readObject(execution.steps().getFirst().outputJson()))
        .containsEntry("outcome", isPaid ? "APPROVED" : "REJECTED");
    assertThat(execution.row().status()).isEqualTo("COMPLETED").isEqualTo(result.status());
    assertThat(execution.steps().getLast().action())
        .isEqualTo(isPaid ? "approve_payout" : "reject_payout");
    String status = isPaid ? "DISBURSED" : "REJECTED";
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> real.marketplace.status(trial.payout()).equals(status));
    assertThat(real.book(trial.payout()).split("\"PAID\"", -1)).hasSize(isPaid ? 2 : 1);
    return expected;
  }

  @Test
  @DisplayName("AU-4 PO-1: approve, reject and time-out at once: one outcome everywhere, a few")
  void agreesEverywhere() throws Exception {
    assertThat(race(AT_ONCE).values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(AT_ONCE);
    assertThat(real.control.payouts.imbalance()).isZero();
  }

  @Test
  @Tag("nightly")
  @DisplayName("AU-4 PO-1: approve, reject and time-out at once, 200 times: one outcome everywhere")
  void agreesEverywhereAlways() throws Exception {
    Map<ApprovalStatus, Integer> outcomes = race(200);
    assertThat(outcomes)
        .as("all three ways are taken")
        .containsKeys(ApprovalStatus.APPROVED, ApprovalStatus.REJECTED, ApprovalStatus.TIMED_OUT);
    assertThat(real.control.payouts.imbalance()).isZero();
  }
}
