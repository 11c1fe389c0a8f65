package com.freelync.control.automation;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/** Carries a backtest out. */
@WorkflowInterface
public interface BacktestJob {
  /** Works until the backtest is over. */
  @WorkflowMethod(name = "Backtest")
  void run(UUID backtestId);

  /** The workflow's id. */
  static String temporalId(UUID backtestId) {
    return "backtest/" + backtestId;
  }
}
