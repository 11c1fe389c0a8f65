package com.freelync.control.flag;

import org.jspecify.annotations.Nullable;

/**
 * What a feature is to become.
 *
 * @param key the feature
 * @param percentage the share of users, 0 to 100, where the status is of a share; else null
 * @param reason why, for its history
 */
public record FlagChange(
    String key, FeatureFlagStatus status, @Nullable Integer percentage, String reason) {}
