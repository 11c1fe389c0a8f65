package com.freelync.control.automation;

import com.freelync.control.database.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An execution that the intake or a person makes, with what was decided about it at once. */
record NewExecution(
    UUID id,
    ActiveAutomation automation,
    Decision decision,
    String triggerType,
    String triggeredBy,
    @Nullable String why,
    Origin origin,
    Map<String, Object> triggerData,
    @Nullable String entityType,
    @Nullable String entityId,
    Map<String, Object> facts,
    List<Map<String, Object>> conditions) {

  /** Whether it runs. */
  sealed interface Decision {
    /** It waits for Temporal. */
    record Run() implements Decision {}

    /** Its conditions do not hold. */
    record Skip(String reason) implements Decision {}

    /** It cannot be decided, and where money moves that is a failure. */
    record Fail(String type, String reason) implements Decision {}
  }

  String status() {
    return switch (decision) {
      case Decision.Run run -> "PENDING";
      case Decision.Skip skip -> "SKIPPED";
      case Decision.Fail fail -> "FAILED";
    };
  }

  @Nullable String reason() {
    return switch (decision) {
      case Decision.Run run -> null;
      case Decision.Skip skip -> skip.reason();
      case Decision.Fail fail -> fail.reason();
    };
  }

  @Nullable String errorJson() {
    return switch (decision) {
      case Decision.Run run -> null;
      case Decision.Skip skip -> null;
      case Decision.Fail fail -> Json.write(Map.of("type", fail.type(), "message", fail.reason()));
    };
  }
}
