package com.freelync.control.automation;

import java.util.List;

/** An execution without its steps, and for what it waits. */
public record ListedExecution(ExecutionRow row, List<ExecutionWait> waits) {}
