package com.freelync.control.benchmark.bare;

import java.util.UUID;

/** Which execution, of which payout. */
public record BareInput(UUID execution, UUID payout) {}
