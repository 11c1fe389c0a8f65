package com.freelync.control.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.alert.ServiceLevel;
import com.freelync.control.analytics.Overview;
import com.freelync.control.analytics.Provenance;
import com.freelync.control.analytics.SnapshotView;
import com.freelync.control.api.links.Links;
import com.freelync.control.approval.PendingApprovals;
import com.freelync.control.automation.AutomationHealth;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The platform at a glance. Metrics and breakdowns are of one snapshot of the database; the rest is
 * read right after.
 *
 * @param latestSnapshot that of the newest day that has one; absent where none was taken yet
 * @param automation what is under way, and how the runs of the last day ended
 */
record DashboardAnswer(
    String from,
    String to,
    String timeZone,
    Overview.TimeBefore previous,
    Map<String, Overview.Compared> metrics,
    Map<String, List<Map<String, Object>>> breakdowns,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SnapshotView latestSnapshot,
    AutomationHealth.Health automation,
    PendingApprovals.Pending pendingApprovals,
    List<LevelView> serviceLevels,
    Provenance provenance,
    Links links) {
  /**
   * A service level.
   *
   * @param comparison {@code below} or {@code above}: on which side of the target it should stay
   * @param window so far back is measured, an ISO 8601 duration
   * @param value in the unit; null without data
   */
  record LevelView(
      String name,
      String meaning,
      ServiceLevel.Unit unit,
      String comparison,
      BigDecimal target,
      BigDecimal critical,
      String window,
      @Nullable BigDecimal value,
      long sample,
      ServiceLevel.State state) {
    static LevelView of(ServiceLevel.Standing standing) {
      ServiceLevel level = standing.level();
      return new LevelView(
          level.name(),
          level.meaning(),
          level.unit(),
          level.isMost() ? "below" : "above",
          level.target(),
          level.critical(),
          level.window().toString(),
          standing.measure().value(),
          standing.measure().sample(),
          standing.state());
    }
  }
}
