package com.freelync.control.automation;

import com.freelync.control.approval.NewApproval;
import com.freelync.control.approval.Slot;
import com.freelync.control.automation.safety.HeldUp;
import com.freelync.control.database.Json;
import com.freelync.control.text.Excerpt;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What people are asked about a run, in words, bound to exactly what is asked. */
final class RunQuestion {
  private static final String LIMIT = "/limit";
  private static final int LONGEST_GIVEN = 200;

  /** Who may let an action pass its limit. */
  private static final List<Slot> LIMIT_SLOTS = List.of(Slot.of("CFO", "CEO"));

  private static final Duration REMINDER = Duration.ofHours(4);

  private RunQuestion() {}

  static NewApproval of(
      RunApprovals.Asking asking, StepPlace place, Step.ApprovalStep step, String waitsIn) {
    ExecutionRow row = asking.row();
    return new NewApproval(
        ExecutionSubject.TYPE,
        row.id().toString(),
        place.toString(),
        step.name(),
        title(row, step.name()),
        "/admin/executions/" + row.id(),
        step.slots(),
        asking.authors(),
        contentHash(asking, place.toString()),
        step.remindAfter(),
        step.escalateAfter(),
        step.timeout(),
        row.requestId(),
        waitsIn);
  }

  static NewApproval ofLimit(
      RunApprovals.Asking asking, StepPlace place, String action, HeldUp held, String waitsIn) {
    ExecutionRow row = asking.row();
    return new NewApproval(
        ExecutionSubject.TYPE,
        row.id().toString(),
        limitKey(place),
        "limit of " + action,
        title(row, held.reason()),
        "/admin/executions/" + row.id(),
        LIMIT_SLOTS,
        asking.authors(),
        contentHash(asking, limitKey(place)),
        REMINDER,
        new TreeMap<>(),
        null,
        row.requestId(),
        waitsIn);
  }

  /** What tells the question about a step's limit from that of the step. */
  static String limitKey(StepPlace place) {
    return new StepPlace(place.path() + LIMIT, place.item()).toString();
  }

  /** The step that waits for the answer to a question of this key, its own or about its limit. */
  static StepPlace waitsAt(String key) {
    StepPlace place = StepPlace.parse(key);
    return place.path().endsWith(LIMIT)
        ? new StepPlace(
            place.path().substring(0, place.path().length() - LIMIT.length()), place.item())
        : place;
  }

  private static String title(ExecutionRow row, String what) {
    Object amount = Json.readObject(row.factsJson()).get("amount");
    return "%s: %s%s%s"
        .formatted(
            row.workflowName(),
            what,
            row.entityId() == null ? given(row) : ", " + row.entityType() + " " + row.entityId(),
            amount == null ? "" : " of " + amount + " ETB");
  }

  /** What a run that is about no entity was started with. */
  private static String given(ExecutionRow row) {
    String given =
        Json.readObject(row.triggerDataJson()).entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return given.isEmpty() ? "" : ", " + Excerpt.of(given, LONGEST_GIVEN);
  }

  /** Of exactly what is approved: this step of this version, on these facts, for this run. */
  private static String contentHash(RunApprovals.Asking asking, String step) {
    ExecutionRow row = asking.row();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("execution", row.id().toString());
    content.put("definition", asking.version().contentHash());
    content.put("step", step);
    content.put("facts", Json.readObject(row.factsJson()));
    content.put("trigger_data", Json.readObject(row.triggerDataJson()));
    return Hashing.sha256().hashString(Json.canonical(content), StandardCharsets.UTF_8).toString();
  }
}
