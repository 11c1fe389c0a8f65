package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.DryRun.Outcome;
import com.freelync.control.automation.safety.TestLimits;
import com.freelync.control.database.Json;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.identity.TestPeople;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a dry run says is what a run does, step by step, for definitions that nobody chose. */
class DryRunIsTheRunTest {
  private static final Actor ADMIN = new Actor("admin", "request-2");

  private static TestDatabase database;
  private static Marketplace marketplace;
  private static ControlCenter api;
  private static ControlCenter worker;
  private static DryRuns dryRuns;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    TestLimits.lift(new ControlCenter(database.as("control_owner"), Clock.systemUTC()));
    TestPeople.install(database);
    marketplace = new Marketplace(database);
    api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
    worker = new ControlCenter(database.as("control_worker"), Clock.systemUTC());
    dryRuns = new DryRuns(database.as("control_dryrun"), api.catalog, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /** A step as both tell it; of constructs only where they stand. */
  private record Told(String path, String item, String action, boolean isTaken, Object input) {}

  @Test
  @DisplayName("AU-7: of 200 random definitions the plan is what the run then did, step by step")
  void planIsWhatIsDone() {
    compare(0, 200);
  }

  @Test
  @Tag("nightly")
  @DisplayName("AU-7: of 5,000 random definitions the plan is what the run then did")
  void planIsWhatIsDoneAllNight() {
    compare(10_000, 5_000);
  }

  private static void compare(int firstSeed, int count) {
    int taken = 0;
    List<AssertionError> faults = new ArrayList<>();
    for (int seed = firstSeed; seed < firstSeed + count; seed++) {
      try {
        taken += compare(seed);
      } catch (AssertionError fault) {
        faults.add(fault);
      }
    }
    assertThat(faults).isEmpty();
    // Else it would prove nothing.
    assertThat(taken).isGreaterThan(5 * count);
  }

  private static int compare(int seed) {
    Map<String, Object> document = new SureDefinitions(new Random(seed), api.catalog).next();
    String what = "seed %d: %s".formatted(seed, Json.write(document));
    UUID owner = marketplace.goodSeller();
    marketplace.documents(owner, 1, 20);
    marketplace.documents(owner, 1, -1);
    Map<String, Object> data = SureDefinitions.data(marketplace.payout(owner, "4200.50"));
    Map<String, Object> active = new LinkedHashMap<>(document);
    active.put("status", "ACTIVE");
    UUID automation = UUID.randomUUID();
    api.automations.create(automation, active, ADMIN);
    DryRun planned = dryRuns.ofStored(automation, data);
    UUID execution = UUID.randomUUID();
    // Each by a person of its own: one may start sixty an hour.
    Actor person = new Actor("person-" + seed, "request-1");
    api.executions.execute(execution, automation, data, "a test", person);
    RunOutcome outcome = DirectEffects.run(worker, api, execution);
    Execution done = api.executions.get(execution);
    assertThat(planned.matched()).as(what).isTrue();
    assertThat(done.steps().stream().map(DryRunIsTheRunTest::told).toList())
        .as(what)
        .isEqualTo(planned.steps().stream().map(DryRunIsTheRunTest::told).toList());
    assertThat(done.row().status()).as("%s of %s", outcome, what).isEqualTo(planned.outcome());
    return planned.stepCount();
  }

  private static Told told(DryRun.PlannedStep step) {
    return told(
        step.path(),
        step.item(),
        step.action(),
        step.outcome() != Outcome.WOULD_SKIP,
        Json.write(step.input()));
  }

  private static Told told(StepRow step) {
    return told(
        step.path(),
        step.item(),
        step.action(),
        !step.status().equals("SKIPPED"),
        step.inputJson());
  }

  private static Told told(
      String path, String item, String action, boolean isTaken, String inputJson) {
    boolean isAction = isTaken && api.catalog.find(action).isPresent();
    return new Told(
        path,
        item,
        action,
        isTaken,
        isAction ? Json.canonical(Json.readObject(inputJson)) : Map.of());
  }
}
