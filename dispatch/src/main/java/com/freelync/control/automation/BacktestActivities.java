package com.freelync.control.automation;

import io.temporal.activity.ActivityInterface;
import java.util.UUID;

/** The work of backtests, with a heartbeat. */
@ActivityInterface(namePrefix = "Backtest")
public interface BacktestActivities {
  /** Works on a backtest, from where it came so far, until it is over. */
  void carryOut(UUID backtestId);

  /** Ends one that cannot be carried out. */
  void fail(UUID backtestId, String problem);
}
