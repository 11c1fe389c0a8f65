package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.automation.Action.EntityRef;
import java.util.List;

/**
 * An execution with its steps, in the order in which they were taken, what it changed, whom it
 * asked, and for what it waits.
 */
public record Execution(
    ExecutionRow row,
    List<StepRow> steps,
    List<EntityRef> affected,
    List<Approval> approvals,
    List<ExecutionWait> waits) {}
