package com.freelync.control.automation;

import com.freelync.control.automation.RunActivities.Perform;
import com.freelync.control.automation.RunActivities.PerformResult;
import com.freelync.control.worker.Beat;

/** What runs do outside. The database is asked before and told after. */
public final class OutsideActivitiesImpl implements OutsideActivities {
  private final RunSteps steps;

  public OutsideActivitiesImpl(RunSteps steps) {
    this.steps = steps;
  }

  @Override
  public PerformResult act(Perform call) {
    try (Beat<String> beat = Beat.start(String.class)) {
      beat.goOn();
      return RunActivitiesImpl.attempt(call, steps::performOutside);
    }
  }
}
