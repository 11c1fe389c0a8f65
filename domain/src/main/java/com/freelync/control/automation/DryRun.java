package com.freelync.control.automation;

import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.safety.Foresight;
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
 * @param steps each step with its outcome; of very many the first ones
 * @param stepCount how many steps would be taken
 * @param outcome how the run would end: COMPLETED, FAILED or REJECTED; null if it would not run
 * @param impact what would be touched, moved and sent
 * @param limits every limit that it would come to
 * @param approvals what people would be asked
 */
public record DryRun(
    boolean matched,
    @Nullable String reason,
    List<Map<String, Object>> conditions,
    List<PlannedStep> steps,
    int stepCount,
    @Nullable String outcome,
    Impact impact,
    List<Foresight.Foreseen> limits,
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
      String item,
      String action,
      Map<String, Object> input,
      Outcome outcome,
      @Nullable String reason) {}

  /** The whole effect; the amount in ETB. */
  public record Impact(List<EntityRef> entities, BigDecimal amount, int messages) {}

  /** An approval, and the roles that may fill each of its slots. */
  public record PlannedApproval(String name, List<List<String>> slots) {}
}
