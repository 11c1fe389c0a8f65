package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.ControlCenter;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.event.PlatformEvent;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AutomationsTest {
  private static final Actor ADMIN = new Actor("admin", "request-1");

  private static TestDatabase database;
  private static Marketplace marketplace;
  private static ControlCenter api;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    marketplace = new Marketplace(database);
    api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static Map<String, Object> document(String action, String status) {
    return new HashMap<>(
        Map.of(
            "name",
            "Test",
            "trigger",
            "event: payout.requested",
            "actions",
            List.of(action),
            "status",
            status));
  }

  private static Automation create(String action, String status) {
    return api.automations.create(UUID.randomUUID(), document(action, status), ADMIN);
  }

  @Test
  @DisplayName("AU-16: a definition that moves money waits for its approval, any other is active")
  void holdsBackWhatMovesMoney() {
    Automation pays = create("approve_payout", "ACTIVE");
    assertThat(pays.status()).isEqualTo("PENDING");
    assertThat(pays.activeVersion()).isNull();
    assertThat(pays.openSlots()).containsExactly(List.of("CFO"));
    Automation rejects = create("reject_payout", "ACTIVE");
    assertThat(rejects.status()).isEqualTo("ACTIVE");
    assertThat(rejects.activeVersion()).isEqualTo(1);
    assertThat(rejects.openSlots()).isEmpty();
  }

  @Test
  @DisplayName("AU-16: no change makes a version that moves money active")
  void noWayAroundTheGate() {
    Automation rejects = create("reject_payout", "ACTIVE");
    Automation edited =
        api.automations.change(
            rejects.id(), Map.of("actions", List.of("approve_payout")), null, ADMIN);
    assertThat(edited.version()).isEqualTo(2);
    assertThat(edited.activeVersion()).isEqualTo(1);
    assertThat(edited.openSlots()).containsExactly(List.of("CFO"));
    api.automations.change(edited.id(), Map.of("status", "PAUSED"), null, ADMIN);
    Automation resumed =
        api.automations.change(edited.id(), Map.of("status", "ACTIVE"), null, ADMIN);
    assertThat(resumed.activeVersion()).isEqualTo(1);
    assertThat(resumed.status()).as("what was approved goes on").isEqualTo("ACTIVE");
    Automation branch =
        api.automations.create(
            UUID.randomUUID(),
            Map.of(
                "name", "hidden",
                "trigger", "manual",
                "status", "ACTIVE",
                "steps",
                    List.of(
                        Map.of(
                            "if", Map.of("field", "trigger.a", "operator", "exists"),
                            "then", List.of(),
                            "else", List.of(Map.of("action", "approve_payout"))))),
            ADMIN);
    assertThat(branch.status()).isEqualTo("PENDING");
  }

  @Test
  @DisplayName(
      "AU-6 AU-13: an execution has the name of the version that runs, not of a later edit")
  void namesTheVersionThatRuns() {
    Automation first = create("reject_payout", "ACTIVE");
    UUID payout = marketplace.payout(marketplace.goodSeller(), "10.00");
    Map<String, Object> data = Map.of("payout_id", payout.toString());
    UUID before = UUID.randomUUID();
    api.executions.execute(before, first.id(), data, null, ADMIN);
    api.automations.change(
        first.id(),
        Map.of("name", "Waits for its approval", "actions", List.of("approve_payout")),
        null,
        ADMIN);
    UUID after = UUID.randomUUID();
    api.executions.execute(after, first.id(), data, null, ADMIN);
    for (UUID execution : List.of(before, after)) {
      assertThat(api.executions.get(execution).row().workflowVersion()).isEqualTo(1);
      assertThat(api.executions.get(execution).row().workflowName()).isEqualTo("Test");
    }
    assertThat(
            api.executions.list(
                ExecutionFilter.ofEntity("payout", payout.toString()), Cursor.START, 10))
        .hasSize(2)
        .extracting(ExecutionRow::workflowName)
        .containsOnly("Test");
  }

  @Test
  @DisplayName("AU-16: resuming does not ask once more about an edit that was rejected")
  void resumesWithoutAsking() {
    UUID id = create("reject_payout", "ACTIVE").id();
    Map<String, Object> pays = Map.of("actions", List.of("approve_payout"));
    api.automations.change(id, pays, null, ADMIN);
    Approver cfo = new Approver("cfo", Set.of(new Role("CFO")), null);
    long asking = api.automations.get(id).revision();
    assertThat(api.automations.decide(id, cfo, new NewWord(false, "not this", null)).revision())
        .as("it waits for nobody any more: another revision")
        .isGreaterThan(asking);
    api.automations.change(id, Map.of("status", "PAUSED"), null, ADMIN);
    Automation resumed = api.automations.change(id, Map.of("status", "ACTIVE"), null, ADMIN);
    assertThat(resumed.openSlots()).isEmpty();
    assertThat(resumed.activeVersion()).isEqualTo(1);
    Automation asked = api.automations.change(id, Map.of("status", "ACTIVE"), null, ADMIN);
    assertThat(asked.openSlots()).as("who asks again, asks").isNotEmpty();
  }

  @Test
  @DisplayName("AU-16: what is taken out of the archive needs its approval once more")
  void asksAgainAfterTheArchive() {
    Automation rejects = create("reject_payout", "ACTIVE");
    Map<String, Object> pays = Map.of("actions", List.of("approve_payout"));
    api.automations.change(rejects.id(), pays, null, ADMIN);
    for (String status : List.of("ARCHIVED", "DRAFT", "ACTIVE")) {
      api.automations.change(rejects.id(), Map.of("status", status), null, ADMIN);
    }
    assertThat(api.automations.get(rejects.id()).status()).isEqualTo("PENDING");
  }

  @Test
  @DisplayName("AU-13: an illegal move is refused and says what is allowed")
  void refusesIllegalMoves() {
    Automation draft = create("reject_payout", "DRAFT");
    assertThatThrownBy(
            () -> api.automations.change(draft.id(), Map.of("status", "PAUSED"), null, ADMIN))
        .isInstanceOfSatisfying(
            RequestRefused.IllegalMove.class,
            e -> assertThat(e.allowed()).containsExactly("ACTIVE", "ARCHIVED"));
    assertThatThrownBy(
            () -> api.executions.execute(UUID.randomUUID(), draft.id(), Map.of(), null, ADMIN))
        .isInstanceOf(RequestRefused.IllegalMove.class);
  }

  @Test
  @DisplayName("SE-7: of 16 changes of one revision one is made and the others are stale")
  void changesAreNotLost() throws Exception {
    Automation draft = create("reject_payout", "DRAFT");
    try (var threads = Executors.newFixedThreadPool(16)) {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 16)
              .<Callable<Boolean>>mapToObj(
                  i ->
                      () -> {
                        try {
                          api.automations.change(
                              draft.id(), Map.of("name", "Test " + i), draft.revision(), ADMIN);
                          return true;
                        } catch (RequestRefused.Stale e) {
                          return false;
                        }
                      })
              .toList();
      int made = 0;
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        made += call.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
    assertThat(api.automations.versions(draft.id())).hasSize(2);
  }

  @Test
  @DisplayName("SE-7: creating the same id twice makes one automation")
  void createsOnce() {
    UUID id = UUID.randomUUID();
    api.automations.create(id, document("reject_payout", "DRAFT"), ADMIN);
    api.automations.create(id, document("reject_payout", "DRAFT"), ADMIN);
    assertThat(api.automations.versions(id)).hasSize(1);
    assertThat(api.audit.actionsOn(id.toString())).containsExactly("automation.create");
  }

  @Test
  @DisplayName("AU-13: a paused automation takes no events; a resumed one takes new ones")
  void pausesAndResumes() {
    Automation active = create("reject_payout", "ACTIVE");
    api.automations.change(active.id(), Map.of("status", "PAUSED"), null, ADMIN);
    assertThat(executionsAfterAnEvent(active.id())).isZero();
    api.automations.change(active.id(), Map.of("status", "ACTIVE"), null, ADMIN);
    assertThat(executionsAfterAnEvent(active.id())).isEqualTo(1);
    api.automations.change(active.id(), Map.of("status", "ARCHIVED"), null, ADMIN);
  }

  private static int executionsAfterAnEvent(UUID workflowId) {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "10");
    api.events.accept(
        List.of(
            new PlatformEvent(
                "/test",
                payout.toString(),
                "payout.requested",
                null,
                null,
                Map.of("payout_id", payout.toString()))),
        ADMIN);
    return api.executions
        .list(
            new ExecutionFilter(null, workflowId, null, null, null, null, null, null),
            Cursor.START,
            100)
        .size();
  }

  @Test
  @DisplayName("SE-7: lists go on after the cursor, newest first, without gaps or repetitions")
  void listsPageByCursor() {
    for (int i = 0; i < 5; i++) {
      create("reject_payout", "DRAFT");
    }
    List<Automation> all = api.automations.list("DRAFT", null, Cursor.START, 200);
    List<Automation> first = api.automations.list("DRAFT", null, Cursor.START, 2);
    Automation last = first.get(1);
    List<Automation> rest =
        api.automations.list("DRAFT", null, new Cursor(last.createdAt(), last.id()), 200);
    assertThat(first).hasSize(2);
    assertThat(rest).containsExactlyElementsOf(all.subList(2, all.size()));
  }
}
