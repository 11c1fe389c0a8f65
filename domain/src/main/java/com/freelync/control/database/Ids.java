package com.freelync.control.database;

import com.fasterxml.uuid.Generators;
import java.util.UUID;
import java.util.function.Supplier;

/** New ids. */
public final class Ids {
  private Ids() {}

  /** Ids that grow with time (UUID version 7, RFC 9562), so that indexes stay dense. */
  public static Supplier<UUID> timeOrdered() {
    return Generators.timeBasedEpochRandomGenerator()::generate;
  }
}
