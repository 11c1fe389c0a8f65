package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.automation.AutomationDao.AutomationRow;
import com.freelync.control.automation.AutomationDao.VersionRow;
import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An automation as its users see it.
 *
 * @param version the latest version, whose definition is shown
 * @param activeVersion the version that runs; null if none may
 * @param openSlots the approvals that are still asked for, each the roles that may give it
 * @param approvals what people were asked about its versions, in order
 * @param revision grows with each change
 */
public record Automation(
    UUID id,
    String name,
    String status,
    int version,
    @Nullable Integer activeVersion,
    Map<String, Object> definition,
    boolean movesMoney,
    List<List<String>> openSlots,
    List<Approval> approvals,
    String contentHash,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    long revision) {

  static Automation of(AutomationRow row, List<Approval> asked) {
    List<List<String>> openSlots =
        asked.stream()
            .filter(Approval::isWaiting)
            .findFirst()
            .map(approval -> Effects.names(approval.openSlots()))
            .orElse(List.of());
    return new Automation(
        row.id(),
        row.name(),
        row.status(),
        row.latestVersion(),
        row.activeVersion(),
        Json.readObject(row.definitionJson()),
        row.movesMoney(),
        openSlots,
        asked,
        row.contentHash(),
        row.createdBy(),
        row.createdAt(),
        row.updatedAt(),
        row.revision());
  }

  /** One version of an automation. */
  public record Version(
      int version,
      Map<String, Object> definition,
      String contentHash,
      boolean movesMoney,
      String createdBy,
      Instant createdAt) {

    static Version of(VersionRow row) {
      return new Version(
          row.version(),
          Json.readObject(row.definitionJson()),
          row.contentHash(),
          row.movesMoney(),
          row.createdBy(),
          row.createdAt());
    }
  }
}
