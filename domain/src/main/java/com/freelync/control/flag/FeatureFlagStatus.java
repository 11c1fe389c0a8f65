package com.freelync.control.flag;

/** For whom a feature is on. */
public enum FeatureFlagStatus {
  /** Nobody. */
  DISABLED,
  /** Admins. */
  ENABLED_FOR_TESTING,
  /** Those who are listed. */
  ENABLED_FOR_USERS,
  /** A share of all users. */
  ENABLED_FOR_PERCENTAGE,
  /** Everyone. */
  ENABLED_GLOBALLY
}
