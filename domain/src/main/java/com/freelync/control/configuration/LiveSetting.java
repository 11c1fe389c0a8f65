package com.freelync.control.configuration;

import java.time.Instant;
import java.util.UUID;

/**
 * What holds of one setting, as services read it.
 *
 * @param position of the event by which it became active: positions grow in the order of commits
 * @param json what is answered, the same wherever it is; a secret is masked in it
 */
public record LiveSetting(
    long position, String key, int version, UUID versionId, Instant activatedAt, String json) {

  /** One with a value in the object form. */
  static LiveSetting of(
      long position,
      String key,
      int version,
      UUID versionId,
      String valueJson,
      Instant activatedAt) {
    return new LiveSetting(
        position,
        key,
        version,
        versionId,
        activatedAt,
        "{\"key\":\"%s\",\"version\":%d,\"value\":%s,\"activated_at\":\"%s\"}"
            .formatted(key, version, valueJson, activatedAt));
  }
}
