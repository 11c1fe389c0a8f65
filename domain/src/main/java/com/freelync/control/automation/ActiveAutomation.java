package com.freelync.control.automation;

import java.util.Map;
import java.util.UUID;

/**
 * An automation that runs now, with the version that is active.
 *
 * @param document the definition as it was written
 * @param definition the same, parsed
 */
record ActiveAutomation(
    UUID id,
    int version,
    String name,
    boolean movesMoney,
    Map<String, Object> document,
    Definition definition) {}
