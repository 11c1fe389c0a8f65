package com.freelync.control.approval;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.event.PlatformEvent;
import com.freelync.control.identity.TestPeople;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A database with people and the samples, and the gate as API and worker have it. */
final class GateFixture implements AutoCloseable {
  static final Actor ADMIN = new Actor("admin", "request-1");

  final TestDatabase database = TestDatabase.create();
  final Marketplace marketplace = new Marketplace(database);
  final ControlCenter api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
  final ControlCenter worker = new ControlCenter(database.as("control_worker"), Clock.systemUTC());

  GateFixture() {
    ControlCenter.installSamples(database.as("control_owner"), Clock.systemUTC());
    TestPeople.install(database);
  }

  static Approver person(String subject, String... roles) {
    return new Approver(
        subject, Arrays.stream(roles).map(Role::new).collect(Collectors.toSet()), "request-2");
  }

  /** A large payout whose execution waits for finance. */
  Asked largePayout() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "50000");
    PlatformEvent event =
        new PlatformEvent(
            "/marketplace",
            UUID.randomUUID().toString(),
            "payout.requested",
            null,
            null,
            Map.of("payout_id", payout.toString()));
    api.events.accept(List.of(event), new Actor("marketplace", "request-0"));
    ExecutionRow row =
        api
            .executions
            .list(ExecutionFilter.ofEntity("payout", payout.toString()), Cursor.START, 10)
            .stream()
            .filter(found -> found.workflowName().equals("Large payouts"))
            .findFirst()
            .orElseThrow();
    return ask(row.id(), payout);
  }

  /** An execution of a definition of one's own, started by the admin, that waits for people. */
  Asked own(Map<String, Object> approval) {
    UUID workflow = UUID.randomUUID();
    api.automations.create(
        workflow,
        Map.of(
            "name",
            "Asks",
            "trigger",
            "manual",
            "status",
            "ACTIVE",
            "steps",
            List.of(Map.of("approval", approval))),
        new Actor("operator", "request-3"));
    UUID execution =
        api.executions.execute(UUID.randomUUID(), workflow, Map.of(), "a test", ADMIN).row().id();
    return ask(execution, null);
  }

  private Asked ask(UUID execution, @Nullable UUID payout) {
    worker.runs.begin(execution);
    Approval approval =
        worker
            .runApprovals
            .ask(
                execution,
                StepPlace.of("/steps/0"),
                "execution/" + execution + "/r1",
                Instant.now())
            .orElseThrow();
    return new Asked(execution, approval.id(), payout);
  }

  /** Somebody's word on what an execution asks; the request as it is then. */
  Approval decide(
      Asked asked,
      Approver approver,
      boolean approves,
      @Nullable String comment,
      @Nullable String contentHash) {
    api.executions.decide(asked.execution(), approver, new NewWord(approves, comment, contentHash));
    return approval(asked);
  }

  Approval approval(Asked asked) {
    return api.approvalList.get(asked.approval());
  }

  String status(Asked asked) {
    return api.executions.get(asked.execution()).row().status();
  }

  /** How many rows a query of the owner counts. */
  long count(String sql, Object... values) {
    Database owner = database.as("control_owner");
    return owner.read(handle -> handle.createQuery(sql).bind(0, values[0]).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    database.close();
  }

  /** What waits. */
  record Asked(UUID execution, UUID approval, @Nullable UUID payout) {}
}
