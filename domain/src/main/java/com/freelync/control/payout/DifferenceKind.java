package com.freelync.control.payout;

/** How the gateway's book and ours disagree. */
public enum DifferenceKind {
  /** The gateway has an entry whose key we never gave. */
  MISSING_HERE,
  /** We were told that money moved, and the gateway does not know of it. */
  MISSING_THERE,
  /** It moved another amount than we asked for, or than the ledger has. */
  AMOUNT_DIFFERS,
  /** One says that money moved, the other that it did not. */
  STATE_DIFFERS,
  /** The gateway paid a payout that was paid already. */
  PAID_TWICE
}
