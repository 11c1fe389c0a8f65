package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AU-16: what has become of each version")
class VersionViewTest {
  @Test
  void oneThatWaitsBesideTheActiveOneIsPending() {
    assertThat(statuses("ACTIVE", 3, 1, List.of(List.of("CFO"))))
        .containsExactly("ACTIVE", "SUPERSEDED", "PENDING");
  }

  @Test
  void oneThatWasEditedAfterTheActiveOneIsADraft() {
    assertThat(statuses("PAUSED", 2, 1, List.of())).containsExactly("PAUSED", "DRAFT");
  }

  @Test
  void withoutAnActiveOneTheLatestIsWhatTheAutomationIs() {
    assertThat(statuses("PENDING", 2, null, List.of(List.of("CFO"))))
        .containsExactly("SUPERSEDED", "PENDING");
    assertThat(statuses("DRAFT", 1, null, List.of())).containsExactly("DRAFT");
  }

  private static List<String> statuses(
      String status, int latest, @Nullable Integer active, List<List<String>> openSlots) {
    Instant now = Instant.EPOCH;
    Automation automation =
        new Automation(
            new UUID(0, 1),
            "a",
            status,
            latest,
            active,
            Map.of(),
            true,
            openSlots,
            List.of(),
            "hash",
            "admin",
            now,
            now,
            1);
    return IntStream.rangeClosed(1, latest)
        .mapToObj(version -> new Automation.Version(version, Map.of(), "hash", true, "admin", now))
        .map(version -> VersionView.of(automation, version).status())
        .toList();
  }
}
