package com.freelync.control.configuration;

import com.freelync.control.alert.Alerts;
import com.freelync.control.approval.Approvals;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What settings need before there is a gate: the gate itself tells it of people's answers. */
public final class ConfigurationCore {
  /** What the gate tells. */
  public final VersionSubject subject;

  final History history;
  final Activation activation;
  final Rollbacks rollbacks;
  private @Nullable Approvals approvals;

  public ConfigurationCore(
      AuditLog audit, Alerts alerts, Outbox outbox, Clock clock, Supplier<UUID> ids) {
    history = new History(audit);
    activation = new Activation(history, alerts, outbox, () -> Objects.requireNonNull(approvals));
    rollbacks = new Rollbacks(activation);
    subject = new VersionSubject(history, activation, rollbacks, outbox, clock, ids);
  }

  /** The gate, once it is there. */
  void gate(Approvals gate) {
    approvals = gate;
  }
}
