package com.freelync.control.identity;

/** What a person or a service may do. */
public enum Permission {
  ANALYTICS_READ("analytics.read"),
  ANALYTICS_QUERY("analytics.query"),
  CONFIG_MANAGE("config.manage"),
  CONFIG_APPROVE("config.approve"),
  CONFIG_REVEAL("config.reveal"),
  FEATURES_MANAGE("features.manage"),
  MAINTENANCE_MANAGE("maintenance.manage"),
  AUTOMATION_MANAGE("automation.manage"),
  AUTOMATION_OPERATE("automation.operate"),
  AUTOMATION_APPROVE("automation.approve"),
  AUDIT_READ("audit.read"),
  ALERTS_MANAGE("alerts.manage"),
  EVENTS_PUBLISH("events.publish"),
  CONFIG_READ("config.read"),
  FEATURES_EVALUATE("features.evaluate");

  private final String wireName;

  Permission(String wireName) {
    this.wireName = wireName;
  }

  /** Its name outside this program, such as {@code automation.operate}. */
  public String wireName() {
    return wireName;
  }
}
