package com.freelync.control.automation;

import com.freelync.control.api.links.Links;
import com.freelync.control.approval.WordView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An automation as it is answered. */
record AutomationView(
    UUID id,
    String name,
    String status,
    int version,
    @Nullable Integer activeVersion,
    Map<String, Object> definition,
    boolean movesMoney,
    List<List<String>> openSlots,
    List<WordView> approvals,
    String contentHash,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    Links links) {
  static AutomationView of(Automation automation) {
    return new AutomationView(
        automation.id(),
        automation.name(),
        automation.status(),
        automation.version(),
        automation.activeVersion(),
        automation.definition(),
        automation.movesMoney(),
        automation.openSlots(),
        automation.approvals().stream().flatMap(asked -> WordView.of(asked).stream()).toList(),
        automation.contentHash(),
        automation.createdBy(),
        automation.createdAt(),
        automation.updatedAt(),
        Links.self("/admin/workflows/" + automation.id()));
  }
}
