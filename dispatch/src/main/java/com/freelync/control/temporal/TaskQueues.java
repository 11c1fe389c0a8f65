package com.freelync.control.temporal;

/** The queues from which workers take their tasks, one for each capability. */
public final class TaskQueues {
  /** Runs of automations. */
  public static final String AUTOMATION = "automation";

  /** Backtests, which work for long: apart from runs, so that none waits behind them. */
  public static final String BACKTEST = "backtest";

  /** Transfers of payouts. */
  public static final String PAYOUT = "payout";

  /** Mails. */
  public static final String NOTIFICATION = "notification";

  /** Verification of metrics. */
  public static final String ANALYTICS = "analytics";

  /** Changes of settings. */
  public static final String CONFIGURATION = "configuration";

  /** What each worker's own queue, for its probe, begins with. */
  public static final String PROBE = "probe";

  private TaskQueues() {}
}
