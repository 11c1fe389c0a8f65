package com.freelync.control.api.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Ids made from a seed and their number: every attempt of a call makes the same ones. */
final class SeededIds implements Supplier<UUID> {
  private final UUID seed;
  private final AtomicInteger count = new AtomicInteger();

  SeededIds(UUID seed) {
    this.seed = seed;
  }

  @Override
  public UUID get() {
    String name = seed + "/" + count.getAndIncrement();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
