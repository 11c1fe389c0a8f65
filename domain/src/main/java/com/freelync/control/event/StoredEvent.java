package com.freelync.control.event;

import java.util.Map;
import java.util.UUID;

/** An event that is stored: our id of it, its type and its data. */
public record StoredEvent(UUID id, String type, Map<String, Object> data) {}
