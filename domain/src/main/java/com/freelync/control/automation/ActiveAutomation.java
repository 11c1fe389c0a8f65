package com.freelync.control.automation;

import java.util.UUID;

/** An automation that runs now, with the version that is active. */
record ActiveAutomation(
    UUID id, int version, String name, boolean movesMoney, Definition definition) {}
