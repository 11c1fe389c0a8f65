package com.freelync.control.configuration;

import java.time.Instant;
import java.util.UUID;

/**
 * What holds of one setting, as services read it.
 *
 * @param position of the event by which it became active: positions grow in the order of commits
 * @param valueJson in the object form; a secret is masked
 */
public record LiveSetting(
    long position, String key, int version, UUID versionId, String valueJson, Instant activatedAt) {

  /** It as JSON, the same bytes wherever it is answered. */
  public String json() {
    return "{\"key\":\"%s\",\"version\":%d,\"value\":%s,\"activated_at\":\"%s\"}"
        .formatted(key, version, valueJson, activatedAt);
  }
}
