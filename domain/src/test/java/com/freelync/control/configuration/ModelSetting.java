package com.freelync.control.configuration;

import com.freelync.control.approval.Approver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A setting as the model knows it: what holds, and what is to come. */
final class ModelSetting {
  final List<Version> versions = new ArrayList<>();
  @Nullable Version active;

  void activate(Version version) {
    if (active != null) {
      active.status = "SUPERSEDED";
    }
    version.before = active;
    version.status = "ACTIVE";
    active = version;
  }

  /** A version as the model knows it. */
  static final class Version {
    final UUID id;
    String status = "DRAFT";
    int value;
    @Nullable Instant scheduledAt;
    final Set<String> approved = new HashSet<>();
    @Nullable Version base;
    @Nullable Version before;
    boolean suspended;

    Version(UUID id, int value) {
      this.id = id;
      this.value = value;
    }

    boolean isUpcoming() {
      return Set.of("DRAFT", "PENDING", "APPROVED").contains(status);
    }

    /** Whether a word of this person counts now. */
    boolean isAsking(Approver approver) {
      return status.equals("PENDING") && ModelPeople.fills(approved, approver);
    }

    /** Whether its time has come, if it has one. */
    boolean isDue(Instant now) {
      return scheduledAt != null && !scheduledAt.isAfter(now);
    }
  }
}
