package com.freelync.control.audit.chain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export was found to be.
 *
 * @param faults everything that is not as it was written, the first hundred; none if it is sound
 * @param header its header, if it has a readable one
 * @param trailer its trailer, if it has a readable one
 * @param count how many entries it has
 * @param first the first entry's position, 0 if there is none
 * @param last the last entry's position; before the first if there is none
 * @param lastHash the hash there
 * @param earliest the earliest time of an entry
 * @param latest the latest time of an entry
 */
public record Verification(
    List<Fault> faults,
    @Nullable ExportHeader header,
    @Nullable ExportTrailer trailer,
    long count,
    long first,
    long last,
    SealHash lastHash,
    @Nullable Instant earliest,
    @Nullable Instant latest) {
  public Verification {
    faults = List.copyOf(faults);
  }

  /** Whether it is what was written. */
  public boolean isSound() {
    return faults.isEmpty();
  }
}
