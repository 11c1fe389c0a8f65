package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.Approval;
import com.freelync.control.automation.DryRun;
import com.freelync.control.automation.DryRun.Outcome;
import com.freelync.control.automation.DryRuns;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.StepRow;
import com.freelync.control.automation.SureDefinitions;
import com.freelync.control.database.Json;
import com.freelync.control.identity.TestPeople;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dry run says is what a run on Temporal does, for definitions that nobody chose. */
class PlanRunTest {
  @TempDir static Path state;
  private static RealWorker real;
  private static Operations people;
  private static DryRuns dryRuns;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
    TestPeople.install(real.database);
    people = new Operations(real);
    dryRuns = new DryRuns(real.database.as("control_dryrun"), real.api.catalog, Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  @ParameterizedTest(name = "AU-7: of the random definition {0} the plan is what Temporal runs")
  @ValueSource(ints = {1, 2, 3, 5, 8, 13})
  void planIsWhatIsDone(int seed) {
    Map<String, Object> document = new SureDefinitions(new Random(seed), real.api.catalog).next();
    UUID owner = real.marketplace.goodSeller();
    real.marketplace.documents(owner, 2, 20);
    Map<String, Object> data = SureDefinitions.data(real.marketplace.payout(owner, "4200.50"));
    UUID automation = people.automation(Json.write(withoutLongWaits(document)));
    DryRun planned = dryRuns.ofStored(automation, data);
    UUID execution = people.start(automation, data);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> isOver(execution));
    Execution done = people.get(execution);
    String what = Json.write(document);
    // What goes at the same time is written down in the order in which it came.
    assertThat(done.steps().stream().map(PlanRunTest::told).sorted().toList())
        .as(what)
        .isEqualTo(planned.steps().stream().map(PlanRunTest::told).sorted().toList());
    assertThat(done.row().status()).as(what).isEqualTo(planned.outcome());
  }

  /** People approve whatever they are asked. */
  private static boolean isOver(UUID execution) {
    Execution run = people.get(execution);
    run.approvals().stream()
        .filter(Approval::isWaiting)
        .findFirst()
        .ifPresent(asked -> people.decide(execution, true, asked.contentHash()));
    return run.row().finishedAt() != null;
  }

  private static Object withoutLongWaits(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach(
            (name, item) ->
                copy.put(name, name.equals("wait") ? "PT0.05S" : withoutLongWaits(item)));
        yield copy;
      }
      case List<?> list -> list.stream().map(item -> withoutLongWaits((Object) item)).toList();
      default -> value;
    };
  }

  private static String told(DryRun.PlannedStep step) {
    return told(
        step.path(),
        step.item(),
        step.action(),
        step.outcome() != Outcome.WOULD_SKIP,
        Json.write(step.input()));
  }

  private static String told(StepRow step) {
    return told(
        step.path(),
        step.item(),
        step.action(),
        !step.status().equals("SKIPPED"),
        step.inputJson());
  }

  private static String told(
      String path, String item, String action, boolean isTaken, String inputJson) {
    boolean isAction = isTaken && real.api.catalog.find(action).isPresent();
    String input = isAction ? Json.canonical(Json.readObject(inputJson)) : "";
    return "%s [%s] %s %s %s".formatted(path, item, action, isTaken, input);
  }
}
