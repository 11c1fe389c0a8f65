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
  /** The action that is an approval step in the words of actions. */
  static final String ACTION = "request_approval";

  /** Who is asked where an action does not say it: who answers for money. */
  private static final List<Slot> USUAL = List.of(Slot.of("CFO"));

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
    List<Slot> slots = slots(body.child("slots"));
    if (slots.isEmpty()) {
      body.child("slots").wrong("empty", "an approval asks for at least one slot of roles");
    }
    return Optional.of(step(node, name == null ? "approval" : name, slots, body));
  }

  /** The same in the words of actions: by its name alone, or with inputs. */
  ApprovalStep action(Node node) {
    if (node.value() instanceof String) {
      return new ApprovalStep(
          node.path(),
          usualName(node),
          USUAL,
          null,
          new TreeMap<>(),
          null,
          OnTimeout.REJECT,
          false);
    }
    node.object(Fields.ASKING);
    Node body = node.child("with");
    if (body.isPresent()) {
      body.object(Fields.ASKING_WITH);
    }
    @Nullable String name = names.read(node.child("id"));
    List<Slot> slots = body.child("slots").isPresent() ? slots(body.child("slots")) : USUAL;
    return step(node, name == null ? usualName(node) : name, slots, body);
  }

  /** People must be able to tell approvals apart: it is named by its place. */
  private static String usualName(Node node) {
    return "approval" + node.path().replaceAll("[^0-9]+", "_");
  }

  private static List<Slot> slots(Node node) {
    List<Slot> slots = new ArrayList<>();
    for (Node slot : node.list(10)) {
      slot(slot).ifPresent(slots::add);
    }
    return slots;
  }

  private static ApprovalStep step(Node node, String name, List<Slot> slots, Node body) {
    Node remind = body.child("remind_after");
    Node timeout = body.child("timeout");
    return new ApprovalStep(
        node.path(),
        name,
        slots,
        remind.isPresent() ? remind.duration().orElse(null) : null,
        escalations(body.child("escalate_after")),
        timeout.isPresent() ? timeout.duration().orElse(null) : null,
        body.child("on_timeout").word(OnTimeout.class, OnTimeout.REJECT),
        body.child("on_reject").word(OnReject.class, OnReject.END) == OnReject.CONTINUE);
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
