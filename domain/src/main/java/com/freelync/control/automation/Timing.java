package com.freelync.control.automation;

import java.time.Duration;
import java.util.UUID;

/**
 * What the clock starts.
 *
 * @param id what is started
 * @param name what people call it
 * @param times when
 * @param catchUp how late an instant may still start it
 */
public record Timing(UUID id, String name, Times times, Duration catchUp) {}
