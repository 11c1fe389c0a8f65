package com.freelync.control.automation.safety;

import java.time.Instant;

/**
 * A kill switch as somebody left it.
 *
 * @param scope {@code *} for all automations, or the id of one
 */
public record Switched(String scope, boolean isOn, String by, String reason, Instant at) {}
