package com.freelync.control.automation;

import com.freelync.control.automation.backtest.BacktestWork;
import com.freelync.control.worker.Beat;
import java.util.UUID;

/** How far it came is in the database: whoever goes on begins there. */
public final class BacktestActivitiesImpl implements BacktestActivities {
  private final BacktestWork work;

  public BacktestActivitiesImpl(BacktestWork work) {
    this.work = work;
  }

  @Override
  public void carryOut(UUID backtestId) {
    try (Beat<String> beat = Beat.start(String.class)) {
      while (work.next(backtestId)) {
        beat.goOn();
      }
    }
  }

  @Override
  public void fail(UUID backtestId, String problem) {
    work.fail(backtestId, problem);
  }
}
