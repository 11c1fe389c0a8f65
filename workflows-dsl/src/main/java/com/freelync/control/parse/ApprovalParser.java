package com.freelync.control.parse;

import com.freelync.control.approval.Role;
import com.freelync.control.approval.Slot;
import com.freelync.control.automation.Step.ApprovalStep;
import com.freelync.control.automation.Step.OnTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads steps that wait for people. */
final class ApprovalParser {
  private final Names names;

  ApprovalParser(Names names) {
    this.names = names;
  }

  private enum OnReject {
    END,
    CONTINUE
  }

  Optional<ApprovalStep> approval(Node node) {
    node.object(Fields.APPROVAL);
    Node body = node.child("approval");
    if (!body.object(Fields.APPROVAL_BODY)) {
      return Optional.empty();
    }
    if (!body.child("name").isPresent()) {
      body.child("name").wrong("missing", "an approval needs a name");
    }
    @Nullable String name = names.read(body.child("name"));
    List<Slot> slots = new ArrayList<>();
    for (Node slot : body.child("slots").list(10)) {
      slot(slot).ifPresent(slots::add);
    }
    if (slots.isEmpty()) {
      body.child("slots").wrong("empty", "an approval asks for at least one slot of roles");
    }
    Node remind = body.child("remind_after");
    Node timeout = body.child("timeout");
    return Optional.of(
        new ApprovalStep(
            node.path(),
            name == null ? "approval" : name,
            slots,
            remind.isPresent() ? remind.duration().orElse(null) : null,
            escalations(body.child("escalate_after")),
            timeout.isPresent() ? timeout.duration().orElse(null) : null,
            body.child("on_timeout").word(OnTimeout.class, OnTimeout.REJECT),
            body.child("on_reject").word(OnReject.class, OnReject.END) == OnReject.CONTINUE));
  }

  private static SequencedMap<Duration, Slot> escalations(Node node) {
    TreeMap<Duration, Slot> escalations = new TreeMap<>();
    if (node.isPresent() && !node.isObject()) {
      node.wrong("type", "an object of durations and roles is needed here");
    }
    for (String key : node.keys()) {
      Node roles = node.child(key);
      Optional<Duration> after = roles.duration(key);
      Optional<Slot> slot = slot(roles);
      if (after.isPresent() && slot.isPresent()) {
        escalations.put(after.get(), slot.get());
      }
    }
    return escalations;
  }

  private static Optional<Slot> slot(Node node) {
    List<Role> roles = new ArrayList<>();
    for (Node item : node.list(10)) {
      Optional<String> name = item.text();
      if (name.isPresent() && !Role.isValid(name.get())) {
        item.wrong("role", "a role is written in capitals, such as CFO");
      } else if (name.isPresent() && !roles.contains(new Role(name.get()))) {
        roles.add(new Role(name.get()));
      }
    }
    if (roles.isEmpty()) {
      node.wrong("empty", "a slot is a list of at least one role, such as [CFO, CEO]");
      return Optional.empty();
    }
    return Optional.of(new Slot(roles));
  }
}
