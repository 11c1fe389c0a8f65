package com.freelync.control.parse;

import com.freelync.control.automation.CronTimes;
import com.freelync.control.automation.Trigger;
import com.freelync.control.condition.Values;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** Reads a trigger: the short text or the object with the same words. */
final class TriggerParser {
  private static final Pattern SHORT = Pattern.compile("(cron|event|state): *(.+)");
  private static final Pattern STATE =
      Pattern.compile(
          "([a-z][a-z0-9_]*)\\.([a-z][a-z0-9_]*)(?: +([A-Za-z0-9_]+))? *-> *([A-Za-z0-9_]+)");
  private static final Pattern EVENT_TYPE =
      Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){1,9}");
  private static final String SHAPES =
      "write cron: EXPRESSION, event: TYPE, state: ENTITY.FIELD [FROM] -> TO, or manual";

  private TriggerParser() {}

  static Trigger parse(Node node) {
    if (node.isObject()) {
      return fromObject(node);
    }
    String text = node.text().orElse("manual").strip();
    if (text.equals("manual")) {
      return new Trigger.Manual();
    }
    Matcher matcher = SHORT.matcher(text);
    if (!matcher.matches()) {
      node.wrong("trigger", SHAPES);
      return new Trigger.Manual();
    }
    String rest = matcher.group(2).strip();
    return switch (matcher.group(1)) {
      case "cron" -> cron(node, rest, Values.BUSINESS_ZONE);
      case "event" -> event(node, rest);
      default -> state(node, rest);
    };
  }

  private static Trigger fromObject(Node node) {
    node.object(Set.of("cron", "time_zone", "event", "state", "manual"));
    Set<String> keys = node.keys();
    if (keys.contains("cron")) {
      ZoneId zone = zone(node.child("time_zone"));
      return node.child("cron")
          .text()
          .map(text -> cron(node.child("cron"), text, zone))
          .orElseGet(Trigger.Manual::new);
    }
    if (keys.equals(Set.of("event"))) {
      return node.child("event")
          .text()
          .map(text -> event(node.child("event"), text))
          .orElseGet(Trigger.Manual::new);
    }
    if (keys.equals(Set.of("state"))) {
      return node.child("state")
          .text()
          .map(text -> state(node.child("state"), text))
          .orElseGet(Trigger.Manual::new);
    }
    if (!keys.equals(Set.of("manual"))) {
      node.wrong("trigger", SHAPES);
    }
    return new Trigger.Manual();
  }

  private static ZoneId zone(Node node) {
    if (!node.isPresent()) {
      return Values.BUSINESS_ZONE;
    }
    Optional<String> name = node.text();
    try {
      return name.map(ZoneId::of).orElse(Values.BUSINESS_ZONE);
    } catch (DateTimeException e) {
      node.wrong("time_zone", "a time zone such as Africa/Addis_Ababa is needed here");
      return Values.BUSINESS_ZONE;
    }
  }

  private static Trigger cron(Node node, String expression, ZoneId zone) {
    try {
      CronTimes.parse(expression, zone);
    } catch (IllegalArgumentException e) {
      node.wrong(
          "cron",
          "not a cron expression of five fields (minute hour day month weekday): "
              + e.getMessage());
    }
    return new Trigger.Cron(expression, zone);
  }

  private static Trigger event(Node node, String type) {
    if (!EVENT_TYPE.matcher(type).matches()) {
      node.wrong("event", "an event type such as payout.requested is needed here");
    }
    return new Trigger.Event(type);
  }

  private static Trigger state(Node node, String text) {
    Matcher matcher = STATE.matcher(text);
    if (!matcher.matches()) {
      node.wrong(
          "state", "write ENTITY.FIELD [FROM] -> TO, such as payout.status REQUESTED -> FAILED");
      return new Trigger.Manual();
    }
    return new Trigger.StateChange(
        matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
  }
}
