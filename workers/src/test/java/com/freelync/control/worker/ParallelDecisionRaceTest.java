package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.automation.AutomationRun.RunResult;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.automation.StepRow;
import com.freelync.control.database.Json;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.problem.RequestRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
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

/** Two approvals in branches, each approved, rejected and timed out at the same moment. */
class ParallelDecisionRaceTest {
  private static final String YAML =
      """
      name: Two at once
      trigger: manual
      mode: {parallel: 50}
      steps:
        - parallel:
            - [{approval: {name: one, slots: [[CFO]], timeout: PT4S, on_reject: continue, on_timeout: continue}}]
            - [{approval: {name: two, slots: [[CTO]], timeout: PT4S, on_reject: continue, on_timeout: continue}}]
        - {stop: "${steps.one.outcome} ${steps.two.outcome}"}
      """;
  private static final List<String> PATHS =
      List.of("/steps/0/parallel/0/0", "/steps/0/parallel/1/0");

  /** Within so many nanoseconds before and after the time-out people speak. */
  private static final long AROUND = Duration.ofMillis(8).toNanos();

  @TempDir static Path state;
  private static RealWorker real;
  private static Operations people;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
    TestPeople.install(real.database);
    people = new Operations(real);
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  @Test
  @DisplayName("AU-4: two approvals in branches, raced: one outcome each, the same everywhere")
  void agreesEverywhere() throws Exception {
    race(10);
  }

  @Test
  @Tag("nightly")
  @DisplayName("AU-4: 200 runs with two approvals in branches, raced: the same everywhere")
  void agreesEverywhereAllNight() throws Exception {
    race(200);
  }

  private static void race(int trials) throws Exception {
    Random random = new Random(trials);
    UUID automation = people.automation(YAML);
    try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
      for (int begun = 0; begun < trials; begun += 10) {
        // Each person starts sixty in an hour, and more are needed here.
        real.database
            .as("control_owner")
            .transaction(
                tx ->
                    tx.handle()
                        .execute(
                            "DELETE FROM control.limit_window WHERE action = 'executions.manual'"));
        List<UUID> wave = new ArrayList<>();
        for (int i = 0; i < Math.min(10, trials - begun); i++) {
          wave.add(people.start(automation, Map.of()));
        }
        List<Callable<Boolean>> words = new ArrayList<>();
        for (UUID execution : wave) {
          await()
              .atMost(Duration.ofSeconds(60))
              .pollInterval(Duration.ofMillis(10))
              .until(() -> people.get(execution).approvals().size() == 2);
          for (Approval asked : people.get(execution).approvals()) {
            for (boolean approves : new boolean[] {true, false}) {
              Instant at = asked.dueAt().plusNanos(random.nextLong(-AROUND, AROUND));
              words.add(() -> said(execution, asked, approves, at));
            }
          }
        }
        List<Future<Boolean>> said = threads.invokeAll(words);
        for (int i = 0; i < wave.size(); i++) {
          assertAgreed(wave.get(i), said.subList(4 * i, 4 * i + 4));
        }
      }
    }
  }

  /** Whether a word that is said at that time counts. */
  private static boolean said(UUID execution, Approval asked, boolean approves, Instant at) {
    for (long left = nanosTo(at); left > 0; left = nanosTo(at)) {
      LockSupport.parkNanos(left);
    }
    Role role = new Role(asked.name().equals("one") ? "CFO" : "CTO");
    String person = approves ? role.name().toLowerCase(Locale.ROOT) : "founder";
    try {
      real.api.executions.decide(
          execution,
          new Approver(person, Set.of(role), "request-3"),
          new NewWord(approves, "at the last moment", asked.contentHash()));
      return true;
    } catch (RequestRefused.IllegalMove | RequestRefused.Forbidden late) {
      return false;
    }
  }

  private static long nanosTo(Instant at) {
    return Duration.between(Instant.now(), at).toNanos();
  }

  private static void assertAgreed(UUID execution, List<Future<Boolean>> said) throws Exception {
    RunResult result =
        real.connection
            .client()
            .newUntypedWorkflowStub(RunInput.temporalId(execution, 1))
            .getResult(RunResult.class);
    Execution run = people.get(execution);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Approval approval = run.approvals().get(i);
      boolean isApproved = said.get(2 * i).get();
      boolean isRejected = said.get(2 * i + 1).get();
      ApprovalStatus expected =
          isApproved
              ? ApprovalStatus.APPROVED
              : isRejected ? ApprovalStatus.REJECTED : ApprovalStatus.TIMED_OUT;
      assertThat(isApproved && isRejected).as("both counted").isFalse();
      assertThat(approval.status()).isEqualTo(expected);
      StepRow step = Operations.steps(run, approval.subjectKey()).getFirst();
      assertThat(Json.readObject(step.outputJson())).containsEntry("outcome", expected.name());
    }
    for (String path : PATHS) {
      StepRow step = Operations.steps(run, path).getFirst();
      outcomes.add(String.valueOf(Json.readObject(step.outputJson()).get("outcome")));
    }
    assertThat(run.row().status()).isEqualTo("COMPLETED").isEqualTo(result.status());
    assertThat(run.row().reason()).isEqualTo(String.join(" ", outcomes)).isEqualTo(result.reason());
  }
}
