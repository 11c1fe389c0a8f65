package com.freelync.control.automation;

import com.freelync.control.automation.Action.EntityRef;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an automation would do.
 *
 * @param matched whether its conditions hold
 * @param reason why not, or why it cannot be decided
 * @param conditions each comparison with its value
 * @param steps each step with its outcome
 * @param impact what would be touched, moved and sent
 * @param approvals what people would be asked
 */
public record DryRun(
    boolean matched,
    @Nullable String reason,
    List<Map<String, Object>> conditions,
    List<PlannedStep> steps,
    Impact impact,
    List<PlannedApproval> approvals) {

  /** What would become of a step. */
  public enum Outcome {
    WOULD_RUN,
    WOULD_SKIP,
    WOULD_WAIT,
    WOULD_BE_LIMITED,
    WOULD_FAIL
  }

  /** One step. */
  public record PlannedStep(
      String path,
      String action,
      Map<String, Object> input,
      Outcome outcome,
      @Nullable String reason) {}

  /** The whole effect; the amount in ETB. */
  public record Impact(List<EntityRef> entities, BigDecimal amount, int messages) {}

  /** An approval, and the roles that may fill each of its slots. */
  public record PlannedApproval(String name, List<List<String>> slots) {}
}
