package com.freelync.control.idempotency;

import java.util.UUID;

/** What is known of a call with an idempotency key when it arrives. */
public sealed interface Beginning {
  /**
   * It is the first, or the first one's server died: carry it out.
   *
   * @param claim shows that this call, not a later one, may store the answer
   * @param seed the same for every attempt of this call, so that ids made from it are too
   */
  record First(UUID claim, UUID seed) implements Beginning {}

  /** It was answered already. */
  record Answered(KeptAnswer answer) implements Beginning {}

  /** Another attempt is being carried out right now. */
  record InFlight() implements Beginning {}

  /** The key was used for another call. */
  record OtherCall() implements Beginning {}
}
