package com.freelync.control.automation;

import java.time.Instant;
import java.util.Map;

/** A version of an automation as it is answered, with what has become of it. */
record VersionView(
    int version,
    String status,
    Map<String, Object> definition,
    String contentHash,
    boolean movesMoney,
    String createdBy,
    Instant createdAt) {
  static VersionView of(Automation automation, Automation.Version version) {
    return new VersionView(
        version.version(),
        status(automation, version.version()),
        version.definition(),
        version.contentHash(),
        version.movesMoney(),
        version.createdBy(),
        version.createdAt());
  }

  private static String status(Automation automation, int version) {
    Integer active = automation.activeVersion();
    if (active == null ? version == automation.version() : version == active) {
      return automation.status();
    }
    // A version made since the automation was read is not superseded either.
    if (version < automation.version()) {
      return "SUPERSEDED";
    }
    return automation.openSlots().isEmpty() ? "DRAFT" : "PENDING";
  }
}
