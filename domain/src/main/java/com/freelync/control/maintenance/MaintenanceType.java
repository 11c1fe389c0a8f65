package com.freelync.control.maintenance;

/** How much of the platform is unavailable. */
public enum MaintenanceType {
  /** All of it. */
  FULL,
  /** Who looks may look; nothing is changed. */
  READ_ONLY,
  /** The features that are named. */
  FEATURE_SPECIFIC
}
